// Tickets and links: of the app's server, and of letters.

import { newest, test } from "./admin.js";
import { ADA, expect, freshEmail, messages, startSite } from "./site.js";
import { ask, component, look, lookInArabic, looks, wear } from "./ui.js";

test.use({ settings: "[email_address]\nlink = true\ncode = false\n" });

const en = messages("en");

const whose = (page) =>
  page.evaluate(async () => (await (await fetch("/v1/me")).json()).response?.email_addresses[0].email_address);

test("a ticket of the app's server signs in once", async ({ page, site }) => {
  const found = await site.admin(`users?email_address=${encodeURIComponent(ADA.email)}`);
  const user = (found.data ?? found)[0];
  const ticket = await site.admin("sign_in_tokens", { user_id: user.id, expires_in_seconds: 600 });
  const address = `${site.url}/sign-in?__clerk_ticket=${encodeURIComponent(ticket.token)}&__clerk_status=sign_in`;
  await page.goto(address);
  await page.waitForURL(`${site.url}/`);
  expect(await whose(page)).toBe(ADA.email);
  await page.evaluate(() => fetch("/v1/client/sessions?_method=DELETE", { method: "POST" }));
  await page.goto(address);
  await expect(component(page, "frontdesk-sign-in").alert).toHaveText(en["error-ticket-invalid"]);
});

test("an invitation leads to a sign-up for its address alone", async ({ page, site }) => {
  const email = freshEmail("invited");
  await site.admin("invitations", { email_address: email, public_metadata: { team: "blue" } });
  await page.goto(await newest(site, email));
  const card = component(page, "frontdesk-sign-up");
  await expect(card.host.locator("input[readonly], input[disabled]").first()).toHaveValue(email);
  await card.field("password").fill("a password nobody has");
  await card.submit.click();
  await page.waitForURL(`${site.url}/`);
  expect(await whose(page)).toBe(email);
});

test("the link of a letter signs in the browser that asked for it", async ({ page, context, site }) => {
  await page.goto(`${site.url}/sign-in`);
  const card = component(page, "frontdesk-sign-in");
  await card.field("identifier").fill(ADA.email);
  await card.submit.click();
  await card.part("link").filter({ hasText: en["action-other-way"] }).click();
  await card.host.locator('[data-strategy="email_link"]').click();
  const letter = await context.newPage();
  await letter.goto(await newest(site, ADA.email));
  await letter.locator("button").click();
  await page.waitForURL(`${site.url}/`);
  expect(await whose(page)).toBe(ADA.email);
});

test("an address of a sign-up is proven by the link of a letter", async ({ page, context, site }) => {
  const email = freshEmail();
  await page.goto(`${site.url}/sign-up`);
  const card = component(page, "frontdesk-sign-up");
  await card.field("email_address").fill(email);
  await card.field("password").fill("a password nobody has");
  await card.submit.click();
  await expect(card.part("notice")).toHaveText(en["sign-in-link-waiting"]);
  for (const style of looks) {
    await wear(card, style);
    await look(page, style, "sign-up-link");
  }
  await wear(card, looks[0]);
  await lookInArabic(page, card, "sign-up-link");
  await page.reload();
  await expect(card.part("notice")).toHaveText(en["sign-in-link-waiting"]);
  const letter = await context.newPage();
  await letter.goto(await newest(site, email));
  await letter.locator("button").click();
  await letter.waitForURL(`${site.url}/`);
  expect(await whose(letter)).toBe(email);
});

test("a link leads whoever is new from the sign-in to an account, where signing in does", async ({ page, context, engine }) => {
  const site = await startSite(engine, "sign_in.combined = true\npassword.enabled = false\n[email_address]\nlink = true\ncode = false\n");
  try {
    const email = freshEmail();
    await page.goto(`${site.url}/sign-in`);
    const card = component(page, "frontdesk-sign-in");
    await card.field("identifier").fill(email);
    await card.submit.click();
    await expect(card.part("notice")).toHaveText(en["sign-in-link-waiting"]);
    const letter = await context.newPage();
    await letter.goto(await newest(site, email));
    await letter.locator("button").click();
    await letter.waitForURL((url) => url.pathname !== "/v1/verify_link");
    await page.waitForURL((url) => !url.pathname.startsWith("/sign-"));
    expect(await whose(page)).toBe(email);
  } finally {
    await site.stop();
  }
});

test("a link of a sign-up that is of no use says why, and leaves no trace in the address", async ({ page, context, site }) => {
  await page.goto(`${site.url}/sign-up?__clerk_status=expired`);
  const card = component(page, "frontdesk-sign-up");
  await expect(card.part("subtitle")).toHaveText(en["sign-in-link-expired"]);
  expect(page.url()).toBe(`${site.url}/sign-up`);
  await look(page, looks[0], "sign-up-landing");
  await card.part("button").click();
  // Whoever reads the owner's mail is told that there is an account.
  await card.field("email_address").fill(ADA.email);
  await card.field("password").fill("a password nobody has");
  await card.submit.click();
  await expect(card.part("notice")).toHaveText(en["sign-in-link-waiting"]);
  const letter = await context.newPage();
  await letter.goto(await newest(site, ADA.email));
  await letter.locator("button").click();
  const there = component(letter, "frontdesk-sign-up");
  await expect(there.part("root")).toHaveAttribute("data-step", "exists");
  await expect(card.part("root")).toHaveAttribute("data-step", "exists");
});

for (const locale of ["en", "ar"]) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale });

    test("an address of the profile is proven by the link of a letter", async ({ page, context, site }) => {
      const text = messages(locale);
      const [first, second] = [freshEmail(), freshEmail()];
      const { id } = await site.admin("users", { email_address: [first] });
      const { token } = await site.admin("sign_in_tokens", { user_id: id });
      await page.goto(`${site.url}/readyz`);
      await ask(page, "client/sign_ins", { strategy: "ticket", ticket: token });
      const place = `${site.url}/user`;
      await page.goto(place);
      const profile = component(page, "frontdesk-user-profile");
      const emails = profile.host.locator('[data-section="emails"]');
      await emails.locator('[data-action="add-email"]').click();
      await page.keyboard.type(second);
      await page.keyboard.press("Enter");
      await expect(emails.getByText(text["sign-in-link-waiting"])).toBeVisible();
      await look(page, looks[0], `profile-link-${locale}`);
      // The page that waits goes on by itself, wherever the letter leads.
      const letter = await context.newPage();
      await letter.goto(await newest(site, second));
      await letter.locator("button").click();
      await letter.waitForURL(place);
      await expect(emails.locator("[data-verify]")).toHaveCount(0);
      await expect(emails.locator('[data-kind="unverified"]')).toHaveCount(0);
      await letter.goto(`${place}?__clerk_status=expired`);
      const there = component(letter, "frontdesk-user-profile");
      await expect(there.host.locator('[data-section="emails"] [part~="alert"]')).toHaveText(text["sign-in-link-expired"]);
      expect(letter.url()).toBe(place);
    });
  });
}
