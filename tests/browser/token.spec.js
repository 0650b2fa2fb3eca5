// Session tokens as somebody else's backend sees them: through the JWKS, with the published `jose`.

import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { ADA, expect, openHost, test } from "./site.js";
import { newcomer } from "./ui.js";

test.use({
  settings: `
[[tokens.templates]]
name = "hasura"
lifetime_s = 30
claims = { aud = "hasura", x-user-id = "{{user.id}}" }
`,
});

/** Signs Ada in over plain HTTP and returns what a browser would keep. */
async function signIn(site) {
  const answer = await fetch(`${site.url}/v1/client/sign_ins`, {
    method: "POST",
    headers: { origin: site.url },
    body: new URLSearchParams({ identifier: ADA.email, password: ADA.password, strategy: "password" }),
  });
  const body = await answer.json();
  const cookie = answer.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
  return { cookie, session: body.response.created_session_id, body };
}

const mint = (site, { cookie, session }) =>
  fetch(`${site.url}/v1/client/sessions/${session}/tokens`, { method: "POST", headers: { cookie, origin: site.url } });

test("a session token is accepted by jose through the JWKS, and refused after its minute", async ({ site }) => {
  const browser = await signIn(site);
  const { jwt } = await (await mint(site, browser)).json();
  const keys = createRemoteJWKSet(new URL(`${site.url}/.well-known/jwks.json`));
  const { payload, protectedHeader } = await jwtVerify(jwt, keys, { issuer: site.url });
  expect(protectedHeader.alg).toBe("ES256");
  expect(payload.sid).toBe(browser.session);
  expect(payload.azp).toBe(site.url);
  expect(payload.exp - payload.iat).toBe(60);
  const later = new Date((payload.exp + 1) * 1000);
  await expect(jwtVerify(jwt, keys, { issuer: site.url, currentDate: later })).rejects.toThrow(/exp/);
});

test("a token with one changed letter is refused by jose", async ({ site }) => {
  const { jwt } = await (await mint(site, await signIn(site))).json();
  const [header, claims, signature] = jwt.split(".");
  const forged = { ...JSON.parse(Buffer.from(claims, "base64url")), sub: "user_somebodyelse" };
  const token = [header, Buffer.from(JSON.stringify(forged)).toString("base64url"), signature].join(".");
  const keys = createRemoteJWKSet(new URL(`${site.url}/.well-known/jwks.json`));
  await expect(jwtVerify(token, keys)).rejects.toThrow(/signature/);
});

test("a client that signed out cannot mint", async ({ site }) => {
  const browser = await signIn(site);
  expect((await mint(site, browser)).status).toBe(200);
  const ended = await fetch(`${site.url}/v1/client/sessions?_method=DELETE`, {
    method: "POST",
    headers: { cookie: browser.cookie, origin: site.url },
  });
  expect(ended.status).toBe(200);
  expect((await mint(site, browser)).status).toBe(401);
});

test("a page has a token of a template, and its session token as before", async ({ page, site }) => {
  const ask = () =>
    page.evaluate(async () => {
      const { createFrontdesk } = await import("/elements/index.js");
      const frontdesk = createFrontdesk();
      const session = await frontdesk.getToken();
      const template = await frontdesk.getToken({ template: "hasura" });
      const again = await frontdesk.getToken({ template: "hasura" });
      const refusal = await frontdesk.getToken({ template: "../of/nobody" }).catch((error) => error.code);
      return { session, template, again, refusal, after: await frontdesk.getToken(), user: frontdesk.user?.id };
    });
  await openHost(page, site, "<p>Nothing of ours</p>");
  expect(await ask()).toEqual({ session: null, template: null, again: null, refusal: null, after: null, user: undefined });
  await newcomer(page, site, "<p>Nothing of ours</p>");
  const { session, template, again, refusal, after, user } = await ask();
  const keys = createRemoteJWKSet(new URL(`${site.url}/.well-known/jwks.json`));
  const { payload } = await jwtVerify(template, keys, { issuer: site.url, audience: "hasura" });
  expect(payload).toMatchObject({ sub: user, "x-user-id": user });
  expect(payload.exp - payload.iat).toBe(30);
  expect(again).not.toBe(template);
  expect(refusal).toBe("resource_not_found");
  expect(after).toBe(session);
  expect(decodeJwt(after).aud).toBeUndefined();
});
