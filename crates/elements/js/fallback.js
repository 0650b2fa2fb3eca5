// What a person sees when the module could not be loaded, or has died: a sentence and a way on.

import { localeFor, sentence } from "./locale.js";
import { emptyRoot } from "./skeleton.js";

// Without a network there is no catalogue to read, so the build puts these two sentences of `locales/en.ftl` here.
const LAST_RESORT = { text: ERROR_INTERNAL_ERROR, action: ACTION_TRY_AGAIN };

/** Draws the fallback into `place`; `retry` runs when the person asks for it. */
export async function drawFallback(place, host, kind, options, retry) {
  const document = place.ownerDocument;
  const root = emptyRoot(document, kind, options.appearance);
  const alert = document.createElement("p");
  const button = document.createElement("button");
  root.part = "root fallback";
  root.dataset.state = "failed";
  alert.part = "alert";
  alert.role = "alert";
  button.part = "button";
  button.type = "button";
  button.addEventListener("click", retry);
  root.append(alert, button);
  place.replaceChildren(root);
  const { text, action, locale } = await words(host, options);
  root.lang = locale;
  root.dir = "auto";
  alert.textContent = text;
  button.textContent = action;
}

async function words(host, options) {
  const locale = localeFor(host, options);
  try {
    const [text, action] = await Promise.all([sentence(locale, "error-internal-error"), sentence(locale, "action-try-again")]);
    return { text, action, locale };
  } catch {
    return { ...LAST_RESORT, locale: "en" };
  }
}
