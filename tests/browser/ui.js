// What a person does on our screens, in any language: by the names of fields and the parts of components.

import AxeBuilder from "@axe-core/playwright";
import { createHmac } from "node:crypto";
import { join } from "node:path";
import { expect, freshEmail, openHost } from "./site.js";

const pictures = join(import.meta.dirname, "../../target/screens");

/** Both themes, light and dark. */
export const looks = ["default", "almanac"].flatMap((theme) => ["light", "dark"].map((scheme) => ({ theme, scheme })));

/** One component on the page, in light or shadow DOM: Playwright's CSS sees through open roots. */
export function component(page, tag) {
  const host = page.locator(tag);
  const part = (name) => host.locator(`[part~="${name}"]`);
  // Those that are there for password managers alone are no person's.
  const field = (name) => host.locator(`input[name="${name}"]:not([data-hidden])`);
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

// One question, as it is asked at each press.
const isFocused = (target) => target.evaluateAll((nodes) => nodes.length === 1 && nodes[0].getRootNode().activeElement === nodes[0]);

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

/** Comes back to the tab after some seconds elsewhere, for which the client asks for news. */
export async function comeBack(page) {
  await page.waitForTimeout(5500);
  const [answer] = await Promise.all([
    page.waitForResponse((it) => new URL(it.url()).pathname === "/v1/client"),
    page.evaluate(() => document.dispatchEvent(new Event("visibilitychange"))),
  ]);
  await answer.finished();
  await page.waitForTimeout(200);
}

/** Turns to the page `name` of the profile. */
export const turnTo = (page, name) => page.locator(`[part~="nav-link"][data-page="${name}"]`).click();

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

/** Gives a component the look of a theme and a colour scheme, and the page the scheme. */
export async function wear(card, { theme, scheme }) {
  await card.page.emulateMedia({ colorScheme: scheme });
  await card.host.evaluate((it, all) => Object.entries(all).forEach(([name, value]) => it.setAttribute(name, value)), { theme, "color-scheme": scheme });
}

/** Looks at the card as it is in Arabic, in the first look, and turns it back to English. */
export async function lookInArabic(page, card, name) {
  for (const locale of ["ar", "en"]) {
    await card.host.evaluate((it, locale) => it.setAttribute("locale", locale), locale);
    await expect(card.part("root")).toHaveAttribute("lang", locale);
    if (locale === "ar") await look(page, looks[0], `${name}-ar`);
  }
}

/** Looks at the screen as it is: wide and narrow. A theme and a scheme change its colours; all else is asked of the first. */
export async function look(page, { theme, scheme }, name) {
  const isFirst = theme === looks[0].theme && scheme === looks[0].scheme;
  // What moves is not what is looked at.
  await page.waitForTimeout(350);
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `${name} is wider than ${width} px`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join(pictures, `${name}-${theme}-${scheme}-${width}.png`), fullPage: true });
    if (!isFirst && width !== 1280) continue;
    // No frame of another origin is here, for which it would open a page of its own each time.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    if (!isFirst) axe.withRules(["color-contrast"]);
    const { violations } = await axe.analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("\n")}`);
    expect(found, `${name} at ${width} px`).toEqual([]);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** What an authenticator app shows `ahead` half minutes from now (RFC 6238). */
export function totp(secret, ahead) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const hash = createHmac("sha1", key).update(time).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/** What the Frontend API answers to the page. */
export const ask = (page, path, fields = {}) =>
  page.evaluate(
    async ([path, fields]) => {
      const answer = await fetch(`/v1/${path}`, { method: "POST", body: new URLSearchParams(fields) });
      return (await answer.json()).response;
    },
    [path, fields],
  );

/** Somebody new who is signed in at `/home`, where `html` is. */
export async function newcomer(page, site, html, of = {}) {
  const person = { email: freshEmail(), password: "a password nobody has" };
  await openHost(page, site, html, { ...of, path: "/home" });
  await openHost(page, site, '<frontdesk-sign-up after-sign-up-url="/home"></frontdesk-sign-up>', { ...of, path: "/up" });
  await typeCode(page, await signUp(page, mouse, person), await site.codeFor(person.email));
  await page.waitForURL("**/home");
  return person;
}

/** Runs in the page: the colour in the middle of the picture at `url`. */
export async function middle(url) {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  context.drawImage(bitmap, 0, 0);
  return [...context.getImageData(bitmap.width / 2, bitmap.height / 2, 1, 1).data];
}
