import { Link } from '/js/link.js';
import { equal, settle } from './expect.js';

/** A server that says what the test makes it say, and timers that the test lets run. */
class World {
  sockets = [];
  timers = new Map();
  told = [];
  #kept = [WebSocket, setTimeout, clearTimeout, setInterval];
  #next = 1;

  constructor() {
    const world = this;
    globalThis.WebSocket = class {
      static OPEN = 1;
      readyState = 1;

      constructor() {
        world.sockets.push(this);
      }

      send() {}

      close() {}
    };
    globalThis.setTimeout = (action, ms) => {
      world.timers.set(world.#next, { action, ms });
      return world.#next++;
    };
    globalThis.clearTimeout = (id) => world.timers.delete(id);
    globalThis.setInterval = () => 0;
  }

  link(tokens) {
    return new Link({
      url: 'ws://127.0.0.1/',
      tokens,
      resume: () => ({ at: [] }),
      state: () => {},
      authenticated: () => {},
      push: () => {},
      stopped: (code) => this.told.push(code),
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

  say(frame) {
    this.sockets.at(-1).onmessage({ data: JSON.stringify(frame) });
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

  get waits() {
    return [...this.timers.values()].map(({ ms }) => ms);
  }

  end() {
    [globalThis.WebSocket, globalThis.setTimeout, globalThis.clearTimeout, globalThis.setInterval] = this.#kept;
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
