// The profile's pages: the way to each, by address, by keyboard and back; an app's own; and the end of an account.

import { expect, messages, test } from "./site.js";
import { component, look, looks, middle, newcomer, tabTo, turnTo } from "./ui.js";

const hosts = [
  { locale: "en", dir: "ltr", attributes: "", style: looks[0] },
  { locale: "ar", dir: "rtl", attributes: "shadow", style: looks[3] },
];

/** Runs in the page: a file that is dragged, a picture red on the left and blue on the right. */
async function drawn() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 300, height: 200 });
  const context = canvas.getContext("2d");
  for (const [color, start] of [["#c00000", 0], ["#0000c0", 150]]) {
    context.fillStyle = color;
    context.fillRect(start, 0, 150, 200);
  }
  const blob = await new Promise((done) => canvas.toBlob(done));
  const transfer = new DataTransfer();
  transfer.items.add(new File([blob], "me.png", { type: "image/png" }));
  return transfer;
}

for (const { locale, dir, attributes, style } of hosts) {
  const words = messages(locale);

  test.describe(`in ${locale}, ${attributes || "light DOM"}`, () => {
    test.use({ colorScheme: style.scheme });

    test("each page has an address, and the keyboard leads there", async ({ page, site }) => {
      test.slow();
      const html = `<h1>Host</h1><frontdesk-user-profile ${attributes} theme="${style.theme}" color-scheme="${style.scheme}"></frontdesk-user-profile>`;
      await newcomer(page, site, html, { lang: locale, dir });
      const profile = component(page, "frontdesk-user-profile");
      await expect(profile.host.locator('[data-section="emails"]')).toBeVisible();
      await look(page, style, `profile-account-${locale}`);
      const link = profile.host.locator('[part~="nav-link"][data-page="security"]');
      await expect(link).toHaveText(words["user-profile-security"]);
      await tabTo(page, link);
      await page.keyboard.press("Enter");
      await expect(profile.host.locator('[data-section="password"]')).toBeVisible();
      await expect(link).toHaveAttribute("aria-current", "page");
      await expect(link).toBeFocused();
      expect(new URL(page.url()).hash).toBe("#/security");
      await look(page, style, `profile-security-${locale}`);
      await page.goBack();
      await expect(profile.host.locator('[data-section="emails"]')).toBeVisible();
      await page.goto(`${site.url}/home#/security`);
      await page.reload();
      await expect(profile.host.locator('[data-section="password"]')).toBeVisible();
    });

    test("a picture is dropped, cut by keyboard, kept and taken away", async ({ page, site }) => {
      const html = `<h1>Host</h1><frontdesk-user-profile ${attributes} theme="${style.theme}" color-scheme="${style.scheme}"></frontdesk-user-profile>`;
      await newcomer(page, site, html, { lang: locale, dir });
      const section = component(page, "frontdesk-user-profile").host.locator('[data-section="picture"]');
      const [input, cut, image] = ['input[type="file"]', '[part~="cut"]', "img"].map((it) => section.locator(it));
      await input.setInputFiles({ name: "me.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
      await expect(section.locator('[part~="alert"]')).toHaveText(words["error-form-param-format-invalid-file"]);
      await expect(cut).toHaveCount(0);

      await section.dispatchEvent("drop", { dataTransfer: await page.evaluateHandle(drawn) });
      await expect(cut).toBeFocused();
      await expect(section.locator('[part~="alert"]')).toHaveCount(0);
      await page.keyboard.press("Escape");
      await expect(cut).toHaveCount(0);
      const choose = section.locator('[data-action="choose-picture"]');
      await expect(choose).toBeFocused();

      // Half of it is red and half is blue; moved to the right, the left half is in the middle.
      await section.dispatchEvent("drop", { dataTransfer: await page.evaluateHandle(drawn) });
      await expect(cut).toBeFocused();
      for (let presses = 0; presses < 8; presses += 1) await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Tab");
      await page.keyboard.press("ArrowUp");
      await look(page, style, `profile-picture-${locale}`);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await expect(image).toBeVisible();
      await expect(choose).toBeFocused();
      const pixel = await page.evaluate(middle, await image.getAttribute("src"));
      expect(pixel[0]).toBeGreaterThan(150);
      expect(pixel[2]).toBeLessThan(100);
      await tabTo(page, section.locator('[data-action="remove-picture"]'));
      await page.keyboard.press("Enter");
      await expect(image).toHaveCount(0);
    });
  });
}

test("pages of the app's own have their place, and are left as they were found", async ({ page, site }) => {
  await newcomer(page, site, "<p>Host</p>");
  await page.evaluate(async () => {
    const { mountUserProfile } = await import("/elements/index.js");
    globalThis.log = [];
    const place = document.createElement("div");
    document.querySelector("main").append(place);
    const customPages = [
      { label: "security" },
      {
        label: "Terms",
        url: "terms",
        mount: (element) => (element.textContent = "Be kind."),
        unmount: () => globalThis.log.push("unmounted"),
        mountIcon: (element) => (element.textContent = "§"),
      },
      { label: "Help", url: "https://help.example/" },
      { label: "account" },
    ];
    await mountUserProfile(place, { routing: "path", path: "/home", customPages }).ready;
  });
  const names = page.locator('[part~="nav-link"]');
  await expect(names).toHaveText(["Security", "§Terms", "Help", "Account"]);
  await expect(page.locator('[data-section="password"]')).toBeVisible();
  await turnTo(page, "terms");
  await expect(page.locator('[part~="page"]')).toHaveText("Be kind.");
  expect(new URL(page.url()).pathname.split("/")).toEqual(["", "home", "terms"]);
  await turnTo(page, "account");
  await expect(page.locator('[data-section="emails"]')).toBeVisible();
  expect(await page.evaluate(() => globalThis.log)).toEqual(["unmounted"]);
  await expect(page.getByRole("link", { name: "Help" })).toHaveAttribute("href", "https://help.example/");
});
