// What a person does on our screens, in any language: by the names of fields and the parts of components.

import { expect } from "./site.js";

/** One component on the page, in light or shadow DOM: Playwright's CSS sees through open roots. */
export function component(page, tag) {
  const host = page.locator(tag);
  const part = (name) => host.locator(`[part~="${name}"]`);
  const field = (name) => host.locator(`input[name="${name}"]`);
  return { page, host, part, field, submit: part("submit"), alert: part("alert"), code: field("code") };
}

/** Moves the focus with the Tab key alone until it is on `target`. */
export async function tabTo(page, target) {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await isFocused(target)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no way by keyboard to ${target}`);
}

const isFocused = async (target) =>
  (await target.count()) === 1 &&
  target.evaluate((node) => {
    const tree = node.getRootNode();
    return tree.activeElement === node;
  });

/** Hands that use mouse and clipboard. */
export const mouse = {
  fill: (page, target, text) => target.fill(text),
  press: (page, target) => target.click(),
};

/** Hands that use the keyboard and nothing else. */
export const keyboard = {
  async fill(page, target, text) {
    await target.waitFor();
    await tabTo(page, target);
    await page.keyboard.press("Control+A");
    await page.keyboard.type(text);
  },
  async press(page, target) {
    await target.waitFor();
    await expect(target).toBeEnabled();
    await tabTo(page, target);
    await page.keyboard.press("Enter");
  },
};

/** Fills the sign-up form with what the defaults ask for and sends it. */
export async function signUp(page, hands, { email, password }) {
  const card = component(page, "frontdesk-sign-up");
  await hands.fill(page, card.field("email_address"), email);
  await hands.fill(page, card.field("password"), password);
  await hands.press(page, card.submit);
  await expect(card.code).toBeFocused();
  return card;
}

/** Types the code; the card sends it by itself at the sixth digit. */
export async function typeCode(page, card, code) {
  await card.code.waitFor();
  await expect(card.code).toBeFocused();
  await page.keyboard.type(code);
}

/** Signs in with a password, by way of the identifier card. */
export async function signIn(page, hands, { email, password }) {
  const card = component(page, "frontdesk-sign-in");
  await hands.fill(page, card.field("identifier"), email);
  await hands.press(page, card.submit);
  const field = card.host.locator('input[name="password"]:focus');
  await expect(field).toBeVisible();
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  return card;
}
