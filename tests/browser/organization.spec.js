// The organization's own screens, in English and Arabic, light and shadow DOM, by mouse and by keyboard alone.

import { test } from "./admin.js";
import { arrive, open, organization, somebody } from "./organizations.js";
import { expect, freshEmail, messages, openHost } from "./site.js";
import { component, keyboard, look, looks, mouse, tabTo } from "./ui.js";

const en = messages("en");

test.use({ settings: "organizations = { max_members = 100 }\n" });

const walks = [
  { name: "in English, light DOM, by mouse", locale: "en", dir: "ltr", attributes: "", hands: mouse },
  { name: "in Arabic, shadow DOM, by keyboard alone", locale: "ar", dir: "rtl", attributes: "shadow", hands: keyboard },
];

for (const { name, locale, dir, attributes, hands } of walks) {
  test(`an admin walks through the organization ${name}`, async ({ page, site }) => {
    test.slow();
    const text = messages(locale);
    const ada = await somebody(site, "Ada");
    const people = [];
    for (let number = 0; number < 11; number += 1) people.push(await somebody(site, `Member${String.fromCharCode(97 + number)}`));
    const made = await organization(site, `Engines ${ada.email}`, ada, people);
    await arrive(page, site, ada, made);
    await openHost(page, site, `<frontdesk-organization-profile ${attributes}></frontdesk-organization-profile>`, { lang: locale, dir });
    const profile = component(page, "frontdesk-organization-profile");
    const row = (who) => profile.host.locator("tbody tr", { hasText: who });

    // Another name.
    await hands.fill(page, profile.field("name"), "Difference Engines");
    await hands.press(page, profile.submit);
    await expect(profile.part("title")).toHaveText("Difference Engines");

    // Members: pages, search, another role, out.
    await open(page, profile, "members", hands);
    await expect(profile.host.locator("tbody tr")).toHaveCount(10);
    await hands.press(page, profile.host.locator('[data-action="next"]'));
    await expect(profile.host.locator("tbody tr")).toHaveCount(2);
    await hands.fill(page, profile.field("query"), "memberc");
    await expect(profile.host.locator("tbody tr")).toHaveCount(1);
    const select = row("Memberc").locator("select");
    if (hands === mouse) {
      await select.selectOption("org:admin");
    } else {
      await tabTo(page, select);
      await page.keyboard.press("ArrowUp");
    }
    await expect(profile.host.locator("[data-live]")).toHaveText(text["status-saved"]);
    await expect(select).toHaveValue("org:admin");
    await hands.press(page, row("Memberc").locator('[data-action="remove"]'));
    await expect(profile.host.getByText(text["organization-profile-nobody"])).toBeVisible();
    const members = await site.admin(`organizations/${made.id}/memberships?limit=50`);
    expect(members.data.map((it) => it.public_user_data.identifier)).not.toContain(people[2].email);

    // Invitations: each mistake is named, then several at once, again, and back.
    await open(page, profile, "invitations", hands);
    const area = profile.host.locator('textarea[name="email_address"]');
    await hands.fill(page, area, `nobody, ${freshEmail()}, elsewhere@`);
    await hands.press(page, profile.submit);
    await expect(profile.part("error")).toContainText("nobody, elsewhere@");
    await expect(area).toBeFocused();
    // The tab of the page that is there leads nowhere, and what was typed stays.
    await hands.press(page, profile.host.locator('[data-tab="invitations"]'));
    await expect(area).toHaveValue(/^nobody, /);
    await hands.fill(page, area, `${people[0].email} ${freshEmail()}`);
    await hands.press(page, profile.submit);
    await expect(profile.part("error")).toContainText(people[0].email);
    const [first, second] = [freshEmail("first"), freshEmail("second")];
    await hands.fill(page, area, `${first}, ${second}`);
    await hands.press(page, profile.submit);
    await expect(row(first)).toBeVisible();
    await expect(row(second)).toBeVisible();
    await expect(area).toHaveValue("");
    await hands.press(page, row(first).locator('[data-action="resend"]'));
    await expect(profile.host.locator("[data-live]")).toHaveText(text["organization-profile-resent"]);
    expect((await site.mailbox()).filter((mail) => mail.to === first)).toHaveLength(2);
    await hands.press(page, row(first).locator('[data-action="revoke"]'));
    await expect(row(first)).toHaveCount(0);

    // Roles, to be read.
    await open(page, profile, "roles", hands);
    await expect(profile.host.locator('[data-role="org:admin"]')).toContainText(text["organization-profile-may-delete"]);

    // Whoever runs it alone cannot leave; deleting asks for its name.
    await open(page, profile, "general", hands);
    await hands.press(page, profile.host.locator('[data-action="leave"]'));
    await hands.press(page, profile.host.locator('[data-action="confirm-leave"]'));
    await expect(profile.alert).toHaveText(text["error-organization-minimum-permissions-needed"]);
    await hands.press(page, profile.host.locator('[data-action="delete"]'));
    await expect(profile.field("confirmation")).toBeFocused();
    await hands.fill(page, profile.field("confirmation"), "Difference");
    await hands.press(page, profile.host.locator('[data-action="confirm-delete"]'));
    await expect(profile.part("error")).toBeVisible();
    await hands.fill(page, profile.field("confirmation"), "Difference Engines");
    await hands.press(page, profile.host.locator('[data-action="confirm-delete"]'));
    await expect(profile.host.getByText(text["organization-profile-none"])).toBeVisible();
  });
}

test("a member sees what the role allows, and leaves", async ({ page, site }) => {
  const [ada, grace] = [await somebody(site, "Ada"), await somebody(site, "Grace")];
  const made = await organization(site, `Navy ${ada.email}`, ada, [grace]);
  await arrive(page, site, grace, made);
  await openHost(page, site, "<frontdesk-organization-profile></frontdesk-organization-profile>");
  const profile = component(page, "frontdesk-organization-profile");
  await expect(profile.host.locator('[data-tab="members"]')).toBeVisible();
  await expect(profile.host.locator('[data-tab="invitations"]')).toHaveCount(0);
  await expect(profile.field("name")).toHaveCount(0);
  await open(page, profile, "members", mouse);
  await expect(profile.host.locator("tbody tr")).toHaveCount(2);
  await expect(profile.host.locator("tbody select, [data-action=remove]")).toHaveCount(0);
  await open(page, profile, "general", mouse);
  const changed = page.evaluate(() => new Promise((done) => document.addEventListener("organizationchanged", () => done(true))));
  await profile.host.locator('[data-action="leave"]').click();
  await page.keyboard.press("Escape");
  await expect(profile.host.locator('[data-action="leave"]')).toBeFocused();
  await page.keyboard.press("Enter");
  await profile.host.locator('[data-action="confirm-leave"]').click();
  await expect(profile.part("title")).toBeFocused();
  expect(await changed).toBe(true);
});

for (const style of [looks[0], looks[3]]) {
  test.describe(`one that is new, in the ${style.theme} theme, ${style.scheme}`, () => {
    test.use({ colorScheme: style.scheme });

    test("others are invited once it is there, and then the page is told", async ({ page, site }) => {
      const ada = await somebody(site, "Ada");
      const made = await organization(site, `Elsewhere ${ada.email}`, ada);
      await arrive(page, site, ada, made);
      const tag = `<frontdesk-create-organization theme="${style.theme}" color-scheme="${style.scheme}"></frontdesk-create-organization>`;
      await openHost(page, site, `<h1>Host</h1>${tag}`);
      await page.evaluate(() => document.addEventListener("organizationchanged", () => (document.title = "Changed")));
      const creation = component(page, "frontdesk-create-organization");
      const name = (first) => `${first} & Co. ${Date.now()}`;
      await creation.field("name").fill(name("Jacquard"));
      await page.keyboard.press("Enter");
      await expect(creation.part("title")).toHaveText(/Jacquard & Co\./);
      await expect(creation.host.locator('[data-section="picture"]')).toBeVisible();
      const friend = freshEmail("friend");
      await creation.host.locator('textarea[name="email_address"]').fill(friend);
      await look(page, style, "create-organization-others");
      await creation.submit.click();
      await expect(creation.host.locator("[data-status]")).toBeVisible();
      expect((await site.mailbox()).filter((mail) => mail.to === friend)).toHaveLength(1);
      expect(await page.title()).toBe("Host");
      await creation.host.locator('[data-action="finish"]').click();
      await expect(page).toHaveTitle("Changed");
      await expect(creation.field("name")).toHaveValue("");

      await page.locator("frontdesk-create-organization").evaluate((it) => it.setAttribute("skip-invitation-screen", ""));
      await page.evaluate(() => (document.title = "Host"));
      await creation.field("name").fill(name("Bouchon"));
      await page.keyboard.press("Enter");
      await expect(page).toHaveTitle("Changed");
      await expect(creation.host.locator('[data-section="picture"]')).toHaveCount(0);
    });
  });
}

test("what is for some is shown to those alone", async ({ page, site }) => {
  const [ada, grace] = [await somebody(site, "Ada"), await somebody(site, "Grace")];
  const made = await organization(site, `Bureau ${ada.email}`, ada, [grace]);
  const protectedBy = (asked) => `<frontdesk-protect ${asked}><p>For ${asked || "all"}</p><p slot="fallback">Not for you: ${asked || "all"}</p></frontdesk-protect>`;
  const host = ['organization-role="org:admin"', 'organization-role="member" permission="org:sys_memberships:read"', ""].map(protectedBy).join("");
  const shown = async () => (await page.locator("frontdesk-protect p").all()).map((it) => it.isVisible());
  await openHost(page, site, host);
  await expect(page.getByText("Not for you: all")).toBeVisible();
  expect(await Promise.all(await shown())).toEqual([false, true, false, true, false, true]);
  await arrive(page, site, ada, made);
  await openHost(page, site, host);
  await expect(page.getByText("For all")).toBeVisible();
  expect(await Promise.all(await shown())).toEqual([true, false, false, true, true, false]);
  const has = (asked) =>
    page.evaluate(async (asked) => {
      const { createFrontdesk } = await import("/elements/index.js");
      const frontdesk = createFrontdesk();
      await frontdesk.load();
      return frontdesk.has(asked);
    }, asked);
  expect(await has({ role: "admin", permission: "org:sys_profile:delete" })).toBe(true);
  expect(await has({ role: "org:admin", permission: "org:invoices:create" })).toBe(false);
  expect(await has({ plan: "gold" })).toBe(false);
  // It follows what is asked.
  await page.locator("frontdesk-protect").first().evaluate((it) => it.setAttribute("organization-role", "org:clerk"));
  await expect(page.getByText("Not for you").first()).toBeVisible();
});

// Each theme once, one in the light and one in the dark: the other two differ in nothing but colours seen elsewhere.
for (const style of [looks[0], looks[3]]) {
  test.describe(`in the ${style.theme} theme, ${style.scheme}`, () => {
    test.use({ colorScheme: style.scheme });

    test("the organization's screens", async ({ page, site }) => {
      test.slow();
      const ada = await somebody(site, "Ada");
      const people = [];
      for (const name of ["Grace", "Joan", "Hedy", "Mary", "Annie", "Betty", "Jean", "Kathleen", "Ruth", "Marlyn", "Frances"]) {
        people.push(await somebody(site, name));
      }
      const made = await organization(site, `Analytical Engines and Co. ${Date.now()}`, ada, people);
      await arrive(page, site, ada, made);
      const attributes = `theme="${style.theme}" color-scheme="${style.scheme}"`;
      await openHost(page, site, `<h1>Host</h1><frontdesk-organization-profile ${attributes}></frontdesk-organization-profile>`);
      const profile = component(page, "frontdesk-organization-profile");
      await expect(profile.field("name")).toBeVisible();
      await look(page, style, "organization-general");
      await profile.host.locator('[data-action="leave"]').click();
      await profile.host.locator('[data-action="delete"]').click();
      await look(page, style, "organization-ways-out");
      await open(page, profile, "members", mouse);
      await expect(profile.host.locator("tbody select")).toHaveCount(9);
      await look(page, style, "organization-members");
      await open(page, profile, "invitations", mouse);
      const area = profile.host.locator('textarea[name="email_address"]');
      await area.fill(`${freshEmail("first")} ${freshEmail("second")}`);
      await profile.submit.click();
      await expect(profile.host.locator("tbody tr")).toHaveCount(2);
      await area.fill("nobody at all");
      await profile.submit.click();
      await expect(profile.part("error")).toBeVisible();
      await look(page, style, "organization-invitations");
      await open(page, profile, "roles", mouse);
      await expect(profile.host.locator('[data-role="org:admin"]')).toBeVisible();
      await look(page, style, "organization-roles");
      await openHost(page, site, `<h1>Host</h1><frontdesk-organization-switcher ${attributes}></frontdesk-organization-switcher>`, { path: "/switcher" });
      const switcher = component(page, "frontdesk-organization-switcher");
      await switcher.part("trigger").click();
      await switcher.host.locator('[data-action="manage-organization"]').click();
      await expect(switcher.host.locator("dialog [data-tab=general]")).toBeVisible();
      const close = switcher.host.locator('dialog > [part~="button"]');
      expect(await close.evaluate((it) => getComputedStyle(it, "::before").content)).toBe('"×"');
      await look(page, style, "organization-dialog");
    });
  });
}
