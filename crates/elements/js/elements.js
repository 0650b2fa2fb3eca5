// The custom elements, all made from one table.

import { KINDS } from "./kinds.js";
import { mount } from "./mount.js";

/** Each attribute, the property that reflects it, and the option it is. */
const ATTRIBUTES = {
  api: ["api", ["api"]],
  theme: ["theme", ["appearance", "theme"]],
  "color-scheme": ["colorScheme", ["appearance", "colorScheme"]],
  locale: ["locale", ["localization", "locale"]],
  "sign-in-url": ["signInUrl", ["signInUrl"]],
  "sign-up-url": ["signUpUrl", ["signUpUrl"]],
  "after-sign-in-url": ["afterSignInUrl", ["afterSignInUrl"]],
  "after-sign-up-url": ["afterSignUpUrl", ["afterSignUpUrl"]],
  "after-sign-out-url": ["afterSignOutUrl", ["afterSignOutUrl"]],
  "user-profile-url": ["userProfileUrl", ["userProfileUrl"]],
  "initial-email": ["initialEmail", ["initialEmail"]],
  "user-profile-mode": ["userProfileMode", ["userProfileMode"]],
  "show-name": ["showName", ["showName"]],
  routing: ["routing", ["routing"]],
  path: ["path", ["path"]],
};

/** Properties that no attribute can hold. */
const RICH = ["appearance", "localization", "customPages", "customMenuItems"];

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
    for (const [attribute, [, [first, second]]] of Object.entries(ATTRIBUTES)) {
      const value = this.getAttribute(attribute) ?? undefined;
      if (second) options[first][second] = value;
      else options[first] = value;
    }
    for (const name of RICH) options[name] = options[name] ? Object.assign(options[name], this.#rich[name]) : this.#rich[name];
    return options;
  }

  /** A property set before the element was defined hides the accessor of the class. */
  #adoptEarlyProperties() {
    for (const name of [...Object.values(ATTRIBUTES).map(([property]) => property), ...RICH, "shadow"]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
  }
}

for (const [attribute, [property]] of Object.entries(ATTRIBUTES)) {
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

/** Defines every element that is not defined yet. */
export function defineAll(registry) {
  for (const kind of KINDS) {
    const name = `frontdesk-${kind}`;
    if (!registry.get(name)) registry.define(name, class extends FrontdeskElement { static kind = kind; });
  }
}
