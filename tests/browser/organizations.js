// An organization and the people in it, made by the Admin API, and somebody signed in to it.

import { expect, freshEmail, openHost } from "./site.js";
import { ask, mouse, tabTo } from "./ui.js";

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

/** Chooses the page `name` of the organization's profile: by its tab, or by arrows from the tab that is chosen. */
export async function open(page, profile, name, hands) {
  const tab = profile.host.locator(`[data-tab="${name}"]`);
  if (hands === mouse) {
    await tab.click();
  } else {
    await tabTo(page, profile.host.locator('[role="tab"][aria-selected="true"]'));
    await page.keyboard.press("Home");
    for (let presses = 0; presses < 8 && (await tab.getAttribute("aria-selected")) !== "true"; presses += 1) {
      // In a text from right to left, the next one is on the left.
      await page.keyboard.press((await profile.part("root").getAttribute("dir")) === "rtl" ? "ArrowLeft" : "ArrowRight");
    }
    await expect(tab).toBeFocused();
  }
  await expect(profile.host.locator(`[data-page="${name}"]`)).toBeVisible();
}
