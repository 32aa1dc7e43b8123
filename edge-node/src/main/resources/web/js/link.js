import { backoffMs } from './backoff.js';
import { TokenRefused } from './tokens.js';
import { ending } from './words.js';

const WATCH_MS = 500;
const ASK_AFTER_MS = 4_000;
const ANSWER_WITHIN_MS = 4_000;
const CONNECT_WITHIN_MS = 8_000;
const GIVE_UP_AFTER_MS = 20_000;
const REPLY_MS = 30_000;
const FIRST_TERMINAL = 3500;
const LAST_TERMINAL = 3999;
const TOKEN_EXPIRED = 3501;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The connection went before the reply came: what was asked may have been done or not. */
export class Disconnected extends Error {}

/** The reply, whatever its code; null where the connection went before it came. */
export async function ask(link, op, fields) {
  try {
    return await link.request(op, fields);
  } catch (e) {
    if (e instanceof Disconnected) {
      return null;
    }
    throw e;
  }
}

/**
 * One session with the server, kept up: connects, authenticates, resumes, answers pings, comes back
 * with jittered back-off. States: connecting -> online -> waiting -> connecting ..., and stopped,
 * which only `start` leaves. While the server says nothing though it was asked the state is silent;
 * it is what it was before with the next frame, or waiting if none comes.
 */
export class Link {
  #options;
  #socket = null;
  #attempt = 0;
  #nextId = 1;
  #waiting = new Map();
  #retryTimer = 0;
  #watchTimer = 0;
  #renewTimer = 0;
  #lastFrame = 0;
  #askedAt = 0;
  #isSynced = false;
  #heartbeatMs = 25_000;
  #closeFrame = null;
  #state = 'stopped';
  #generation = 0;
  #aheadMs = 0;

  /**
   * @param options url; tokens; device; resume(): {at, log}; attended(): whether somebody looks at
   *     the page, which is then told soon that the server is silent; and what is told: state(name),
   *     authenticated(data), push(frame), stopped(code, why), in a sentence for the user
   */
  constructor(options) {
    this.#options = options;
  }

  get online() {
    return this.#state === 'online';
  }

  /** Counts connections: a send that is repeated on another one needs `retry`. */
  get generation() {
    return this.#generation;
  }

  /** The server's time in ms, as its last answer to a ping told it. */
  now() {
    return Date.now() + this.#aheadMs;
  }

  start() {
    if (this.#state === 'stopped') {
      this.#attempt = 0;
      this.#connect();
    }
  }

  /** Leaves for good; `logout` says so to the server. */
  stop(logout = false) {
    if (logout && this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send('{"op":"logout"}');
    }
    this.#drop();
    this.#become('stopped');
  }

  /** Something happened that may mean that the network is back, or gone. */
  wake() {
    if (this.#state === 'waiting') {
      this.#connect();
    } else if (this.#state === 'online') {
      this.#askForLife();
    }
  }

  /** Sends a request; resolves to its reply, whatever its code, or throws Disconnected. */
  request(op, fields = {}) {
    if (this.#socket?.readyState !== WebSocket.OPEN) {
      return Promise.reject(new Disconnected());
    }
    const id = String(this.#nextId++);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#lost(), REPLY_MS);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#socket.send(JSON.stringify({ id, op, ...fields }));
    });
  }

  async #connect() {
    clearTimeout(this.#retryTimer);
    this.#become('connecting');
    this.#lastFrame = Date.now();
    this.#watchTimer = setInterval(() => this.#watch(), WATCH_MS);
    const generation = ++this.#generation;
    let token;
    try {
      token = await this.#options.tokens.get();
    } catch (e) {
      if (generation === this.#generation) {
        if (e instanceof TokenRefused) {
          this.#stopped(FIRST_TERMINAL, `${e.message} Log in with a token.`);
        } else {
          this.#lost();
        }
      }
      return;
    }
    if (generation === this.#generation) {
      this.#open(token);
    }
  }

  #open(token) {
    const socket = new WebSocket(this.#options.url, 'linnet.v1');
    this.#socket = socket;
    this.#closeFrame = null;
    socket.onopen = () => this.#authenticate(token);
    socket.onmessage = (event) => {
      if (socket === this.#socket) {
        this.#heard();
      }
      for (const line of event.data.split('\n')) {
        if (socket === this.#socket && line) {
          this.#line(line);
        }
      }
    };
    socket.onclose = (event) => {
      if (socket === this.#socket) {
        this.#closed(this.#closeFrame ?? { code: event.code, reason: event.reason });
      }
    };
  }

  async #authenticate(token) {
    const { at, log } = this.#options.resume();
    const fields = { token, device: this.#options.device };
    if (at.length > 0) {
      Object.assign(fields, { resume: at, log });
    }
    try {
      const reply = await this.request('auth', fields);
      if (reply.code === 0) {
        this.#heartbeatMs = reply.data.heartbeat ?? this.#heartbeatMs;
        this.#options.authenticated(reply.data);
      } else if (reply.code === 4001) {
        this.#ended(FIRST_TERMINAL, reply.message);
      } else {
        this.#closed({ code: 1000, retryAfter: reply.data?.retryAfter });
      }
    } catch (e) {
      if (!(e instanceof Disconnected)) {
        throw e;
      }
    }
  }

  /** What goes wrong with one frame does not take the others with it. */
  #line(line) {
    try {
      this.#frame(JSON.parse(line));
    } catch (e) {
      console.error(e);
    }
  }

  #frame(frame) {
    const waiting = frame.id === undefined ? undefined : this.#waiting.get(frame.id);
    if (waiting) {
      this.#waiting.delete(frame.id);
      clearTimeout(waiting.timer);
      waiting.resolve(frame);
    } else if (frame.op === 'close') {
      this.#closeFrame = frame;
    } else if (frame.op === 'ping') {
      this.#socket.send('{"op":"pong"}');
    } else if (frame.op) {
      this.#options.push(frame);
      if (frame.op === 'synced') {
        this.#attempt = 0;
        this.#isSynced = true;
        this.#become('online');
        this.#planRenewal();
      }
    }
  }

  /** A token is about to end: come back with another one, rather than be closed in mid-sentence. */
  #planRenewal() {
    const inMs = this.#options.tokens.renewInMs();
    if (inMs > LONGEST_TIMER_MS) {
      this.#renewTimer = setTimeout(() => this.#planRenewal(), LONGEST_TIMER_MS);
    } else {
      this.#renewTimer = setTimeout(() => this.#lost(), Math.max(inMs, 1_000));
    }
  }

  #watch() {
    const now = Date.now();
    if (this.#isSynced && this.#askedAt === 0) {
      const patienceMs = this.#options.attended() ? ASK_AFTER_MS : this.#heartbeatMs;
      if (now - this.#lastFrame >= patienceMs) {
        this.#askForLife();
      }
      return;
    }
    const silentMs = now - (this.#isSynced ? this.#askedAt : this.#lastFrame);
    if (silentMs >= GIVE_UP_AFTER_MS) {
      this.#lost();
    } else if (silentMs >= (this.#isSynced ? ANSWER_WITHIN_MS : CONNECT_WITHIN_MS) && this.#state !== 'silent') {
      this.#become('silent');
    }
  }

  /** Asks whether the server is there, since a dead connection may say nothing for minutes. */
  #askForLife() {
    const asked = Date.now();
    this.#askedAt ||= asked;
    this.request('ping')
      .then(({ data }) => (this.#aheadMs = data?.time ? Math.round(data.time - (asked + Date.now()) / 2) : this.#aheadMs))
      .catch(() => {});
  }

  #heard() {
    this.#lastFrame = Date.now();
    this.#askedAt = 0;
    if (this.#state === 'silent') {
      this.#become(this.#isSynced ? 'online' : 'connecting');
    }
  }

  #lost() {
    this.#closed({ code: 1006, reason: '' });
  }

  #closed({ code, reason = '', retryAfter = 0 }) {
    const goesOn = code === TOKEN_EXPIRED && this.#options.tokens.expired();
    if (code >= FIRST_TERMINAL && code <= LAST_TERMINAL && !goesOn) {
      this.#ended(code, reason);
    } else {
      this.#drop();
      this.#wait(retryAfter);
    }
  }

  /** The server's own words are for those who write clients. */
  #ended(code, reason) {
    console.info(`The server ended the session: ${code} ${reason}`);
    this.#stopped(code, ending(code));
  }

  #stopped(code, why) {
    this.#drop();
    this.#become('stopped');
    this.#options.stopped(code, why);
  }

  #wait(retryAfterMs) {
    this.#attempt++;
    const delayMs = backoffMs(this.#attempt, retryAfterMs);
    this.#become('waiting');
    this.#retryTimer = setTimeout(() => this.#connect(), delayMs);
  }

  /** Forgets the socket and fails what waits for it. */
  #drop() {
    this.#generation++;
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#renewTimer);
    clearInterval(this.#watchTimer);
    this.#isSynced = false;
    this.#askedAt = 0;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new Disconnected());
    }
    this.#waiting.clear();
  }

  #become(state) {
    this.#state = state;
    this.#options.state(state);
  }
}
