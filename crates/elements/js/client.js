// The signed-in user without a component: tokens, sign-out and news.

import { loadCore, onDeath } from "./loader.js";
import { apiOf } from "./settings.js";

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
    await it.load();
    return it;
  }

  onDeath(() => {
    opening = undefined;
    client = undefined;
  });

  const frontdesk = {
    async load() {
      await loaded();
    },
    async getToken() {
      return (await loaded()).getToken();
    },
    async signOut() {
      await (await loaded()).signOut();
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
    get user() {
      return frontdesk.session?.user ?? null;
    },
    get session() {
      const { sessions, last_active_session_id: id } = frontdesk.client ?? {};
      return sessions?.find((it) => it.id === id && it.status === "active") ?? null;
    },
    get organization() {
      const { user, last_active_organization_id: id } = frontdesk.session ?? {};
      return user?.organization_memberships.find((it) => it.organization.id === id)?.organization ?? null;
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
