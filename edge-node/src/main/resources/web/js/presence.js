import { ask } from './link.js';
import { Retry, isRetryable } from './retry.js';

const MOST_WATCHED = 200;

/** Who of the people in the list is there, as long as the session stands. */
export class Presence {
  #known = new Map();
  /** Whom the session watches, or has asked to. */
  #watched = new Set();
  #isPlanned = false;
  #retry = new Retry();
  #link;
  #me;
  #users;
  #changed;

  /** @param users gives the names to watch, the most important first; told: changed() */
  constructor(link, me, users, changed) {
    this.#link = link;
    this.#me = me;
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
    this.#watched.clear();
  }

  /** A session stands (again): whatever was refused before counts no more. */
  restart() {
    this.#retry.reset();
    this.#watch();
    this.#askOwn();
  }

  /** There is somebody new to watch. Whoever comes at the same time is asked for together. */
  watchSoon() {
    if (!this.#isPlanned) {
      this.#isPlanned = true;
      setTimeout(() => {
        this.#isPlanned = false;
        this.#watch();
      });
    }
  }

  /** What this user shows to others: resolves to whether the server took it. */
  async show(status) {
    const reply = await ask(this.#link, 'presence.set', { status });
    if (reply?.code === 0) {
      this.take({ user: this.#me, status, lastSeen: 0 });
      this.#changed();
    }
    return reply?.code === 0;
  }

  /** A session is not told of its own user. */
  async #askOwn() {
    const reply = await ask(this.#link, 'presence.get', { users: [this.#me] });
    reply?.data?.presence?.forEach((entry) => this.take(entry));
    this.#changed();
  }

  /** A session keeps whom it watches: only those who are new are asked for. */
  async #watch() {
    if (!this.#link.online || this.#retry.waiting) {
      return;
    }
    const room = MOST_WATCHED - this.#watched.size;
    const users = this.#users().filter((user) => !this.#watched.has(user)).slice(0, room);
    if (users.length === 0) {
      return;
    }
    users.forEach((user) => this.#watched.add(user));
    const reply = await ask(this.#link, 'presence.watch', { users });
    if (reply && isRetryable(reply.code)) {
      users.forEach((user) => this.#watched.delete(user));
      this.#retry.later(() => this.#watch(), reply);
    } else if (reply && !this.#retry.waiting) {
      this.#retry.reset();
    }
    reply?.data?.presence?.forEach((entry) => this.take(entry));
    this.#changed();
  }
}
