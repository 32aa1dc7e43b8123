import { whileUnused } from './device.js';
import { keep } from './keep.js';
import { ask } from './link.js';
import { Retry, isRetryable } from './retry.js';

const MOST_ENTRIES = 200;
const MOST_CHARACTERS = 1_000_000;

/** Whom an entry is for: a user and a group may have one name. */
const targetOf = ({ kind = 'p2p', to }) => `${kind}/${to}`;

/**
 * Own messages on their way, in the order typed. Each is offered to the server until it is
 * acknowledged or refused for good, also after the page was closed: they are kept in the browser
 * per user and device, and the user's next page takes over those of pages that are gone. One that
 * may have reached the server on an earlier connection goes with `retry`, so that it is stored once.
 * To one recipient they go one by one: whatever was offered after one that the server could not
 * take would overtake it.
 */
export class Outbox {
  #me;
  #device;
  #link;
  #found;
  #done;
  #entries = [];
  #retry = new Retry();

  /** @param told found(entry) for each that an earlier page left; done(entry, reply) for each that
   *     is acknowledged or refused */
  constructor(me, device, link, { found, done }) {
    this.#me = me;
    this.#device = device;
    this.#link = link;
    this.#found = found;
    this.#done = done;
    this.#take(keep.outbox(me, device));
  }

  get isEmpty() {
    return this.#entries.length === 0;
  }

  get size() {
    return this.#entries.length;
  }

  /** Whether one more can be kept until it is sent. */
  hasRoomFor(content) {
    const characters = this.#entries.reduce((sum, entry) => sum + entry.content.length, content.length);
    return this.#entries.length < MOST_ENTRIES && characters <= MOST_CHARACTERS;
  }

  /** How many of the messages are lost where the page is closed now. */
  get atRisk() {
    return this.#entries.filter((entry) => !entry.isKept).length;
  }

  /** Whether that message is lost where the page is closed before it is sent. */
  isAtRisk(uuid) {
    return this.#entries.some((entry) => entry.uuid === uuid && !entry.isKept);
  }

  add(entry) {
    this.#entries.push(entry);
    this.#save();
    this.#offerTo(targetOf(entry));
  }

  /**
   * The server has that message, as another session saw, though the reply that says so is still to
   * come. Tells whether it waited here.
   */
  reached({ kind, to, uuid }) {
    const target = targetOf({ kind, to });
    const place = this.#entries.findIndex((entry) => targetOf(entry) === target && entry.uuid === uuid);
    if (place >= 0) {
      this.#remove(place);
    } else {
      this.#dropCopies({ uuid });
    }
    return place >= 0;
  }

  /** Takes over what pages that are gone left. */
  async adopt() {
    for (const device of keep.outboxDevices(this.#me)) {
      if (device !== this.#device) {
        await whileUnused(device, () => {
          this.#take(keep.outbox(this.#me, device));
          // Where this page cannot keep them, they stay with the page that left them.
          if (this.#save() && navigator.locks) {
            keep.saveOutbox(this.#me, device, []);
          }
        });
      }
    }
    this.#offerAll();
  }

  /** The session stands: what is not acknowledged goes out. */
  flush() {
    this.#retry.reset();
    this.#offerAll();
    return this.adopt();
  }

  /** Drops what is not sent. */
  forget() {
    this.#retry.reset();
    const dropped = this.#entries;
    this.#entries = [];
    this.#save();
    dropped.forEach((entry) => this.#dropCopies(entry));
  }

  /** What another page wrote was perhaps offered already, on another connection. */
  #take(kept) {
    const known = new Set(this.#entries.map(({ uuid }) => uuid));
    const added = kept.filter(({ uuid }) => !known.has(uuid)).map((entry) => ({ ...entry, offeredOn: -1, isKept: true }));
    this.#entries = [...this.#entries, ...added].sort((a, b) => a.time - b.time);
    added.forEach((entry) => this.#found(entry));
  }

  #offerAll() {
    new Set(this.#entries.map(targetOf)).forEach((target) => this.#offerTo(target));
  }

  /** Offers the first to that recipient, unless one is under way. */
  #offerTo(target) {
    const waiting = this.#entries.filter((entry) => targetOf(entry) === target);
    if (this.#link.online && waiting.length > 0 && !waiting.some((entry) => entry.isUnderWay)) {
      this.#offer(waiting[0]);
    }
  }

  async #offer(entry) {
    const { kind = 'p2p', to, type = 'text', content, uuid } = entry;
    const fields = { kind, to, content, uuid, ...(type === 'text' ? {} : { type }) };
    if (entry.offeredOn !== undefined && entry.offeredOn !== this.#link.generation) {
      fields.retry = true;
    }
    entry.offeredOn = this.#link.generation;
    entry.isUnderWay = true;
    const reply = await ask(this.#link, 'send', fields);
    entry.isUnderWay = false;
    if (reply) {
      this.#answered(entry, reply);
    }
  }

  #answered(entry, reply) {
    const place = this.#entries.indexOf(entry);
    if (place < 0) {
      return;
    }
    if (isRetryable(reply.code)) {
      this.#retry.later(() => this.#offerAll(), reply);
      return;
    }
    this.#remove(place);
    this.#done(entry, reply);
  }

  #remove(place) {
    const [entry] = this.#entries.splice(place, 1);
    this.#save();
    this.#dropCopies(entry);
    this.#offerTo(targetOf(entry));
    if (this.isEmpty) {
      this.#retry.reset();
    }
  }

  /** The page that left an entry may have its copy yet, which is not needed any more. */
  #dropCopies({ uuid }) {
    for (const device of keep.outboxDevices(this.#me)) {
      const kept = keep.outbox(this.#me, device);
      const left = kept.filter((each) => each.uuid !== uuid);
      if (device !== this.#device && left.length < kept.length) {
        keep.saveOutbox(this.#me, device, left);
      }
    }
  }

  /** Tells whether the browser kept them all. An earlier list stays where it did not. */
  #save() {
    const kept = this.#entries.map(({ kind, to, type, content, uuid, time }) => ({ kind, to, type, content, uuid, time }));
    const isKept = keep.saveOutbox(this.#me, this.#device, kept);
    if (isKept) {
      this.#entries.forEach((entry) => Object.assign(entry, { isKept }));
    }
    return isKept;
  }
}
