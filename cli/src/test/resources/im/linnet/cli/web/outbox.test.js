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

function begin(kept = []) {
  sessionStorage.setItem('linnet/outbox/aa', JSON.stringify(kept));
  const link = new FakeLink();
  const done = [];
  return { link, done, outbox: new Outbox('aa', link, ({ uuid }, { code }) => done.push([uuid, code])) };
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

export async function aPageThatIsLoadedAgainRepeatsWhatTheOldOneOffered() {
  const { link, outbox } = begin([
    { ...entry('1'), offered: true },
    { ...entry('2'), offered: false },
  ]);
  outbox.flush();
  equal(link.asked.map(({ uuid, retry }) => [uuid, retry]), [['1', true]]);
  await link.answer(0, OK);
  equal(link.asked.map(({ uuid, retry }) => [uuid, retry ?? false]), [['1', true], ['2', false]]);
}

export async function whatIsAcknowledgedIsKeptNoLonger() {
  const { link, outbox } = begin();
  outbox.add(entry('1'));
  equal(JSON.parse(sessionStorage.getItem('linnet/outbox/aa')).map(({ uuid }) => uuid), ['1']);
  await link.answer(0, OK);
  equal(sessionStorage.getItem('linnet/outbox/aa'), null);
}
