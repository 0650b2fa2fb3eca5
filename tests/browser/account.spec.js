// Our own account components as people use them: in English, light DOM, and in Arabic, shadow DOM.

import { test } from "./admin.js";
import { authenticator } from "./authenticator.js";
import { agree, test as connecting } from "./provider.js";
import { age, expect, freshEmail, messages, openHost } from "./site.js";
import { ask, component, keyboard, look, looks, newcomer, tabTo, totp, turnTo } from "./ui.js";

test.use({
  settings: `
username = { enabled = true }
phone_number = { enabled = true }
passkeys = { enabled = true, autofill = false }
second_factor = { phone_code = true }
sessions = { several = true }
`,
});

// Other specs ask axe for everything in light DOM; here it is in a shadow tree.
const hosts = [
  { locale: "en", dir: "ltr", attributes: "", style: looks[3] },
  { locale: "ar", dir: "rtl", attributes: "shadow", style: looks[0] },
];

const PASSWORD = "a password nobody has";

let last = 100;
const freshNumber = () => `+1415557${String((last += 1)).padStart(4, "0")}`;

/** Somebody new who is signed in to the browser of `page`, beside whoever is already; answers with their address. */
async function arrive(page, site, fields = {}) {
  const user = { email_address: [freshEmail()], ...fields };
  const { id } = await site.admin("users", user);
  const { token } = await site.admin("sign_in_tokens", { user_id: id });
  await page.goto(`${site.url}/readyz`);
  await ask(page, "client/sign_ins", { strategy: "ticket", ticket: token });
  return user.email_address[0];
}

/** Runs in the page: somebody pastes a picture into `section`. */
async function paste(section) {
  const canvas = new OffscreenCanvas(300, 200);
  canvas.getContext("2d").fillRect(0, 0, 300, 200);
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([await canvas.convertToBlob()], "me.png", { type: "image/png" }));
  section.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
}

/** Runs in the page: what is on the next paper that is printed in a window of its own. */
function printed() {
  const { open } = globalThis;
  return new Promise((done) => {
    globalThis.open = (...of) => {
      const paper = open(...of);
      paper.print = () => done(paper.document.body.textContent);
      return paper;
    };
  });
}

for (const { locale, dir, attributes, style } of hosts) {
  const words = messages(locale);

  /** Opens a page that has the component `kind`. */
  async function open(page, site, kind, { more = "", path = "/host" } = {}) {
    const html = `<h1>Host</h1><frontdesk-${kind} ${attributes} theme="${style.theme}" color-scheme="${style.scheme}" ${more}></frontdesk-${kind}>`;
    await openHost(page, site, html, { lang: locale, dir, path });
    return component(page, `frontdesk-${kind}`);
  }

  /** Opens the profile, and answers with the sections that have these names. */
  async function sections(page, site, ...names) {
    const { host } = await open(page, site, "user-profile");
    return names.map((name) => host.locator(`[data-section="${name}"]`));
  }

  /** The button that does `action`, in the line about `text`. */
  const deed = (section, action, text = "") => section.locator('[role="listitem"]', { hasText: text }).locator(`[data-action="${action}"]`);

  const lines = (section) => section.locator('[role="listitem"]');

  test.describe(`in ${locale}, ${attributes || "light DOM"}`, () => {
    test.use({ colorScheme: style.scheme });

    test("the menu is walked by keyboard, through an app's own items, to the profile", async ({ page, site }) => {
      test.slow();
      await arrive(page, site, { first_name: "Ada" });
      await arrive(page, site, { first_name: "Grace", last_name: "Hopper" });
      await openHost(page, site, "<h1>Profile</h1>", { path: "/profile" });
      const button = await open(page, site, "user-button", { more: "show-name" });
      await button.host.evaluate((element) => {
        const say = (text) => (place) => (place.textContent = text);
        const ring = { label: "Ring", onClick: () => (document.title = "rung"), mountIcon: say("!") };
        element.customMenuItems = [ring, { label: "signOut" }, { label: "Help", href: "https://help.example/", mountIcon: say("?") }];
      });
      const [trigger, items] = [button.part("trigger"), button.part("menu-item")];
      await expect(trigger).toHaveText("Grace Hopper");
      await tabTo(page, trigger);
      await page.keyboard.press("ArrowDown");
      for (const [index, name] of [words["user-button-manage"], "Ring", words["action-sign-out"], "Help"].entries()) {
        await expect(items.nth(index)).toBeFocused();
        await expect(items.nth(index)).toHaveAccessibleName(name);
        await page.keyboard.press("ArrowDown");
      }
      await expect(items.locator("[data-icon]")).toHaveText(["!", "?"]);
      // What the browser paints behind everything is told to axe, which takes it for white.
      await page.evaluate(() => (document.documentElement.style.background = "Canvas"));
      await look(page, style, `user-button-menu-${locale}`);
      const end = items.last();
      for (const [key, item] of [["End", end], ["ArrowDown", items.first()], ["ArrowUp", end], ["Home", items.first()], ["ArrowDown", items.nth(1)]]) {
        await page.keyboard.press(key);
        await expect(item).toBeFocused();
      }
      await page.keyboard.press("Enter");
      await expect(page).toHaveTitle("rung");
      await expect(items).toHaveCount(0);
      await expect(trigger).toBeFocused();

      await page.keyboard.press("Enter");
      await expect(items.first()).toBeFocused();
      await page.keyboard.press("Escape");
      await expect(items).toHaveCount(0);
      await expect(trigger).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(items.first()).toBeFocused();
      await page.locator("h1").click();
      await expect(items).toHaveCount(0);

      const manage = async () => {
        await keyboard.press(page, trigger);
        await expect(items.first()).toBeFocused();
        await page.keyboard.press("Enter");
      };
      await manage();
      await expect(button.field("first_name")).toHaveValue("Grace");
      await page.keyboard.press("Escape");
      await expect(button.host.locator("dialog[open]")).toHaveCount(0);
      await expect(trigger).toBeFocused();
      await button.host.evaluate((element) => Object.assign(element, { userProfileMode: "navigation", userProfileUrl: "/profile" }));
      await manage();
      await page.waitForURL("**/profile");
    });

    test("others in this browser are switched to, joined and signed out", async ({ page, site }) => {
      for (const name of ["Ada", "Bea", "Cleo"]) await arrive(page, site, { first_name: name });
      await openHost(page, site, "<h1>Door</h1>", { path: "/door" });
      const button = await open(page, site, "user-button", { more: 'sign-in-url="/door"' });
      const [trigger, others] = [button.part("trigger"), button.host.locator("[data-session]")];
      const choose = async (action, name = "") => {
        await keyboard.press(page, trigger);
        await keyboard.press(page, button.host.locator(`[data-action="${action}"]`, { hasText: name }));
      };
      const is = (initial) => expect(trigger.locator("[data-initials]")).toHaveAttribute("data-initials", initial);
      await is("C");
      await choose("switch", "Ada");
      await is("A");
      await expect(trigger).toBeFocused();
      await choose("switch", "Bea");
      await is("B");
      await choose("sign-out");
      await is(/A|C/);
      await expect(trigger).toBeFocused();
      await choose("add-account");
      await page.waitForURL("**/door");
      await page.goBack();
      await trigger.click();
      await expect(others).toHaveCount(1);
      await page.keyboard.press("Escape");
      await choose("sign-out-all");
      await page.waitForURL("**/door");
      expect(await page.evaluate(async () => (await fetch("/v1/me")).status)).toBe(401);
    });

    test("who somebody is: a picture, a user name, addresses and numbers", async ({ page, site }) => {
      test.slow();
      const [address, otherAddress] = [freshEmail(), freshEmail("second")];
      const [number, otherNumber] = [freshNumber(), freshNumber()];
      const name = `grace-${locale}-${Date.now().toString(36)}`;
      await arrive(page, site, { email_address: [address, otherAddress], phone_number: [number] });
      const [picture, username, emails, phones] = await sections(page, site, "picture", "username", "emails", "phones");
      const [naming, addingEmail, addingPhone] = ["change-username", "add-email", "add-phone"].map((it) => page.locator(`[data-action="${it}"]`));
      for (const trigger of [naming, addingEmail, addingPhone]) await trigger.click();
      await expect(phones.locator('input[name="phone_number"]')).toBeFocused();
      await look(page, style, `profile-forms-${locale}`);

      await page.keyboard.type(otherNumber);
      await page.keyboard.press("Enter");
      await expect(phones.locator('input[name="code"]')).toBeFocused();
      await page.keyboard.type(await site.codeFor(otherNumber));
      await deed(phones, "make-primary", otherNumber).click();
      await expect(lines(phones).first()).toContainText(otherNumber);
      await expect(phones.locator('[data-kind="primary"]')).toHaveCount(1);
      await expect(addingPhone).toBeFocused();
      await deed(phones, "remove", number).click();
      await expect(lines(phones)).toHaveCount(1);

      const field = username.locator('input[name="username"]');
      await field.fill("x y");
      await page.keyboard.press("Enter");
      await expect(username.locator('[part~="error"]')).toBeVisible();
      await field.fill(name);
      await page.keyboard.press("Enter");
      await expect(username).toContainText(name);
      await expect(naming).toBeFocused();

      await deed(emails, "make-primary", otherAddress).click();
      await expect(lines(emails).first()).toContainText(otherAddress);
      await expect(addingEmail).toBeFocused();
      await deed(emails, "remove", address).click();
      await expect(lines(emails)).toHaveCount(1);

      await picture.evaluate(paste);
      await picture.locator('[part~="submit"]').click();
      await expect(picture.locator("img")).toBeVisible();
    });

    test("what proves it: a password, a passkey, and no browser elsewhere", async ({ page, site, request }) => {
      test.slow();
      const address = await arrive(page, site);
      const { credentials } = await authenticator(page);
      const [password, passkeys, devices, steps] = await sections(page, site, "password", "passkeys", "devices", "two-step");
      await turnTo(page, "security");
      const change = password.locator('[data-action="change-password"]');
      const isChanged = () => expect(password.locator("[data-status]")).toHaveText(words["user-profile-password-changed"]);
      await expect(change).toHaveText(words["user-profile-set-password"]);
      await change.click();
      await page.keyboard.type(PASSWORD);
      await page.keyboard.press("Enter");
      await isChanged();
      await expect(change).toHaveText(words["user-profile-change-password"]);

      const add = passkeys.locator('[data-action="add-passkey"]');
      await keyboard.press(page, add);
      await expect(lines(passkeys)).toHaveCount(1);
      await expect(add).toBeFocused();
      await deed(passkeys, "rename").click();
      await page.keyboard.press("Escape");
      await expect(passkeys.locator('input[name="name"]')).toHaveCount(0);
      await expect(deed(passkeys, "rename")).toBeFocused();
      await page.keyboard.press("Enter");
      await steps.locator('[data-action="add-totp"]').click();
      await expect(steps.locator("[data-qr]")).toBeVisible();
      await change.click();
      const current = password.locator('input[name="current_password"]');
      await expect(current).toBeFocused();
      await look(page, style, `profile-security-forms-${locale}`);

      const next = `another ${PASSWORD}`;
      await current.fill(PASSWORD);
      await password.locator('input[name="new_password"]').fill(next);
      await page.keyboard.press("Enter");
      await isChanged();
      await expect(change).toBeFocused();

      await passkeys.locator('input[name="name"]').fill("Blue key");
      await page.keyboard.press("Enter");
      await expect(lines(passkeys)).toContainText("Blue key");
      await expect(add).toBeFocused();
      expect(await credentials()).toHaveLength(1);
      await deed(passkeys, "remove", "Blue key").click();
      await expect(passkeys.getByText(words["user-profile-passkeys-none"])).toBeVisible();
      await expect(add).toBeFocused();

      await request.post(`${site.url}/v1/client/sign_ins`, { form: { identifier: address, password: next } });
      const me = () => request.get(`${site.url}/v1/me`);
      await expect(await me()).toBeOK();
      await page.reload();
      await expect(lines(devices)).toHaveCount(2);
      await deed(devices, "revoke").click();
      await expect(lines(devices)).toHaveCount(1);
      await expect(devices.locator("h2")).toBeFocused();
      await expect(devices.locator('[data-kind="this-device"]')).toBeVisible();
      expect((await me()).status()).toBe(401);
    });

    test("a second step: an app, codes that are copied and printed, and a number that comes first", async ({ page, site }) => {
      test.slow();
      const numbers = [freshNumber(), freshNumber()];
      await arrive(page, site, { phone_number: numbers });
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      const [steps] = await sections(page, site, "two-step");
      await turnTo(page, "security");
      await steps.locator('[data-action="add-totp"]').click();
      const secret = (await steps.locator("[data-secret] code").textContent()).replaceAll(" ", "");
      await expect(steps.locator('input[name="code"]')).toBeFocused();
      await page.keyboard.type(totp(secret, 0));
      const codes = steps.locator("[data-backup-codes]");
      await expect(codes).toBeFocused();
      await look(page, style, `profile-backup-codes-${locale}`);
      const shown = (await codes.locator("li").allTextContents()).join("\n");
      await codes.locator('[data-action="copy"]').click();
      await expect(page.locator("[data-live]").first()).toHaveText(words["status-copied"]);
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
      const paper = page.evaluate(printed);
      await codes.locator('[data-action="print"]').click();
      expect(await paper).toBe(shown);
      await codes.locator('[data-action="done"]').click();
      await expect(codes).toHaveCount(0);
      await expect(steps.locator('[part~="section-title"]')).toBeFocused();

      for (const number of numbers) await steps.locator('[data-action="add-phone-factor"]', { hasText: number }).click();
      for (const number of numbers) {
        await deed(steps, "make-default", number).click();
        const marked = lines(steps).filter({ has: page.locator('[data-kind="default"]') });
        await expect(marked).toHaveCount(1);
        await expect(marked).toContainText(number);
      }
    });

    test("an account is deleted by keyboard, once that is typed and proven", async ({ page, site }) => {
      const address = await arrive(page, site, { password: PASSWORD });
      const profile = await open(page, site, "user-profile");
      const phrase = words["user-profile-delete"];
      await keyboard.press(page, profile.host.locator('[part~="nav-link"][data-page="security"]'));
      await keyboard.press(page, profile.host.locator('[data-action="delete-account"]'));
      const field = profile.field("confirmation");
      await expect(field).toBeFocused();
      await page.keyboard.type("no");
      await page.keyboard.press("Enter");
      await expect(profile.part("error")).toHaveText(words["error-form-param-value-invalid"]);
      await keyboard.fill(page, field, phrase);
      age(site);
      await page.keyboard.press("Enter");
      const asked = profile.host.locator(".fd-user-verification dialog[open]");
      const password = asked.locator('input[name="password"]');
      await expect(password).toBeFocused();
      await page.keyboard.press("Escape");
      await expect(asked).toHaveCount(0);
      await expect(field).toHaveValue(phrase);
      await keyboard.press(page, profile.host.locator('[data-action="delete"]'));
      await expect(password).toBeFocused();
      await keyboard.press(page, asked.locator('[data-action="other-way"]'));
      await keyboard.press(page, asked.locator('[data-strategy="email_code"]'));
      await expect(asked.locator('input[name="code"]')).toBeFocused();
      await page.keyboard.type(await site.codeFor(address));
      await expect(profile.host.getByText(words["user-profile-signed-out"])).toBeVisible();
      await expect(profile.part("title")).toBeFocused();
      expect(await site.admin(`users?email_address=${address}`)).toEqual([]);
    });

    connecting("an account elsewhere is connected, and taken away", async ({ page, acme, site }) => {
      // The provider's own pages want a font from far away.
      await page.route("https://fonts.googleapis.com/**", (route) => route.abort());
      await newcomer(page, site, "<h1>Host</h1>");
      // Whoever is led back sees the page that the site has here; whoever comes by themselves, the host.
      const { host } = await open(page, site, "user-profile", { path: "/user" });
      const section = host.locator('[data-section="connected"]');
      await section.locator('[data-action="connect"]').click();
      const [login] = freshEmail().split("@");
      await agree(page, acme, login);
      await page.waitForURL("**/user");
      await page.reload();
      await expect(lines(section)).toContainText(`${login}@example.com`);
      await expect(section.locator('[data-action="connect"]')).toHaveCount(0);
      await deed(section, "remove").click();
      await expect(section.getByText(words["user-profile-connected-none"])).toBeVisible();
      await expect(section.locator('[part~="section-title"]')).toBeFocused();
    });
  });
}

test("a page of an app's own is one of the profile's in a shadow tree, from right to left", async ({ page, site }) => {
  await arrive(page, site);
  await openHost(page, site, "<frontdesk-user-profile shadow></frontdesk-user-profile>", { lang: "ar", dir: "rtl" });
  const profile = component(page, "frontdesk-user-profile");
  await profile.host.evaluate((element) => {
    const say = (text) => (place) => (place.textContent = text);
    const terms = { label: "الشروط", url: "terms", mount: say("كن لطيفًا."), mountIcon: say("§") };
    element.customPages = [terms, { label: "account" }];
  });
  const links = profile.part("nav-link");
  const { "user-profile-security": security, "user-profile-account": account } = messages("ar");
  await expect(links).toHaveText([security, "§الشروط", account]);
  await keyboard.press(page, links.nth(1));
  await expect(profile.part("page")).toHaveText("كن لطيفًا.");
  await expect(links.nth(1)).toHaveAttribute("aria-current", "page");
  expect(new URL(page.url()).hash).toBe("#/terms");
});
