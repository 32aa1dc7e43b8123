import { createMessage, updateMessage } from '/js/message-item.js';
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
