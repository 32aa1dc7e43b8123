import { ask } from './link.js';
import { Retry, isRetryable } from './retry.js';

const MOST_ASKED = 50;
const EMPTY = { nickname: '', avatar: '' };

/** The nickname and the avatar of those users whose names are shown. Whoever is not known is asked for. */
export class Profiles {
  #link;
  #changed;
  #known = new Map();
  #wanted = new Set();
  #isPlanned = false;
  #isUnderWay = false;
  #isServed = true;
  #retry = new Retry();

  constructor(link, changed) {
    this.#link = link;
    this.#changed = changed;
  }

  /** {nickname, avatar}, both empty where there are none or it is not known yet. */
  of(user) {
    if (!this.#known.has(user)) {
      this.want(user);
    }
    return this.#known.get(user) ?? EMPTY;
  }

  take({ user, nickname, avatar }) {
    this.#known.set(user, { nickname: nickname ?? '', avatar: avatar ?? '' });
  }

  /** Asks for that user anew. */
  want(user) {
    this.#wanted.add(user);
    this.#plan();
  }

  restart() {
    this.#retry.reset();
    this.#plan();
  }

  #plan() {
    if (!this.#isPlanned && this.#isServed) {
      this.#isPlanned = true;
      setTimeout(() => {
        this.#isPlanned = false;
        this.#ask();
      });
    }
  }

  async #ask() {
    if (this.#isUnderWay || this.#wanted.size === 0 || !this.#link.online || this.#retry.waiting) {
      return;
    }
    const users = [...this.#wanted].slice(0, MOST_ASKED);
    this.#isUnderWay = true;
    const reply = await ask(this.#link, 'profile.get', { users });
    this.#isUnderWay = false;
    if (reply?.code === 0) {
      this.#retry.reset();
      this.#answered(users, reply.data.profiles);
    } else if (reply && isRetryable(reply.code)) {
      this.#retry.later(() => this.#plan(), reply);
    } else if (reply) {
      this.#isServed = false;
    }
    if (this.#wanted.size > 0) {
      this.#plan();
    }
  }

  /** A reply has room for few avatars: whoever is missing in it is asked for once more. */
  #answered(users, profiles) {
    profiles.forEach((profile) => {
      this.take(profile);
      this.#wanted.delete(profile.user);
    });
    if (profiles.length === 0) {
      users.forEach((user) => {
        this.#known.set(user, EMPTY);
        this.#wanted.delete(user);
      });
    }
    this.#changed();
  }
}
