import { Typing, typingText } from '/js/typing.js';
import { equal } from './expect.js';

const TALK = { key: 'bb', kind: 'p2p', peer: 'bb' };

function world() {
  const clock = { now: 0 };
  const sent = [];
  return { clock, sent, typing: new Typing((fields) => sent.push(fields), () => {}, () => clock.now) };
}

export function ownWritingIsToldOnceInThreeSeconds() {
  const { clock, sent, typing } = world();
  const times = [0, 1_000, 2_999, 3_000, 3_500].filter((now) => {
    const before = sent.length;
    clock.now = now;
    typing.wrote(TALK);
    return sent.length > before;
  });
  equal([times, sent], [[0, 3_000], [{ kind: 'p2p', to: 'bb' }, { kind: 'p2p', to: 'bb' }]]);
  typing.sent(TALK);
  typing.wrote(TALK);
  equal(sent.length, 3);
}

export function theWritingOfOthersIsShownForFiveSecondsOrUntilTheyAreDone() {
  const { clock, typing } = world();
  typing.take('/t', 'bb');
  typing.take('/t', 'cc');
  clock.now = 4_999;
  equal([typing.in('/t'), typing.in('bb')], [['bb', 'cc'], []]);
  typing.take('/t', 'cc');
  clock.now = 5_000;
  equal(typing.in('/t'), ['cc']);
  typing.stop('/t', 'cc');
  equal(typing.in('/t'), []);
}

export function aGroupSaysWhoWrites() {
  equal(
    [typingText([], true), typingText(['bb'], false), typingText(['bb'], true), typingText(['bb', 'cc'], true), typingText(['a', 'b', 'c'], true)],
    ['', 'typing…', 'bb is typing…', 'bb and cc are typing…', '3 people are typing…'],
  );
}
