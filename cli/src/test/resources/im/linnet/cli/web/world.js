import { Chat } from '/js/chat.js';
import { settle } from './expect.js';

const TOKENS = { get: async () => 't', renewInMs: () => Infinity, expired: () => false };

/** The page of aa, without its looks, and a server that says what the test makes it say. */
export class World {
  asked = [];
  /** Called after anything that could show. */
  changed = () => {};
  #kept = WebSocket;
  #socket;

  constructor(kept = null) {
    localStorage.clear();
    if (kept) {
      localStorage.setItem('linnet/user/aa', JSON.stringify(kept));
    }
    const world = this;
    globalThis.WebSocket = class {
      static OPEN = 1;
      readyState = 1;

      constructor() {
        world.#socket = this;
      }

      send(text) {
        world.asked.push(JSON.parse(text));
      }

      close() {}
    };
    this.chat = new Chat({
      me: 'aa',
      tokens: TOKENS,
      device: 'd1',
      url: 'ws://127.0.0.1/',
      eyes: { open: true, atEnd: true },
      changed: () => this.changed(),
      stopped: () => {},
    });
  }

  /** Comes online after that backlog. */
  async begin(backlog = [], synced = {}) {
    this.chat.start();
    await settle();
    this.#socket.onopen();
    await this.answer('auth', { log: 'l', heartbeat: 25_000 });
    backlog.forEach((frame) => this.push(frame));
    this.push({ op: 'synced', at: ['p2p/1/0'], ...synced });
    await settle();
  }

  push(frame) {
    this.#socket.onmessage({ data: JSON.stringify(frame) });
  }

  answer(op, data) {
    return this.#reply(op, { code: 0, message: 'ok', data });
  }

  refuse(op, code) {
    return this.#reply(op, { code, message: 'as the server says' });
  }

  async #reply(op, reply) {
    const { id } = this.asked.findLast((request) => request.op === op);
    this.push({ id, ...reply });
    await settle();
  }

  count(op) {
    return this.asked.filter((request) => request.op === op).length;
  }

  get stored() {
    this.chat.saveNow();
    return JSON.stringify(localStorage);
  }

  end() {
    this.changed = () => {};
    this.chat.leave();
    globalThis.WebSocket = this.#kept;
  }
}

/** The push of something that bb did, to aa, at that place; or aa's own on another device. */
export const push = (op, offset, fields) => ({ op, kind: 'p2p', from: 'bb', to: 'aa', at: `p2p/1/${offset}`, time: offset, ...fields });
export const said = (offset, uuid) => push('message', offset, { uuid, type: 'text', content: `text ${uuid}` });
export const own = (op, offset, uuid, fields) =>
  push(op, offset, { from: 'aa', to: 'bb', uuid, of: { at: `p2p/2/${offset}`, time: offset }, ...fields });

export async function within(world, test) {
  try {
    await test(world);
  } finally {
    world.end();
  }
}
