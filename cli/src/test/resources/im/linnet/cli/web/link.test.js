import { Link } from '/js/link.js';
import { TokenRefused } from '/js/tokens.js';
import { ending } from '/js/words.js';
import { equal, settle } from './expect.js';

/** A server that says what the test makes it say, and timers that the test lets run. */
class World {
  sockets = [];
  timers = new Map();
  told = [];
  states = [];
  sent = [];
  attended = true;
  push = () => {};
  #kept = [WebSocket, setTimeout, clearTimeout, setInterval, Date.now];
  #now = 1_000_000;
  #ticks = new Set();
  #next = 1;

  constructor() {
    const world = this;
    globalThis.WebSocket = class {
      static OPEN = 1;
      readyState = 1;

      constructor() {
        world.sockets.push(this);
      }

      send(text) {
        world.sent.push(JSON.parse(text).op);
      }

      close() {}
    };
    globalThis.setTimeout = (action, ms) => {
      world.timers.set(world.#next, { action, ms });
      return world.#next++;
    };
    globalThis.clearTimeout = (id) => world.timers.delete(id);
    globalThis.setInterval = (action) => {
      world.#ticks.add(action);
      return action;
    };
    globalThis.clearInterval = (action) => world.#ticks.delete(action);
    Date.now = () => world.#now;
  }

  /** Time goes on, with two ticks a second. */
  pass(ms) {
    for (const end = this.#now + ms; this.#now < end; ) {
      this.#now += 500;
      [...this.#ticks].forEach((tick) => tick());
    }
  }

  link(tokens) {
    return new Link({
      url: 'ws://127.0.0.1/',
      tokens,
      resume: () => ({ at: [] }),
      attended: () => this.attended,
      state: (state) => this.states.push(state),
      authenticated: () => {},
      push: (frame) => this.push(frame),
      stopped: (code, why) => {
        this.told.push(code);
        this.why = why;
      },
    });
  }

  /** The link comes online; its answers are read by promises alone. */
  async online(link) {
    link.start();
    await this.turns();
    this.sockets.at(-1).onopen();
    this.say({ id: '1', code: 0, data: { heartbeat: 25_000 } });
    await this.turns();
    this.say({ op: 'synced', at: [] });
  }

  say(...frames) {
    this.sockets.at(-1).onmessage({ data: frames.map((frame) => JSON.stringify(frame)).join('\n') });
  }

  async turns() {
    for (let i = 0; i < 10; i++) {
      await null;
    }
  }

  run(ms) {
    const [id, timer] = [...this.timers].find(([, each]) => each.ms === ms);
    this.timers.delete(id);
    timer.action();
  }

  get intervals() {
    return this.#ticks.size;
  }

  get waits() {
    return [...this.timers.values()].map(({ ms }) => ms);
  }

  end() {
    [globalThis.WebSocket, globalThis.setTimeout, globalThis.clearTimeout, globalThis.setInterval, Date.now] = this.#kept;
  }
}

const LONGEST = 2 ** 31 - 1;

export async function aTokenThatLastsLongerThanATimerCanWaitIsRenewedAllTheSame() {
  const world = new World();
  try {
    let inMs = LONGEST + 5_000;
    await world.online(world.link({ get: async () => 't', renewInMs: () => inMs }));
    equal(world.waits, [LONGEST]);
    inMs = 5_000;
    world.run(LONGEST);
    equal(world.waits, [5_000]);
    world.run(5_000);
    equal(world.waits.length, 1);
    world.run(world.waits[0]);
    await world.turns();
    equal(world.sockets.length, 2);
  } finally {
    world.end();
  }
}

export async function aTokenThatTheServerEndsIsReplacedWhereThereCanBeAnother() {
  for (const another of [true, false]) {
    const world = new World();
    try {
      await world.online(world.link({ get: async () => 't', renewInMs: () => Infinity, expired: () => another }));
      world.sockets[0].onclose({ code: 3501, reason: 'token_expired' });
      equal(world.told, another ? [] : [3501]);
      equal(world.waits.length, another ? 1 : 0);
    } finally {
      world.end();
    }
  }
  await settle();
}

export async function theEndOfASessionIsNotToldInTheWordsOfTheServer() {
  const world = new World();
  const { info } = console;
  const told = [];
  try {
    console.info = (text) => told.push(text);
    world.link(TOKENS).start();
    await world.turns();
    world.sockets[0].onopen();
    world.say({ id: '1', code: 4001, message: 'unauthenticated: iss', data: {} });
    await world.turns();
    equal([world.told, world.why], [[3500], ending(3500)]);
    await world.online(world.link(TOKENS));
    world.say({ op: 'close', code: 3502, reason: 'protocol_error: x', reconnect: false });
    world.sockets.at(-1).onclose({ code: 3502, reason: '' });
    equal([world.told, world.why], [[3500, 3502], ending(3502)]);
    equal(told, ['unauthenticated: iss', 'protocol_error: x'].map((text, i) => `The server ended the session: ${[3500, 3502][i]} ${text}`));
    world.link({ ...TOKENS, get: () => Promise.reject(new TokenRefused(404)) }).start();
    await world.turns();
    equal([world.told.at(-1), world.why], [3500, 'This server checks tokens and gives none. Log in with a token.']);
  } finally {
    console.info = info;
    world.end();
  }
}

const TOKENS = { get: async () => 't', renewInMs: () => LONGEST, expired: () => false };

export async function aServerThatSaysNothingIsToldWithinTenSecondsAndGivenUpLater() {
  const world = new World();
  try {
    await world.online(world.link(TOKENS));
    world.pass(3_500);
    equal(world.sent, ['auth']);
    world.pass(500);
    equal(world.sent, ['auth', 'ping']);
    world.pass(4_000);
    equal(world.states, ['connecting', 'online', 'silent']);
    world.pass(15_500);
    equal(world.states.at(-1), 'silent');
    world.pass(500);
    equal(world.states.at(-1), 'waiting');
  } finally {
    world.end();
  }
}

export async function aServerThatAnswersAgainIsUsedAgain() {
  const world = new World();
  try {
    await world.online(world.link(TOKENS));
    world.pass(8_000);
    world.say({ id: '2', code: 0, data: { time: 1 } });
    equal(world.states, ['connecting', 'online', 'silent', 'online']);
    world.pass(4_000);
    equal(world.sent, ['auth', 'ping', 'ping']);
  } finally {
    world.end();
  }
}

export async function aPageThatNobodyLooksAtAsksNoMoreThanTheHeartbeatWants() {
  const world = new World();
  try {
    world.attended = false;
    await world.online(world.link(TOKENS));
    world.pass(24_500);
    equal(world.sent, ['auth']);
    world.pass(500);
    equal(world.sent, ['auth', 'ping']);
  } finally {
    world.end();
  }
}

export async function aServerThatIsSilentFromTheBeginningIsToldToo() {
  const world = new World();
  try {
    world.link(TOKENS).start();
    await world.turns();
    world.pass(8_000);
    equal(world.states, ['connecting', 'silent']);
    world.pass(12_000);
    equal(world.states.at(-1), 'waiting');
  } finally {
    world.end();
  }
}

export async function nothingWatchesALinkThatWaitsForTheServerToComeBack() {
  const world = new World();
  try {
    const away = { ...TOKENS, get: () => Promise.reject(new Error('away')) };
    world.link(away).start();
    for (let tries = 1; tries <= 4; tries++) {
      await world.turns();
      equal([world.states.at(-1), world.intervals, world.waits.length], ['waiting', 0, 1]);
      world.pass(30_000);
      equal(world.states.at(-1), 'waiting');
      world.run(world.waits[0]);
    }
  } finally {
    world.end();
  }
}

export async function aFrameThatCannotBeTakenDoesNotTakeTheOthersWithIt() {
  const world = new World();
  const { error } = console;
  const [taken, errors] = [[], []];
  try {
    console.error = (e) => errors.push(e.message);
    await world.online(world.link(TOKENS));
    world.push = ({ uuid }) => {
      if (uuid === 'b') {
        throw new TypeError('Illegal constructor');
      }
      taken.push(uuid);
    };
    world.say(...['a', 'b', 'c'].map((uuid) => ({ op: 'message', uuid })));
    equal([taken, errors], [['a', 'c'], ['Illegal constructor']]);
  } finally {
    console.error = error;
    world.end();
  }
}
