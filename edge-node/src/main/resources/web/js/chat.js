import { Changes } from './changes.js';
import { Commands } from './commands.js';
import { Conversations } from './conversations.js';
import { friendLine } from './friends.js';
import { factLine } from './groups.js';
import { Intake } from './intake.js';
import { keep } from './keep.js';
import { Link, ask } from './link.js';
import { Marking } from './marking.js';
import { Pages } from './pages.js';
import { People } from './people.js';
import { Places } from './places.js';
import { Presence } from './presence.js';
import { Sending } from './sending.js';
import { messageOf } from './talk.js';
import { Talks } from './talks.js';
import { Topics } from './topics.js';
import { Typing } from './typing.js';
import { UnreadCount } from './unread-count.js';
import { fault } from './words.js';

const MOST_TALKS = 200;
const MOST_MESSAGES = 2_000;
const SAVE_MS = 300;
const MOST_NOTES = 100;

/**
 * One user's session: the conversations as the server's frames tell them, and what the user does.
 * Knows nothing of the page; `changed()` is called after anything that could show.
 */
export class Chat {
  talks;
  current = null;
  state = 'connecting';
  #places;
  #log;
  #link;
  #pages;
  #marking;
  #count;
  /** What the list showed when this session began. */
  #lastBefore = new Map();
  #options;
  #saveTimer = 0;
  #intake;
  #conversations;
  #isCounted = false;
  #isCut = false;

  /**
   * @param options me, tokens, device, url; eyes: {open: whether the user looks at the open
   *     conversation, atEnd: whether its end is in sight}; told: changed(), stopped(code, why);
   *     and where somebody wants to know, came(talk, frame) with each message that came unseen
   */
  constructor(options) {
    this.me = options.me;
    this.#options = options;
    const kept = keep.user(this.me);
    this.#places = new Places(kept.at ?? []);
    this.#log = kept.log;
    this.talks = new Talks(this.me, (talk) => this.#began(talk));
    this.talks.restore(kept.talks ?? []);
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
    this.#count = new UnreadCount(this.#link, (counts) => this.#counted(counts));
    const touched = () => this.#touched();
    const commands = new Commands(this.#link);
    this.people = new People(this.me, this.#link, commands, (act) => this.#intake.take(act), touched);
    this.topics = new Topics(this.me, this.#link, commands, (fact) => this.#intake.take(fact), touched);
    this.typing = new Typing((fields) => ask(this.#link, 'typing', fields), touched);
    this.presence = new Presence(this.#link, this.me, () => this.#watched(), touched);
    this.#conversations = new Conversations(this.#link, (entry, time) => this.#listed(entry, time), touched);
    this.#intake = new Intake(this.me, this.talks, this, {
      holds: (talk) => talk === this.current || talk.loaded || talk.loading,
      received: (talk, message) => this.#received(talk, message),
      took: (talk) => this.#trim(talk),
      marked: () => this.#count.soon(),
      changed: (talk, frame) => this.sending.reached(talk, frame),
      left: (talk) => this.#leave(talk),
      entered: (talk, isNew) => (isNew || talk === this.current) && this.topics.refresh(talk.peer),
      befriended: (frame) => {
        this.#came(null, frame);
        this.#seeFriendship();
      },
    });
    this.changes = new Changes(this.me, this.#link, touched, (topic) => this.topics.isFounder(topic), () => this.#link.now());
    this.sending = new Sending(this.me, options.device, this.#link, this.talks, {
      changed: touched,
      acked: (talk) => {
        this.#mark(talk);
        this.#trim(talk);
      },
      outdated: (talk) => talk === this.current && this.#pages.load(talk),
    });
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
    return this.talks.list();
  }

  unreadTotal() {
    return this.talks.unreadTotal();
  }

  /** {status, lastSeen in ms} of that user; undefined where it is not known. */
  presenceOf(user) {
    return this.presence.of(user);
  }

  /** The name to show of a conversation. */
  nameOf({ isTopic, peer }) {
    return isTopic ? this.topics.name(peer) : this.people.name(peer);
  }

  /** The line that a note of a conversation shows. */
  lineOf({ frame }) {
    const name = (user) => this.people.name(user);
    return frame.op === 'topic' ? factLine(this.me, frame, name) : friendLine(this.me, frame, name);
  }

  /** @param key of the conversation, as `talkKey` makes it */
  open(key) {
    this.close();
    this.current = this.talks.at(key);
    this.current.last ??= { time: Date.now(), content: '', mine: false };
    this.#pages.load(this.current);
    if (this.current.isTopic) {
      this.topics.refresh(this.current.peer);
    } else {
      this.people.profiles.want(this.current.peer);
    }
    this.#seeFriendship();
    this.#touched();
  }

  /** The list was read to its end. */
  listMore() {
    this.#conversations.more();
  }

  /** The user searches in the list. */
  listAll() {
    this.#conversations.all();
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

  /** Sends that in the open conversation. */
  send(content, type = 'text') {
    this.typing.sent(this.current);
    this.sending.send(this.current, content, type);
  }

  /** The user wants to see that refused message of the open conversation no more. */
  remove(key) {
    this.current?.remove(key);
    this.#touched();
  }

  /** How many messages of this user are not sent yet. */
  get unsent() {
    return this.sending.unsent;
  }

  /** Who has read that own message: {readers, count}, or {error}. */
  async receipts({ kind, peer }, uuid) {
    const reply = await ask(this.#link, 'receipts', { kind, to: peer, uuid });
    return reply?.code === 0 ? reply.data : { error: reply ? fault('receipts', reply) : 'No connection.' };
  }

  /** The user left that group: it is in the list no more. */
  #leave(talk) {
    this.talks.delete(talk.key);
    if (talk === this.current) {
      this.current = null;
      this.#pages.reset();
    }
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
    this.#seeFriendship();
    if (talk) {
      talk.missed = null;
      this.markRead();
    }
  }

  /** Marks what the user saw of the open conversation, if there is anything to mark. */
  markRead() {
    if (this.current) {
      this.#mark(this.current);
    }
  }

  #mark(talk) {
    if (talk.loaded) {
      this.#marking.mark(talk);
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
    if (talk.loaded && !talk.loading) {
      this.#loadFriendship(talk);
    }
  }

  #became(state) {
    this.state = state;
    if (state === 'online') {
      this.#resumed();
    } else {
      this.presence.forget();
    }
    this.#touched();
  }

  /** The session is as if it had never been away. */
  #resumed() {
    this.#pages.reset();
    this.#marking.reset();
    this.sending.flush();
    this.changes.flush();
    this.presence.restart();
    this.#count.restart();
    this.#conversations.restart(this.#isCut);
    this.#isCut = false;
    this.people.restart();
    this.topics.restart();
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
    } else {
      this.#intake.take(frame);
    }
    this.#touched();
  }

  /** Requests and answers show in the open conversation. */
  #seeFriendship() {
    if (this.current && !this.current.isTopic && this.#options.eyes.open) {
      this.people.see(this.current.peer);
    }
  }

  #received(talk, message) {
    const { open, atEnd } = this.#options.eyes;
    if (talk !== this.current || !open || !atEnd) {
      talk.unread++;
    }
    if (talk === this.current && !open) {
      talk.missed ??= message.key;
    }
    if (talk !== this.current || !open) {
      this.#came(talk, message);
    }
    this.#count.doubt();
  }

  /** What comes before `synced` is no news. */
  #came(talk, message) {
    if (this.#link.online) {
      this.#options.came?.(talk, message);
    }
  }

  /** The presence of a new acquaintance is watched like that of the others. */
  #began(talk) {
    if (!talk.isTopic && this.#link?.online) {
      this.presence.watchSoon();
    }
  }

  /** The requests and answers between the two, where there are any. */
  async #loadFriendship(talk) {
    if (talk.isTopic || talk.hasFriendship || !this.people.relates(talk.peer)) {
      return;
    }
    talk.hasFriendship = true;
    const reply = await ask(this.#link, 'history', { kind: 'mutual', peer: talk.peer, limit: MOST_NOTES });
    reply?.data?.messages?.forEach((frame) => this.#intake.noteFriendship(talk, frame));
    this.#touched();
  }

  /** An entry of the server's list. */
  #listed({ kind, peer, topic, name, last, unread }, time) {
    const talk = this.talks.of(kind, kind === 'topic' ? topic : peer);
    this.topics.named(topic, name);
    talk.since = time;
    if (last) {
      talk.preview(messageOf(last));
    }
    if (!this.#isCounted) {
      talk.unread = unread ?? 0;
    }
  }

  #watched() {
    const listed = this.list().filter(({ isTopic }) => !isTopic);
    return [...new Set([...listed.map(({ peer }) => peer), ...this.people.friends])];
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
    this.#intake.reset();
    this.talks.forEach((talk) => talk.reset());
  }

  /** The backlog is through; the link becomes online right after this push. */
  #synced({ at, cut, reset }) {
    this.#isCut ||= Boolean(cut || reset);
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

  #counted(counts) {
    this.#isCounted = true;
    this.talks.counted(counts);
    this.markRead();
    this.#touched();
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
      talks: this.talks.kept(MOST_TALKS),
    });
  }
}
