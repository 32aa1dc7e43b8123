import { backoffMs } from './backoff.js';

const RETRYABLE = new Set([4029, 5000, 5003]);

/** Whether the server may answer the same request otherwise a little later. */
export const isRetryable = (code) => RETRYABLE.has(code);

/** What was refused and is to be tried again: one timer, with back-off over the refusals in a row. */
export class Retry {
  #failures = 0;
  #timer = 0;

  /** Whether the next try is still to come; until then nobody else should try. */
  get waiting() {
    return this.#timer !== 0;
  }

  /** Refused once more: tries again after what the server asked for and the back-off. */
  later(action, reply) {
    this.#failures++;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#timer = 0;
        action();
      },
      backoffMs(this.#failures, reply.data?.retryAfter),
    );
  }

  /** It went well, or nobody wants it any more. */
  reset() {
    this.#failures = 0;
    clearTimeout(this.#timer);
    this.#timer = 0;
  }
}
