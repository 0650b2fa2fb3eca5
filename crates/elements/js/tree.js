// Light DOM or shadow DOM: where a component is drawn.

/** Hosts whose shadow root is ours to fill. */
const ours = new WeakSet();

/** The element to draw into: the host itself, or the one element of its shadow root. */
export function place(host, isShadow) {
  if (isShadow) {
    const tree = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    const root = host.ownerDocument.createElement("div");
    ours.add(host);
    tree.replaceChildren(root);
    return root;
  }
  // A shadow root stays for good; a slot shows the light DOM through it.
  if (ours.has(host)) host.shadowRoot.replaceChildren(host.ownerDocument.createElement("slot"));
  return host;
}
