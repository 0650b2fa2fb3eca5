// More of the organization's own screens, in English and Arabic, light and shadow DOM, by mouse and by keyboard alone.

import { createSocket } from "node:dgram";
import { newest, test } from "./admin.js";
import { arrive, open, organization, somebody } from "./organizations.js";
import { expect, freePort, freshEmail, messages, openHost } from "./site.js";
import { component, keyboard, look, looks, middle, mouse, tabTo } from "./ui.js";

const port = await freePort();
test.use({ settings: `organizations = { max_members = 100, domains = { enabled = true, nameserver = "127.0.0.1:${port}" } }\n` });

/** A name server whose zones have one TXT record each, which `zones` says by the name; it has no others. */
async function serveNames(zones) {
  const server = createSocket("udp4");
  server.on("message", (asked, from) => {
    const labels = [];
    let end = 12;
    for (; asked[end]; end += asked[end] + 1) labels.push(asked.toString("latin1", end + 1, end + 1 + asked[end]));
    const value = zones.get(labels.join(".").toLowerCase());
    const question = asked.subarray(12, end + 5);
    const head = (count) => Buffer.from([asked[0], asked[1], 0x81, value ? 0x80 : 0x83, 0, 1, 0, count, 0, 0, 0, 0]);
    if (!value) return void server.send(Buffer.concat([head(0), question]), from.port, from.address);
    const record = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 0, 0, value.length + 1, value.length]);
    server.send(Buffer.concat([head(1), question, record, Buffer.from(value)]), from.port, from.address);
  });
  await new Promise((done) => server.bind(port, "127.0.0.1", done));
  return () => new Promise((done) => server.close(done));
}

const walks = [
  { name: "in English, light DOM, by mouse", locale: "en", dir: "ltr", attributes: "", hands: mouse, styles: [] },
  { name: "in Arabic, shadow DOM, by keyboard alone", locale: "ar", dir: "rtl", attributes: "shadow", hands: keyboard, styles: looks.slice(0, 2) },
];

/** Chooses a file as the organization's logo, and keeps it as it is. */
async function giveLogo(page, widget, hands) {
  const section = widget.host.locator('[data-section="picture"]');
  const choose = section.locator('[data-action="choose-picture"]');
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), hands.press(page, choose)]);
  await chooser.setFiles({ name: "logo.png", mimeType: "image/png", buffer: await page.screenshot() });
  await expect(section.locator('[part~="cut"]')).toBeFocused();
  await hands.press(page, section.locator('[part~="submit"]'));
  await expect(section.locator("img")).toBeVisible();
  const [, , , alpha] = await page.evaluate(middle, await section.locator("img").getAttribute("src"));
  expect(alpha).toBe(255);
  await expect(choose).toBeFocused();
}

for (const { name, locale, dir, attributes, hands, styles } of walks) {
  const text = messages(locale);
  const tag = (kind, more = "") => `<frontdesk-${kind} ${attributes} ${more}></frontdesk-${kind}>`;
  const host = (page, site, html, path) => openHost(page, site, `<h1>Host</h1>${html}`, { lang: locale, dir, path });

  /** Looks at `widget` in the light and in the dark, where that was not done elsewhere. */
  async function lookAt(page, widget, of) {
    for (const style of styles) {
      await page.emulateMedia({ colorScheme: style.scheme });
      await widget.host.evaluate((it, scheme) => it.setAttribute("color-scheme", scheme), style.scheme);
      await look(page, style, `organization-${of}-${locale}`);
    }
  }

  test(`many places come as one scrolls, and one leads to its profile ${name}`, async ({ page, site }) => {
    test.slow();
    const ada = await somebody(site, "Ada");
    for (let number = 1; number <= 25; number += 1) await organization(site, `Engine ${number} of ${ada.id.slice(-5)}`, ada);
    await arrive(page, site, ada);
    await host(page, site, tag("organization-profile"), "/there");
    // What is protected is in a tree of its own where the switcher is.
    const guarded = '<frontdesk-protect organization-role="org:admin"><p>For admins</p><p slot="fallback">For others</p></frontdesk-protect>';
    const tree = attributes ? `<div><template shadowrootmode="open">${guarded}</template></div>` : guarded;
    await host(page, site, tag("organization-switcher", 'hide-personal organization-profile-url="/there"') + tree, "/here");
    const switcher = component(page, "frontdesk-organization-switcher");
    const places = switcher.host.locator("[data-organization]");
    await expect(page.getByText("For others")).toBeVisible();
    await expect(page.getByText("For admins")).toBeHidden();
    await expect(switcher.part("trigger")).toHaveText(text["organization-switcher-none"]);
    await hands.press(page, switcher.part("trigger"));
    await expect(places).toHaveCount(20);
    await expect(switcher.host.locator('[data-organization=""]')).toHaveCount(0);
    if (hands === mouse) {
      await places.first().hover();
      await page.mouse.wheel(0, 5000);
      await expect(places).toHaveCount(25);
      await places.last().click();
    } else {
      await expect(places.first()).toBeFocused();
      for (let presses = 0; presses < 19; presses += 1) await page.keyboard.press("ArrowDown");
      await expect(places).toHaveCount(25);
      for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press("ArrowDown");
      await expect(places.last()).toBeFocused();
      await page.keyboard.press("Enter");
    }
    await expect(switcher.part("menu")).toHaveCount(0);
    await expect(switcher.part("trigger")).toContainText("Engine");
    const chosen = await switcher.part("trigger").locator("> span").last().textContent();
    await expect(page.getByText("For admins")).toBeVisible();
    await expect(page.getByText("For others")).toBeHidden();
    await hands.press(page, switcher.part("trigger"));
    const manage = switcher.host.locator('[data-action="manage-organization"]');
    await expect(manage).toBeVisible();
    // However far down, what is marked is there, and has the focus.
    await expect(switcher.host.locator('[aria-checked="true"]')).toBeFocused();
    await lookAt(page, switcher, "switcher");
    if (hands === mouse) {
      await manage.click();
    } else {
      await page.keyboard.press("End");
      await page.keyboard.press("ArrowUp");
      await expect(manage).toBeFocused();
      await page.keyboard.press("Enter");
    }
    await page.waitForURL("**/there");
    await expect(component(page, "frontdesk-organization-profile").part("title")).toHaveText(chosen);
  });

  test(`what comes late into an open menu leaves the focus where it is ${name}`, async ({ page, site }) => {
    const [ada, grace] = [await somebody(site, "Ada"), await somebody(site, "Grace")];
    await organization(site, `First of ${ada.id.slice(-5)}`, ada);
    await organization(site, `Second of ${ada.id.slice(-5)}`, ada);
    const other = await organization(site, `Royal Society ${Date.now()}`, grace);
    await site.admin(`organizations/${other.id}/invitations`, { email_address: ada.email, role: "org:member" });
    await arrive(page, site, ada);
    let answer;
    const answered = new Promise((resolve) => (answer = resolve));
    await page.route("**/v1/me/organization_invitations?*", async (route) => {
      await answered;
      await route.continue();
    });
    await host(page, site, tag("organization-switcher"));
    const switcher = component(page, "frontdesk-organization-switcher");
    await hands.press(page, switcher.part("trigger"));
    const places = switcher.host.locator("[data-organization]");
    await expect(places).toHaveCount(3);
    await expect(places.first()).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect(places.last()).toBeFocused();
    answer();
    const invitation = switcher.host.locator('[data-action="accept-invitation"]');
    await expect(invitation).toBeVisible();
    await expect(places.last()).toBeFocused();
    // Another tab joins and goes there: the place is drawn among the others, and the focus stays in the menu.
    const tab = await page.context().newPage();
    await host(tab, site, tag("organization-switcher"));
    await component(tab, "frontdesk-organization-switcher").part("trigger").click();
    await tab.locator('[data-action="accept-invitation"]').click();
    await expect(tab.locator("[data-organization]")).toHaveCount(4);
    await tab.locator(`[data-organization="${other.id}"]`).click();
    await expect(tab.locator('[part~="trigger"]')).toContainText("Royal Society");
    await tab.close();
    await expect(places).toHaveCount(4);
    await expect(switcher.host.locator(`[data-organization="${other.id}"][aria-checked="true"]`)).toBeFocused();
  });

  test(`a new one has a logo and guests, then another address and no logo ${name}`, async ({ page, site }) => {
    test.slow();
    const [ada, grace] = [await somebody(site, "Ada"), await somebody(site, "Grace")];
    const other = await organization(site, `Royal Society ${Date.now()}`, grace);
    await site.admin(`organizations/${other.id}/invitations`, { email_address: ada.email, role: "org:member" });
    await arrive(page, site, ada);
    await host(page, site, tag("create-organization"), "/new");
    const creation = component(page, "frontdesk-create-organization");
    await hands.fill(page, creation.field("name"), `Jacquard ${Date.now()}`);
    await hands.press(page, creation.submit);
    await expect(creation.part("title")).toHaveText(/Jacquard/);
    await lookAt(page, creation, "others");
    await giveLogo(page, creation, hands);
    const guests = [freshEmail("guest"), freshEmail("guest")];
    await hands.fill(page, creation.host.locator('textarea[name="email_address"]'), guests.join(" "));
    await hands.press(page, creation.submit);
    await expect(creation.host.locator("[data-status]")).toBeVisible();
    for (const guest of guests) await newest(site, guest);
    await hands.press(page, creation.host.locator('[data-action="finish"]'));
    await expect(creation.field("name")).toHaveValue("");

    await host(page, site, tag("organization-list"), "/list");
    const list = component(page, "frontdesk-organization-list");
    await expect(list.host.locator('[data-action="accept-invitation"]')).toBeVisible();
    await expect(list.host.locator("[aria-current] img")).toBeVisible();
    await lookAt(page, list, "list");
    const id = await list.host.locator("[aria-current]").getAttribute("data-organization");

    await host(page, site, tag("organization-profile"), "/profile");
    const profile = component(page, "frontdesk-organization-profile");
    const slug = `looms-${Date.now()}`;
    await hands.fill(page, profile.field("slug"), slug);
    await hands.press(page, profile.submit);
    await expect(profile.host.locator("[data-live]")).toHaveText(text["status-saved"]);
    await lookAt(page, profile, "general");
    await hands.press(page, profile.host.locator('[data-action="remove-picture"]'));
    await expect(profile.host.locator('[data-section="picture"] img')).toHaveCount(0);
    const made = await site.admin(`organizations/${id}`);
    expect([made.slug, made.has_image]).toEqual([slug, false]);
    await giveLogo(page, profile, hands);
    await expect(profile.host.locator('[data-action="remove-picture"]')).toBeVisible();

    // From the list one is made, too.
    await page.goto(`${site.url}/list`);
    const create = list.host.locator('[data-action="create-organization"]');
    await hands.press(page, create);
    await expect(list.field("name")).toBeFocused();
    await hands.press(page, list.host.getByRole("button", { name: text["action-cancel"] }));
    await expect(list.part("title")).toBeFocused();
    await hands.press(page, create);
    await hands.fill(page, list.field("name"), `Loom ${Date.now()}`);
    await hands.press(page, list.submit);
    await hands.press(page, list.host.locator('[data-action="finish"]'));
    await expect(list.host.locator("[aria-current]")).toContainText("Loom");
    await expect(list.part("title")).toBeFocused();
  });

  test(`members are turned over, a request is refused and a domain taken away ${name}`, async ({ page, site }) => {
    test.slow();
    const domain = `d${Date.now().toString(36)}${locale}.example`;
    const [ada, grace] = [await somebody(site, "Ada"), await somebody(site, "Grace", `grace@${domain}`)];
    const people = [];
    for (let number = 0; number < 11; number += 1) people.push(await somebody(site, `Member${number}`));
    const made = await organization(site, `Engines ${Date.now()}`, ada, people);
    await site.admin(`organizations/${made.id}/domains`, { name: domain, verified: true, enrollment_mode: "automatic_suggestion" });
    await arrive(page, site, grace);
    await page.evaluate(async () => {
      const { response } = await (await fetch("/v1/me/organization_suggestions")).json();
      await fetch(`/v1/me/organization_suggestions/${response.data[0].id}/accept`, { method: "POST" });
    });
    await arrive(page, site, ada, made);
    await host(page, site, tag("organization-profile"), "/profile");
    const profile = component(page, "frontdesk-organization-profile");
    const rows = profile.host.locator("tbody tr");
    const heading = profile.host.locator("[data-listing] h2");

    await open(page, profile, "members", hands);
    await expect(rows).toHaveCount(10);
    await lookAt(page, profile, "members");
    const first = await rows.first().textContent();
    await hands.press(page, profile.host.locator('[data-action="next"]'));
    await expect(rows).toHaveCount(2);
    await expect(heading).toBeFocused();
    await hands.press(page, profile.host.locator('[data-action="previous"]'));
    await expect(rows).toHaveCount(10);
    await expect(heading).toBeFocused();
    expect(await rows.first().textContent()).toBe(first);
    const order = profile.host.locator('select[name="order_by"]');
    if (hands === mouse) {
      await order.selectOption("name");
    } else {
      await tabTo(page, order);
      await page.keyboard.press("End");
      await page.keyboard.press("ArrowUp");
    }
    await expect(rows.nth(1)).toContainText("Member0 Test");
    await expect(rows.nth(3)).toContainText("Member10 Test");

    await open(page, profile, "requests", hands);
    await lookAt(page, profile, "requests");
    await hands.press(page, rows.filter({ hasText: grace.email }).locator('[data-action="reject"]'));
    await expect(profile.host.getByText(text["organization-profile-requests-none"])).toBeVisible();
    const { data } = await site.admin(`organizations/${made.id}/memberships?limit=50`);
    expect(data.map((it) => it.public_user_data.identifier)).not.toContain(grace.email);

    await open(page, profile, "domains", hands);
    const select = profile.host.locator('select[name="enrollment_mode"]');
    await expect(select).toHaveValue("automatic_suggestion");
    if (hands === mouse) {
      await select.selectOption("automatic_invitation");
    } else {
      await tabTo(page, select);
      await page.keyboard.press("ArrowUp");
    }
    await expect(profile.host.locator("[data-live]")).toHaveText(text["status-saved"]);
    const domains = async () => (await site.admin(`organizations/${made.id}/domains`)).data.map((it) => it.enrollment_mode);
    expect(await domains()).toEqual(["automatic_invitation"]);
    await lookAt(page, profile, "domains");
    await hands.press(page, rows.locator('[data-action="remove"]'));
    await expect(profile.host.getByText(text["organization-profile-domains-none"])).toBeVisible();
    expect(await domains()).toEqual([]);

    // Another one is proven by a record of its zone, which is not there at first.
    const zones = new Map();
    const close = await serveNames(zones);
    const zone = `z${domain}`;
    await hands.fill(page, profile.host.locator('[data-section="add-domain"] input'), zone);
    await hands.press(page, profile.host.locator('[data-section="add-domain"] [part~="submit"]'));
    await hands.press(page, profile.host.locator('[data-action="record"]'));
    const record = profile.host.locator("[data-record] code");
    await expect(record).toHaveCount(2);
    const look = profile.host.locator('[part~="panel"] [part~="submit"]');
    await hands.press(page, look);
    await expect(profile.host.getByText(text["organization-profile-record-missing"])).toBeVisible();
    await lookAt(page, profile, "record");
    zones.set(...(await record.allTextContents()));
    await hands.press(page, look);
    await expect(rows.filter({ hasText: zone }).locator('[data-kind="verified"]')).toBeVisible();
    await close();

    if (styles.length === 0) return;
    await open(page, profile, "invitations", hands);
    await hands.fill(page, profile.host.locator('textarea[name="email_address"]'), freshEmail("guest"));
    await hands.press(page, profile.submit);
    await expect(rows).toHaveCount(1);
    await lookAt(page, profile, "invitations");
    await open(page, profile, "roles", hands);
    await lookAt(page, profile, "roles");
  });

  test(`an invitation's letter leads somebody new, and somebody known ${name}`, async ({ page, context, site }) => {
    const [ada, grace, linus] = [await somebody(site, "Ada"), await somebody(site, "Grace"), { email: freshEmail("linus") }];
    const made = await organization(site, `Engines ${Date.now()}`, ada);
    await host(page, site, tag("organization-list"), "/home");
    await host(page, site, tag("sign-in", 'after-sign-in-url="/home"'), "/sign-in");
    await host(page, site, tag("sign-up", 'after-sign-up-url="/home"'), "/sign-up");
    for (const { email } of [grace, linus]) await site.admin(`organizations/${made.id}/invitations`, { email_address: email, role: "org:member" });
    const place = component(page, "frontdesk-organization-list").host.locator(`[data-organization="${made.id}"]`);

    await page.goto(await newest(site, linus.email));
    const up = component(page, "frontdesk-sign-up");
    await expect(up.host.locator("input[readonly], input[disabled]").first()).toHaveValue(linus.email);
    await hands.fill(page, up.field("password"), "a password nobody has");
    await hands.press(page, up.submit);
    await page.waitForURL("**/home");
    await expect(place).toBeVisible();

    await context.clearCookies();
    await page.goto(await newest(site, grace.email));
    const card = component(page, "frontdesk-sign-in");
    await expect(card.host.getByText(grace.email)).toBeVisible();
    await hands.fill(page, card.field("password"), "a password nobody has");
    await hands.press(page, card.submit);
    await page.waitForURL("**/home");
    await expect(place).toBeVisible();
    const { data } = await site.admin(`organizations/${made.id}/memberships?limit=50`);
    expect(data.map((it) => it.public_user_data.identifier).sort()).toEqual([ada, grace, linus].map((it) => it.email).sort());

    // Who is signed in is in at once; who was new when the letter was written, and is not any more, signs in.
    const other = await organization(site, `Looms ${Date.now()}`, ada);
    await site.admin(`organizations/${other.id}/invitations`, { email_address: grace.email, role: "org:member" });
    const alan = freshEmail("alan");
    await site.admin(`organizations/${other.id}/invitations`, { email_address: alan, role: "org:member" });
    await somebody(site, "Alan", alan);
    await page.goto(await newest(site, grace.email));
    await page.waitForURL("**/home");
    await expect(page.locator("frontdesk-organization-list").locator(`[data-organization="${other.id}"][aria-current]`)).toBeVisible();
    await context.clearCookies();
    await page.goto(await newest(site, alan));
    await expect(card.host.getByText(alan)).toBeVisible();
    expect(new URL(page.url()).search).toBe("");
  });
}
