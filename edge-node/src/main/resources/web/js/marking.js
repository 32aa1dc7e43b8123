import { ask } from './link.js';
import { Retry, isRetryable } from './retry.js';

/** Tells the server how far the user has read, in each conversation one mark at a time. */
export class Marking {
  #link;
  #settled;
  #underWay = new Set();
  /** The conversations whose mark the server could not take now. */
  #retries = new Map();

  /** @param settled told the conversation once a mark was taken, or refused for good */
  constructor(link, settled) {
    this.#link = link;
    this.#settled = settled;
  }

  /** A session stands (again): whatever was refused before counts no more. */
  reset() {
    this.#retries.forEach((retry) => retry.reset());
    this.#retries.clear();
  }

  /** Marks what the user saw of that conversation, if there is anything to mark. */
  async mark(talk) {
    const newest = talk.toMark();
    if (!newest || !this.#link.online || this.#underWay.has(talk) || this.#retries.get(talk)?.waiting) {
      return;
    }
    const upTo = `${newest.at.place}/${newest.at.offset}`;
    this.#underWay.add(talk);
    const reply = await ask(this.#link, 'read', { kind: talk.kind, peer: talk.peer, upTo });
    this.#underWay.delete(talk);
    if (reply && isRetryable(reply.code)) {
      // Whatever is drawn meanwhile asks for the mark again: not before the server wants it.
      this.#retryOf(talk).later(() => this.mark(talk), reply);
    } else if (reply) {
      // Who is out of a group has nothing to mark there any more: to ask again would change nothing.
      this.#retries.delete(talk);
      talk.marked(newest.at);
      this.#settled(talk);
    }
  }

  #retryOf(talk) {
    if (!this.#retries.has(talk)) {
      this.#retries.set(talk, new Retry());
    }
    return this.#retries.get(talk);
  }
}
