// Another product's prebuilt components, and a provider that people have accounts with.

import { keepTo, newcomer, serve, take } from "./clerk-ui.js";
import { agree, refuse, test as base } from "./provider.js";
import { messages } from "./site.js";

/** The app that people come back to, opened in `page`. */
const test = base.extend({
  app: async ({ page, acme, site }, use) => {
    const app = await serve(site);
    await keepTo(page, [app.url, site.url, acme.issuer]);
    await use(app);
    app.stop();
  },
});

test.use({ settings: '[sign_up]\nfirst_name = "required"\n' });

// Where it has no words of its own, it shows the server's.
const english = messages("en");

/** The button, whose picture is an initial. */
const acmeButton = /Continue with Acme$/;

test("its sign-up through a provider asks for what is missing only, and its sign-in finds the account", async ({ page, acme, app }) => {
  await take(page, app, [{ go: "/app/sign-up" }, { press: acmeButton }]);
  await agree(page, acme, "lin");
  await take(page, app, [
    { sees: "Fill in missing fields" },
    { reload: [] },
    { sees: "Fill in missing fields" },
    { lacks: "Password" },
    { fill: ["First name", "Lin"] },
    { press: "Continue" },
    { isHome: "lin@example.com" },
    { leave: [] },
    // The provider knows them still, so it asks nothing.
    { go: "/app/sign-in" },
    { press: acmeButton },
    { isHome: "lin@example.com" },
  ]);
});

test("its sign-in through a provider signs up who is new, at once where nothing is missing", async ({ page, acme, app }) => {
  await take(page, app, [{ go: "/app/sign-in" }, { press: acmeButton }]);
  await agree(page, acme, "grace");
  await take(page, app, [
    { isHome: "grace@example.com" },
    { leave: [] },
    { go: "/app/sign-up" },
    { press: acmeButton },
    { isHome: "grace@example.com" },
  ]);
});

for (const [path, login] of [
  ["/app/sign-in", "ida"],
  ["/app/sign-up", "eve"],
]) {
  test(`${path} says that the provider was told no, and begins anew`, async ({ page, acme, app }) => {
    await take(page, app, [{ go: path }, { press: acmeButton }]);
    await refuse(page, acme);
    await take(page, app, [{ sees: "You did not grant access to your account." }, { press: acmeButton }]);
    await agree(page, acme, login);
    await take(page, app, [{ sees: "Fill in missing fields" }]);
  });
}

test("its profile connects an account with a provider, and disconnects it", async ({ page, acme, site, app }) => {
  test.slow();
  await newcomer(page, site, { first_name: "Lin" });
  await take(page, app, [{ go: "/app/user-profile" }, { press: "Connect account" }, { item: "A Acme" }]);
  await refuse(page, acme);
  await take(page, app, [{ press: "Connect account" }, { sees: english["error-oauth-access-denied"] }, { item: "A Acme" }]);
  await agree(page, acme, "mary");
  await take(page, app, [{ choose: ["mary@example.com", "Remove"] }, { press: "Remove" }, { lacks: "mary@example.com" }]);
});
