// Another product's prebuilt profile: numbers that are texted.

import { newcomer, open, row, take } from "./clerk-ui.js";
import { expect, test } from "./site.js";

test.use({ settings: "[phone_number]\nenabled = true\n[second_factor]\nphone_code = true\n" });

/** A number nobody had before, as it is texted, typed and shown. */
let last = 1000;
function freshNumber() {
  const end = (last += 1);
  return { number: `+1415556${end}`, typed: `415556${end}`, shown: `(415) 556-${end}` };
}

/** Adds a number on the profile's first page. */
const added = ({ number, typed, shown }) => [
  { press: "Add phone number" },
  { fill: ["Phone number", typed] },
  { press: "Add" },
  { sees: "Verify phone number" },
  { code: (site) => site.codeFor(number) },
  { lacks: "Verify phone number" },
  { sees: shown },
];

test("its profile adds numbers, makes another one primary, and removes one", async ({ page, site }) => {
  test.slow();
  const [first, second] = [freshNumber(), freshNumber()];
  await newcomer(page, site);
  await open(page, site, "/app/user-profile");
  await take(page, site, [...added(first), ...added(second)]);
  await expect(row(page, first.shown)).toContainText("Primary");
  await take(page, site, [{ choose: [second.shown, "Set as primary"] }]);
  await expect(row(page, second.shown)).toContainText("Primary");
  await take(page, site, [{ choose: [first.shown, "Remove phone number"] }, { press: "Remove" }, { lacks: first.shown }]);
});

test("its profile makes numbers second factors, one of them the default, and none any more", async ({ page, site }) => {
  test.slow();
  const [first, second] = [freshNumber(), freshNumber()];
  await newcomer(page, site);
  await open(page, site, "/app/user-profile");
  await take(page, site, [
    ...added(first),
    { press: "Security" },
    { press: "Add two-step verification" },
    { item: "SMS code" },
    { press: `US +1 ${first.shown}` },
    { sees: "SMS code verification enabled" },
    { sees: "Save these backup codes" },
    { press: "Finish" },
    { press: "Add two-step verification" },
    { item: "SMS code" },
    { press: "Add phone number" },
    { fill: ["Phone number", second.typed] },
    { press: "Add" },
    // What is there already is proven before there is more.
    { sees: "Verification required" },
    { code: () => site.codeFor(first.number, 1) },
    { lacks: "Verification required" },
    { code: () => site.codeFor(second.number) },
    { press: "Finish" },
    { choose: [second.shown, "Set as default"] },
  ]);
  await expect(row(page, second.shown)).toContainText("Default");
  await take(page, site, [
    { choose: [first.shown, "Remove"] },
    { press: "Remove" },
    { lacks: first.shown },
    { choose: [second.shown, "Remove"] },
    { press: "Remove" },
    { lacks: "SMS Code" },
  ]);
});
