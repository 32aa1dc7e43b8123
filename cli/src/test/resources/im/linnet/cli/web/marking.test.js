import { Marking } from '/js/marking.js';
import { equal, settle, until } from './expect.js';

/** A server that answers when the test says so. */
function world() {
  const asked = [];
  const settled = [];
  const request = (op, { peer }) => new Promise((resolve) => asked.push({ peer, answer: (code, data) => (resolve({ code, data }), settle()) }));
  return { asked, settled, marking: new Marking({ online: true, request }, (talk) => settled.push(talk.peer)) };
}

/** A conversation in which one message was seen. */
function seen(peer) {
  let at = { place: 'p2p/1', offset: 3 };
  return { kind: 'p2p', peer, toMark: () => at && { at }, marked: () => (at = null) };
}

const peers = (asked) => asked.map(({ peer }) => peer);

export async function aMarkThatIsRefusedForGoodIsSettled() {
  for (const code of [0, 4000, 4003, 4004]) {
    const { asked, settled, marking } = world();
    const talk = seen('t');
    marking.mark(talk);
    await asked[0].answer(code);
    marking.mark(talk);
    marking.mark(seen('bb'));
    equal([settled, peers(asked)], [['t'], ['t', 'bb']]);
  }
}

export async function aMarkThatTheServerCannotTakeNowIsAskedForAgainAndKeepsNoOtherBack() {
  const { asked, settled, marking } = world();
  const [waits, other] = [seen('aa'), seen('bb')];
  marking.mark(waits);
  marking.mark(other);
  equal(peers(asked), ['aa', 'bb']);
  await asked[0].answer(5003, { retryAfter: 1 });
  marking.mark(waits);
  await asked[1].answer(0);
  equal([peers(asked), settled], [['aa', 'bb'], ['bb']]);
  await until(() => asked.length === 3);
  await asked[2].answer(0);
  equal([peers(asked), settled], [['aa', 'bb', 'aa'], ['bb', 'aa']]);
}

export async function aNewSessionAsksAtOnce() {
  const { asked, marking } = world();
  const talk = seen('aa');
  marking.mark(talk);
  await asked[0].answer(4029, { retryAfter: 3_600_000 });
  marking.mark(talk);
  equal(asked.length, 1);
  marking.reset();
  marking.mark(talk);
  equal(asked.length, 2);
}
