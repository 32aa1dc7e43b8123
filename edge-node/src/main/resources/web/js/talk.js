import { parsePosition } from './places.js';

/** What tells two messages apart, for ever. */
export function keyOf({ to, uuid, from }) {
  return `${to}/${from}/${uuid}`;
}

/**
 * A message as the page holds it, from a push or a page of history. The copy of an own message says
 * in `of` where the original stands: that is its place.
 */
export function messageOf(frame) {
  const origin = frame.of ?? frame;
  return {
    key: keyOf(frame),
    uuid: frame.uuid,
    from: frame.from,
    to: frame.to,
    type: frame.type,
    content: frame.content,
    recalled: frame.recalled === true,
    edited: Boolean(frame.edited),
    time: origin.time,
    at: parsePosition(origin.at),
    state: 'sent',
    read: frame.read === true,
  };
}

/** Positive where a stands behind b: one direction in its log order, the two merged by time. */
function order(a, b) {
  if (!a.at || !b.at) {
    return (a.at ? 0 : 1) - (b.at ? 0 : 1) || a.time - b.time;
  }
  if (a.at.place === b.at.place) {
    return a.at.offset - b.at.offset;
  }
  return a.time - b.time || (a.at.place < b.at.place ? -1 : 1);
}

/** One conversation: its messages in the order of display, and what is known of it without them. */
export class Talk {
  messages = [];
  /** Whether the newest page of history is in `messages`, so that pushes continue it. */
  loaded = false;
  loading = false;
  /** The cursor of the next older page; null at the beginning of the conversation. */
  next = null;
  unread = 0;
  unreadMore = false;
  /** Shown in the list: {time, text, mine}. */
  last = null;
  draft = '';
  #byKey = new Map();
  #marks = new Map();
  #readUuids = new Set();
  #markedUpTo = -1;

  constructor(me, peer) {
    this.me = me;
    this.peer = peer;
  }

  has(key) {
    return this.#byKey.has(key);
  }

  get(key) {
    return this.#byKey.get(key);
  }

  /** Puts a message in its place, or brings the one that is there up to date. */
  put(message) {
    const known = this.#byKey.get(message.key);
    if (known) {
      this.messages.splice(this.messages.indexOf(known), 1);
      message = Object.assign(known, message, { read: known.read || message.read });
    }
    message.read ||= this.#isMarked(message);
    this.#byKey.set(message.key, message);
    let i = this.messages.length;
    while (i > 0 && order(this.messages[i - 1], message) > 0) {
      i--;
    }
    this.messages.splice(i, 0, message);
    this.preview(message);
  }

  /** Shows the message in the list if it is the newest. */
  preview(message) {
    if (!this.last || message.time >= this.last.time) {
      const mine = message.from === this.me;
      this.last = { time: message.time, text: message.recalled ? '' : message.content.slice(0, 200), mine };
    }
  }

  /** Forgets the messages that the server has; those on their way stay. */
  unload() {
    const pending = this.messages.filter((m) => m.state !== 'sent');
    this.messages = [];
    this.#byKey.clear();
    this.loaded = false;
    this.next = null;
    this.#markedUpTo = -1;
    pending.forEach((m) => this.put(m));
  }

  /** The peer has read: everything up to a place in the peer's partition, or some. */
  peerRead({ upTo, uuids }) {
    const mark = parsePosition(upTo);
    if (mark) {
      this.#marks.set(mark.place, Math.max(mark.offset, this.#marks.get(mark.place) ?? -1));
    }
    (uuids ?? []).forEach((uuid) => this.#readUuids.add(uuid));
    for (const message of this.messages) {
      message.read ||= this.#isMarked(message);
    }
  }

  /** Own messages wear the peer's marks. */
  #isMarked(message) {
    if (message.from !== this.me || !message.at) {
      return false;
    }
    return this.#readUuids.has(message.uuid) || message.at.offset <= (this.#marks.get(message.at.place) ?? -1);
  }

  /** The newest received message that is neither read nor marked, or null. */
  toMark() {
    for (let i = this.messages.length - 1; i >= 0; i--) {
      const message = this.messages[i];
      if (message.to === this.me && message.at) {
        return message.at.offset > this.#markedUpTo && (!message.read || this.unread > 0) ? message : null;
      }
    }
    return null;
  }

  /** This user's own mark was taken. */
  marked({ offset }) {
    this.#markedUpTo = Math.max(this.#markedUpTo, offset);
    for (const message of this.messages) {
      if (message.to === this.me && message.at && message.at.offset <= offset) {
        message.read = true;
      }
    }
  }
}
