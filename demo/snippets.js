// The three ways to write what is on the stage.

const pascal = (kind) => kind.replace(/(^|-)(\w)/g, (_, __, letter) => letter.toUpperCase());

/** Where people go next, as each component is told. */
const WAYS_ON = {
  "sign-in": ["after-sign-in-url", "/dashboard"],
  "sign-up": ["after-sign-up-url", "/welcome"],
  "user-button": ["after-sign-out-url", "/"],
  "user-profile": ["after-sign-out-url", "/"],
};

const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

function html({ kind, theme, scheme, locale, isShadow }) {
  const attributes = [];
  if (theme) attributes.push(`theme="${theme}"`);
  if (scheme) attributes.push(`color-scheme="${scheme}"`);
  if (locale) attributes.push(`locale="${locale}"`);
  const on = WAYS_ON[kind];
  if (on) attributes.push(`${on[0]}="${on[1]}"`);
  if (isShadow) attributes.push("shadow");
  const tag = `frontdesk-${kind}`;
  const lines = attributes.map((it) => `\n  ${it}`).join("");
  return `<script type="module" blocking="render"\n  src="${location.origin}/elements/define.js"></script>\n\n<${tag}${lines}\n></${tag}>`;
}

function js({ kind, theme, scheme, locale, isShadow }) {
  const name = `mount${pascal(kind)}`;
  const look = [theme && `theme: "${theme}"`, scheme && `colorScheme: "${scheme}"`].filter(Boolean).join(", ");
  const on = WAYS_ON[kind];
  const lines = [`api: "${location.origin}",`];
  if (look) lines.push(`appearance: { ${look} },`);
  if (locale) lines.push(`localization: { locale: "${locale}" },`);
  if (on) lines.push(`${camel(on[0])}: "${on[1]}",`);
  if (isShadow) lines.push("shadow: true,");
  const options = lines.map((it) => `\n  ${it}`).join("");
  return `import { ${name} } from "@frontdesk/elements";\n\nconst element = document.querySelector("#desk");\nconst handle = ${name}(element, {${options}\n});\n\n// Later:\nhandle.unmount();`;
}

function leptos({ kind, theme, scheme, locale, isShadow }) {
  const name = pascal(kind);
  const provided = [`api="${location.origin}"`];
  if (theme) provided.push(`theme="${theme}"`);
  if (scheme) provided.push(`color_scheme="${scheme}"`);
  if (locale) provided.push(`locale="${locale}"`);
  const on = WAYS_ON[kind];
  const own = on ? ` ${on[0].replaceAll("-", "_")}="${on[1]}"` : "";
  const remark = isShadow ? "\n// A Leptos app draws in light DOM; `shadow` is for elements.\n" : "";
  const props = provided.map((it) => `\n            ${it}`).join("");
  return `use frontdesk_components::{Frontdesk, ${name}};
use leptos::prelude::*;
${remark}
#[component]
pub fn Desk() -> impl IntoView {
    view! {
        <Frontdesk${props}
        >
            <${name}${own} />
        </Frontdesk>
    }
}`;
}

const WAYS = { html, js, leptos };

/** The code that draws what `choice` says, in one of the ways `html`, `js` and `leptos`. */
export const snippet = (way, choice) => WAYS[way](choice);

const TOKENS = /(\/\/[^\n]*)|("[^"\n]*")|(<\/?[\w-]+|\/?>)|\b(import|from|const|use|pub|fn|impl)\b/g;
const CLASSES = ["comment", "string", "tag", "keyword"];

/** The same as nodes, with a class on what a reader looks for. */
export function highlight(code) {
  const nodes = [];
  let end = 0;
  for (const match of code.matchAll(TOKENS)) {
    nodes.push(code.slice(end, match.index));
    const span = document.createElement("span");
    span.className = CLASSES[match.slice(1).findIndex(Boolean)];
    span.textContent = match[0];
    nodes.push(span);
    end = match.index + match[0].length;
  }
  nodes.push(code.slice(end));
  return nodes;
}
