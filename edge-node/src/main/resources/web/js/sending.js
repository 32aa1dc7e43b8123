import { randomId } from './names.js';
import { Outbox } from './outbox.js';
import { parsePosition } from './places.js';
import { keyOf, messageOf } from './talk.js';
import { fault } from './words.js';

const LATE_MS = 3_000;

/** Own messages from the moment they are written until the server has them, as the page shows them. */
export class Sending {
  #me;
  #link;
  #talks;
  #told;
  #outbox;

  /**
   * @param told changed() after anything that could show; acked(talk) once the server has a message;
   *     outdated(talk) where the history alone says where an own message stands
   */
  constructor(me, device, link, talks, told) {
    this.#me = me;
    this.#link = link;
    this.#talks = talks;
    this.#told = told;
    this.#outbox = new Outbox(me, device, link, {
      found: (entry) => this.#show(entry),
      done: (entry, reply) => this.#done(entry, reply),
    });
    this.#outbox.adopt();
  }

  /** Whether one more message can be kept until it is sent. */
  hasRoomFor(content) {
    return this.#outbox.hasRoomFor(content);
  }

  send({ kind, peer }, content, type) {
    const entry = { kind, to: peer, type, content, uuid: randomId(), time: Date.now() };
    this.#show(entry);
    this.#outbox.add(entry);
    setTimeout(() => this.#told.changed(), LATE_MS);
    this.#told.changed();
  }

  /** A session stands: what is not acknowledged goes out. */
  flush() {
    this.#outbox.flush();
  }

  /** How many messages are not sent yet. */
  get unsent() {
    return this.#outbox.size;
  }

  /** How many of them the browser could not keep: they are lost with the page. */
  get atRisk() {
    return this.#outbox.atRisk;
  }

  /** Whether that message is lost where the page is closed before it is sent. */
  isAtRisk({ state, uuid }) {
    return state === 'sending' && this.#outbox.isAtRisk(uuid);
  }

  /** Whether that message waits for longer than sending takes. */
  isLate({ state, time }) {
    return state === 'sending' && (!this.#link.online || Date.now() - time >= LATE_MS);
  }

  /** Drops the messages that are not sent yet. */
  drop() {
    this.#outbox.forget();
  }

  /** The server has an own message that waits here, as a change of it by another session shows. */
  reached(talk, frame) {
    if (this.#outbox.reached(frame) && talk && !talk.loading) {
      // Its place is not known here, but in the history.
      talk.get(keyOf(frame)).state = 'sent';
      talk.unload();
      this.#told.outdated(talk);
    }
  }

  #show({ kind = 'p2p', to, type = 'text', content, uuid, time }) {
    const frame = { to, content, uuid, time, from: this.#me, type };
    this.#talks.of(kind, to).put({ ...messageOf(frame), at: null, state: 'sending' });
    this.#told.changed();
  }

  #done(entry, reply) {
    const talk = this.#talks.of(entry.kind ?? 'p2p', entry.to);
    const message = talk.get(keyOf({ ...entry, from: this.#me }));
    if (message && reply.code === 0) {
      const { at, time } = reply.data;
      talk.put({ ...message, state: 'sent', time, at: parsePosition(at), ackedAt: Date.now() });
      // Whoever writes to themselves has seen it.
      talk.see(message.key);
    } else if (message) {
      Object.assign(message, { state: 'failed', error: fault('send', reply) });
    }
    this.#told.acked(talk);
    this.#told.changed();
  }
}
