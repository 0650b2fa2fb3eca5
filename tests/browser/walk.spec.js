// The walk through every part: sign up, prove the address, profile, organization, sign out, sign in.

import { decodeJwt } from "jose";
import { expect, freshEmail, openHost, test } from "./site.js";
import { component, keyboard, mouse, signIn, signUp, typeCode } from "./ui.js";

const walks = [
  { name: "in English, light DOM, by mouse", locale: "en", dir: "ltr", attributes: "", hands: mouse },
  { name: "in Arabic, shadow DOM, by mouse", locale: "ar", dir: "rtl", attributes: "shadow", hands: mouse },
  { name: "in French, light DOM, by keyboard alone", locale: "fr", dir: "ltr", attributes: "", hands: keyboard },
];

async function claims(page) {
  const token = await page.evaluate(async () => {
    const { createFrontdesk } = await import("/elements/index.js");
    return createFrontdesk({ api: location.origin }).getToken();
  });
  return decodeJwt(token);
}

for (const { name, locale, dir, attributes, hands } of walks) {
  test(`a person walks through every part ${name}`, async ({ page, site }) => {
    test.slow();
    const person = { email: freshEmail(), password: "a password nobody has" };
    const page_of = { lang: locale, dir };
    const home = `
      <frontdesk-user-button ${attributes} after-sign-out-url="/in"></frontdesk-user-button>
      <frontdesk-organization-switcher ${attributes}></frontdesk-organization-switcher>
      <frontdesk-user-profile ${attributes}></frontdesk-user-profile>`;

    // Sign up and prove the address.
    await openHost(page, site, home, { ...page_of, path: "/home" });
    await openHost(page, site, `<frontdesk-sign-in ${attributes} after-sign-in-url="/home"></frontdesk-sign-in>`, { ...page_of, path: "/in" });
    await openHost(page, site, `<frontdesk-sign-up ${attributes} after-sign-up-url="/home"></frontdesk-sign-up>`, { ...page_of, path: "/up" });
    const card = await signUp(page, hands, person);
    await expect(card.part("root")).toHaveAttribute("dir", dir);
    await typeCode(page, card, await site.codeFor(person.email));
    await page.waitForURL("**/home");

    // Edit the profile.
    const profile = component(page, "frontdesk-user-profile");
    await hands.fill(page, profile.field("first_name"), "Grace");
    await hands.fill(page, profile.field("last_name"), "Hopper");
    await hands.press(page, profile.host.locator('form:has(input[name="first_name"]) [part~="submit"]'));
    await expect(profile.host.getByText("Grace Hopper").first()).toBeVisible();

    // Make an organization, and be in it.
    const switcher = component(page, "frontdesk-organization-switcher");
    await hands.press(page, switcher.part("trigger"));
    await hands.press(page, switcher.host.locator('[data-action="create-organization"]'));
    const slug = `navy-${person.email.split("@")[0].split(".")[1]}`;
    await hands.fill(page, switcher.field("name"), `Navy ${slug.slice(5)}`);
    await expect(switcher.field("slug")).toHaveValue(slug);
    await hands.press(page, switcher.host.locator('form:has(input[name="slug"]) [part~="submit"]'));
    await expect(switcher.part("trigger")).toContainText(`Navy ${slug.slice(5)}`);
    await hands.press(page, switcher.host.locator('[data-action="finish"]'));
    await expect(switcher.part("dialog")).toHaveCount(0);
    expect(await claims(page)).toMatchObject({ o: { slg: slug, rol: "admin" } });

    // Switch to the personal account and back.
    await hands.press(page, switcher.part("trigger"));
    await hands.press(page, switcher.host.locator('[data-organization=""]'));
    await expect(switcher.part("trigger")).not.toContainText("Navy");
    expect((await claims(page)).o).toBeUndefined();
    await hands.press(page, switcher.part("trigger"));
    await hands.press(page, switcher.host.locator('[data-organization^="org_"]'));
    await expect(switcher.part("trigger")).toContainText("Navy");

    // Sign out, and in again.
    const button = component(page, "frontdesk-user-button");
    await hands.press(page, button.part("trigger"));
    await hands.press(page, button.host.locator('[data-action="sign-out"]'));
    await page.waitForURL("**/in");
    await signIn(page, hands, person);
    await page.waitForURL("**/home");
    await expect(component(page, "frontdesk-user-profile").field("first_name")).toHaveValue("Grace");
  });
}
