import { Changes } from '/js/changes.js';
import { Disconnected } from '/js/link.js';
import { Talk, messageOf } from '/js/talk.js';
import { equal, settle, until } from './expect.js';

/** A server that answers when the test says so. */
class FakeLink {
  online = true;
  asked = [];

  request(op, fields) {
    return new Promise((resolve, reject) => this.asked.push({ request: { op, ...fields }, resolve, reject }));
  }

  async answer(reply) {
    this.asked.at(-1).resolve(reply);
    await settle();
  }

  async cut() {
    this.online = false;
    this.asked.forEach(({ reject }) => reject(new Disconnected()));
    await settle();
  }
}

const message = (fields) =>
  messageOf({ from: 'aa', to: 'bb', uuid: 'u/1', at: 'p2p/2/3', type: 'text', content: 'sent', time: Date.now(), ...fields });

/** A conversation of aa's with that message in it. */
function begin(fields) {
  const link = new FakeLink();
  const talk = new Talk('aa', 'bb');
  talk.put(message(fields));
  return { link, talk, changes: new Changes('aa', link, () => {}), key: talk.messages[0].key };
}

function editing() {
  const world = begin();
  world.changes.begin(world.talk, world.key);
  world.changes.save(world.talk, 'new');
  return world;
}

const EDIT = { op: 'edit', kind: 'p2p', to: 'bb', uuid: 'u/1', content: 'new' };

export async function anEditIsShownOnceItIsAnswered() {
  const { link, talk } = editing();
  equal(link.asked.map(({ request }) => request), [EDIT]);
  equal([talk.edit.isSaving, talk.messages[0].content], [true, 'sent']);
  await link.answer({ code: 0, data: { uuid: 'u/1', at: 'p2p/2/9' } });
  equal([talk.edit, talk.messages[0].content, talk.messages[0].editAt.offset], [null, 'new', 9]);
  equal([talk.messages[0].edited > 0, talk.last.content], [true, 'new']);
}

export async function aRefusalIsToldInWordsAndTheTextStays() {
  const words = [
    [4003, 'It is too late to edit this message.'],
    [4004, 'The server does not have this message any more.'],
    [4009, 'This message was deleted meanwhile.'],
    [4000, 'The server cannot take this as it is.'],
  ];
  for (const [code, expected] of words) {
    const { link, talk } = editing();
    talk.messages[0].time = 1;
    await link.answer({ code, message: 'as the server says' });
    equal([talk.edit.error, talk.edit.text, talk.edit.isSaving], [expected, 'new', false]);
    equal(talk.messages[0].content, 'sent');
  }
}

export async function whatTheServerCannotDoNowIsAskedAgain() {
  const { link, talk } = editing();
  await link.answer({ code: 5003, data: { retryAfter: 1 } });
  equal([talk.edit.isSaving, talk.edit.error], [true, 'The server cannot do this just now. Trying again…']);
  await until(() => link.asked.length > 1);
  await link.answer({ code: 0, data: { at: 'p2p/2/9' } });
  equal([link.asked[1].request, talk.edit, talk.messages[0].content], [EDIT, null, 'new']);
}

export async function whatTheConnectionLeftUnansweredIsAskedOnTheNextOne() {
  const { link, talk, changes } = editing();
  await link.cut();
  changes.flush();
  equal([link.asked.length, talk.edit.isSaving, talk.edit.error], [1, true, 'Waiting for the connection…']);
  link.online = true;
  changes.flush();
  changes.flush();
  equal(talk.edit.error, null);
  await link.answer({ code: 0, data: { at: 'p2p/2/9' } });
  equal([link.asked.length, link.asked[1].request, talk.messages[0].content], [2, EDIT, 'new']);
}

export async function anEditThatTheUserLeavesIsNotAskedForAgain() {
  const { link, talk, changes } = editing();
  await link.cut();
  changes.cancel(talk);
  link.online = true;
  changes.flush();
  equal([link.asked.length, talk.edit, talk.messages[0].content], [1, null, 'sent']);
}

export async function anEditThatChangesNothingIsNotAskedFor() {
  const { link, talk, changes, key } = begin({ content: ' sent\n' });
  changes.begin(talk, key);
  changes.save(talk, 'sent');
  equal([link.asked.length, talk.edit], [0, null]);
}

const RECALL = { op: 'recall', kind: 'p2p', to: 'bb', uuid: 'u/1' };

function recalling() {
  const world = begin();
  world.changes.recall(world.talk, world.key);
  return { ...world, message: world.talk.messages[0] };
}

export async function aRecallIsShownOnceItIsAnsweredAndTheListIsSilentUntilThen() {
  const { link, talk, message, changes } = recalling();
  equal(link.asked.map(({ request }) => request), [RECALL]);
  equal([message.content, changes.allows(message), talk.last.content], ['sent', false, '']);
  await link.answer({ code: 0, data: { uuid: 'u/1', at: 'p2p/2/9' } });
  equal([message.content, message.recalled, talk.last.content, talk.last.recalled], ['', true, '', true]);
}

export async function aRecallThatIsRefusedShowsTheMessageAgainAndWhy() {
  const { link, talk, message, changes } = recalling();
  await link.answer({ code: 4003, message: 'forbidden' });
  equal([message.recall.error, message.content], ['You cannot delete this message any more.', 'sent']);
  equal([talk.last.content, changes.allows(message)], ['sent', true]);
}

export async function whatIsRefusedAfterItsTimeWasTooLateAndBeforeItWasNot() {
  const late = recalling();
  late.message.time -= 120_000;
  await late.link.answer({ code: 4003 });
  equal(late.message.recall.error, 'It is too late to delete this message.');
  const { link, talk } = editing();
  await link.answer({ code: 4003 });
  equal(talk.edit.error, 'You cannot edit this message any more.');
}

export async function aRecallThatWasDoneBeforeIsDone() {
  const { link, message } = recalling();
  await link.cut();
  equal([message.recalled, message.recall.error], [false, 'Waiting for the connection…']);
  const { changes, ...again } = recalling();
  await again.link.answer({ code: 4009, message: 'conflict' });
  equal([again.message.recalled, again.message.recall.error], [true, null]);
}

export function whatIsOnItsWayOutIsNotRecalledTwice() {
  const { link, talk, changes, key } = recalling();
  changes.recall(talk, key);
  equal(link.asked.length, 1);
}

export function ownMessagesCanBeChangedForATime() {
  const { changes } = begin();
  const can = (fields, more = {}) => {
    const it = { ...message(fields), ...more };
    return [changes.allows(it), changes.allowsEdit(it)];
  };
  equal(can({}), [true, true]);
  equal(can({ time: Date.now() - 119_000 }), [true, true]);
  equal(can({ time: Date.now() - 120_000 }), [false, false]);
  equal(can({ type: 'image' }), [true, false]);
  equal(can({ from: 'bb', to: 'aa' }), [false, false]);
  equal(can({ recalled: true }), [false, false]);
  equal(can({}, { state: 'sending', at: null }), [false, false]);
  equal(can({}, { state: 'failed' }), [false, false]);
  // This clock is five minutes behind the server's, or ahead of it.
  equal(can({ time: Date.now() + 300_000 }, { ackedAt: Date.now() - 120_000 }), [false, false]);
  equal(can({ time: Date.now() - 300_000 }, { ackedAt: Date.now() }), [true, true]);
  changes.limit({ change: 1_000 });
  equal(can({ time: Date.now() - 1_000 }), [false, false]);
  changes.limit({});
  equal(can({ time: Date.now() - 1_000 }), [true, true]);
}

export function theNewestOwnTextIsTheOneToEdit() {
  const { changes, talk } = begin();
  talk.put(message({ uuid: '2', at: 'p2p/2/4', content: 'second' }));
  talk.put(message({ uuid: '3', at: 'p2p/2/5', type: 'image' }));
  talk.put(message({ uuid: '4', at: 'p2p/1/6', from: 'bb', to: 'aa' }));
  equal(changes.newest(talk).content, 'second');
  const soon = changes.msUntilNext(talk);
  equal([soon > 110_000, soon <= 120_000], [true, true]);
  const old = begin({ time: 1 });
  equal([changes.newest(old.talk), changes.msUntilNext(old.talk) === Infinity], [null, true]);
}

export function whatBecameTooOldWhileTheMenuWasOpenIsToldInWords() {
  const { link, changes, talk, key } = begin({ time: 1 });
  changes.begin(talk, key);
  equal([talk.edit, talk.notice], [null, 'It is too late to edit this message.']);
  changes.recall(talk, key);
  equal([link.asked.length, talk.notice], [0, 'It is too late to delete this message.']);
}

export function theFounderOfAGroupDeletesAnyMessageAtAnyTime() {
  const link = new FakeLink();
  const changes = new Changes('aa', link, () => {}, (topic) => topic === 't');
  const talk = new Talk('aa', 't', 'topic');
  talk.put(message({ from: 'bb', to: 't', time: 1, at: 'topic/1/3' }));
  const [old] = talk.messages;
  equal([changes.allows(old, talk), changes.allowsEdit(old), changes.allows(old, { ...talk, isTopic: true, peer: 'u' })], [true, false, false]);
  changes.recall(talk, old.key);
  equal(link.asked[0].request, { op: 'recall', kind: 'topic', to: 't', uuid: 'u/1' });
}

export async function anOwnEditHasTheServersTime() {
  const link = new FakeLink();
  const changes = new Changes('aa', link, () => {}, () => false, () => 5_000_000_000_000);
  const talk = new Talk('aa', 'bb');
  talk.put(message({}));
  changes.begin(talk, talk.messages[0].key);
  changes.save(talk, 'new');
  await link.answer({ code: 0, data: { at: 'p2p/2/9' } });
  equal(talk.messages[0].edited, 5_000_000_000_000);
}
