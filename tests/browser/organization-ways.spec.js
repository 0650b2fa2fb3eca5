// The ways into an organization: by a domain, a suggestion and a request, and by an invitation.

import { newest, test } from "./admin.js";
import { arrive, organization, somebody } from "./organizations.js";
import { expect, freshEmail, messages, openHost } from "./site.js";
import { ask, component, keyboard, look, looks, mouse, tabTo } from "./ui.js";

test.use({ settings: "organizations = { max_members = 100, domains = { enabled = true } }\n" });

const walks = [
  { name: "in English, light DOM, by mouse", locale: "en", dir: "ltr", attributes: "", hands: mouse },
  { name: "in Arabic, shadow DOM, by keyboard alone", locale: "ar", dir: "rtl", attributes: "shadow", hands: keyboard },
];

let count = 0;

/** A domain that nobody had before. */
const freshDomain = () => `d${Date.now().toString(36)}${process.pid}${(count += 1)}.example`;

/** Chooses an item of the switcher's menu: by a press, or by arrows. */
async function choose(page, switcher, item, hands) {
  await hands.press(page, switcher.part("trigger"));
  await expect(item).toBeVisible();
  if (hands === mouse) return item.click();
  await page.keyboard.press("Home");
  for (let presses = 0; presses < 30; presses += 1) {
    if (await item.evaluate((node) => node.getRootNode().activeElement === node)) break;
    await page.keyboard.press("ArrowDown");
  }
  return page.keyboard.press("Enter");
}

for (const { name, locale, dir, attributes, hands } of walks) {
  const host = (page, site, kind) =>
    openHost(page, site, `<frontdesk-${kind} ${attributes}></frontdesk-${kind}>`, { lang: locale, dir, path: `/${kind}` });

  test(`a domain leads to a suggestion, a request and a member ${name}`, async ({ page, site }) => {
    test.slow();
    const text = messages(locale);
    const domain = freshDomain();
    const ada = await somebody(site, "Ada");
    const grace = await somebody(site, "Grace", `grace@${domain}`);
    const made = await organization(site, `Engines ${ada.email}`, ada);
    await arrive(page, site, ada, made);
    await host(page, site, "organization-profile");
    const profile = component(page, "frontdesk-organization-profile");
    await hands.press(page, profile.host.locator('[role="tab"][aria-selected="true"]'));
    await page.keyboard.press("End");
    await page.keyboard.press(dir === "rtl" ? "ArrowRight" : "ArrowLeft");
    await expect(profile.host.locator('[data-tab="domains"]')).toBeFocused();
    await hands.fill(page, profile.field("name"), domain);
    await hands.press(page, profile.submit);
    await expect(profile.field("affiliation_email_address")).toBeFocused();
    await page.keyboard.type("office");
    await page.keyboard.press("Enter");
    await expect(profile.code).toBeFocused();
    await page.keyboard.type(await site.codeFor(`office@${domain}`));
    await page.keyboard.press("Enter");
    const select = profile.host.locator('select[name="enrollment_mode"]');
    await expect(select).toHaveValue("manual_invitation");
    if (hands === mouse) {
      await select.selectOption("automatic_suggestion");
    } else {
      await tabTo(page, select);
      await page.keyboard.press("End");
    }
    await expect(profile.host.locator("[data-live]")).toHaveText(text["status-saved"]);

    await arrive(page, site, grace);
    await host(page, site, "organization-switcher");
    const switcher = component(page, "frontdesk-organization-switcher");
    await expect(switcher.host.locator('[data-kind="waiting"]')).toBeVisible();
    const suggestion = switcher.host.locator('[data-action="accept-suggestion"]');
    await choose(page, switcher, suggestion, hands);
    await expect(suggestion).toContainText(text["organization-switcher-asked"]);
    await expect(switcher.host.locator('[data-kind="waiting"]')).toHaveCount(0);

    await arrive(page, site, ada, made);
    await host(page, site, "organization-switcher");
    await expect(switcher.host.locator('[data-kind="waiting"]')).toBeVisible();
    await choose(page, switcher, switcher.host.locator('[data-action="manage-organization"]'), hands);
    const tab = switcher.host.locator('dialog [data-tab="requests"]');
    await expect(tab).toBeVisible();
    if (hands === mouse) {
      await tab.click();
    } else {
      await tabTo(page, switcher.host.locator('[role="tab"][aria-selected="true"]'));
      for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press("ArrowLeft");
    }
    const row = switcher.host.locator("tbody tr", { hasText: grace.email });
    await hands.press(page, row.locator('[data-action="accept"]'));
    await expect(switcher.host.getByText(text["organization-profile-requests-none"])).toBeVisible();
    const members = await site.admin(`organizations/${made.id}/memberships?limit=50`);
    expect(members.data.map((it) => it.public_user_data.identifier)).toContain(grace.email);
  });

  test(`whoever is invited joins and works there ${name}`, async ({ page, site }) => {
    const [ada, grace] = [await somebody(site, "Ada"), await somebody(site, "Grace")];
    const [first, second] = [await organization(site, `First ${ada.email}`, ada), await organization(site, `Second ${ada.email}`, ada)];
    await arrive(page, site, ada);
    for (const { id } of [first, second]) {
      await ask(page, `organizations/${id}/invitations`, { email_address: grace.email, role: "org:member" });
    }
    await arrive(page, site, grace);
    await host(page, site, "organization-switcher");
    const switcher = component(page, "frontdesk-organization-switcher");
    const invitation = switcher.host.locator('[data-action="accept-invitation"]', { hasText: "First" });
    await choose(page, switcher, invitation, hands);
    const place = switcher.host.locator(`[data-organization="${first.id}"]`);
    await expect(place).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(switcher.part("trigger")).toContainText("First");
    await host(page, site, "organization-list");
    const list = component(page, "frontdesk-organization-list");
    await expect(list.host.locator(`[data-organization="${first.id}"]`)).toHaveAttribute("aria-current", "true");
    await hands.press(page, list.host.locator('[data-action="accept-invitation"]'));
    await expect(list.part("title")).toBeFocused();
    const changed = page.evaluate(() => new Promise((done) => document.addEventListener("organizationchanged", () => done(true))));
    await hands.press(page, list.host.locator(`[data-organization="${second.id}"]`));
    await expect(list.host.locator(`[data-organization="${second.id}"]`)).toHaveAttribute("aria-current", "true");
    expect(await changed).toBe(true);
  });

  test(`whoever is invited where there is no room hears of it and goes on ${name}`, async ({ page, context, site }) => {
    const full = messages(locale)["error-organization-membership-quota-exceeded"];
    const [ada, grace, linus] = [await somebody(site, "Ada"), await somebody(site, "Grace"), await somebody(site, "Linus")];
    const made = await site.admin("organizations", { name: `Full ${ada.email}`, created_by: ada.id, max_allowed_memberships: 2 });
    await site.admin(`organizations/${made.id}/invitations`, { email_address: grace.email, role: "org:member" });
    await site.admin(`organizations/${made.id}/memberships`, { user_id: linus.id, role: "org:member" });
    const letter = await newest(site, grace.email);
    await openHost(page, site, "<h1>Home</h1>", { path: "/home" });
    await openHost(page, site, `<frontdesk-sign-in ${attributes} after-sign-in-url="/home"></frontdesk-sign-in>`, { lang: locale, dir, path: "/sign-in" });
    const card = component(page, "frontdesk-sign-in");

    // Not signed in: the way in is there all the same.
    await context.clearCookies();
    await page.goto(letter);
    await expect(card.alert).toHaveText(full);
    await hands.fill(page, card.field("identifier"), grace.email);
    await hands.press(page, card.submit);
    await hands.fill(page, card.field("password"), "a password nobody has");
    await expect(card.alert).toHaveCount(0);
    await hands.press(page, card.submit);
    await page.waitForURL("**/home");

    // Signed in: the app is one step away.
    await page.goto(letter);
    await expect(card.alert).toHaveText(full);
    await look(page, looks[0], `sign-in-full-${locale}`);
    await hands.press(page, card.part("button"));
    await page.waitForURL("**/home");
    const { data } = await site.admin(`organizations/${made.id}/memberships`);
    expect(data.map((it) => it.public_user_data.identifier).sort()).toEqual([ada.email, linus.email].sort());
  });
}

for (const style of [looks[0], looks[3]]) {
  test.describe(`in the ${style.theme} theme, ${style.scheme}`, () => {
    test.use({ colorScheme: style.scheme });

    test("what waits, domains and requests", async ({ page, site }) => {
      test.slow();
      const domain = freshDomain();
      const [ada, grace] = [await somebody(site, "Ada"), await somebody(site, "Grace", `grace@${domain}`)];
      const made = await organization(site, "Analytical Engines", ada);
      const other = await organization(site, "Royal Society", ada);
      await arrive(page, site, ada, made);
      const added = await ask(page, `organizations/${made.id}/domains`, { name: domain });
      await ask(page, `organizations/${made.id}/domains/${added.id}/prepare_affiliation_verification`, { affiliation_email_address: `office@${domain}` });
      const code = await site.codeFor(`office@${domain}`);
      await ask(page, `organizations/${made.id}/domains/${added.id}/attempt_affiliation_verification`, { code });
      await ask(page, `organizations/${made.id}/domains/${added.id}/update_enrollment_mode`, { enrollment_mode: "automatic_suggestion" });
      await ask(page, `organizations/${other.id}/invitations`, { email_address: grace.email, role: "org:member" });
      const attributes = `theme="${style.theme}" color-scheme="${style.scheme}"`;
      const tag = (kind, more = "") => `<h1>Host</h1><frontdesk-${kind} ${attributes} ${more}></frontdesk-${kind}>`;

      await arrive(page, site, grace);
      await openHost(page, site, tag("organization-switcher"), { path: "/switcher" });
      const switcher = component(page, "frontdesk-organization-switcher");
      await expect(switcher.host.locator('[data-kind="waiting"]')).toBeVisible();
      await switcher.part("trigger").click();
      await expect(switcher.host.locator('[data-action="accept-suggestion"]')).toBeVisible();
      await look(page, style, "organization-waiting");
      await openHost(page, site, tag("organization-list"), { path: "/list" });
      const list = component(page, "frontdesk-organization-list");
      await expect(list.host.locator('[data-action="accept-suggestion"]')).toBeVisible();
      await look(page, style, "organization-list");
      await list.host.locator('[data-action="accept-suggestion"]').click();
      await expect(list.host.locator('[data-action="accept-suggestion"]')).toHaveCount(0);

      await arrive(page, site, ada, made);
      await openHost(page, site, tag("organization-profile"), { path: "/profile" });
      const profile = component(page, "frontdesk-organization-profile");
      await profile.host.locator('[data-tab="requests"]').click();
      await expect(profile.host.locator("tbody tr")).toHaveCount(1);
      await look(page, style, "organization-requests");
      await profile.host.locator('[data-tab="domains"]').click();
      await profile.field("name").fill(freshDomain());
      await profile.submit.click();
      await expect(profile.field("affiliation_email_address")).toBeFocused();
      await expect(profile.host.locator("tbody tr")).toHaveCount(2);
      await look(page, style, "organization-domains");
    });
  });
}
