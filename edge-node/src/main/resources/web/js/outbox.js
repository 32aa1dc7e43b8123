import { keep } from './keep.js';
import { Disconnected } from './link.js';
import { Retry, isRetryable } from './retry.js';

/**
 * Own messages on their way, in the order typed. Each is offered to the server until it is
 * acknowledged or refused for good; one that may have reached it on an earlier connection (also of
 * the page before a reload) goes with `retry`, so that it is stored once. To one recipient they go
 * one by one: whatever was offered behind one that the server could not take would overtake it.
 */
export class Outbox {
  #me;
  #link;
  #done;
  #entries;
  #retry = new Retry();

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
    if (this.#first(entry.to) === entry) {
      this.#offer(entry);
    }
    this.#save();
  }

  /** The session stands: what is not acknowledged goes out. */
  flush() {
    this.#retry.reset();
    this.#offerAll();
  }

  forget() {
    this.#retry.reset();
    keep.saveOutbox(this.#me, []);
  }

  #first(to) {
    return this.#entries.find((entry) => entry.to === to);
  }

  #offerAll() {
    for (const to of new Set(this.#entries.map((entry) => entry.to))) {
      const entry = this.#first(to);
      if (!entry.underWay) {
        this.#offer(entry);
      }
    }
    this.#save();
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
    if (isRetryable(reply.code)) {
      this.#retry.later(() => this.#offerAll(), reply);
      return;
    }
    this.#entries.splice(this.#entries.indexOf(entry), 1);
    const next = this.#first(entry.to);
    if (next) {
      this.#offer(next);
    } else if (this.#entries.length === 0) {
      this.#retry.reset();
    }
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
