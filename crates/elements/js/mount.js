// One component on the page, from its skeleton to its end.

import { drawFallback } from "./fallback.js";
import { ask, bury, isTrap, loadCore, onDeath } from "./loader.js";
import { catalogueFor } from "./locale.js";
import { apiOf } from "./settings.js";
import { paint } from "./skeleton.js";
import { style } from "./styling.js";
import { place } from "./tree.js";

/** What is mounted on an element; a second mount there ends the first. */
const mounted = new WeakMap();

/** Mounts a component on `host` and returns at once; see `Handle` in index.d.ts. */
export function mount(kind, host, options = {}) {
  if (!(host instanceof Element)) throw new TypeError(`Frontdesk: the ${kind} component needs an element to be mounted on`);
  mounted.get(host)?.unmount();
  const component = new Mounted(kind, host, options);
  mounted.set(host, component);
  const unmount = () => component.unmount();
  return {
    ready: component.ready,
    update: (changes) => component.update(changes),
    unmount,
    [Symbol.dispose ?? Symbol.for("Symbol.dispose")]: unmount,
  };
}

/** The options as the module reads them: one object, and what belongs together side by side in lists. */
const flat = ({ appearance = {}, ...options }, catalogue) => ({
  ...options,
  ...catalogue,
  theme: appearance.theme,
  colorScheme: appearance.colorScheme,
  elements: Object.entries(appearance.elements ?? {}).flat(),
  messages: catalogue?.messages.flat(),
});

class Mounted {
  #kind;
  #host;
  #root;
  #options;
  #inner;
  #forget;
  #variables = {};
  #failures = 0;
  /** Replaced when the module dies, so that what was under way knows it is late. */
  #life = {};

  constructor(kind, host, options) {
    this.#kind = kind;
    this.#host = host;
    this.#options = options;
    this.#root = place(host, options.shadow);
    this.ready = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
    // Whoever does not ask is told by the `error` event, not by an unhandled rejection.
    this.ready.catch(() => {});
    this.#forget = onDeath((error) => this.#fail(error));
    this.#begin();
  }

  /** Replaces the options that are named and leaves the others. */
  update(changes) {
    this.#options = { ...this.#options, ...changes };
    this.#draw();
  }

  unmount() {
    if (!this.#life) return;
    this.#life = undefined;
    this.#forget();
    if (mounted.get(this.#host) === this) mounted.delete(this.#host);
    this.#inner?.unmount();
    this.#inner = undefined;
    this.#root.replaceChildren();
    this.reject(new DOMException("Frontdesk: unmounted before it was ready", "AbortError"));
  }

  #begin() {
    this.#life = {};
    paint(this.#root, this.#kind, this.#options.appearance);
    this.#draw();
  }

  /** Draws what the options say now; changes that come meanwhile are drawn together afterwards. */
  async #draw() {
    const life = this.#life;
    if (!life) return;
    life.isStale = true;
    if (life.isDrawing) return;
    life.isDrawing = true;
    try {
      while (life.isStale && life === this.#life) {
        life.isStale = false;
        await this.#drawOnce(life);
      }
    } catch (error) {
      if (isTrap(error)) bury(error);
      if (life === this.#life) this.#fail(error);
    }
    life.isDrawing = false;
  }

  async #drawOnce(life) {
    const options = { ...this.#options, api: apiOf(this.#options) };
    ask(options.api);
    const [core, catalogue] = await Promise.all([
      loadCore(),
      catalogueFor(this.#host, options),
      style(this.#root, this.#kind, options.appearance?.theme ?? "default"),
    ]);
    if (life !== this.#life || life.isStale) return;
    const given = flat(options, catalogue);
    if (this.#inner) this.#inner.update(given);
    else {
      const skeleton = this.#root.firstChild;
      const inner = await core.mount(this.#kind, this.#root, (type) => this.#tell(type), given);
      if (life !== this.#life) return void inner.unmount();
      skeleton?.remove();
      this.#inner = inner;
    }
    this.#setVariables(options.appearance?.variables ?? {});
    this.#failures = 0;
    this.resolve();
  }

  /** Sets the custom properties that are named, and no others; one by one, which needs no leave of a CSP. */
  #setVariables(variables) {
    const style = this.#root.firstElementChild?.style;
    for (const name of Object.keys(this.#variables)) style?.removeProperty(name);
    for (const [name, value] of Object.entries(variables)) style?.setProperty(name, value);
    this.#variables = variables;
  }

  /** True if the page goes on by itself; so it does where the component is gone. */
  #tell(type) {
    return !this.#life || !this.#host.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, cancelable: true }));
  }

  #fail(error) {
    if (!this.#life) return;
    this.#life = {};
    this.#inner = undefined;
    this.#failures += 1;
    this.reject(error);
    const retry = () => (this.#failures > 1 ? location.reload() : this.#begin());
    drawFallback(this.#root, this.#host, this.#kind, this.#options, retry);
    const detail = Object.freeze({ code: isTrap(error) ? "crashed" : "load_failed", message: error.message });
    this.#host.dispatchEvent(new CustomEvent("error", { bubbles: true, composed: true, detail }));
  }
}
