// Prints what was on the page where a test failed, so that a log alone tells it.

import { readFileSync } from "node:fs";

const LONGEST = 4000;

export default class {
  printsToStdio() {
    return true;
  }

  onTestEnd(_, result) {
    if (result.status === "passed" || result.status === "skipped") return;
    for (const { name, path } of result.attachments) {
      if (name !== "error-context" || !path) continue;
      const text = readFileSync(path, "utf8");
      const seen = text.slice(Math.max(0, text.indexOf("# Page snapshot"))).slice(0, LONGEST);
      // No line of it is one that counts tests.
      console.log(seen.replaceAll(/^/gm, "    | "));
    }
  }
}
