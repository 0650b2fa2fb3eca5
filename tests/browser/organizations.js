// An organization and the people in it, made by the Admin API, and somebody signed in to it.

import { expect, freshEmail, openHost } from "./site.js";
import { ask } from "./ui.js";

/** A user with this first name. */
export async function somebody(site, name, email = freshEmail(name.toLowerCase())) {
  const user = await site.admin("users", { email_address: [email], first_name: name, last_name: "Test", password: "a password nobody has" });
  return { id: user.id, name: `${name} Test`, email };
}

/** An organization of `admin` and its `members`. */
export async function organization(site, name, admin, members = []) {
  const made = await site.admin("organizations", { name, created_by: admin.id });
  for (const { id, role = "org:member" } of members) {
    await site.admin(`organizations/${made.id}/memberships`, { user_id: id, role });
  }
  return made;
}

/** Signs `person` in, instead of whoever was there, and puts the session into `organization`. */
export async function arrive(page, site, person, organization) {
  await openHost(page, site, "<h1>Nothing</h1>", { path: "/nothing" });
  await ask(page, "client/sessions?_method=DELETE");
  const attempt = await ask(page, "client/sign_ins", { identifier: person.email, password: "a password nobody has" });
  expect(attempt.status).toBe("complete");
  if (organization) await ask(page, `client/sessions/${attempt.created_session_id}/touch`, { active_organization_id: organization.id });
}
