"""A backend in Python that Frontdesk protects: session tokens by `pyjwt`, webhooks by the standard library.

python server.py ACCOUNTS PORT [WEBHOOK_SECRET]
"""

import base64
import hashlib
import hmac
import http.cookies
import http.server
import json
import sys
import time

import jwt

ACCOUNTS, PORT, SECRET = [*sys.argv[1:], ""][:3]
# Pages that tokens may be minted for: this app's own, and those of the server.
PARTIES = [ACCOUNTS, f"http://localhost:{PORT}"]
KEYS = jwt.PyJWKClient(f"{ACCOUNTS}/.well-known/jwks.json", lifespan=60)


def claims_of(headers):
    """The claims of a request's token, or nothing."""
    token = headers.get("authorization", "")
    if token.lower().startswith("bearer "):
        token = token[7:]
    else:
        cookie = http.cookies.SimpleCookie(headers.get("cookie", "")).get("__session")
        token = cookie.value if cookie else ""
    try:
        claims = jwt.decode(
            token,
            KEYS.get_signing_key_from_jwt(token),
            algorithms=["ES256", "EdDSA", "RS256"],
            issuer=ACCOUNTS,
            leeway=5,
            options={"require": ["sub", "exp", "nbf", "iat"]},
        )
    except jwt.PyJWKClientConnectionError:
        # That the keys cannot be had is nobody's fault who calls.
        raise
    except jwt.PyJWTError:
        return None
    # Whoever has something to do first is not signed in yet.
    return claims if claims.get("azp") in PARTIES and claims.get("sts") != "pending" else None


def can(claims, permission):
    """Whether the role in the organization that the session is in allows something, e.g. `org:invoices:read`."""
    return permission.removeprefix("org:") in claims.get("o", {}).get("per", "").split(",")


def event_of(headers, body):
    """The event in the body of a webhook, or nothing where it is not signed by Frontdesk just now."""
    name, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not at.isdecimal() or abs(time.time() - int(at)) > 300:
        return None
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    # The body as it came: one that was parsed and written again has another signature.
    digest = hmac.digest(key, f"{name}.{at}.".encode() + body, hashlib.sha256)
    expected = "v1," + base64.b64encode(digest).decode()
    # There are two while a secret replaces another.
    given = headers.get("webhook-signature", "").split(" ")
    return json.loads(body) if any(hmac.compare_digest(expected.encode(), it.encode()) for it in given) else None


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            claims = claims_of(self.headers)
        except jwt.PyJWKClientConnectionError:
            return self.say(503, "keys cannot be had")
        if claims is None:
            return self.say(401, "sign in")
        if self.path == "/api/me":
            return self.say(200, claims["sub"])
        if self.path == "/api/invoices":
            return self.say(200, "no invoices yet") if can(claims, "org:invoices:read") else self.say(403, "not allowed")
        return self.say(404, "not found")

    def do_POST(self):
        event = event_of(self.headers, self.rfile.read(int(self.headers.get("content-length", 0))))
        return self.say(200, event["type"]) if event else self.say(400, "not signed by Frontdesk")

    def say(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("content-type", "text/plain")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


print("ready", flush=True)
http.server.ThreadingHTTPServer(("127.0.0.1", int(PORT)), Handler).serve_forever()
