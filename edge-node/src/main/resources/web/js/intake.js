import { Ahead } from './ahead.js';
import { endOf, ownPart } from './groups.js';
import { parsePosition } from './places.js';
import { keyOf, messageOf } from './talk.js';

/** Folds what the server pushes, and what the user did in the same form, into the state of the page. */
export class Intake {
  #me;
  #talks;
  #parts;
  #told;
  #ahead = new Ahead();

  /**
   * @param parts people, topics, typing, presence
   * @param told what the session does then: holds(talk), whether it keeps its messages;
   *     received(talk, message) from somebody else for the first time; took(talk), after a message;
   *     marked() by another session of this user; changed(talk, frame) by another session of this
   *     user; left(talk); entered(topic), whose state is not known; befriended(frame)
   */
  constructor(me, talks, parts, told) {
    this.#me = me;
    this.#talks = talks;
    this.#parts = parts;
    this.#told = told;
  }

  /** What came before is of another log. */
  reset() {
    this.#ahead.clear();
  }

  take(frame) {
    const { op, kind } = frame;
    if (op === 'presence') {
      this.#parts.presence.take(frame);
    } else if (op === 'typing') {
      this.#writes(frame);
    } else if (op === 'topic') {
      this.#fact(frame);
    } else if (kind === 'mutual') {
      this.#friendship(frame);
    } else if (op === 'message') {
      this.#message(frame);
    } else if (op === 'read') {
      this.#read(frame);
    } else if (op === 'edit' || op === 'recall') {
      this.#change(frame);
    }
  }

  /** The line that tells of a friendship, in the conversation of the two. */
  noteFriendship(talk, frame) {
    talk.notes.put({ key: frame.uuid, time: frame.time, at: null, frame });
  }

  #message(frame) {
    const { kind, from, to } = frame;
    const received = kind === 'topic' ? from !== this.#me : !frame.of && to === this.#me;
    const talk = this.#talks.of(kind, received && kind !== 'topic' ? from : to);
    const message = this.#ahead.applied(`${kind} ${keyOf(frame)}`, messageOf(frame));
    const known = talk.has(message.key);
    if (known || this.#told.holds(talk)) {
      talk.receive(message);
    } else {
      talk.preview(message);
    }
    this.#parts.typing.stop(talk.key, from);
    if (received && !known) {
      this.#told.received(talk, message);
    }
    this.#told.took(talk);
  }

  #read(frame) {
    const { kind, reader, peer } = frame;
    if (kind === 'topic') {
      this.#talks.get(`/${peer}`)?.read(frame);
    } else if (reader === this.#me) {
      this.#talks.get(peer)?.read(frame);
    } else {
      this.#talks.of('p2p', reader).read(frame);
    }
    if (reader === this.#me) {
      this.#told.marked();
    }
  }

  /** An edit or a recall that another session asked for. It may come before its message. */
  #change(frame) {
    const { op, kind, from, to, content } = frame;
    const talk = this.#talks.get(kind === 'topic' ? `/${to}` : from === this.#me ? to : from);
    const { at, time } = frame.of ?? frame;
    const change = op === 'recall' ? { recalled: true } : { content, time, at: parsePosition(at) };
    talk?.change(keyOf(frame), change);
    this.#ahead.note(`${kind} ${keyOf(frame)}`, change);
    if (from === this.#me) {
      this.#told.changed(talk, frame);
    }
  }

  #writes({ kind, from, to }) {
    if (from !== this.#me) {
      this.#parts.typing.take(kind === 'topic' ? `/${to}` : from, from);
    }
  }

  /** A fact about a group. */
  #fact(frame) {
    const { topic, event, by, uuid, time, at } = frame;
    const part = ownPart(this.#me, frame);
    this.#parts.topics.take(frame, part);
    const isOwnEnd = part === 'out' && by === this.#me;
    if (isOwnEnd && !this.#talks.has(`/${topic}`)) {
      return;
    }
    const talk = this.#talks.of('topic', topic);
    talk.notes.put({ key: `${event} ${uuid ?? time}`, time, at: parsePosition(at), frame });
    talk.since ||= time;
    if (part !== null) {
      talk.closed = part === 'out' ? endOf(this.#me, frame) : null;
    }
    if (isOwnEnd) {
      this.#told.left(talk);
    } else if (part !== 'out') {
      this.#told.entered(talk, part === 'in');
    }
  }

  #friendship(frame) {
    if (frame.op !== 'message') {
      return;
    }
    this.#parts.people.take(frame);
    const talk = this.#talks.get(frame.from === this.#me ? frame.to : frame.from);
    if (talk) {
      this.noteFriendship(talk, frame);
    }
    if (frame.from !== this.#me) {
      this.#told.befriended(frame);
    }
  }
}
