// Letters as a mail server receives them.

import { init } from "smtp-tester";
import { expect, freePort, freshEmail, startSite, test } from "./site.js";

test("a code arrives by SMTP, in the person's language, and is forgotten where it was sent from", async ({ engine }) => {
  const port = await freePort();
  const sink = init(port);
  const site = await startSite(engine, 'application_name = "Lab"\n', ["--smtp-url", `smtp://127.0.0.1:${port}`, "--mail-from", "Lab <id@lab.example>"]);
  try {
    const email = freshEmail();
    const post = async (path, fields, cookie = "") => {
      const answer = await fetch(`${site.url}/v1/client/sign_ups${path}`, { method: "POST", headers: { cookie, origin: site.url }, body: new URLSearchParams(fields) });
      return { ...(await answer.json()), cookie: answer.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ") || cookie };
    };
    const begun = await post("", { email_address: email, password: "a password nobody has", locale: "fr" });
    const id = begun.response.id;
    await post(`/${id}/prepare_verification`, { strategy: "email_code" }, begun.cookie);
    const { email: mail } = await sink.captureOne(email, { wait: 10_000 });
    expect(mail.headers.from).toContain("<id@lab.example>");
    const code = mail.body.match(/^\d{6}$/m)[0];
    expect(mail.headers.subject).toContain(code);
    expect(mail.headers.subject).toContain("Lab");
    expect(mail.html).toContain('<html lang="fr"');
    const done = await post(`/${id}/attempt_verification`, { strategy: "email_code", code }, begun.cookie);
    expect(done.response.status).toBe("complete");
    await expect.poll(async () => (await site.mailbox()).length).toBe(0);
    // A time of day may end in the same digits; the code would stand alone.
    expect(site.log()).not.toMatch(new RegExp(`\\b${code}\\b`));
  } finally {
    await site.stop();
    await new Promise((done) => sink.stop(done));
  }
});
