// Chooses the language of a component and brings its sentences.

import { assetText, names } from "./assets.js";

const LOCALES = names("locales/");
const texts = new Map();
let table;

/** The language for `host`: what is asked for, or the page's around it, or the person's. */
export function localeFor(host, options) {
  const asked = options.localization?.locale || languageAround(host);
  const tags = asked ? [asked] : (globalThis.navigator?.languages ?? []);
  for (const tag of tags) {
    const found = match(tag);
    if (found) return found;
  }
  return "en";
}

/** The nearest we have: `fr-CA` finds `fr`. */
function match(tag) {
  for (let rest = tag.replaceAll("_", "-"); rest; rest = rest.slice(0, Math.max(0, rest.lastIndexOf("-")))) {
    const found = LOCALES.find((it) => it.toLowerCase() === rest.toLowerCase());
    if (found) return found;
  }
  return undefined;
}

function languageAround(host) {
  for (let node = host; node; node = node.getRootNode().host) {
    const lang = node.closest("[lang]")?.lang;
    if (lang) return lang;
  }
  return undefined;
}

/** The catalogue as the module takes it: null for plain English, which it has itself. */
export async function catalogueFor(host, options) {
  const locale = localeFor(host, options);
  const messages = options.localization?.messages;
  const [text, overrides] = await Promise.all([locale === "en" ? null : textOf(locale), messages ? encodeAll(messages) : []]);
  if (text === null && overrides.length === 0) return null;
  return { locale: text === null ? "en" : locale, text, messages: overrides };
}

async function textOf(locale) {
  try {
    return await read(locale);
  } catch (error) {
    console.error(error);
    return null;
  }
}

function read(locale) {
  if (!texts.has(locale)) {
    const reading = assetText(`locales/${locale}.txt`);
    texts.set(locale, reading);
    reading.catch(() => texts.delete(locale));
  }
  return texts.get(locale);
}

async function index() {
  table ??= import("./messages.js").then(({ default: list }) => new Map(list.map(([id, names], place) => [id, { place, names }])));
  table.catch(() => (table = undefined));
  return table;
}

/** A sentence without arguments, straight from the catalogue; for when the module cannot say it. */
export async function sentence(locale, id) {
  const [text, known] = await Promise.all([read(locale), index()]);
  return text.split("\u001c")[known.get(id).place];
}

async function encodeAll(messages) {
  const known = await index();
  const encoded = [];
  for (const [id, template] of Object.entries(messages)) {
    const message = known.get(id);
    if (message) encoded.push([message.place, encode(String(template), message.names)]);
    else console.warn(`Frontdesk: there is no message "${id}"`);
  }
  return encoded;
}

/** A template in the code of the locale crate, in which `{ $name }` is an isolated character (UAX #9). */
function encode(template, names) {
  const code = template.replace(/\{\s*\$([\w-]+)\s*\}/g, (placeable, name) => {
    const place = names.indexOf(name);
    return place < 0 ? placeable : `\u2068${String.fromCharCode(1 + place)}\u2069`;
  });
  // An argument that is the whole sentence has nothing to be isolated from.
  return code.length === 3 && code[0] === "\u2068" ? code[1] : code;
}
