import { ask } from './link.js';
import { Retry } from './retry.js';

/** Tells the server how far the user has read, one mark at a time. */
export class Marking {
  #link;
  #marked;
  #retry = new Retry();
  #isUnderWay = false;

  /** @param marked told the conversation once a mark was taken */
  constructor(link, marked) {
    this.#link = link;
    this.#marked = marked;
  }

  reset() {
    this.#retry.reset();
  }

  /** Marks what the user saw of that conversation, if there is anything to mark. */
  async mark(talk) {
    const newest = talk.toMark();
    if (!newest || !this.#link.online || this.#isUnderWay || this.#retry.waiting) {
      return;
    }
    const upTo = `${newest.at.place}/${newest.at.offset}`;
    this.#isUnderWay = true;
    const reply = await ask(this.#link, 'read', { kind: talk.kind, peer: talk.peer, upTo });
    this.#isUnderWay = false;
    if (reply?.code === 0) {
      this.#retry.reset();
      talk.marked(newest.at);
      this.#marked(talk);
    } else if (reply) {
      // Whatever is drawn meanwhile asks for the mark again: not before the server wants it.
      this.#retry.later(() => this.mark(talk), reply);
    }
  }
}
