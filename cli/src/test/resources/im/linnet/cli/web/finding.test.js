import { firstOf, found } from '/js/finding.js';
import { equal } from './expect.js';

const talk = (peer, ...names) => ({ key: peer, kind: 'p2p', peer, names: [peer, ...names] });
const group = (peer, name) => ({ key: `/${peer}`, kind: 'topic', peer, names: [name, peer] });
const ENTRIES = [talk('bobby'), talk('bob', 'Robert Old'), group('t1', 'Tea club'), talk('carl')];
const KNOWN = { me: 'aa', friends: new Set(['carl']), topics: new Set(['t1']) };
const shown = (text) => found(text, ENTRIES, KNOWN).map(({ act, key, name }) => `${act} ${key ?? name}`);

export function theNameItselfComesBeforeItsBeginnings() {
  equal(shown('bob'), ['open bob', 'open bobby', 'group bob', 'friend bob']);
  equal(shown('BOBBY').slice(0, 1), ['open bobby']);
}

export function nicknamesAndWordsOfANameAreFound() {
  equal(shown('old').slice(0, 1), ['open bob']);
  equal(shown('tea').slice(0, 1), ['open /t1']);
  equal(shown('club').slice(0, 1), ['open /t1']);
  equal(shown('lub').includes('open /t1'), false);
}

export function whatIsNotThereCanBeBegun() {
  equal(shown('dora'), ['message dora', 'group dora', 'friend dora', 'join dora']);
  equal(shown('Zoë’s tea'), ['group Zoë’s tea']);
  equal([shown('  '), shown('t1'), shown('carl')], [[], ['open /t1', 'message t1', 'group t1', 'friend t1'], ['open carl', 'group carl']]);
}

export function enterTakesTheFirstMatchOrWritesToTheName() {
  const first = (text) => firstOf(found(text, ENTRIES, KNOWN));
  equal([first('bob').key, first('dora').act, first('Zoë')], ['bob', 'message', null]);
}
