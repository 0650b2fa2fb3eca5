// Another product's prebuilt sign-in, which signs up as well where the app has no page for that.

import { test as base } from "./admin.js";
import { take, withApp } from "./clerk-ui.js";
import { ADA, expect, freshEmail, messages } from "./site.js";

/** A site with these settings besides. */
const siteWith = (more) => {
  const settings = `sign_in.combined = true\npassword.required = false\nsign_up.first_name = "required"\n${more}`;
  return withApp(base).extend({ settings: [settings, { scope: "worker" }] });
};

const test = siteWith("");

/** The same, where it may be told who has an account. */
const telling = siteWith("sign_in.hide_accounts = false\n");

// Where it has no words of its own, it shows the server's.
const english = messages("en");

const identify = (email) => [{ go: "/app/sign-in?combined" }, { fill: ["Email address", email] }, { press: "Continue" }];

/** From the address to an account, by way of a page with `title` and one for what is missing. */
async function join(page, site, app, title) {
  const [email, long] = [freshEmail(), "Grace ".repeat(20)];
  await take(page, app, [
    ...identify(email),
    { sees: title },
    { code: () => site.codeFor(email) },
    { sees: "Fill in missing fields" },
    { lacks: "Email address" },
    { fill: ["First name", long] },
    { press: "Continue" },
    { sees: english["error-form-param-max-length-exceeded"] },
    { has: ["First name", long] },
    { reload: [] },
    { sees: "Fill in missing fields" },
    { fill: ["First name", "Grace"] },
    { press: "Continue" },
    { isHome: email },
  ]);
  const [{ first_name: name, email_addresses: addresses }] = await site.admin(`users?email_address=${encodeURIComponent(email)}`);
  expect([name, addresses.map((it) => it.verification.status)]).toEqual(["Grace", ["verified"]]);
}

test("its sign-in asks who is new for what is missing once the address is proven", ({ page, site, app }) => join(page, site, app, "Check your email"));

test("its sign-in takes a code of who is known by the same card", ({ page, site, app }) =>
  take(page, app, [...identify(ADA.email), { sees: "Check your email" }, { code: () => site.codeFor(ADA.email) }, { isHome: ADA.email }]));

telling("its sign-in that may say who has no account leads them by a sign-up to what is missing", ({ page, site, app }) => join(page, site, app, "Verify your email"));
