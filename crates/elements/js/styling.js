// Brings the stylesheets in: as links in a document, as shared constructed sheets in a shadow root.

import { asset, assetText } from "./assets.js";
import { stylesheets } from "./kinds.js";

const RANKS = ["css/core.css", "css/account.css"];
const rank = (path) => (RANKS.indexOf(path) + 1 || RANKS.length + 1) - 1;
const sheets = new Map();

/** Resolves when all that `kind` needs in `theme` applies to `node`; a file that is missing is reported, not fatal. */
export async function style(node, kind, theme) {
  const paths = stylesheets(kind, theme);
  const tree = node.getRootNode();
  if (tree instanceof ShadowRoot) return adopt(tree, paths);
  await Promise.all(paths.map((path) => link(node.ownerDocument, path)));
}

async function adopt(tree, paths) {
  const found = await Promise.all(paths.map(sheet));
  const wanted = found.filter((it) => it && !tree.adoptedStyleSheets.includes(it));
  if (wanted.length === 0) return;
  const ours = new Set([...found, ...tree.adoptedStyleSheets.filter((it) => rankOf.has(it))]);
  ours.delete(undefined);
  const ordered = [...ours].sort((one, other) => rankOf.get(one) - rankOf.get(other));
  tree.adoptedStyleSheets = [...ordered, ...tree.adoptedStyleSheets.filter((it) => !ours.has(it))];
}

const rankOf = new WeakMap();

function sheet(path) {
  const address = asset(path);
  if (!sheets.has(address)) {
    const reading = assetText(path).then((text) => {
      const made = new CSSStyleSheet();
      made.replaceSync(text);
      rankOf.set(made, rank(path));
      return made;
    });
    sheets.set(address, reading);
    reading.catch(() => sheets.delete(address));
  }
  return sheets.get(address).catch(missing);
}

const missing = (error) => void console.error(error);

const links = new WeakMap();

/** A link that the page has itself is as good as ours. */
function link(document, path) {
  const href = asset(path);
  const present = [...document.querySelectorAll('link[rel="stylesheet"]')].find((it) => it.href === href);
  if (present?.sheet) return undefined;
  if (links.has(present)) return links.get(present);
  const made = document.createElement("link");
  made.rel = "stylesheet";
  made.href = href;
  made.dataset.frontdesk = path;
  const arrival = new Promise((done) => {
    made.addEventListener("load", done);
    made.addEventListener("error", () => {
      made.remove();
      missing(new Error(`Frontdesk: ${href} could not be loaded`));
      done();
    });
  });
  links.set(made, arrival);
  insert(document.head, made, rank(path));
  return arrival;
}

// Before all that the page has, so that its rules win even without layers.
function insert(head, made, place) {
  const ours = [...head.querySelectorAll("link[data-frontdesk]")];
  const next = ours.find((it) => rank(it.dataset.frontdesk) > place);
  if (next) next.before(made);
  else if (ours.length > 0) ours.at(-1).after(made);
  else head.prepend(made);
}
