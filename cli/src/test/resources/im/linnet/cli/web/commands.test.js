import { Commands } from '/js/commands.js';
import { Disconnected } from '/js/link.js';
import { equal, settle, until } from './expect.js';

class FakeLink {
  online = true;
  generation = 1;
  asked = [];

  request(op, fields) {
    return new Promise((resolve, reject) => this.asked.push({ op, fields, resolve, reject }));
  }
}

export async function anAnswerIsGivenWhateverItsCode() {
  const link = new FakeLink();
  const done = new Commands(link).run('topic.leave', { topic: 't' });
  link.asked[0].resolve({ code: 4009, message: 'conflict' });
  equal([(await done).code, link.asked[0].fields.topic, link.asked[0].fields.retry], [4009, 't', undefined]);
}

export async function whatTheConnectionLeftUnansweredIsRepeatedOnTheNextOneAsOne() {
  const link = new FakeLink();
  const done = new Commands(link).run('topic.leave', { topic: 't' });
  Object.assign(link, { online: false, generation: 2 });
  link.asked[0].reject(new Disconnected());
  await settle();
  link.online = true;
  await until(() => link.asked.length === 2);
  link.asked[1].resolve({ code: 0, data: {} });
  equal([(await done).code, link.asked[1].fields.uuid === link.asked[0].fields.uuid, link.asked[1].fields.retry], [0, true, true]);
}

export async function whatTheServerCannotDoNowIsAskedAgain() {
  const link = new FakeLink();
  const done = new Commands(link).run('topic.leave', {});
  link.asked[0].resolve({ code: 5003, data: { retryAfter: 1 } });
  await until(() => link.asked.length === 2);
  link.asked[1].resolve({ code: 0 });
  equal([(await done).code, link.asked[1].fields.retry], [0, undefined]);
}
