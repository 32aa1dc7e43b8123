import { Ahead } from '/js/ahead.js';
import { equal } from './expect.js';

const SENT = { content: 'sent', recalled: false, edited: 0, editAt: null };
const edit = (offset) => ({ content: `edit ${offset}`, time: offset, at: { place: 'p2p/1', offset } });

export function aRecallThatComesBeforeItsMessageCounts() {
  const ahead = new Ahead();
  ahead.note('k', edit(3));
  ahead.note('k', { recalled: true });
  equal([ahead.applied('k', SENT).content, ahead.applied('k', SENT).recalled], ['', true]);
  equal(ahead.applied('other', SENT), SENT);
}

export function theNewestEditCountsInWhicheverOrderTheyCame() {
  const ahead = new Ahead();
  [edit(5), edit(9), edit(7)].forEach((each) => ahead.note('k', each));
  equal(ahead.applied('k', SENT).content, 'edit 9');
}

export function theOldestAreForgottenFirst() {
  const ahead = new Ahead();
  for (let i = 0; i < 501; i++) {
    ahead.note(`k${i}`, { recalled: true });
  }
  equal([ahead.applied('k0', SENT).recalled, ahead.applied('k1', SENT).recalled], [false, true]);
}
