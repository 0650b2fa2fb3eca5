// What a page sets once for every component on it.

/** @type {{ api?: string, assetBase?: string | URL, wasm?: unknown }} */
export const settings = {};

/** Sets what is given and leaves the rest; `undefined` brings the default back. */
export function configure(given) {
  for (const name of ["api", "assetBase", "wasm"]) {
    if (name in given) settings[name] = given[name];
  }
}

/** The base address of the Frontend API, without a slash at its end. */
export function apiOf(options) {
  const api = options?.api || settings.api || origin();
  return new URL(api, globalThis.location?.href).href.replace(/\/+$/, "");
}

/** The server that this very file came from, if a server of ours did serve it, or else the page's. */
function origin() {
  const here = new URL(import.meta.url);
  const isServed = /^https?:$/.test(here.protocol) && /(?<!@frontdesk)\/elements\/[^/]+$/.test(here.pathname);
  return isServed ? here.origin : globalThis.location.origin;
}
