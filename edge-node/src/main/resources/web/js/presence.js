import { ask } from './link.js';
import { Retry, isRetryable } from './retry.js';

const MOST_WATCHED = 200;

/** Who of the people in the list is there, as long as the session stands. */
export class Presence {
  #known = new Map();
  #retry = new Retry();
  #link;
  #users;
  #changed;

  /** @param users gives the names to watch, the most important first; told: changed() */
  constructor(link, users, changed) {
    this.#link = link;
    this.#users = users;
    this.#changed = changed;
  }

  /** {status, lastSeen in ms} of that user; undefined where it is not known. */
  of(user) {
    return this.#known.get(user);
  }

  /** Takes a push, or an entry of a reply. */
  take({ user, status, lastSeen }) {
    this.#known.set(user, { status, lastSeen });
  }

  /** Without a connection nobody's presence is known. */
  forget() {
    this.#known.clear();
  }

  /** A session stands (again): whatever was refused before counts no more. */
  restart() {
    this.#retry.reset();
    this.watch();
  }

  async watch() {
    const users = this.#users().slice(0, MOST_WATCHED);
    if (users.length === 0 || !this.#link.online || this.#retry.waiting) {
      return;
    }
    const reply = await ask(this.#link, 'presence.watch', { users });
    if (reply && isRetryable(reply.code)) {
      this.#retry.later(() => this.watch(), reply);
    }
    reply?.data?.presence?.forEach((entry) => this.take(entry));
    this.#changed();
  }
}
