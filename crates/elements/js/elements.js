// The custom elements, all made from one table.

import { KINDS } from "./kinds.js";
import { mount } from "./mount.js";

const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** Each attribute, and the property that reflects it. */
const ATTRIBUTES = Object.fromEntries(
  [
    "api",
    "theme",
    "color-scheme",
    "locale",
    "sign-in-url",
    "sign-up-url",
    "after-sign-in-url",
    "after-sign-up-url",
    "after-sign-out-url",
    "user-profile-url",
    "organization-profile-url",
    "hide-personal",
    "skip-invitation-screen",
    "initial-email",
    "user-profile-mode",
    "show-name",
    "routing",
    "path",
  ].map((name) => [name, camel(name)]),
);

/** The options that are inside of another one. */
const INSIDE = { theme: "appearance", colorScheme: "appearance", locale: "localization" };

/** Properties that no attribute can hold. */
const RICH = ["appearance", "localization", "customPages", "customMenuItems", "additionalOAuthScopes"];

// Server rendering imports this where there is no DOM.
const Base = globalThis.HTMLElement ?? class {};

class FrontdeskElement extends Base {
  static observedAttributes = [...Object.keys(ATTRIBUTES), "shadow"];

  #handle;
  #rich = {};
  #isDue = false;

  /** Resolves when the component is drawn, rejects when it cannot be. */
  get ready() {
    return this.#handle?.ready ?? Promise.reject(new DOMException("Frontdesk: not in a document", "InvalidStateError"));
  }

  get shadow() {
    return this.hasAttribute("shadow");
  }

  set shadow(isShadow) {
    this.toggleAttribute("shadow", Boolean(isShadow));
  }

  connectedCallback() {
    this.#adoptEarlyProperties();
    if (this.#handle) this.#update();
    else this.#mount();
  }

  /** Keeps the component as it is where `moveBefore` moves it. */
  connectedMoveCallback() {}

  // A move is a disconnection followed by a connection, and must lose nothing that was typed.
  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#handle?.unmount();
      this.#handle = undefined;
    });
  }

  attributeChangedCallback(name, before, after) {
    if (!this.#handle || before === after) return;
    if (name === "shadow" && (before === null) !== (after === null)) this.#mount();
    else this.#update();
  }

  /** @internal */
  richProperty(name) {
    return this.#rich[name];
  }

  /** @internal */
  setRichProperty(name, value) {
    this.#rich[name] = value ?? undefined;
    if (this.#handle) this.#update();
  }

  #mount() {
    this.#handle?.unmount();
    this.#handle = mount(this.constructor.kind, this, this.#options());
  }

  #update() {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      this.#handle?.update(this.#options());
    });
  }

  #options() {
    const options = { shadow: this.shadow, appearance: {}, localization: {} };
    for (const [attribute, property] of Object.entries(ATTRIBUTES)) {
      (options[INSIDE[property]] ?? options)[property] = this.getAttribute(attribute) ?? undefined;
    }
    for (const name of RICH) options[name] = options[name] ? Object.assign(options[name], this.#rich[name]) : this.#rich[name];
    return options;
  }

  /** A property set before the element was defined hides the accessor of the class. */
  #adoptEarlyProperties() {
    for (const name of [...Object.values(ATTRIBUTES), ...RICH, "shadow"]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
  }
}

for (const [attribute, property] of Object.entries(ATTRIBUTES)) {
  Object.defineProperty(FrontdeskElement.prototype, property, {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(attribute);
    },
    set(value) {
      if (value === null || value === undefined) this.removeAttribute(attribute);
      else this.setAttribute(attribute, value);
    },
  });
}

for (const name of RICH) {
  Object.defineProperty(FrontdeskElement.prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      return this.richProperty(name);
    },
    set(value) {
      this.setRichProperty(name, value);
    },
  });
}

/** Shows its children to those who may see them; how is fetched where there is one. */
class FrontdeskProtect extends Base {
  #stop;

  constructor() {
    super();
    // Nothing is shown meanwhile.
    this.attachShadow({ mode: "open" });
  }

  async connectedCallback() {
    const { protect } = await import("./index.js");
    this.disconnectedCallback();
    if (this.isConnected) this.#stop = protect(this);
  }

  disconnectedCallback() {
    this.#stop?.();
  }
}

/** Defines every element that is not defined yet. */
export function defineAll(registry) {
  const define = (kind, element) => registry.get(`frontdesk-${kind}`) ?? registry.define(`frontdesk-${kind}`, element);
  for (const kind of KINDS) define(kind, class extends FrontdeskElement { static kind = kind; });
  define("protect", FrontdeskProtect);
}
