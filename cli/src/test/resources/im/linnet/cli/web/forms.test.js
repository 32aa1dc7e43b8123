import { changed, formOf, refreshed } from '/js/forms.js';
import { equal } from './expect.js';

const at = (offset) => ({ place: 'p2p/2', offset });
const edit = (offset, content = `edit ${offset}`) => ({ content, time: offset * 10, at: at(offset) });

/** What is shown after those, which come in that order. */
const shown = (form, ...edits) => edits.reduce(changed, form).content;

export function editsCountInTheOrderOfTheLogInWhicheverOrderTheyCome() {
  const sent = formOf({ content: 'sent' });
  equal(shown(sent), 'sent');
  equal(shown(sent, edit(5), edit(7)), 'edit 7');
  equal(shown(sent, edit(7), edit(5)), 'edit 7');
  equal(shown(sent, edit(7), edit(5), edit(9), edit(7)), 'edit 9');
}

export function anEditThatTheStoreHadTakenInAlreadyChangesNothing() {
  const stored = formOf({ content: 'edit 7', edited: 70 });
  equal(shown(stored, edit(5)), 'edit 7');
  equal(shown(stored, edit(5), edit(7), edit(8)), 'edit 8');
}

export function theAnswerToAnEditCountsThoughItTellsNoTime() {
  const ahead = formOf({ content: 'by a clock that is ahead', edited: Date.now() + 60_000 });
  const answered = changed(ahead, { content: 'mine', at: at(8) });
  equal([answered.content, answered.edited >= ahead.edited], ['mine', true]);
  equal(shown(answered, edit(7)), 'mine');
  equal(shown(answered, edit(9)), 'edit 9');
}

export function theStoresFormIsTakenUnlessItIsOlder() {
  const [sent, first, second] = [
    { content: 'sent' },
    { content: 'first', edited: 50 },
    { content: 'second', edited: 70 },
  ].map(formOf);
  equal(refreshed(sent, second), second);
  equal(refreshed(first, second), second);
  equal(refreshed(second, first), second);
  equal(refreshed(second, sent), second);
}

export function afterAnEditThatWasPushedTheStoreSaysNothingNew() {
  const pushed = changed(formOf({ content: 'sent' }), edit(7));
  equal(refreshed(pushed, formOf({ content: 'edit 5', edited: 50 })), pushed);
  equal(refreshed(pushed, formOf({ content: 'edit 9', edited: 90 })), pushed);
  equal(shown(pushed, edit(9)), 'edit 9');
}

export function whatWasRecalledStaysRecalled() {
  const gone = formOf({ content: 'sent', edited: 50, recalled: true });
  equal(gone, { content: '', recalled: true, edited: 0, editAt: null });
  const sent = formOf({ content: 'sent' });
  for (const recalled of [
    changed(sent, { recalled: true }),
    changed(changed(sent, edit(7)), { recalled: true }),
    changed(changed(sent, { recalled: true }), edit(9)),
    changed(gone, edit(9)),
    refreshed(sent, gone),
    refreshed(changed(sent, edit(7)), gone),
    refreshed(gone, sent),
    refreshed(gone, formOf({ content: 'edit 9', edited: 90 })),
  ]) {
    equal(recalled, gone);
  }
}

export function theStoresFormCountsWhereItWasAskedForAfterTheEdit() {
  const answered = changed(formOf({ content: 'sent' }), { content: 'mine', at: at(8), time: 999_999 });
  equal(refreshed(answered, formOf({ content: 'mine', edited: 80 }), true), formOf({ content: 'mine', edited: 80 }));
  equal(refreshed(changed(answered, { recalled: true }), formOf({ content: 'mine', edited: 80 }), true).recalled, true);
}
