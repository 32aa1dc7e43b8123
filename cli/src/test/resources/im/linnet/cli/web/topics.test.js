import { Topics } from '/js/topics.js';
import { equal, settle } from './expect.js';

/** The groups of aa, and a server that answers when the test says so. */
function world() {
  const asked = [];
  const request = (op, { topic }) => new Promise((resolve) => asked.push({ op, topic, answer: (code, data) => (resolve({ code, data }), settle()) }));
  return { asked, topics: new Topics('aa', { online: true, request }, null, () => {}, () => {}) };
}

const info = (fields) => ({ topic: 't', name: 'Tea', founder: 'bb', members: 2, ...fields });
const fact = (event, fields) => ({ op: 'topic', event, topic: 't', by: 'bb', ...fields });

export async function anAnswerIsNoNewsAfterAFactThatCameMeanwhile() {
  const { asked, topics } = world();
  topics.take(fact('joined', { members: ['aa'] }), 'in');
  topics.refresh('t');
  topics.take(fact('renamed', { name: 'Cake' }), null);
  topics.refresh('t');
  await asked[0].answer(0, info());
  equal([topics.name('t'), asked.length], ['Cake', 2]);
  await asked[1].answer(0, info({ name: 'Cake', members: 3 }));
  equal([topics.info('t'), asked.length], [info({ name: 'Cake', members: 3 }), 2]);
}

export async function whoIsOutOfAGroupMeanwhileStaysOut() {
  const { asked, topics } = world();
  topics.restart();
  await asked[0].answer(0, { topics: [info()] });
  topics.refresh('t');
  topics.take(fact('kicked', { members: ['aa'] }), 'out');
  await asked[1].answer(0, info());
  await asked[2].answer(4003);
  equal([topics.isOut('t'), topics.name('t'), asked.length], [true, 'Tea', 3]);
}
