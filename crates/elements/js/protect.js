// Children that are for those who may see them.

import { createFrontdesk } from "./client.js";

/** What the attributes of `<frontdesk-protect>` ask. */
function asked(element) {
  const [api, role, permission] = ["api", "organization-role", "permission"].map((name) => element.getAttribute(name) ?? undefined);
  return { api, role, permission };
}

/**
 * Shows the children of `element` to those who have what `options` ask, what has `slot="fallback"` to everybody else,
 * and nothing until it is known who is there. Returns how to stop that.
 */
export function protect(element, options) {
  const slot = element.ownerDocument.createElement("slot");
  const frontdesk = createFrontdesk(options ?? asked(element));
  const show = () => {
    const { api, ...wanted } = options ?? asked(element);
    if (frontdesk.environment) slot.name = frontdesk.has(wanted) ? "" : "fallback";
  };
  // A name that nothing has.
  slot.name = "pending";
  (element.shadowRoot ?? element.attachShadow({ mode: "open" })).replaceChildren(slot);
  const unlisten = frontdesk.listen(show);
  frontdesk.load().then(show, () => {});
  const observer = new MutationObserver(show);
  observer.observe(element, { attributes: true });
  return () => {
    unlisten();
    observer.disconnect();
  };
}
