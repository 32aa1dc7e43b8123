import { Conversations } from '/js/conversations.js';
import { Disconnected } from '/js/link.js';
import { equal, settle } from './expect.js';

/** A server with that many conversations, the newest first; every third is a group without a message. */
function world(count) {
  const asked = [];
  const taken = [];
  const all = Array.from({ length: count }, (_, i) =>
    i % 3 === 2 ? { kind: 'topic', topic: `t${i}` } : { kind: 'p2p', peer: `p${i}`, last: { time: 1_000 - i } },
  );
  const request = async (op, { before = '0', limit }) => {
    asked.push(limit);
    const end = Number(before) + limit;
    return { code: 0, data: { conversations: all.slice(Number(before), end), next: end < count ? String(end) : undefined } };
  };
  const link = { online: true, request };
  /** While that runs, the connection breaks with each request. */
  const cut = async (action) => {
    link.request = async (op, { limit }) => {
      asked.push(limit);
      throw new Disconnected();
    };
    action();
    await settle();
    link.request = request;
  };
  return { asked, taken, cut, list: new Conversations(link, (entry, time) => taken.push([entry.topic ?? entry.peer, time]), () => {}) };
}

export async function theListComesPageByPage() {
  const { asked, taken, list } = world(200);
  list.restart();
  await settle();
  equal([asked, taken.length], [[30], 30]);
  list.more();
  list.more();
  await settle();
  equal([asked, taken.length], [[30, 100], 130]);
  list.more();
  await settle();
  list.more();
  await settle();
  equal([asked, taken.length], [[30, 100, 100], 200]);
}

export async function whoeverSearchesGetsAllPages() {
  const { taken, list } = world(200);
  list.restart();
  list.all();
  for (let i = 0; i < 4; i++) {
    await settle();
  }
  equal(taken.length, 200);
}

export async function aGroupWithoutAMessageStandsAfterTheOneBeforeIt() {
  const { taken, list } = world(4);
  list.restart();
  await settle();
  equal(taken, [['p0', 1_000], ['p1', 999], ['t2', 999], ['p3', 997]]);
}

export async function aSessionThatGoesOnAsksNoMore() {
  const { asked, list } = world(4);
  for (const isCut of [false, false, true]) {
    list.restart(isCut);
    await settle();
  }
  equal(asked.length, 2);
}

export async function theNewestPageIsAskedForUntilItComes() {
  const { asked, taken, cut, list } = world(4);
  await cut(() => list.restart());
  await cut(() => list.restart());
  list.restart();
  await settle();
  list.restart();
  await settle();
  equal([asked, taken.length], [[30, 30, 30], 4]);
}

export async function aPageThatTheConnectionBrokeIsAskedForOnTheNextOne() {
  const { asked, taken, cut, list } = world(200);
  list.restart();
  await settle();
  await cut(() => list.more());
  list.restart();
  await settle();
  equal([asked, taken.length], [[30, 100, 100], 130]);
  await cut(() => list.all());
  list.restart();
  await settle();
  equal([asked, taken.length], [[30, 100, 100, 100, 100], 200]);
}

export async function aListOfPicturesIsReadToItsEnd() {
  const entries = Array.from({ length: 60 }, (_, i) => ({ kind: 'p2p', peer: `p${i}`, last: { time: i } }));
  const request = async (op, { before = '0' }) => {
    const end = Number(before) + 2;
    return { code: 0, data: { conversations: entries.slice(end - 2, end), next: end < 60 ? String(end) : undefined } };
  };
  const taken = [];
  const list = new Conversations({ online: true, request }, ({ peer }) => taken.push(peer), () => {});
  list.restart();
  list.all();
  for (let i = 0; i < 30; i++) {
    await settle();
  }
  equal(taken.length, 60);
}
