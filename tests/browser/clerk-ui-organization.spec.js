// Another product's prebuilt components of organizations, mounted against our Frontend API and used as people do.

import { test } from "./admin.js";
import { open, row, take } from "./clerk-ui.js";
import { arrive, organization, somebody } from "./organizations.js";
import { expect, freshEmail, messages } from "./site.js";

test.use({ settings: "organizations = { domains = { enabled = true } }\n" });

const english = messages("en");

let count = 0;

/** A word that nobody used before. */
const fresh = (word) => `${word}${Date.now().toString(36)}${process.pid}${(count += 1)}`;

test("its switcher lets people in, lets them ask, leads from one to another, and makes one", async ({ page, site }) => {
  test.slow();
  const domain = `${fresh("d")}.example`;
  const [ada, lin] = [await somebody(site, "Ada"), await somebody(site, "Lin", `lin@${domain}`)];
  const [looms, mills, engines] = [fresh("Looms"), fresh("Mills"), fresh("Engines")];
  const { id } = await organization(site, looms, ada);
  await site.admin(`organizations/${id}/invitations`, { email_address: lin.email, role: "org:member", inviter_user_id: ada.id });
  const other = await organization(site, mills, ada);
  await site.admin(`organizations/${other.id}/domains`, { name: domain, enrollment_mode: "automatic_suggestion", verified: true });
  await arrive(page, site, lin);
  await open(page, site, "/app/organization-switcher");
  const choose = (name) => [{ press: "Open organization switcher" }, { press: name }];
  await take(page, site, [
    ...choose("Join"),
    { press: "Request to join" },
    { sees: "Pending approval" },
    { press: `L ${looms}` },
    { isIn: looms },
    ...choose("Create organization"),
    { fill: ["Name", engines] },
    { press: "Create organization" },
    { press: "Skip" },
    { isIn: engines },
    ...choose("Personal account"),
    { isIn: "none" },
    { go: "/app/organization-list" },
    { press: `L ${looms}` },
    { isIn: looms },
    { go: "/app/organization-profile" },
    { lacks: "Delete organization" },
    { press: "Leave organization" },
    { fill: [`Type "${looms}" below to continue.`, looms] },
    { press: "Leave organization" },
    { isIn: "none" },
  ]);
  const requests = await site.admin(`organizations/${other.id}/membership_requests`);
  expect(requests.data.map((it) => it.public_user_data.identifier)).toEqual([lin.email]);
});

test("its form makes an organization, whose only admin may end it and not leave it", async ({ page, site }) => {
  const [ada, engines] = [await somebody(site, "Ada"), fresh("Engines")];
  const invited = freshEmail("invited");
  await arrive(page, site, ada);
  await open(page, site, "/app/create-organization");
  await take(page, site, [
    { upload: [] },
    { fill: ["Name", engines] },
    { press: "Create organization" },
    { sees: "Invite new members" },
    { type: `${invited} ` },
    { press: "Send invitations" },
    { press: "Finish" },
    { isIn: engines },
    { go: "/app/organization-profile" },
    { press: "Leave organization" },
    { fill: [`Type "${engines}" below to continue.`, engines] },
    { press: "Leave organization" },
    { sees: english["error-organization-minimum-permissions-needed"] },
    { press: "Cancel" },
    { press: "Delete organization" },
    { fill: [`Type "${engines}" below to continue.`, engines] },
    { press: "Delete organization" },
    { isIn: "none" },
  ]);
});

test("its profile of an organization changes its name and logo, proves a domain, and invites, promotes and removes", async ({
  page,
  site,
}) => {
  test.slow();
  const [ada, grace, lin] = [await somebody(site, "Ada"), await somebody(site, "Grace"), await somebody(site, "Lin")];
  const [engines, domain] = [fresh("Engines"), `${fresh("d")}.example`];
  const guests = [freshEmail("guest"), freshEmail("guest")];
  const made = await organization(site, fresh("Looms"), ada, [grace, lin]);
  await arrive(page, site, ada, made);
  await open(page, site, "/app/organization-profile");
  await take(page, site, [
    { press: "Update profile" },
    { upload: [] },
    { press: "Update profile" },
    { fill: ["Name", engines] },
    { press: "Save" },
    { isIn: engines },
    { press: "Add domain" },
    { fill: ["Domain", domain] },
    { press: "Save" },
    { fill: ["Verification email address", "office"] },
    { press: "Save" },
    { code: () => site.codeFor(`office@${domain}`) },
    { lacks: "Verify domain" },
    // Its list of domains is read anew.
    { reload: [] },
    { choose: [domain, "Manage"] },
    { check: /^Automatic suggestions/ },
    { press: "Save" },
    { sees: "Automatic suggestions" },
    { press: "Members" },
    { press: "Invite" },
    { sees: "Invite new members" },
    { type: `${guests},` },
    { press: "Send invitations" },
    { sees: "Invitations successfully sent" },
    { press: "Finish" },
    { tab: /^Invitations/ },
    { choose: [guests[0], "Revoke invitation"] },
    { lacks: guests[0] },
    { sees: guests[1] },
    { tab: /^Members/ },
    { choose: [lin.email, "Remove member"] },
    { lacks: lin.email },
  ]);
  await row(page, grace.email).getByRole("button", { name: "Member" }).click();
  await page.getByRole("option", { name: "Admin" }).click();
  await expect(row(page, grace.email).getByRole("button", { name: "Admin" })).toBeVisible();
  const members = await site.admin(`organizations/${made.id}/memberships`);
  expect(members.data.map((it) => [it.public_user_data.identifier, it.role])).toEqual([
    [ada.email, "org:admin"],
    [grace.email, "org:admin"],
  ]);
  expect((await site.admin(`organizations/${made.id}`)).has_image).toBe(true);
  await take(page, site, [{ press: "General" }, { choose: [domain, "Delete"] }, { press: "Remove" }, { lacks: domain }]);
});
