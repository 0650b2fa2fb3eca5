// The demo: switches and tabs decide what is on the stage; the register says who is signed in.

import "./elements/define.js";
import { createFrontdesk } from "./elements/index.js";
import { highlight, snippet } from "./snippets.js";

const at = (id) => document.getElementById(id);
const frontdesk = createFrontdesk();
const choice = { kind: "sign-in", way: "html" };
let element;

// Tabs: one is in the tab order, arrows move between them (ARIA APG, tabs with automatic activation).

function tabs(list, onChoose) {
  const all = [...list.querySelectorAll("[role=tab]")];
  const panel = at(all[0].getAttribute("aria-controls"));
  function choose(tab, isFocused) {
    for (const it of all) {
      it.ariaSelected = String(it === tab);
      it.tabIndex = it === tab ? 0 : -1;
    }
    panel.setAttribute("aria-labelledby", tab.id);
    if (isFocused) tab.focus();
    tab.scrollIntoView({ block: "nearest", inline: "nearest" });
    onChoose(tab.dataset.value);
  }
  list.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab) choose(tab, false);
  });
  list.addEventListener("keydown", (event) => {
    const here = all.findIndex((it) => it.ariaSelected === "true");
    const steps = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: -1 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    choose(all.at(steps[event.key] % all.length), true);
  });
  return (value) => choose(all.find((it) => it.dataset.value === value) ?? all[0], false);
}

// The stage.

const switches = () => Object.fromEntries(new FormData(at("switches")));

function set(name, value) {
  if (value) element.setAttribute(name, value);
  else element.removeAttribute(name);
}

function dress() {
  const { theme, scheme, locale, tree } = switches();
  document.documentElement.dataset.scheme = scheme;
  set("theme", theme);
  set("color-scheme", scheme);
  set("locale", locale);
  element.toggleAttribute("shadow", tree === "shadow");
  write();
}

function show(kind) {
  choice.kind = kind;
  const before = element;
  element = document.createElement(`frontdesk-${kind}`);
  dress();
  if (before) before.replaceWith(element);
  else at("mount").append(element);
  at("stage").dataset.kind = kind;
  note();
  const address = new URL(location.href);
  address.hash = kind;
  history.replaceState(null, "", address);
}

const NEEDS_USER = new Set(["user-button", "user-profile", "organization-switcher", "organization-profile", "organization-list", "create-organization"]);

function note() {
  const isIn = Boolean(frontdesk.user);
  const needs = NEEDS_USER.has(choice.kind);
  at("note").hidden = !frontdesk.client || needs === isIn;
  at("note").textContent = isIn
    ? "Somebody is signed in already. Sign out with the user button to see this from its start."
    : "Nobody is signed in, so there is nothing to draw here yet. Sign in first.";
}

const chooseKind = tabs(at("kinds"), show);

// Each of these would lead to another page; here it leads to another tab.
const NEXT = { signedin: "user-button", signedup: "user-profile", signedout: "sign-in" };
for (const [name, kind] of Object.entries(NEXT)) {
  at("stage").addEventListener(name, (event) => {
    event.preventDefault();
    chooseKind(kind);
  });
}

at("switches").addEventListener("change", dress);
at("switches").addEventListener("submit", (event) => event.preventDefault());

// The code that made it.

function write() {
  const { theme, scheme, locale, tree } = switches();
  choice.code = snippet(choice.way, { kind: choice.kind, theme, scheme, locale, isShadow: tree === "shadow" });
  at("snippet").firstChild.replaceChildren(...highlight(choice.code));
}

const chooseWay = tabs(at("ways"), (way) => {
  choice.way = way;
  if (element) write();
});

async function copy(text, button) {
  await navigator.clipboard.writeText(text);
  button.dataset.done = "";
  at("status").textContent = "Copied.";
  setTimeout(() => {
    delete button.dataset.done;
    at("status").textContent = "";
  }, 1500);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button.dataset.copy, button);
});
at("copy-code").addEventListener("click", () => copy(choice.code, at("copy-code")));
at("copy-token").addEventListener("click", () => copy(choice.token, at("copy-token")));

// The register.

const MEANINGS = {
  iss: "who issued it",
  sub: "the user",
  sid: "the session",
  azp: "the page it is for",
  iat: "issued",
  nbf: "good from",
  exp: "good until",
  o: "the organization",
  sts: "something is left to do",
};

function claimsOf(token) {
  const bytes = Uint8Array.from(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")), (it) => it.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

const clockTime = new Intl.DateTimeFormat("en", { timeStyle: "medium" });

function line(name, value) {
  const row = document.createElement("div");
  const term = document.createElement("dt");
  const said = document.createElement("dd");
  const code = document.createElement("code");
  code.textContent = name;
  term.append(code, ` ${MEANINGS[name] ?? ""}`);
  said.textContent = ["iat", "nbf", "exp"].includes(name)
    ? clockTime.format(value * 1000)
    : typeof value === "object"
      ? Object.entries(value).map(([key, it]) => `${key} ${it}`).join(", ")
      : String(value);
  row.append(term, said);
  return row;
}

function enter() {
  const { user, session, organization } = frontdesk;
  at("signed-in").hidden = !user;
  at("signed-out").hidden = Boolean(user);
  note();
  if (!user) {
    choice.token = undefined;
    return;
  }
  const email = user.email_addresses?.find((it) => it.id === user.primary_email_address_id)?.email_address ?? "";
  const name = [user.first_name, user.last_name].filter(Boolean).join(" ");
  at("fact-user").textContent = name ? `${name}, ${email}` : email;
  at("fact-session").textContent = session ? `${session.id} (${session.status})` : "";
  at("fact-organization").textContent = organization?.name ?? "Personal account";
  refresh();
}

async function refresh() {
  const token = await frontdesk.getToken().catch(() => choice.token);
  if (!token || token === choice.token) return;
  choice.token = token;
  choice.claims = claimsOf(token);
  at("claims").replaceChildren(...Object.entries(choice.claims).map(([name, value]) => line(name, value)));
  tick();
}

function tick() {
  if (!choice.token) return;
  const left = Math.max(0, Math.round(choice.claims.exp - Date.now() / 1000));
  at("clock").value = left;
  at("seconds").textContent = `${left} s`;
  // The client renews a token shortly before its end; asking is enough.
  if (left <= 10) refresh();
}

frontdesk.listen(enter);
frontdesk.load().then(enter, () => {});
setInterval(tick, 1000);
chooseWay("html");
chooseKind(location.hash.slice(1));
