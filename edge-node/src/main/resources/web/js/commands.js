import { backoffMs } from './backoff.js';
import { ask } from './link.js';
import { randomId } from './names.js';
import { isRetryable } from './retry.js';

const LOOK_MS = 200;
const PATIENCE_MS = 30_000;
const LATER = { code: 5003 };

/**
 * What the user asks the server to do. Each is repeated with the same uuid until it is answered, on
 * the next connection too, so that it is done once. After 30 s the user is told to try again.
 */
export class Commands {
  #link;

  constructor(link) {
    this.#link = link;
  }

  /** The reply, whatever its code. */
  async run(op, fields = {}) {
    const uuid = randomId();
    const end = Date.now() + PATIENCE_MS;
    let generation = null;
    for (let attempt = 1; Date.now() < end; attempt++) {
      if (!this.#link.online) {
        await pause(LOOK_MS);
        continue;
      }
      const isRepeated = generation !== null && generation !== this.#link.generation;
      generation ??= this.#link.generation;
      const reply = await ask(this.#link, op, { ...fields, uuid, ...(isRepeated ? { retry: true } : {}) });
      if (reply && !isRetryable(reply.code)) {
        return reply;
      }
      await pause(reply ? backoffMs(attempt, reply.data?.retryAfter) : LOOK_MS);
    }
    return LATER;
  }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
