// What is on the page until the component is: its size, and grey bars where its words will be.

import { INLINE, KINDS, SIZES } from "./kinds.js";

const BARS = { "user-button": 1, "organization-switcher": 1 };
const ROOT = '.fd-root[part="root skeleton"]';

const tag = (kind) => `frontdesk-${kind}`;
const size = (kind) =>
  `${ROOT}.fd-${kind}{min-block-size:${SIZES[kind].block};inline-size:min(${SIZES[kind].inline},100vw - 2rem)}`;

// The stylesheets are not there yet, so this brings its own; in a layer, and with no colour but the text's.
const RULES = () => `@layer frontdesk.skeleton{
:where(${KINDS.map(tag)}){display:block}
:where(${[...INLINE].map(tag)}){display:inline-block}
${ROOT}{box-sizing:border-box;max-inline-size:100%;display:flex;flex-direction:column;gap:1.25rem;padding:2rem;overflow:hidden}
${[...INLINE].map((kind) => `${ROOT}.fd-${kind}`)}{padding:0}
${KINDS.map(size).join("\n")}
${ROOT}>span{flex:none;block-size:2.5rem;border-radius:.5rem;background:currentColor;opacity:.08;animation:fd-appear .3s .15s backwards}
${ROOT}>span:first-child:not(:last-child){block-size:1.5rem;inline-size:60%}
${ROOT}.fd-user-button>span{border-radius:50%}
@media (prefers-reduced-motion:no-preference){${ROOT}>span{animation:fd-appear .3s .15s backwards,fd-breathe 1.6s .45s ease-in-out infinite alternate}}
}
@keyframes fd-appear{from{opacity:0}}
@keyframes fd-breathe{to{opacity:.14}}`;

let sheet;

/** Adopts the skeleton's rules where `node` is. */
function dress(node) {
  const found = node.getRootNode();
  const tree = "adoptedStyleSheets" in found ? found : node.ownerDocument;
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(RULES());
  }
  if (!tree.adoptedStyleSheets.includes(sheet)) tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, sheet];
}

/** An empty root of `kind`, named as the component's own will be. */
export function emptyRoot(document, kind, { theme, colorScheme } = {}) {
  const root = document.createElement("div");
  root.className = `fd-root fd-${kind}`;
  root.part = "root";
  if (theme) root.dataset.theme = theme;
  if (colorScheme) root.dataset.colorScheme = colorScheme;
  return root;
}

/** Puts the skeleton of `kind` into `place`, instead of all that is there, and returns it. */
export function paint(place, kind, appearance) {
  dress(place);
  const root = emptyRoot(place.ownerDocument, kind, appearance);
  root.part = "root skeleton";
  root.ariaBusy = "true";
  for (let bar = 0; bar < (BARS[kind] ?? 4); bar += 1) root.append(place.ownerDocument.createElement("span"));
  place.replaceChildren(root);
  return root;
}
