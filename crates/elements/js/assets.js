// Where the files of the package are. Each is spelled out, because bundlers follow only what is.

import { settings } from "./settings.js";

const FILES = {
  "core_bg.wasm": () => new URL("./core_bg.wasm", import.meta.url),
  "css/core.css": () => new URL("./css/core.css", import.meta.url),
  "css/account.css": () => new URL("./css/account.css", import.meta.url),
  "themes/almanac.css": () => new URL("./themes/almanac.css", import.meta.url),
  "locales/en.txt": () => new URL("./locales/en.txt", import.meta.url),
  "locales/fr.txt": () => new URL("./locales/fr.txt", import.meta.url),
  "locales/ar.txt": () => new URL("./locales/ar.txt", import.meta.url),
  "locales/en-XA.txt": () => new URL("./locales/en-XA.txt", import.meta.url),
};

/** What there is in a folder of the package, e.g. `fr` in `locales/`. */
export const names = (folder) =>
  Object.keys(FILES)
    .filter((path) => path.startsWith(folder))
    .map((path) => path.slice(folder.length, path.lastIndexOf(".")));

/** The address of a file of the package. */
export function asset(path) {
  if (settings.assetBase) {
    const base = new URL(settings.assetBase, globalThis.location?.href);
    if (!base.pathname.endsWith("/")) base.pathname += "/";
    return new URL(path, base).href;
  }
  return FILES[path]().href;
}

/** The text of a file of the package. */
export async function assetText(path) {
  const address = asset(path);
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`Frontdesk: ${address} answered ${answer.status}`);
  return answer.text();
}
