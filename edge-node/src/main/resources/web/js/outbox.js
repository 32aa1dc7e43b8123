import { keep } from './keep.js';
import { Disconnected } from './link.js';
import { backoffMs } from './backoff.js';

const CODE_OK = 0;
const RETRYABLE = new Set([4029, 5000, 5003]);

/**
 * Own messages on their way, in the order typed. Each is offered to the server until it is
 * acknowledged or refused for good; one that may have reached it on an earlier connection (also of
 * the page before a reload) goes with `retry`, so that it is stored once.
 */
export class Outbox {
  #me;
  #link;
  #done;
  #entries;
  #failures = 0;
  #timer = 0;

  /** @param done told (entry, reply) once a message is acknowledged or refused */
  constructor(me, link, done) {
    this.#me = me;
    this.#link = link;
    this.#done = done;
    // Whatever an earlier page offered, it was on another connection.
    this.#entries = keep.outbox(me).map((kept) => ({ ...kept, offeredOn: kept.offered ? -1 : undefined }));
  }

  get entries() {
    return this.#entries;
  }

  add(entry) {
    this.#entries.push(entry);
    this.#offer(entry);
    this.#save();
  }

  /** The session stands: everything not acknowledged goes out, in order. */
  flush() {
    clearTimeout(this.#timer);
    for (const entry of this.#entries) {
      if (!entry.underWay) {
        this.#offer(entry);
      }
    }
    this.#save();
  }

  forget() {
    clearTimeout(this.#timer);
    keep.saveOutbox(this.#me, []);
  }

  async #offer(entry) {
    if (!this.#link.online) {
      return;
    }
    const { to, content, uuid } = entry;
    const fields = { kind: 'p2p', to, content, uuid };
    if (entry.offeredOn !== undefined && entry.offeredOn !== this.#link.generation) {
      fields.retry = true;
    }
    entry.offeredOn = this.#link.generation;
    entry.underWay = true;
    try {
      this.#answered(entry, await this.#link.request('send', fields));
    } catch (e) {
      entry.underWay = false;
      if (!(e instanceof Disconnected)) {
        throw e;
      }
    }
  }

  #answered(entry, reply) {
    entry.underWay = false;
    if (reply.code !== CODE_OK && RETRYABLE.has(reply.code)) {
      this.#failures++;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(
        () => this.flush(),
        backoffMs(this.#failures, reply.data?.retryAfter),
      );
      return;
    }
    this.#failures = 0;
    this.#entries.splice(this.#entries.indexOf(entry), 1);
    this.#save();
    this.#done(entry, reply);
  }

  #save() {
    keep.saveOutbox(
      this.#me,
      this.#entries.map(({ to, content, uuid, time, offeredOn }) => ({
        to,
        content,
        uuid,
        time,
        offered: offeredOn !== undefined,
      })),
    );
  }
}
