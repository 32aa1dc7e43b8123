import { ask } from './link.js';
import { Retry, isRetryable } from './retry.js';

const NOT_SERVED = 4000;

/** One thing that the server tells: asked for once at a time, and again where it cannot tell it now. */
export class Loading {
  #link;
  #op;
  #take;
  #retry = new Retry();
  #isUnderWay = false;
  #again = null;

  /** @param take told the reply's data, and the fields that were asked with */
  constructor(link, op, take) {
    this.#link = link;
    this.#op = op;
    this.#take = take;
  }

  /** Asks now, or once more after the answer that is under way. */
  async load(fields = {}) {
    if (this.#isUnderWay) {
      this.#again = fields;
      return;
    }
    if (!this.#link.online || this.#retry.waiting) {
      return;
    }
    this.#isUnderWay = true;
    const reply = await ask(this.#link, this.#op, fields);
    this.#isUnderWay = false;
    if (reply?.code === 0) {
      this.#retry.reset();
      this.#take(reply.data, fields);
    } else if (reply && isRetryable(reply.code)) {
      this.#retry.later(() => this.load(fields), reply);
    }
    this.#goOn(reply);
  }

  /** Something came that an answer under way may lack. */
  doubt() {
    if (this.#isUnderWay) {
      this.#again ??= {};
    }
  }

  /** A session stands (again): whatever was refused before counts no more. */
  restart(fields = {}) {
    this.#retry.reset();
    return this.load(fields);
  }

  #goOn(reply) {
    const next = this.#again;
    this.#again = null;
    if (next && reply?.code !== NOT_SERVED) {
      this.load(next);
    }
  }
}
