"""What Schemathesis needs to come further than the door: a key, somebody signed in, and ids of what is there.

It counts the answers of every operation too, because a run that is only turned away proves nothing.
"""

import atexit
import base64
import collections
import hmac
import itertools
import json
import os
import random
import re
import struct
import time

import requests
import schemathesis

URL = os.environ["FUZZ_URL"]
ADMIN = {"authorization": "Bearer " + os.environ["FUZZ_KEY"]}
COUNTS = os.environ["FUZZ_COUNTS"]
PASSWORD = "correct horse battery staple"
# The code that is sent to every test address in development.
CODE = "424242"
PLACES = {"provider": ["github"], "template": ["fuzz"]}
# What else than `{id}` in a path says which thing of these is meant.
OTHERS = {
    "user_id": "user",
    "invitation_id": "organization_invitation",
    "domain_id": "organization_domain",
    "event_id": "event",
    "request_id": "organization_membership_request",
}

# The smallest picture there is.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

# Where links lead back to: Schemathesis follows them.
BACK = f"{URL}/sign-in"

dice = random.Random(1)
number = itertools.count(1)
counts = collections.defaultdict(collections.Counter)


def recent():
    """Of each kind of thing, the ids that were seen last."""
    return collections.defaultdict(lambda: collections.deque(maxlen=10))


admins = recent()


def network():
    """An address that nobody called from before: what one network may do is none of our business here."""
    return "10.{}.{}.{}".format(*next(number).to_bytes(3, "big"))


def fresh_email():
    return f"guest{next(number)}+frontdesk_test@example.com"


def fresh_domain():
    return f"engines{next(number)}.com"


def fresh_phone():
    area, line = divmod(next(number), 100)
    return f"+1{200 + area % 800}55501{line:02}"


def one_time_code(secret, steps=0):
    """What an authenticator app shows (RFC 6238)."""
    step = int(time.time()) // 30 + steps
    digest = hmac.digest(base64.b32decode(secret + "=" * (-len(secret) % 8)), struct.pack(">Q", step), "sha1")
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def remember(answer, ids):
    if isinstance(answer, dict):
        kind, name = answer.get("object"), answer.get("id")
        if kind == "webhook_delivery":
            kind, name = "event", answer.get("event_id")
        if isinstance(kind, str) and isinstance(name, str) and not answer.get("deleted"):
            kept = ids[kind.removesuffix("_attempt")]
            if name not in kept:
                kept.append(name)
        answer = list(answer.values())
    if isinstance(answer, list):
        for part in answer:
            remember(part, ids)


def admin(method, path, **members):
    answer = requests.request(method, f"{URL}/admin/v1{path}", json=members, headers=ADMIN, timeout=30)
    assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
    remember(answer.json(), admins)


class Browser:
    """Cookies, and what was seen with them."""

    def __init__(self):
        self.forget()

    def forget(self):
        self.cookies, self.ids, self.email, self.secret = {}, recent(), "", ""
        self.domain = fresh_domain()

    def call(self, path, **fields):
        headers = {"origin": URL, "x-forwarded-for": network()}
        answer = requests.post(URL + path, data=fields, headers=headers, cookies=self.cookies, timeout=30)
        self.keep(answer.json(), answer.cookies.items())
        return answer.json().get("response")

    def keep(self, body, cookies):
        self.cookies.update(cookies)
        remember(body, self.ids)

    def sign_in(self, has_app):
        """Becomes the browser of a new user, perhaps one with an authenticator app."""
        self.forget()
        self.email = f"member{next(number)}+frontdesk_test@example.com"
        admin("POST", "/users", email_address=[self.email], phone_number=[fresh_phone()], password=PASSWORD)
        self.call("/v1/client/sign_ins", identifier=self.email, password=PASSWORD, strategy="password")
        organization = self.call("/v1/organizations", name="Analytical Engines")["id"]
        self.call(f"/v1/organizations/{organization}/invitations", email_address=fresh_email(), role="org:member")
        domain = self.call(f"/v1/organizations/{organization}/domains", name=self.domain)["id"]
        boss = f"boss+frontdesk_test@{self.domain}"
        path = f"/v1/organizations/{organization}/domains/{domain}/prepare_affiliation_verification"
        self.call(path, affiliation_email_address=boss)
        self.call("/v1/me/external_accounts", strategy="oauth_github", redirect_url=BACK)
        email = self.call("/v1/me/email_addresses", email_address=fresh_email())["id"]
        self.call(f"/v1/me/email_addresses/{email}/prepare_verification", strategy="email_code")
        phone = self.call("/v1/me/phone_numbers", phone_number=fresh_phone())["id"]
        self.call(f"/v1/me/phone_numbers/{phone}/prepare_verification", strategy="phone_code")
        self.secret = self.call("/v1/me/totp")["secret"]
        if has_app:
            # The code of the step before leaves this one's to be used.
            self.call("/v1/me/totp/attempt_verification", code=one_time_code(self.secret, -1))

    def begin(self, is_second):
        """Has a sign-in and a sign-up under way, and was sent a code for each."""
        self.forget()
        person = self.call("/v1/client/sign_ins", identifier=member.email)["id"]
        way = "password" if is_second else dice.choice(["email_code", "reset_password_email_code"])
        if way != "password":
            self.call(f"/v1/client/sign_ins/{person}/prepare_first_factor", strategy=way)
        if way != "email_code":
            path = f"/v1/client/sign_ins/{person}/attempt_first_factor"
            self.call(path, strategy=way, code=CODE, password=PASSWORD)
        guest = self.call("/v1/client/sign_ups", email_address=fresh_email(), password=PASSWORD)["id"]
        self.call(f"/v1/client/sign_ups/{guest}/prepare_verification", strategy="email_code")

    def link(self):
        """The token of a link that was sent to this browser."""
        self.forget()
        to = f"linked{next(number)}@example.com"
        guest = self.call("/v1/client/sign_ups", email_address=to, password=PASSWORD)["id"]
        way = {"strategy": "email_link", "redirect_url": BACK}
        self.call(f"/v1/client/sign_ups/{guest}/prepare_verification", **way)
        for _ in range(40):
            mails = requests.get(f"{URL}/dev/mailbox.json", timeout=30).json()
            found = re.search(r"verify_link\?token=([\w-]+)", json.dumps([it for it in mails if it["to"] == to]))
            if found:
                return found[1]
            time.sleep(0.05)
        raise AssertionError("no link came")


# Whoever is signed in cannot sign in again, and whoever is not has nothing to change.
member, visitor = Browser(), Browser()


def browser_of(path):
    return visitor if "/sign_ins" in path or "/sign_ups" in path or "/verify_link" in path else member


def kind_of(path):
    """`/v1/me/passkeys/{id}` is about a `passkey`."""
    place = path.split("/{")[0].rsplit("/", 1)[-1]
    return re.sub("sse$", "ss", re.sub("ie$", "y", place.removesuffix("s")))


def fitting_ways(path):
    if "phone" in path:
        return ["phone_code"]
    if "external" in path:
        return ["oauth_github"]
    if "second" in path:
        return ["totp", "backup_code", "phone_code"]
    return ["email_code", "email_code", "password", "reset_password_email_code"]


def meant(name, path, ids):
    """What somebody who means it would put into a field; nothing where anything will do."""
    kind = re.sub("^(primary|active)_|_id$", "", name)
    if name.endswith("_id") and ids[kind]:
        return dice.choice(list(ids[kind]))
    has_app = member.secret and ("totp" in path or "second" in path)
    choose = {
        "identifier": lambda: dice.choice([member.email or fresh_email(), fresh_email()]),
        "email_address": fresh_email,
        "phone_number": fresh_phone,
        "username": lambda: f"user{next(number)}",
        "password": lambda: PASSWORD,
        "current_password": lambda: PASSWORD,
        "new_password": lambda: PASSWORD + "!",
        "strategy": lambda: dice.choice(fitting_ways(path)),
        "code": lambda: one_time_code(member.secret) if has_app else CODE,
        "redirect_url": lambda: BACK,
        "action_complete_redirect_url": lambda: BACK,
        "token": visitor.link,
        "file": lambda: PICTURE,
        "scopes": lambda: ["users:read"],
        "role": lambda: "org:member",
        # Nobody listens there.
        "url": lambda: "http://127.0.0.1:9/",
        # What seldom happens: each event is a delivery, and each delivery several attempts.
        "events": lambda: ["organization.deleted"],
        "since": lambda: 0,
        "overlap_hours": lambda: 1,
        "key": lambda: f"org:role{next(number)}" if "role" in path else f"org:engines{next(number)}:run",
        "name": lambda: fresh_domain() if path.endswith("/domains") else "Analytical Engines",
        "affiliation_email_address": lambda: f"boss+frontdesk_test@{member.domain}",
        "enrollment_mode": lambda: "manual_invitation",
        "domain_ids": lambda: next(reversed(ids["organization_domain"]), None),
        "email_addresses": lambda: [fresh_email()],
        "created_by": lambda: dice.choice(list(ids["user"]) or [None]),
        "unsafe_metadata": lambda: '{"a":{"b":1}}' if path.startswith("/v1/") else {"a": {"b": 1}},
    }
    return choose[name]() if name in choose else None


@schemathesis.hook
def before_call(context, case, kwargs):
    path = case.operation.path
    if path.startswith("/admin/"):
        ids = admins
        case.headers = {**(case.headers or {}), **ADMIN}
    else:
        browser = browser_of(path)
        # Something new now and then, because much can be done only once.
        is_time = dice.random() < 0.2
        if browser is member and (is_time or not member.cookies):
            member.sign_in(has_app=dice.random() < 0.5)
        if browser is visitor and "{id}" in path and (is_time or not visitor.ids[kind_of(path)]):
            is_second = "second" in path
            member.sign_in(has_app=is_second)
            visitor.begin(is_second)
        ids = browser.ids
    for name in case.path_parameters or {}:
        there = PLACES.get(name) or list(ids[OTHERS.get(name) or kind_of(path)])
        if there and dice.random() < 0.8:
            # What was seen last is what most can be done with.
            case.path_parameters[name] = there[-1] if dice.random() < 0.5 else dice.choice(there)
    if case.operation.body and dice.random() < 0.5:
        kind = dice.choice(list(case.operation.body))
        fields = kind.definition["schema"]["properties"]
        given = case.body if isinstance(case.body, dict) else {}
        body = {name: value for name, value in given.items() if name in fields and dice.random() < 0.3}
        for name, field in fields.items():
            if dice.random() < 0.85 and (value := meant(name, path, ids)) is not None:
                if isinstance(value, bytes) and kind.media_type != "multipart/form-data":
                    value = "data:image/png;base64," + base64.b64encode(value).decode()
                # What no text of PostgreSQL has.
                if isinstance(value, str) and dice.random() < 0.04:
                    value += "\0"
                is_list = field["type"] == "array" and not isinstance(value, list)
                body[name] = [value] if is_list else value
        case.body, case.media_type = body, kind.media_type
    if path == "/v1/verify_link" and case.method == "GET" and dice.random() < 0.5:
        case.query = {"token": visitor.link()}
    if path == "/v1/waitlist":
        admin("PATCH", "/settings", sign_up={"mode": "waitlist"})
    if not path.startswith("/admin/"):
        case.headers = {**(case.headers or {}), "origin": URL, "x-forwarded-for": network()}
        case.cookies = dict(browser.cookies)


@schemathesis.hook
def after_call(context, case, response):
    path, status = case.operation.path, response.status_code
    # Verbs that an operation does not have are tried too.
    is_itself = case.method.lower() == case.operation.method.lower()
    counts[case.operation.label if is_itself else "other verbs"][status] += 1
    try:
        body = json.loads(response.content)
    except ValueError:
        body = None
    if path.startswith("/admin/v1/settings") or path == "/v1/waitlist":
        admin("DELETE", "/settings")
    if path.startswith("/admin/"):
        remember(body, admins)
        return
    browser = browser_of(path)
    lines = response.headers.get("set-cookie", [])
    browser.keep(body, [line.split(";")[0].split("=", 1) for line in lines])
    client = body.get("client") if isinstance(body, dict) else None
    is_in = bool(client and client.get("sessions"))
    if browser is visitor and (is_in or path == "/v1/verify_link"):
        visitor.forget()
    if browser is member and (status == 401 or client and not is_in):
        member.forget()


@atexit.register
def tell():
    """Writes a line for each operation: how often it was answered with what, and its name."""
    with open(COUNTS, "w", encoding="utf-8") as file:
        for label, statuses in sorted(counts.items()):
            told = ",".join(f"{status}={count}" for status, count in sorted(statuses.items()))
            file.write(f"{told} {label}\n")
