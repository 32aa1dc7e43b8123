import { changed, formOf, refreshed } from './forms.js';
import { Marks } from './marks.js';
import { parsePosition } from './places.js';

const MOST_SHOWN = 200;

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
    ...formOf(frame),
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

/** The form of a message as far as the list shows it. */
const start = (form) => ({
  content: form.content.slice(0, MOST_SHOWN),
  recalled: form.recalled,
  edited: form.edited,
  editAt: form.editAt,
});

/** One conversation: its messages in the order of display, and what is known of it without them. */
export class Talk {
  messages = [];
  /** Whether the newest page of history is in `messages`, so that pushes continue it. */
  loaded = false;
  loading = false;
  /** Why the last page did not come; null where it did. */
  error = null;
  /** The cursor of the next older page; null at the beginning of the conversation. */
  next = null;
  unread = 0;
  unreadMore = false;
  /** The start of the newest message, for the list: {key, time, mine, content, ...}. */
  last = null;
  draft = '';
  /** The edit that the user is at, as Changes holds it; null without one. */
  edit = null;
  /** What the user is still to be told of it; null where nothing. */
  notice = null;
  /** The key of the first message that came while the user looked elsewhere; null where none did. */
  missed = null;
  #byKey = new Map();
  #seen = new Marks();
  #mine = new Marks();
  #peers = new Marks();

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
      message = Object.assign(known, message, refreshed(known, message), { read: known.read || message.read });
    }
    message.read ||= this.#isRead(message);
    this.#endEdit(message);
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
      const { key, time } = message;
      const form = this.last?.key === key ? refreshed(this.last, message) : message;
      this.last = { key, time, mine: message.from === this.me, ...start(form) };
    }
  }

  /** What the list shows may have changed meanwhile: it says nothing until it is known again. */
  doubt() {
    this.last &&= { time: this.last.time, mine: this.last.mine, content: '' };
  }

  /** Takes an edit or a recall. Where the message is not loaded, a page will bring its newest form. */
  change(key, change) {
    const message = this.#byKey.get(key);
    if (message) {
      Object.assign(message, changed(message, change));
      this.#endEdit(message);
    }
    if (this.last?.key === key) {
      this.last = { ...this.last, ...start(changed(this.last, change)) };
    }
  }

  /** What is recalled cannot be edited any more, and its text does not stay in the composer. */
  #endEdit({ key, recalled }) {
    if (recalled && this.edit?.key === key) {
      this.edit = null;
      this.notice = 'The message that you were editing was deleted.';
    }
  }

  /** Forgets the messages that the server has; those on their way stay. */
  unload() {
    const pending = this.messages.filter((m) => m.state !== 'sent');
    this.messages = [];
    this.#byKey.clear();
    this.loaded = false;
    this.next = null;
    this.error = null;
    pending.forEach((m) => this.put(m));
  }

  /** Forgets also who has read how far: the log is not the one that it was. */
  reset() {
    this.#mine.clear();
    this.#peers.clear();
    this.#seen.clear();
    this.missed = null;
    this.unload();
  }

  /** The push of a mark, the peer's or, from another device, this user's own. */
  read(frame) {
    (frame.reader === this.me ? this.#mine : this.#peers).take(frame);
    this.#applyMarks();
  }

  /** This user's own mark was taken. */
  marked(position) {
    this.#mine.note(position);
    this.#applyMarks();
  }

  /** The user saw that message, and so what stands before it. */
  see(key) {
    const message = this.#byKey.get(key);
    if (message?.at && message.to === this.me) {
      this.#seen.note(message.at);
    }
  }

  /** The newest received message that was seen and is neither read nor marked, or null. */
  toMark() {
    const newest = this.messages.findLast((message) => this.#isReceived(message) && this.#seen.cover(message));
    if (!newest || newest.at.offset <= this.#mine.upTo(newest.at.place)) {
      return null;
    }
    return !newest.read || this.unread > 0 ? newest : null;
  }

  /** The oldest unread message of those that are loaded, or null. */
  firstUnread() {
    return this.messages.find((message) => this.#isReceived(message) && !message.read) ?? null;
  }

  /** Whether there may be unread messages before those that are loaded. */
  hasOlderUnread() {
    if (this.next === null) {
      return false;
    }
    const oldest = this.messages.find((message) => this.#isReceived(message));
    return oldest ? !oldest.read : this.unread > 0;
  }

  /** The newest own message that is not acknowledged yet, or null. */
  waiting() {
    for (let i = this.messages.length - 1; i >= 0 && !this.messages[i].at; i--) {
      if (this.messages[i].state === 'sending') {
        return this.messages[i];
      }
    }
    return null;
  }

  #isReceived(message) {
    return message.to === this.me && message.at !== null;
  }

  #applyMarks() {
    for (const message of this.messages) {
      message.read ||= this.#isRead(message);
    }
  }

  /** Received messages wear this user's marks, own ones the peer's. */
  #isRead(message) {
    return (message.to === this.me ? this.#mine : this.#peers).cover(message);
  }
}
