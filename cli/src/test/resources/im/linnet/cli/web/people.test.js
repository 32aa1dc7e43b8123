import { People } from '/js/people.js';
import { equal, settle } from './expect.js';

/** The people of aa, and a server that answers what the test says. */
function world(answers) {
  const asked = [];
  const request = async (op, fields) => {
    asked.push({ op, ...fields });
    return answers[op] ? { code: 0, data: answers[op](fields) } : { code: 4000, message: 'not served by this version' };
  };
  const link = { online: true, generation: 1, request };
  const took = [];
  const commands = { run: request };
  return { asked, took, people: new People('aa', link, commands, (act) => took.push(act), () => {}) };
}

export async function aRemarkComesBeforeANicknameAndThatBeforeTheName() {
  const { people } = world({
    'profile.get': ({ users }) => ({ profiles: users.map((user) => ({ user, nickname: user === 'dd' ? '' : `Nick ${user}`, avatar: '' })) }),
    'contact.list': () => ({ contacts: [{ user: 'bb', remark: 'Boss', labels: ['work'] }] }),
  });
  equal(['bb', 'cc', 'dd'].map((user) => people.name(user)), ['bb', 'cc', 'dd']);
  people.restart();
  await settle();
  await settle();
  equal(['bb', 'cc', 'dd'].map((user) => people.name(user)), ['Boss', 'Nick cc', 'dd']);
  equal(people.names('bb'), ['bb', 'Boss', 'Nick bb', 'work']);
}

export async function whoIsMissingInAReplyIsAskedForAgain() {
  const { people, asked } = world({
    'profile.get': ({ users }) => ({ profiles: [{ user: users[0], nickname: `Nick ${users[0]}`, avatar: '' }] }),
  });
  people.name('bb');
  people.name('cc');
  for (let i = 0; i < 4; i++) {
    await settle();
  }
  equal(asked.map(({ users }) => users), [['bb', 'cc'], ['cc']]);
  equal(people.name('cc'), 'Nick cc');
}

export async function aServerThatDoesNotServeProfilesIsAskedOnce() {
  const { people, asked } = world({});
  people.name('bb');
  await settle();
  people.name('bb');
  people.name('cc');
  await settle();
  equal([asked.length, people.name('bb')], [1, 'bb']);
}

export async function anOwnActIsTakenAsItsPushAndARefusalIsToldInWords() {
  const { people, took } = world({ send: () => ({ uuid: 'u', time: 7 }) });
  equal(await people.befriend('add_friend', 'bb', 'hello'), null);
  equal(took, [{ op: 'message', kind: 'mutual', type: 'add_friend', from: 'aa', to: 'bb', content: 'hello', time: 7, uuid: 'u' }]);
  equal(await people.block('bb', true), 'You cannot block yourself.');
  equal(people.isBlocked('bb'), false);
}

export async function whatTheUserLookedAtIsMarkedOnce() {
  const { people, asked } = world({ read: () => ({}) });
  const frame = (from, offset) => ({ op: 'message', kind: 'mutual', type: 'add_friend', from, to: 'aa', content: '', uuid: `${offset}`, time: 1, at: `mutual/1/${offset}` });
  people.take(frame('bb', 3));
  people.take(frame('bb', 5));
  people.take(frame('cc', 6));
  people.take({ ...frame('aa', 7), to: 'dd' });
  people.see('bb');
  people.see();
  people.see();
  await settle();
  equal(asked, [
    { op: 'read', kind: 'mutual', peer: 'bb', upTo: 'mutual/1/5' },
    { op: 'read', kind: 'mutual', peer: 'cc', upTo: 'mutual/1/6' },
  ]);
}

export async function whatComesWhileTheServerAnswersIsAskedForAgain() {
  const waiting = [];
  const link = { online: true, request: (op) => new Promise((resolve) => waiting.push({ op, resolve })) };
  const people = new People('aa', link, null, () => {}, () => {});
  people.restart();
  const { resolve } = waiting.find(({ op }) => op === 'friend.list');
  people.take({ type: 'accept_friend', from: 'bb', to: 'aa', content: '', uuid: 'u', time: 1, at: 'mutual/1/3' });
  resolve({ code: 0, data: { friends: [] } });
  await settle();
  const again = waiting.filter(({ op }) => op === 'friend.list');
  equal(again.length, 2);
  again[1].resolve({ code: 0, data: { friends: ['bb'] } });
  await settle();
  equal(people.friends, ['bb']);
}
