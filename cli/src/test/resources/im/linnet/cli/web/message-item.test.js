import { createMessage, offerMenu, updateMessage } from '/js/message-item.js';
import { equal } from './expect.js';

const MESSAGE = { from: 'aa', to: 'bb', type: 'text', content: 'x', time: 1, state: 'sending' };

export function anOwnMessageSaysWhyItIsNotSentAndWhatTheUserCanDo() {
  const item = createMessage(MESSAGE, 'aa');
  const shown = (message, isLate, isAtRisk) => {
    updateMessage(item, { ...MESSAGE, ...message }, isLate, isAtRisk);
    return item.querySelector('.why')?.textContent ?? null;
  };
  const risk = 'This browser has no room to keep this message. Leave the page open until it is sent.';
  equal(shown({}, false, true), null);
  equal(shown({}, true, true), risk);
  equal(shown({}, true, false), null);
  equal(shown({ state: 'failed', error: 'no' }, false, false), 'Not sent: no');
  equal(shown({ state: 'sent' }, false, false), null);
}

export function aRecalledMessageKeepsItsPlaceWithoutItsText() {
  const item = createMessage(MESSAGE, 'aa');
  const shown = (fields) => {
    updateMessage(item, { ...MESSAGE, state: 'sent', ...fields }, false, false);
    return [item.querySelector('.content').textContent, item.querySelector('.why')?.textContent ?? null];
  };
  equal(shown({ recall: { error: 'Too late.' } }), ['x', 'Too late.']);
  equal(shown({ recall: { error: 'Too late.' }, recalled: true, content: '' }), ['This message was deleted.', null]);
}

export function anEditedMessageSaysSoAndWhen() {
  const item = createMessage(MESSAGE, 'aa');
  const shown = (edited) => {
    updateMessage(item, { ...MESSAGE, edited }, false, false);
    const mark = item.querySelector('.edited');
    return [mark.textContent, mark.title];
  };
  equal(shown(0), ['', '']);
  equal(shown(new Date(2026, 2, 9, 7, 5).getTime()), ['edited', 'Edited 2026-03-09 07:05']);
  equal(shown(0), ['', '']);
}

export function theMenuIsOfferedOnceAndTakenAway() {
  const item = createMessage(MESSAGE, 'aa');
  const buttons = () => item.querySelectorAll('button').length;
  equal(buttons(), 0);
  offerMenu(item, true);
  offerMenu(item, true);
  equal(buttons(), 1);
  offerMenu(item, false);
  offerMenu(item, false);
  equal(buttons(), 0);
}
