// The signed-in user without a component: tokens, sign-out, proofs and news.

import { loadCore, onDeath } from "./loader.js";
import { mount } from "./mount.js";
import { apiOf } from "./settings.js";

const CODE = "session_reverification_required";

/** What `answer`, a response or its body, says is to be proven first; undefined if it says nothing of the kind. */
async function wanted(answer) {
  let body = answer;
  if (answer instanceof Response) {
    if (answer.status !== 403) return undefined;
    body = await answer.clone().json().catch(() => undefined);
  }
  const error = body?.errors?.find?.((it) => it.code === CODE);
  return error && { level: error.meta?.reverification?.level };
}

const bare = (key) => key.replace(/^org:/, "");

/** A client of one Frontend API, which loads the module when it is first asked for something. */
export function createFrontdesk(options = {}) {
  const listeners = new Map();
  let opening;
  let client;

  const subscribe = (listener) => listeners.set(listener, client.listen(() => listener(frontdesk)));

  async function open() {
    const core = await loadCore();
    client = new core.Client(apiOf(options));
    for (const listener of listeners.keys()) subscribe(listener);
    return client;
  }

  function opened() {
    if (!opening) {
      opening = open();
      opening.catch(() => (opening = undefined));
    }
    return opening;
  }

  async function loaded() {
    const it = await opened();
    await it.ask("load");
    return it;
  }

  async function reverify(level) {
    const it = await loaded();
    if (!frontdesk.session) {
      // As the server says it; a dialog would have nobody to ask.
      const code = "authentication_invalid";
      throw Object.assign(new Error(code), { code });
    }
    if (await it.ask("reverify", level)) return;
    // No component is there that could ask, so one comes for as long as it takes.
    const host = document.createElement("div");
    host.hidden = true;
    document.body.append(host);
    const handle = mount("user-verification", host, { ...options, api: apiOf(options) });
    try {
      await handle.ready;
      host.hidden = false;
      await it.ask("reverify", level);
    } finally {
      handle.unmount();
      host.remove();
    }
  }

  onDeath(() => {
    opening = undefined;
    client = undefined;
  });

  function membership() {
    const { user, last_active_organization_id: id } = frontdesk.session ?? {};
    return user?.organization_memberships.find((it) => it.organization.id === id);
  }

  const frontdesk = {
    async load() {
      await loaded();
    },
    async getToken({ template } = {}) {
      return (await loaded()).ask("token", template ? encodeURIComponent(template) : undefined);
    },
    async signOut() {
      await (await loaded()).ask("signOut");
    },
    reverify,
    withReverification(call) {
      return async (...given) => {
        let asked;
        try {
          const answer = await call(...given);
          asked = await wanted(answer);
          if (!asked) return answer;
        } catch (error) {
          asked = await wanted(error);
          if (!asked) throw error;
        }
        await reverify(asked.level);
        return call(...given);
      };
    },
    listen(listener) {
      // Wrapped, so that the same function may listen twice.
      const own = (news) => listener(news);
      listeners.set(own, undefined);
      if (client) subscribe(own);
      else opened().catch(() => {});
      return () => {
        listeners.get(own)?.();
        listeners.delete(own);
      };
    },
    has({ role, permission, ...rest } = {}) {
      // What is not known here is had by nobody.
      if (Object.values(rest).some((it) => it != null)) return false;
      if (role == null && permission == null) return Boolean(frontdesk.session);
      const its = membership();
      if (!its || (role != null && bare(role) !== bare(its.role))) return false;
      return permission == null || its.permissions.some((it) => bare(it) === bare(permission));
    },
    get user() {
      return frontdesk.session?.user ?? null;
    },
    get session() {
      const { sessions, last_active_session_id: id } = frontdesk.client ?? {};
      return sessions?.find((it) => it.id === id && it.status === "active") ?? null;
    },
    get organization() {
      return membership()?.organization ?? null;
    },
    get client() {
      return client?.client ?? null;
    },
    get environment() {
      return client?.environment ?? null;
    },
  };
  return frontdesk;
}
