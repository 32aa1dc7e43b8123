import { rowsOf } from '/js/rows.js';
import { Talk, messageOf } from '/js/talk.js';
import { equal } from './expect.js';

const DAY = 86_400_000;
const message = (from, offset, time = 1_000 + offset) =>
  messageOf({ from, to: 't', at: `topic/1/${offset}`, uuid: `${offset}`, type: 'text', content: 'x', time });

function shown(talk, divider = null) {
  return rowsOf(talk, divider, ({ frame }) => frame).map(({ kind, text, message: said, isFirst }) =>
    said ? `${said.from}${isFirst ? ' first' : ''}` : kind === 'day' ? 'day' : `${kind}: ${text}`,
  );
}

function talkOf(...messages) {
  const talk = new Talk('aa', 't', 'topic');
  messages.forEach((each) => talk.put(each));
  talk.loaded = true;
  return talk;
}

export function aSenderIsNamedOnceInARow() {
  equal(shown(talkOf(message('bb', 1), message('bb', 2), message('cc', 3), message('bb', 4))), ['day', 'bb first', 'bb', 'cc first', 'bb first']);
}

export function aNoteADayAndTheUnreadLinePartARow() {
  const talk = talkOf(message('bb', 1), message('bb', 2), message('bb', 4), message('bb', 5, DAY * 3));
  talk.notes.put({ key: 'n', time: 1_003, at: { place: 'topic/1', offset: 3 }, frame: 'cc joined.' });
  equal(shown(talk, talk.messages[1].key), ['day', 'bb first', 'unread-line: Unread from here', 'bb first', 'note: cc joined.', 'bb first', 'day', 'bb first']);
}
