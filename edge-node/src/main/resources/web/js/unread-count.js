import { ask } from './link.js';
import { Retry, isRetryable } from './retry.js';

const COUNT_MS = 200;

/** Asks the server how much is unread: it alone knows, here pushes only say when to ask. */
export class UnreadCount {
  #link;
  #counted;
  #timer = 0;
  #counting = false;
  #again = false;
  #retry = new Retry();

  /** @param counted told the reply's data */
  constructor(link, counted) {
    this.#link = link;
    this.#counted = counted;
  }

  /** A session stands (again): asks at once. */
  restart() {
    this.#retry.reset();
    this.soon(0);
  }

  soon(delayMs = COUNT_MS) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#count(), delayMs);
  }

  /** Something came that an answer under way may lack. */
  doubt() {
    this.#again ||= this.#counting;
  }

  async #count() {
    if (this.#counting || !this.#link.online || this.#retry.waiting) {
      this.doubt();
      return;
    }
    this.#counting = true;
    this.#again = false;
    const reply = await ask(this.#link, 'unread');
    this.#counting = false;
    if (reply?.code === 0) {
      this.#retry.reset();
      this.#counted(reply.data);
    } else if (reply && isRetryable(reply.code)) {
      this.#retry.later(() => this.#count(), reply);
    }
    if (this.#again && !this.#retry.waiting) {
      this.soon();
    }
  }
}
