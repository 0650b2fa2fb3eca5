// Loads the WebAssembly module, once for all components, and notices when it has died.

import { asset } from "./assets.js";
import { settings } from "./settings.js";

let loading;
let tries = 0;
let isDead = false;
let isWatching = false;
const mourners = new Set();

const asked = new Map();

/** Asks the server for what the module asks for first, while that is on its way. */
export function ask(api) {
  if (loading) return;
  for (const path of ["/v1/environment", "/v1/client"]) {
    const answer = fetch(api + path, { credentials: "include", signal: AbortSignal.timeout(30_000) });
    answer.catch(() => {});
    asked.set(api + path, answer);
  }
}

/** Gives the module an answer, once. */
function take(url) {
  const answer = asked.get(url);
  asked.delete(url);
  return answer;
}

/** The exports of the module. A load that failed is not remembered. */
export function loadCore() {
  if (!loading) {
    const attempt = start();
    loading = attempt;
    attempt.catch(() => {
      if (loading === attempt) loading = undefined;
    });
  }
  return loading;
}

async function start() {
  const source = wasmSource();
  source.catch(() => {});
  const core = await importGlue();
  await core.start(source, take);
  isDead = false;
  watch();
  return core;
}

// Browsers remember a module that failed, and wasm-bindgen an instance that died: another query makes it another module.
async function importGlue() {
  tries += 1;
  if (tries === 1) return import("./core.js");
  const again = new URL("core.js", asset("core_bg.wasm"));
  again.search = `?try=${tries}`;
  try {
    return await import(/* @vite-ignore */ /* webpackIgnore: true */ again.href);
  } catch (error) {
    // A bundler has renamed the file. Its copy will do, unless that one holds the dead instance.
    if (isDead) throw error;
    return import("./core.js");
  }
}

async function wasmSource() {
  const given = (await settings.wasm) ?? asset("core_bg.wasm");
  const answer = typeof given === "string" || given instanceof URL ? await fetch(given) : given;
  if (!(answer instanceof Response)) return answer;
  if (!answer.ok) throw new Error(`Frontdesk: ${answer.url} answered ${answer.status}`);
  if (answer.headers.get("content-type")?.startsWith("application/wasm")) return answer;
  const bytes = await answer.arrayBuffer();
  const [first, second] = new Uint8Array(bytes, 0, Math.min(2, bytes.byteLength));
  if (first === 0x3c && second === 0x21) {
    throw new Error(
      `Frontdesk: ${answer.url} is a web page, not WebAssembly. With Vite: optimizeDeps: { exclude: ["@frontdesk/elements"] }; ` +
        "else serve core_bg.wasm beside core.js, or name it by configure({ wasm }).",
    );
  }
  return bytes;
}

/** Calls `mourner` when the module has died; returns how to stop that. */
export function onDeath(mourner) {
  mourners.add(mourner);
  return () => mourners.delete(mourner);
}

/** True for an error after which nothing in the module can be called any more. */
export const isTrap = (error) => error instanceof WebAssembly.RuntimeError;

/** Gives the module up, so that the next mount starts with a new one. */
export function bury(error) {
  if (!loading) return;
  loading = undefined;
  isDead = true;
  for (const mourner of [...mourners]) mourner(error);
}

// Most traps happen in an event handler or a task, where nobody of ours is there to catch them.
function watch() {
  if (isWatching || !globalThis.addEventListener) return;
  isWatching = true;
  const see = (error) => {
    if (isTrap(error) && isOurs(error)) bury(error);
  };
  globalThis.addEventListener("error", (event) => see(event.error));
  globalThis.addEventListener("unhandledrejection", (event) => see(event.reason));
}

// A page may run other people's WebAssembly; where the stack has no names, better one mount too many.
function isOurs({ stack = "" }) {
  const files = stack.match(/[^\s(@]+\.wasm/g) ?? [];
  return files.length === 0 || files.some((file) => file.includes("core_bg") || file === String(settings.wasm));
}
