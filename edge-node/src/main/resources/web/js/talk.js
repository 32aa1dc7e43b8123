import { summaryOf } from './attachment.js';
import { changed, formOf, refreshed } from './forms.js';
import { Marks } from './marks.js';
import { Notes } from './notes.js';
import { parsePosition } from './places.js';

const MOST_SHOWN = 200;

/** What tells two conversations apart: a user's name, or that of a topic behind a slash. */
export const talkKey = (kind, peer) => (kind === 'topic' ? `/${peer}` : peer);

/** What tells two messages of one kind apart, for ever. */
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
    read: frame.read === true || frame.readers > 0,
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
const start = (form, type) => ({
  content: summaryOf(type, form.content).slice(0, MOST_SHOWN),
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
  /** Why nothing can be written here any more; null where it can. */
  closed = null;
  /** When a conversation without a message began, in ms. */
  since = 0;
  notes = new Notes();
  #byKey = new Map();
  #seen = new Marks();
  #mine = new Marks();
  #peers = new Marks();
  /** Counts the changes, to tell whether the store was asked before or after one. */
  #changes = 0;
  /** Whether something was received live that is not marked as read. */
  #hasNews = false;

  /** @param peer the other user, or the topic where the kind is topic */
  constructor(me, peer, kind = 'p2p') {
    this.me = me;
    this.peer = peer;
    this.kind = kind;
    this.key = talkKey(kind, peer);
  }

  get isTopic() {
    return this.kind === 'topic';
  }

  /** How many changes are known; to be given back with what the store is asked for now. */
  get version() {
    return this.#changes;
  }

  /** When something happened here last, for the order of the list. */
  get time() {
    return this.last?.time ?? this.since;
  }

  /** Whether the newest message is one that the server refused: it goes with the page. */
  get endsRefused() {
    return this.get(this.last?.key)?.state === 'failed';
  }

  has(key) {
    return this.#byKey.has(key);
  }

  get(key) {
    return this.#byKey.get(key);
  }

  /**
   * Puts a message in its place, or brings the one that is there up to date.
   *
   * @param version of this conversation when the store was asked for it; -1 where it was pushed
   */
  put(message, version = -1) {
    const known = this.#byKey.get(message.key);
    if (known) {
      this.messages.splice(this.messages.indexOf(known), 1);
      const form = refreshed(known, message, (known.changedAt ?? 0) <= version);
      message = Object.assign(known, message, form, { read: known.read || message.read });
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

  /** Forgets a message that the server does not have. */
  remove(key) {
    const message = this.#byKey.get(key);
    if (!message || message.at) {
      return;
    }
    this.#byKey.delete(key);
    this.messages.splice(this.messages.indexOf(message), 1);
    if (this.last?.key === key) {
      this.last = null;
      this.since = message.time;
      this.messages.forEach((each) => this.preview(each));
    }
  }

  /** Puts a message that came just now from somebody else, or from another session of this user. */
  receive(message) {
    this.#hasNews ||= message.from !== this.me;
    this.put(message);
  }

  /** Shows the message in the list if it is the newest. */
  preview(message) {
    if (!this.last || message.time >= this.last.time) {
      const { key, time, from, type } = message;
      const form = this.last?.key === key ? refreshed(this.last, message) : message;
      this.last = { key, time, mine: from === this.me, from, ...start(form, type) };
    }
  }

  /** What the list shows may have changed meanwhile: it says nothing until it is known again. */
  doubt() {
    this.last &&= { time: this.last.time, mine: this.last.mine, content: '' };
  }

  /** Takes an edit or a recall. Where the message is not loaded, a page will bring its newest form. */
  change(key, change) {
    const message = this.#byKey.get(key);
    this.#changes++;
    if (message) {
      Object.assign(message, changed(message, change), { changedAt: this.#changes });
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
    this.notes.clear();
    this.unload();
  }

  /** The push of a mark, the peer's or, from another device, this user's own. */
  read(frame) {
    const marks = frame.reader === this.me ? this.#mine : this.#peers;
    marks.take(frame);
    if (this.isTopic && frame.uuids) {
      // In a topic the names move the mark to the newest of them.
      const named = new Set(frame.uuids);
      this.messages.filter(({ uuid, at }) => at && named.has(uuid)).forEach(({ at }) => marks.note(at));
    }
    this.#applyMarks();
  }

  /** This user's own mark was taken. */
  marked(position) {
    this.#mine.note(position);
    this.#hasNews = false;
    this.#applyMarks();
  }

  /** The user saw that message, and so what stands before it. */
  see(key) {
    const message = this.#byKey.get(key);
    if (message && this.isReceived(message)) {
      this.#seen.note(message.at);
    }
  }

  /** The newest received message that was seen and is neither read nor marked, or null. */
  toMark() {
    const newest = this.messages.findLast((message) => this.isReceived(message) && this.#seen.cover(message));
    if (!newest || newest.at.offset <= this.#mine.upTo(newest.at.place)) {
      return null;
    }
    const isNews = this.isTopic ? this.#hasNews : !newest.read;
    return isNews || this.unread > 0 ? newest : null;
  }

  /** The oldest unread message of those that are loaded, or null. */
  firstUnread() {
    return this.#unread()[0] ?? null;
  }

  /** Whether there may be unread messages before those that are loaded. */
  hasOlderUnread() {
    if (this.next === null) {
      return false;
    }
    if (this.isTopic) {
      return this.#unread().length < this.unread;
    }
    const oldest = this.messages.find((message) => this.isReceived(message));
    return oldest ? !oldest.read : this.unread > 0;
  }

  /** The store does not tell of a topic's message whether this user read it, but counts how many are not. */
  #unread() {
    const unread = this.messages.filter((message) => this.isReceived(message) && !message.read);
    return this.isTopic ? unread.slice(unread.length - Math.min(unread.length, this.unread)) : unread;
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

  /** Whether that message came to this user, also where the user is its sender. */
  isReceived(message) {
    const isForMe = this.isTopic ? message.from !== this.me : message.to === this.me;
    return isForMe && Boolean(message.at);
  }

  #applyMarks() {
    for (const message of this.messages) {
      message.read ||= this.#isRead(message);
    }
  }

  /** Received messages wear this user's marks, own ones the peer's. */
  #isRead(message) {
    return (this.isReceived(message) ? this.#mine : this.#peers).cover(message);
  }
}
