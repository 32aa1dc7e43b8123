import { Disconnected } from '/js/link.js';
import { Presence } from '/js/presence.js';
import { equal, settle, until } from './expect.js';

/** The presence of those users, and a server that answers when the test says so. */
function world(...users) {
  const asked = [];
  const request = (op, fields) =>
    op === 'presence.get' ? Promise.resolve({ code: 0 }) : new Promise((resolve, reject) => asked.push({ users: fields.users, resolve, reject }));
  const presence = new Presence({ online: true, request }, 'aa', () => users, () => {});
  const names = () => asked.map((each) => each.users.join());
  return { asked, users, presence, names };
}

const answer = async ({ users, resolve }) => {
  resolve({ code: 0, data: { presence: users.map((user) => ({ user, status: 'busy' })) } });
  await settle();
};

export async function whoeverComesTogetherIsAskedForAtOnceAndNobodyTwice() {
  const { asked, users, presence, names } = world('bb');
  presence.restart();
  for (const user of ['cc', 'dd', 'ee']) {
    users.push(user);
    presence.watchSoon();
  }
  await settle();
  equal(names(), ['bb', 'cc,dd,ee']);
  await answer(asked[0]);
  await answer(asked[1]);
  presence.watchSoon();
  await settle();
  equal([names().length, presence.of('ee').status], [2, 'busy']);
}

export async function anotherSessionWatchesAllAnew() {
  const { asked, presence, names } = world('bb', 'cc');
  presence.restart();
  asked[0].reject(new Disconnected());
  await settle();
  presence.forget();
  presence.restart();
  equal(names(), ['bb,cc', 'bb,cc']);
}

export async function whomTheServerCannotTellOfNowIsAskedForAgain() {
  const { asked, users, presence, names } = world('bb');
  presence.restart();
  users.push('cc');
  asked[0].resolve({ code: 5003, data: { retryAfter: 1 } });
  await until(() => asked.length === 2);
  equal(names(), ['bb', 'bb,cc']);
}
