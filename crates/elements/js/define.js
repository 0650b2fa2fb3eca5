// Defines the custom elements. Importing it where there is no DOM does nothing.

import { defineAll } from "./elements.js";

if (globalThis.customElements) defineAll(globalThis.customElements);
