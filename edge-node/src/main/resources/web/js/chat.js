import { Changes } from './changes.js';
import { keep } from './keep.js';
import { Link } from './link.js';
import { Marking } from './marking.js';
import { randomId } from './names.js';
import { Outbox } from './outbox.js';
import { Pages } from './pages.js';
import { Places, parsePosition } from './places.js';
import { Presence } from './presence.js';
import { Talk, keyOf, messageOf } from './talk.js';
import { UnreadCount } from './unread-count.js';

const MOST_TALKS = 200;
const MOST_MESSAGES = 2_000;
const SAVE_MS = 300;
const LATE_MS = 3_000;

/**
 * One user's session: the conversations as the server's frames tell them, and what the user does.
 * Knows nothing of the page; `changed()` is called after anything that could show.
 */
export class Chat {
  talks = new Map();
  current = null;
  state = 'connecting';
  #places;
  #log;
  #link;
  #outbox;
  #pages;
  #marking;
  #count;
  #presence;
  /** What the list showed when this session began. */
  #lastBefore = new Map();
  #options;
  #saveTimer = 0;

  /**
   * @param options me, tokens, device, url; eyes: {open: whether the user looks at the open
   *     conversation, atEnd: whether its end is in sight}; told: changed(), stopped(code, reason)
   */
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
      attended: () => document.visibilityState === 'visible',
      resume: () => ({ at: this.#places.list(), log: this.#log }),
      state: (state) => this.#became(state),
      authenticated: (data) => this.#authenticated(data),
      push: (frame) => this.#push(frame),
      stopped: options.stopped,
    });
    this.#pages = new Pages(this.#link, (talk) => talk === this.current, (talk) => this.#paged(talk));
    this.#marking = new Marking(this.#link, () => this.#marked());
    this.#count = new UnreadCount(this.#link, (entries) => this.#counted(entries));
    this.#presence = new Presence(this.#link, () => this.list().map(({ peer }) => peer), () => this.#touched());
    this.changes = new Changes(this.me, this.#link, () => this.#touched());
    this.#outbox = new Outbox(this.me, options.device, this.#link, {
      found: (entry) => this.#showPending(entry),
      done: (entry, reply) => this.#sent(entry, reply),
    });
    this.#outbox.adopt();
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
    this.talks.forEach((talk) => Object.assign(talk.last ?? {}, { content: '' }));
    this.#link.stop(true);
    this.saveNow();
  }

  /** Conversations, the one spoken in last first. */
  list() {
    return [...this.talks.values()].sort((a, b) => (b.last?.time ?? 0) - (a.last?.time ?? 0));
  }

  unreadTotal() {
    return this.list().reduce((sum, talk) => sum + talk.unread, 0);
  }

  /** {status, lastSeen in ms} of that user; undefined where it is not known. */
  presenceOf(user) {
    return this.#presence.of(user);
  }

  open(peer) {
    const isNew = !this.talks.has(peer);
    this.close();
    this.current = this.#talk(peer);
    this.current.last ??= { time: Date.now(), content: '', mine: false };
    this.#pages.load(this.current);
    if (isNew) {
      this.#presence.watch();
    }
    this.#touched();
  }

  close() {
    const talk = this.current;
    this.current = null;
    this.#pages.reset();
    if (talk) {
      talk.error = null;
      talk.missed = null;
      this.#trim(talk);
    }
    this.#touched();
  }

  /** Whether one more message can be kept until it is sent. */
  hasRoomFor(content) {
    return this.#outbox.hasRoomFor(content);
  }

  send(content) {
    const entry = { to: this.current.peer, content, uuid: randomId(), time: Date.now() };
    this.#showPending(entry);
    this.#outbox.add(entry);
    setTimeout(() => this.#options.changed(), LATE_MS);
    this.#touched();
  }

  /** How many messages of this user are not sent yet. */
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

  /** Drops the messages that are not sent yet. */
  dropUnsent() {
    this.#outbox.forget();
  }

  /** Whether that message waits for longer than sending takes. */
  isLate({ state, time }) {
    return state === 'sending' && (this.state !== 'online' || Date.now() - time >= LATE_MS);
  }

  #showPending({ to, content, uuid, time }) {
    const frame = { to, content, uuid, time, from: this.me, type: 'text' };
    this.#talk(to).put({ ...messageOf(frame), at: null, state: 'sending' });
    this.#touched();
  }

  #sent(entry, reply) {
    const talk = this.#talk(entry.to);
    const message = talk.get(keyOf({ ...entry, from: this.me }));
    if (message && reply.code === 0) {
      const { at, time } = reply.data;
      talk.put({ ...message, state: 'sent', time, at: parsePosition(at), ackedAt: Date.now() });
    } else if (message) {
      Object.assign(message, { state: 'failed', error: reply.message });
    }
    this.#trim(talk);
    this.#touched();
  }

  /** Brings the next older page of the open conversation. */
  older() {
    return this.current && this.#pages.older(this.current);
  }

  /** The user sees those messages of the open conversation. */
  saw(keys) {
    const talk = this.current;
    keys.forEach((key) => talk?.see(key));
    if (talk) {
      talk.missed = null;
      this.markRead();
    }
  }

  /** Marks what the user saw of the open conversation, if there is anything to mark. */
  markRead() {
    if (this.current?.loaded) {
      this.#marking.mark(this.current);
    }
  }

  #marked() {
    this.#count.soon();
    this.markRead();
    this.#touched();
  }

  #paged(talk) {
    this.#trim(talk);
    this.#touched();
    this.markRead();
  }

  #became(state) {
    this.state = state;
    if (state === 'online') {
      this.#resumed();
    } else {
      this.#presence.forget();
    }
    this.#touched();
  }

  /** The session is as if it had never been away. */
  #resumed() {
    this.#pages.reset();
    this.#marking.reset();
    this.#outbox.flush();
    this.changes.flush();
    this.#presence.restart();
    this.#count.restart();
    if (this.current) {
      this.#pages.load(this.current);
      this.markRead();
    }
  }

  #push(frame) {
    if (frame.at && frame.op !== 'synced') {
      this.#places.note(frame.at);
    }
    if (frame.op === 'synced') {
      this.#synced(frame);
    } else if (frame.op === 'presence') {
      this.#presence.take(frame);
    } else if (frame.kind === 'p2p' && frame.op === 'message') {
      this.#message(frame);
    } else if (frame.kind === 'p2p' && frame.op === 'read') {
      this.#read(frame);
    } else if (frame.kind === 'p2p' && (frame.op === 'edit' || frame.op === 'recall')) {
      this.#changed(frame);
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
      const { open, atEnd } = this.#options.eyes;
      if (talk !== this.current || !open || !atEnd) {
        talk.unread++;
      }
      if (talk === this.current && !open) {
        talk.missed ??= message.key;
      }
      this.#count.doubt();
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
    const { open, atEnd } = this.#options.eyes;
    if (talk.loading || (isShown ? !isLong || !open || !atEnd : !isLong && talk.loaded)) {
      return;
    }
    talk.unload();
    if (isShown) {
      this.#pages.load(talk);
    }
  }

  #read(frame) {
    if (frame.reader === this.me) {
      this.talks.get(frame.peer)?.read(frame);
      this.#count.soon();
    } else {
      this.#talk(frame.reader).read(frame);
    }
  }

  /** An edit or a recall that another session asked for. */
  #changed(frame) {
    const talk = this.talks.get(frame.from === this.me ? frame.to : frame.from);
    const { at, time } = frame.of ?? frame;
    const edit = { content: frame.content, time, at: parsePosition(at) };
    talk?.change(keyOf(frame), frame.op === 'recall' ? { recalled: true } : edit);
    if (frame.from === this.me && this.#outbox.reached(frame) && talk && !talk.loading) {
      // Its place is not known here, but in the history.
      talk.get(keyOf(frame)).state = 'sent';
      talk.unload();
      if (talk === this.current) {
        this.#pages.load(talk);
      }
    }
  }

  /** A position belongs to its log: in another one it would hide what stands there. */
  #authenticated({ log, limits }) {
    if (this.#log !== undefined && this.#log !== log) {
      this.#places.replace([]);
      this.#forget();
    }
    this.#log = log;
    this.changes.limit(limits);
    this.#lastBefore = new Map(this.list().map((talk) => [talk, talk.last]));
  }

  #forget() {
    this.talks.forEach((talk) => talk.reset());
  }

  /** The backlog is through; the link becomes online right after this push. */
  #synced({ at, cut, reset }) {
    if (cut || reset) {
      // Changes of what the list shows may be among what was left out.
      this.#lastBefore.forEach((last, talk) => talk.last === last && talk.doubt());
    }
    if (reset) {
      this.#places.replace(at);
      this.#forget();
      return;
    }
    at.forEach((position) => this.#places.note(position));
    if (cut) {
      // Pushes no longer continue what the page holds.
      this.talks.forEach((talk) => talk.unload());
    }
  }

  #counted(entries) {
    this.talks.forEach((talk) => Object.assign(talk, { unread: 0, unreadMore: false }));
    for (const { peer, count, more } of entries) {
      Object.assign(this.#talk(peer), { unread: count, unreadMore: more === true });
    }
    this.markRead();
    this.#touched();
  }

  #talk(peer) {
    let talk = this.talks.get(peer);
    if (!talk) {
      talk = new Talk(this.me, peer);
      this.talks.set(peer, talk);
      if (this.#link?.online) {
        queueMicrotask(() => this.#presence.watch());
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
