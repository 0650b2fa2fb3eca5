// A backend in Node that Frontdesk protects: session tokens by `jose`, webhooks by `standardwebhooks`.
//
// node server.mjs ACCOUNTS PORT [WEBHOOK_SECRET]

import { createServer } from "node:http";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { Webhook } from "standardwebhooks";

const [accounts, port, secret] = process.argv.slice(2);
// Pages that tokens may be minted for: this app's own, and those of the server.
const PARTIES = [accounts, `http://localhost:${port}`];
// Fetched once, and again where a token names a key that is not in it, at most every ten seconds.
const keys = createRemoteJWKSet(new URL(`${accounts}/.well-known/jwks.json`), { cooldownDuration: 10_000, cacheMaxAge: 60_000 });

/** The claims of a request's token, or nothing. */
async function claimsOf(request) {
  const bearer = request.headers.authorization;
  const cookie = request.headers.cookie?.match(/(?:^|; )__session=([^;]+)/)?.[1];
  const token = bearer ? bearer.replace(/^Bearer /i, "") : cookie;
  if (!token) return null;
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: accounts,
      algorithms: ["ES256", "EdDSA", "RS256"],
      clockTolerance: 5,
      requiredClaims: ["sub", "exp", "nbf", "iat"],
    });
    // Whoever has something to do first is not signed in yet.
    return PARTIES.includes(payload.azp) && payload.sts !== "pending" ? payload : null;
  } catch (error) {
    // That the keys cannot be had is nobody's fault who calls.
    if (/^ERR_JWKS_TIMEOUT|^ERR_JOSE_GENERIC/.test(error.code) || !/^ERR_J/.test(error.code)) throw error;
    return null;
  }
}

const can = (claims, permission) =>
  (claims.o?.per ?? "").split(",").some((it) => it !== "" && it === permission.replace(/^org:/, ""));

async function answer(request) {
  if (request.method === "POST" && request.url === "/hooks") {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    try {
      // The body as it came: one that was parsed and written again has another signature.
      const event = new Webhook(secret).verify(body, request.headers);
      return [200, event.type];
    } catch {
      return [400, "not signed by Frontdesk"];
    }
  }
  const claims = await claimsOf(request);
  if (!claims) return [401, "sign in"];
  if (request.url === "/api/me") return [200, claims.sub];
  if (request.url === "/api/invoices") return can(claims, "org:invoices:read") ? [200, "no invoices yet"] : [403, "not allowed"];
  return [404, "not found"];
}

createServer(async (request, response) => {
  const [status, body] = await answer(request).catch(() => [503, "keys cannot be had"]);
  response.writeHead(status, { "content-type": "text/plain", "cache-control": "no-store" }).end(body);
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
