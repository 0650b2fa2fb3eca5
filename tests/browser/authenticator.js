// Chromium's virtual authenticator, and somebody who has a passkey in it.

import { expect, freshEmail, openHost } from "./site.js";
import { component, mouse, signUp, turnTo, typeCode } from "./ui.js";

const OPTIONS = {
  protocol: "ctap2",
  transport: "internal",
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
};

/** A key of the machine's own; `agree` tells it whether it says yes to what it is asked from then on. */
export async function authenticator(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options: OPTIONS });
  return {
    credentials: async () => (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
    agree: (enabled) => cdp.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled }),
  };
}

/** Somebody new with a passkey, who is signed out again; `/in` and `/home` are there. */
export async function passkeyOwner(page, site) {
  const person = { email: freshEmail(), password: "a password nobody has" };
  await openHost(page, site, "<frontdesk-user-profile></frontdesk-user-profile>", { path: "/home" });
  await openHost(page, site, '<frontdesk-sign-up after-sign-up-url="/home"></frontdesk-sign-up>', { path: "/up" });
  const card = await signUp(page, mouse, person);
  await typeCode(page, card, await site.codeFor(person.email));
  await page.waitForURL("**/home");
  const profile = component(page, "frontdesk-user-profile");
  await turnTo(page, "security");
  await profile.host.locator('[data-action="add-passkey"]').click();
  await expect(profile.host.locator('[data-section="passkeys"] [data-action="remove"]')).toBeVisible();
  await page.evaluate(() => fetch("/v1/client/sessions?_method=DELETE", { method: "POST" }));
  return person;
}

/** The address of whoever is signed in. */
export const whose = (page) =>
  page.evaluate(async () => (await (await fetch("/v1/me")).json()).response.email_addresses[0].email_address);
