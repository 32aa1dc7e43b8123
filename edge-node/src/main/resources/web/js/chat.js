import { keep } from './keep.js';
import { Disconnected, Link } from './link.js';
import { randomId } from './names.js';
import { Outbox } from './outbox.js';
import { Places, parsePosition } from './places.js';
import { Retry, isRetryable } from './retry.js';
import { Talk, keyOf, messageOf } from './talk.js';

const PAGE = 50;
const MOST_TALKS = 200;
const MOST_WATCHED = 200;
const MOST_MESSAGES = 2_000;
const SAVE_MS = 300;
const COUNT_MS = 200;
const TRYING_AGAIN = 'The messages cannot be had just now. Trying again…';

/**
 * One user's session: the conversations as the server's frames tell them, and what the user does.
 * Knows nothing of the page; `changed()` is called after anything that could show.
 */
export class Chat {
  talks = new Map();
  presence = new Map();
  current = null;
  status = { state: 'connecting' };
  #places;
  #log;
  #link;
  #outbox;
  #options;
  #saveTimer = 0;
  #countTimer = 0;
  #counting = false;
  #countAgain = false;
  #pageRetry = new Retry();
  #markRetry = new Retry();
  #countRetry = new Retry();
  #watchRetry = new Retry();
  #attending = () => false;

  /** @param options me, tokens, device, url; told: changed(), stopped(code, reason) */
  constructor(options) {
    this.me = options.me;
    this.#options = options;
    const kept = keep.user(this.me);
    this.#places = new Places(kept.at ?? []);
    this.#log = kept.log;
    for (const { peer, last } of kept.talks ?? []) {
      this.#talk(peer).last = last;
    }
    this.#link = new Link({
      url: options.url,
      tokens: options.tokens,
      device: options.device,
      resume: () => ({ at: this.#places.list(), log: this.#log }),
      state: (state, delayMs) => this.#became(state, delayMs),
      authenticated: (data) => this.#authenticated(data),
      push: (frame) => this.#push(frame),
      stopped: options.stopped,
    });
    this.#outbox = new Outbox(this.me, this.#link, (entry, reply) => this.#sent(entry, reply));
    for (const entry of this.#outbox.entries) {
      this.#showPending(entry);
    }
  }

  start() {
    this.#link.start();
  }

  /** The network or the user is back. */
  wake() {
    this.#link.wake();
  }

  /** Leaves without forgetting anything. */
  leave() {
    this.saveNow();
    this.#link.stop();
  }

  /** Leaves on purpose: what was said does not stay in the browser, with whom does. */
  logout() {
    this.talks.forEach((talk) => Object.assign(talk.last ?? {}, { text: '' }));
    this.#outbox.forget();
    this.#link.stop(true);
    this.saveNow();
  }

  /** Asked before something is marked as read: does the user see the end of that conversation? */
  set attending(attending) {
    this.#attending = attending;
  }

  /** Conversations, the one spoken in last first. */
  list() {
    return [...this.talks.values()].sort((a, b) => (b.last?.time ?? 0) - (a.last?.time ?? 0));
  }

  unreadTotal() {
    return this.list().reduce((sum, talk) => sum + talk.unread, 0);
  }

  open(peer) {
    const isNew = !this.talks.has(peer);
    this.close();
    this.current = this.#talk(peer);
    this.current.last ??= { time: Date.now(), text: '', mine: false };
    this.#load(this.current);
    if (isNew) {
      this.#watchPresence();
    }
    this.#touched();
  }

  close() {
    const talk = this.current;
    this.current = null;
    this.#pageRetry.reset();
    if (talk) {
      talk.error = null;
      this.#trim(talk);
    }
    this.#touched();
  }

  send(content) {
    const entry = { to: this.current.peer, content, uuid: randomId(), time: Date.now() };
    this.#showPending(entry);
    this.#outbox.add(entry);
    this.#touched();
  }

  #showPending({ to, content, uuid, time }) {
    const frame = { to, content, uuid, time, from: this.me, type: 'text' };
    this.#talk(to).put({ ...messageOf(frame), at: null, state: 'sending' });
  }

  #sent(entry, reply) {
    const talk = this.#talk(entry.to);
    const message = talk.get(keyOf({ ...entry, from: this.me }));
    if (message && reply.code === 0) {
      const { at, time } = reply.data;
      talk.put({ ...message, state: 'sent', time, at: parsePosition(at) });
    } else if (message) {
      Object.assign(message, { state: 'failed', error: reply.message });
    }
    this.#trim(talk);
    this.#touched();
  }

  /** The next older page; resolves once it is there or cannot be had now. */
  async older() {
    const talk = this.current;
    if (talk?.loaded && talk.next && !talk.loading && !this.#pageRetry.waiting) {
      await this.#page(talk, talk.next);
    }
  }

  async #load(talk) {
    if (this.#link.online && !talk.loaded && !talk.loading) {
      await this.#page(talk, null);
    }
  }

  async #page(talk, before) {
    talk.loading = true;
    this.#touched();
    try {
      const fields = { kind: 'p2p', peer: talk.peer, limit: PAGE };
      const reply = await this.#link.request('history', before ? { ...fields, before } : fields);
      if (reply.code === 0) {
        reply.data.messages.forEach((frame) => talk.put(messageOf(frame)));
        talk.next = reply.data.next ?? null;
        talk.loaded = true;
      }
      this.#paged(talk, reply);
    } catch (e) {
      if (!(e instanceof Disconnected)) {
        throw e;
      }
    } finally {
      talk.loading = false;
      this.#trim(talk);
      this.#touched();
    }
    this.markRead();
  }

  /** Whoever waits for a page that was refused sees why, and gets it later. */
  #paged(talk, reply) {
    if (talk !== this.current) {
      return;
    }
    if (isRetryable(reply.code)) {
      talk.error = TRYING_AGAIN;
      this.#pageRetry.later(() => (talk.loaded ? this.older() : this.#load(talk)), reply);
    } else {
      talk.error = reply.code === 0 ? null : reply.message;
      this.#pageRetry.reset();
    }
  }

  /** Marks what the user sees now, if there is anything to mark. */
  async markRead() {
    const talk = this.current;
    if (!talk?.loaded || !this.#link.online || !this.#attending(talk)) {
      return;
    }
    const newest = talk.toMark();
    if (!newest || talk.marking || this.#markRetry.waiting) {
      return;
    }
    const upTo = `${newest.at.place}/${newest.at.offset}`;
    talk.marking = true;
    try {
      const reply = await this.#link.request('read', { kind: 'p2p', peer: talk.peer, upTo });
      if (reply.code === 0) {
        this.#markRetry.reset();
        talk.marked(newest.at);
        this.#countSoon();
      } else {
        // Whatever is drawn meanwhile asks for the mark again: not before the server wants it.
        this.#markRetry.later(() => this.markRead(), reply);
      }
    } catch (e) {
      if (!(e instanceof Disconnected)) {
        throw e;
      }
    } finally {
      talk.marking = false;
    }
    this.#touched();
  }

  #became(state, delayMs) {
    this.status = { state, until: delayMs === undefined ? 0 : Date.now() + delayMs };
    if (state !== 'online') {
      this.presence.clear();
    }
    this.#touched();
  }

  #push(frame) {
    if (frame.at && frame.op !== 'synced') {
      this.#places.note(frame.at);
    }
    if (frame.op === 'synced') {
      this.#synced(frame);
    } else if (frame.op === 'presence') {
      this.presence.set(frame.user, frame.status);
    } else if (frame.kind === 'p2p' && frame.op === 'message') {
      this.#message(frame);
    } else if (frame.kind === 'p2p' && frame.op === 'read') {
      this.#read(frame);
    }
    this.#touched();
  }

  #message(frame) {
    const received = !frame.of && frame.to === this.me;
    const talk = this.#talk(received ? frame.from : frame.to);
    const message = messageOf(frame);
    const known = talk.has(message.key);
    if (talk === this.current || talk.loaded || talk.loading || known) {
      talk.put(message);
    } else {
      talk.preview(message);
    }
    if (received && !known) {
      if (talk !== this.current || !this.#attending(talk)) {
        talk.unread++;
      }
      this.#countAgain ||= this.#counting;
      this.markRead();
    }
    this.#trim(talk);
  }

  /**
   * A page that is open for weeks stays small: a long conversation begins again at its end. One that
   * is not shown and not loaded keeps nothing, which later pages would leave a gap to.
   */
  #trim(talk) {
    const isShown = talk === this.current;
    const isLong = talk.messages.length > MOST_MESSAGES;
    if (talk.loading || (isShown ? !isLong || !this.#attending(talk) : !isLong && talk.loaded)) {
      return;
    }
    talk.unload();
    if (isShown) {
      this.#load(talk);
    }
  }

  #read(frame) {
    if (frame.reader === this.me) {
      this.talks.get(frame.peer)?.read(frame);
      this.#countSoon();
    } else {
      this.#talk(frame.reader).read(frame);
    }
  }

  /** A position belongs to its log: in another one it would hide what stands there. */
  #authenticated({ log }) {
    if (this.#log !== undefined && this.#log !== log) {
      this.#places.replace([]);
      this.#forget();
    }
    this.#log = log;
  }

  #forget() {
    this.talks.forEach((talk) => talk.reset());
  }

  /** The backlog is through: the session is as if it had never been away. */
  #synced({ at, cut, reset }) {
    if (reset) {
      this.#places.replace(at);
    } else {
      at.forEach((position) => this.#places.note(position));
    }
    if (reset) {
      this.#forget();
    } else if (cut) {
      // Pushes no longer continue what the page holds.
      this.talks.forEach((talk) => talk.unload());
    }
    // The state becomes online right behind this push.
    queueMicrotask(() => {
      [this.#pageRetry, this.#markRetry, this.#countRetry, this.#watchRetry].forEach((retry) => retry.reset());
      this.#outbox.flush();
      this.#watchPresence();
      this.#countSoon(0);
      if (this.current) {
        this.#load(this.current).then(() => this.markRead());
      }
    });
  }

  #countSoon(delayMs = COUNT_MS) {
    clearTimeout(this.#countTimer);
    this.#countTimer = setTimeout(() => this.#count(), delayMs);
  }

  /** The server counts; what is pushed while it answers makes the answer doubtful. */
  async #count() {
    if (this.#counting || !this.#link.online || this.#countRetry.waiting) {
      this.#countAgain ||= this.#counting;
      return;
    }
    this.#counting = true;
    this.#countAgain = false;
    try {
      const reply = await this.#link.request('unread');
      if (reply.code === 0) {
        this.#countRetry.reset();
        this.#counted(reply.data.p2p);
      } else if (isRetryable(reply.code)) {
        this.#countRetry.later(() => this.#count(), reply);
      }
    } catch (e) {
      if (!(e instanceof Disconnected)) {
        throw e;
      }
    } finally {
      this.#counting = false;
    }
    if (this.#countAgain && !this.#countRetry.waiting) {
      this.#countSoon();
    }
    this.#touched();
  }

  #counted(entries) {
    this.talks.forEach((talk) => Object.assign(talk, { unread: 0, unreadMore: false }));
    for (const { peer, count, more } of entries) {
      Object.assign(this.#talk(peer), { unread: count, unreadMore: more === true });
    }
    this.markRead();
  }

  async #watchPresence() {
    const users = this.list().map((talk) => talk.peer).slice(0, MOST_WATCHED);
    if (users.length === 0 || !this.#link.online || this.#watchRetry.waiting) {
      return;
    }
    try {
      const reply = await this.#link.request('presence.watch', { users });
      if (isRetryable(reply.code)) {
        this.#watchRetry.later(() => this.#watchPresence(), reply);
      }
      for (const { user, status } of reply.data?.presence ?? []) {
        this.presence.set(user, status);
      }
      this.#touched();
    } catch (e) {
      if (!(e instanceof Disconnected)) {
        throw e;
      }
    }
  }

  #talk(peer) {
    let talk = this.talks.get(peer);
    if (!talk) {
      talk = new Talk(this.me, peer);
      this.talks.set(peer, talk);
      if (this.#link?.online) {
        queueMicrotask(() => this.#watchPresence());
      }
    }
    return talk;
  }

  #touched() {
    this.#saveTimer ||= setTimeout(() => this.saveNow(), SAVE_MS);
    this.#options.changed();
  }

  saveNow() {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = 0;
    keep.saveUser(this.me, {
      log: this.#log,
      at: this.#places.list(),
      talks: this.list().slice(0, MOST_TALKS).map(({ peer, last }) => ({ peer, last })),
    });
  }
}
