import { Disconnected } from '/js/link.js';
import { Outbox } from '/js/outbox.js';
import { equal, settle, until } from './expect.js';

const OK = { code: 0, data: { at: 'p2p/0/1', time: 1 } };
const LATER = { code: 5003, data: { retryAfter: 1 } };

/** A server that answers when the test says so. */
class FakeLink {
  online = true;
  generation = 1;
  asked = [];

  request(op, { to, uuid, retry }) {
    return new Promise((resolve, reject) => this.asked.push({ to, uuid, retry, resolve, reject }));
  }

  get uuids() {
    return this.asked.map(({ uuid }) => uuid);
  }

  async answer(i, reply) {
    this.asked[i].resolve(reply);
    await settle();
  }

  async cut() {
    this.online = false;
    this.asked.forEach(({ reject }) => reject(new Disconnected()));
    await settle();
  }
}

const entry = (uuid, to = 'bb') => ({ uuid, to, content: uuid, time: 1 });

const keyOf = (device) => `linnet/outbox/aa/${device}`;
const keptBy = (device) => JSON.parse(localStorage.getItem(keyOf(device)))?.map(({ uuid }) => uuid) ?? null;

function begin(kept = []) {
  localStorage.clear();
  localStorage.setItem(keyOf('d1'), JSON.stringify(kept));
  return open('d1');
}

function open(device) {
  const link = new FakeLink();
  const [found, done] = [[], []];
  const told = {
    found: ({ uuid }) => found.push(uuid),
    done: ({ uuid }, { code }) => done.push([uuid, code]),
  };
  return { link, found, done, outbox: new Outbox('aa', device, link, told) };
}

/** Holds a device's lock, as a tab does, until that is called. */
function hold(device) {
  return new Promise((held) => {
    navigator.locks.request(`linnet/${device}`, () => new Promise((release) => held(release)));
  });
}

export async function aMessageWaitsForTheOneBeforeIt() {
  const { link, done, outbox } = begin();
  outbox.add(entry('1'));
  outbox.add(entry('2'));
  equal(link.uuids, ['1']);
  await link.answer(0, OK);
  equal(link.uuids, ['1', '2']);
  await link.answer(1, OK);
  equal(done, [['1', 0], ['2', 0]]);
}

export async function nothingOvertakesOneThatWasRefusedForNow() {
  const { link, outbox } = begin();
  outbox.add(entry('1'));
  await link.answer(0, LATER);
  outbox.add(entry('2'));
  await until(() => link.asked.length > 1);
  equal(link.uuids, ['1', '1']);
  await link.answer(1, OK);
  equal(link.uuids, ['1', '1', '2']);
}

export async function oneThatIsRefusedForGoodHoldsNothingUp() {
  const { link, done, outbox } = begin();
  outbox.add(entry('1'));
  outbox.add(entry('2'));
  await link.answer(0, { code: 4003, message: 'forbidden' });
  equal(link.uuids, ['1', '2']);
  equal(done, [['1', 4003]]);
}

export async function anotherRecipientWaitsForNobody() {
  const { link, outbox } = begin();
  outbox.add(entry('1'));
  await link.answer(0, LATER);
  outbox.add(entry('2', 'cc'));
  equal(link.uuids, ['1', '2']);
}

export async function onAnotherConnectionTheOrderStaysAndARepeatSaysSo() {
  const { link, outbox } = begin();
  outbox.add(entry('1'));
  outbox.add(entry('2'));
  await link.cut();
  outbox.add(entry('3'));
  Object.assign(link, { online: true, generation: 2, asked: [] });
  outbox.flush();
  await link.answer(0, OK);
  await link.answer(1, OK);
  equal(link.asked.map(({ uuid, retry }) => [uuid, retry ?? false]), [['1', true], ['2', false], ['3', false]]);
}

export async function whatAnEarlierPageKeptIsRepeatedInItsOrder() {
  const { link, found, outbox } = begin([entry('1'), entry('2')]);
  equal(found, ['1', '2']);
  outbox.flush();
  equal(link.asked.map(({ uuid, retry }) => [uuid, retry]), [['1', true]]);
  await link.answer(0, OK);
  equal(link.asked.map(({ uuid, retry }) => [uuid, retry]), [['1', true], ['2', true]]);
}

export async function whatIsAcknowledgedIsKeptNoLonger() {
  const { link, outbox } = begin();
  outbox.add(entry('1'));
  equal(keptBy('d1'), ['1']);
  await link.answer(0, OK);
  equal(keptBy('d1'), null);
}

export async function whatATabThatIsGoneLeftIsTakenOver() {
  begin([entry('1')]);
  const { link, found, done, outbox } = open('d2');
  await outbox.adopt();
  equal([found, keptBy('d1'), keptBy('d2')], [['1'], null, ['1']]);
  equal(link.asked.map(({ uuid, retry }) => [uuid, retry]), [['1', true]]);
  await link.answer(0, OK);
  equal([done, keptBy('d2')], [[['1', 0]], null]);
}

export async function aTabThatIsThereKeepsItsOwn() {
  begin([entry('1')]);
  const release = await hold('d1');
  try {
    const { link, found, outbox } = open('d2');
    await outbox.adopt();
    equal([found, link.uuids, keptBy('d1')], [[], [], ['1']]);
  } finally {
    release();
  }
}

export async function whatIsDroppedIsNotSentLater() {
  const { link, outbox } = begin();
  link.online = false;
  outbox.add(entry('1'));
  outbox.forget();
  equal([outbox.size, keptBy('d1')], [0, null]);
  link.online = true;
  await outbox.flush();
  equal(link.uuids, []);
}

/** Has the browser refuse to keep more, until that is called. */
function fill() {
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  return () => {
    Storage.prototype.setItem = setItem;
  };
}

export async function whatCannotBeTakenOverStaysWithThePageThatLeftIt() {
  begin([entry('1')]);
  const { link, found, done, outbox } = open('d2');
  const free = fill();
  try {
    await outbox.adopt();
    equal([found, keptBy('d1'), keptBy('d2'), outbox.atRisk], [['1'], ['1'], null, 0]);
    await outbox.flush();
    equal([found, link.uuids], [['1'], ['1']]);
    await link.answer(0, OK);
    equal([done, keptBy('d1'), keptBy('d2')], [[['1', 0]], null, null]);
  } finally {
    free();
  }
}

export async function whatIsDroppedGoesAlsoFromThePageThatLeftIt() {
  begin([entry('1')]);
  const { outbox } = open('d2');
  const free = fill();
  try {
    await outbox.adopt();
    outbox.forget();
    equal([keptBy('d1'), keptBy('d2')], [null, null]);
  } finally {
    free();
  }
}

export function aMessageThatCannotBeKeptIsToldUntilItIs() {
  const { link, outbox } = begin();
  link.online = false;
  outbox.add(entry('1'));
  const free = fill();
  try {
    outbox.add(entry('2'));
    equal([outbox.atRisk, outbox.isAtRisk('1'), outbox.isAtRisk('2'), keptBy('d1')], [1, false, true, ['1']]);
  } finally {
    free();
  }
  outbox.add(entry('3'));
  equal([outbox.atRisk, outbox.isAtRisk('2'), keptBy('d1')], [0, false, ['1', '2', '3']]);
}

export async function noMoreIsTakenThanCanBeKept() {
  const { link, outbox } = begin();
  link.online = false;
  equal(outbox.hasRoomFor('x'), true);
  equal(outbox.hasRoomFor('x'.repeat(1_000_001)), false);
  for (let i = 0; i < 200; i++) {
    outbox.add(entry(String(i)));
  }
  equal(outbox.hasRoomFor('x'), false);
}

export async function whatTheServerHasIsNotOfferedAgain() {
  const { link, done, outbox } = begin();
  outbox.add(entry('1'));
  outbox.add(entry('2'));
  await link.cut();
  Object.assign(link, { online: true, generation: 2, asked: [] });
  equal([outbox.reached(entry('1', 'cc')), outbox.reached(entry('1')), outbox.reached(entry('1'))], [false, true, false]);
  equal([link.uuids, keptBy('d1'), done], [['2'], ['2'], []]);
}

export function whatTheServerHasGoesAlsoFromThePageThatLeftIt() {
  begin([entry('1'), entry('2')]);
  const { outbox } = open('d2');
  equal([outbox.reached(entry('1')), keptBy('d1')], [false, ['2']]);
}

export async function aGroupAndAUserOfOneNameDoNotWaitForEachOther() {
  const { link, outbox } = begin();
  outbox.add(entry('1'));
  outbox.add({ ...entry('2'), kind: 'topic', type: 'image' });
  equal(link.uuids, ['1', '2']);
  equal(outbox.reached({ kind: 'topic', to: 'bb', uuid: '1' }), false);
  equal(outbox.reached({ kind: 'topic', to: 'bb', uuid: '2' }), true);
}
