import { Talk, messageOf } from '/js/talk.js';
import { equal } from './expect.js';

// aa's inbox is partition 1 of the stream, bb's is partition 2.
const sent = (offset) => message('aa', 'bb', `p2p/2/${offset}`);
const received = (offset) => message('bb', 'aa', `p2p/1/${offset}`);
const message = (from, to, at) =>
  messageOf({ from, to, at, uuid: at, content: at, type: 'text', time: Number(at.split('/')[2]) });

function talkOf(...messages) {
  const talk = new Talk('aa', 'bb');
  messages.forEach((each) => talk.put(each));
  return talk;
}

/** The user sees all of it. */
const seeAll = (talk) => talk.messages.forEach(({ key }) => talk.see(key));

const ticks = (talk) => talk.messages.filter((each) => each.read).map((each) => each.at.offset);

/** The notice that bb has read, as aa gets it. */
const notice = (fields, own) => ({ reader: 'bb', peer: 'aa', at: 'p2p/1/90', of: { at: own, time: 1 }, ...fields });

export function aMarkCountsUpToItsOwnPlaceOnly() {
  const talk = talkOf(sent(3), sent(7));
  talk.read(notice({ upTo: 'p2p/2/1000' }, 'p2p/2/5'));
  equal(ticks(talk), [3]);
  talk.put(sent(9));
  equal(ticks(talk), [3]);
}

export function aMarkOfAnotherPartitionCountsNothing() {
  const talk = talkOf(sent(3));
  talk.read(notice({ upTo: 'p2p/4/1000' }, 'p2p/2/5'));
  equal(ticks(talk), []);
}

export function aMarkThatNamesMessagesCountsThoseBeforeIt() {
  const talk = talkOf(sent(2), sent(3), sent(7));
  talk.read(notice({ uuids: ['p2p/2/3', 'p2p/2/7'] }, 'p2p/2/5'));
  equal(ticks(talk), [3]);
}

export function aMarkNeverGoesBack() {
  const talk = talkOf(sent(3));
  talk.read(notice({ upTo: 'p2p/2/4' }, 'p2p/2/6'));
  talk.read(notice({ upTo: 'p2p/2/1' }, 'p2p/2/8'));
  talk.put(sent(4));
  equal(ticks(talk), [3, 4]);
}

export function theMarkOfAnotherDeviceIsBoundedToo() {
  const talk = talkOf(received(3), received(7));
  talk.read({ reader: 'aa', peer: 'bb', at: 'p2p/1/5', upTo: 'p2p/1/1000' });
  equal(ticks(talk), [3]);
  seeAll(talk);
  equal(talk.toMark().at.offset, 7);
}

export function marksOfALogThatIsGoneCountNoMore() {
  const talk = talkOf(sent(3), received(3));
  talk.read(notice({ upTo: 'p2p/2/3' }, 'p2p/2/5'));
  talk.marked({ place: 'p2p/1', offset: 3 });
  talk.reset();
  talk.put(sent(2));
  talk.put(received(2));
  equal(ticks(talk), []);
  equal(talk.toMark(), null);
  seeAll(talk);
  equal(talk.toMark().at.offset, 2);
}

export function whatIsMarkedIsNotMarkedAgain() {
  const talk = talkOf(received(3));
  seeAll(talk);
  equal(talk.toMark().at.offset, 3);
  talk.marked({ place: 'p2p/1', offset: 3 });
  talk.unload();
  talk.put(received(3));
  equal(talk.toMark(), null);
}

export function onlyWhatWasSeenIsMarked() {
  const talk = talkOf(received(3), received(5), sent(6), received(7));
  equal(talk.toMark(), null);
  talk.see(talk.messages[1].key);
  equal(talk.toMark().at.offset, 5);
  talk.see(talk.messages[0].key);
  equal(talk.toMark().at.offset, 5);
}

export function theFirstUnreadMessageIsTheOldestReceivedOne() {
  const talk = talkOf(sent(2), received(3), received(5));
  equal(talk.firstUnread().at.offset, 3);
  talk.marked({ place: 'p2p/1', offset: 3 });
  equal(talk.firstUnread().at.offset, 5);
  talk.marked({ place: 'p2p/1', offset: 5 });
  equal(talk.firstUnread(), null);
}

export function olderPagesMayHoldUnreadMessagesWhereTheOldestIsUnread() {
  const talk = talkOf(received(3));
  equal(talk.hasOlderUnread(), false);
  talk.next = 'a page';
  equal(talk.hasOlderUnread(), true);
  talk.marked({ place: 'p2p/1', offset: 3 });
  equal(talk.hasOlderUnread(), false);
  const mine = talkOf(sent(2));
  Object.assign(mine, { next: 'a page', unread: 1 });
  equal(mine.hasOlderUnread(), true);
  mine.unread = 0;
  equal(mine.hasOlderUnread(), false);
}

/** An edit of a message, which stands there in the log of its recipient. */
const edit = (place, content) => ({ content, time: 1_000 + place, at: { place: 'p2p/2', offset: place } });

export function anEditShowsInTheConversationAndInTheList() {
  const talk = talkOf(sent(3), sent(4));
  talk.change(talk.messages[1].key, edit(7, 'second'));
  talk.change(talk.messages[1].key, edit(6, 'first'));
  equal(talk.messages.map(({ content, edited }) => [content, edited]), [['p2p/2/3', 0], ['second', 1_007]]);
  equal(talk.last.content, 'second');
  talk.change(talk.messages[0].key, edit(8, 'of the older one'));
  equal([talk.messages[0].content, talk.last.content], ['of the older one', 'second']);
}

export function anEditOfAMessageThatIsNotLoadedShowsInTheListAlone() {
  const talk = new Talk('aa', 'bb');
  talk.preview(sent(3));
  talk.change(sent(3).key, edit(7, 'x'.repeat(300)));
  talk.change(sent(2).key, edit(8, 'of an older one'));
  talk.preview(sent(3));
  equal([talk.messages, talk.last.content], [[], 'x'.repeat(200)]);
}

export function anEditStaysWhenTheMessageComesAgain() {
  const talk = talkOf(sent(3));
  talk.change(sent(3).key, edit(7, 'edited'));
  talk.put(sent(3));
  equal([talk.messages.map(({ content }) => content), talk.last.content], [['edited'], 'edited']);
}

export function anEditChangesNothingOfWhatIsUnread() {
  const talk = talkOf(received(3));
  talk.unread = 1;
  talk.change(received(3).key, { content: 'edited', time: 9, at: { place: 'p2p/1', offset: 9 } });
  equal([talk.unread, talk.firstUnread().content, talk.toMark()], [1, 'edited', null]);
  seeAll(talk);
  equal(talk.toMark().at.offset, 3);
}

export function whatTheListShowedIsForgottenWhereItMayHaveChanged() {
  const talk = talkOf(sent(3));
  talk.doubt();
  equal(talk.last, { time: 3, mine: true, content: '' });
  talk.change(sent(3).key, edit(7, 'edited'));
  equal(talk.last.content, '');
  talk.preview(sent(3));
  equal(talk.last.content, 'p2p/2/3');
  const empty = new Talk('aa', 'bb');
  empty.doubt();
  equal(empty.last, null);
}

export function aRecallLeavesThePlaceWithoutTheText() {
  const talk = talkOf(sent(3), sent(4));
  talk.change(sent(4).key, { recalled: true });
  talk.change(sent(4).key, edit(9, 'edited behind it'));
  talk.put(sent(4));
  equal(talk.messages.map(({ content, recalled }) => [content, recalled]), [['p2p/2/3', false], ['', true]]);
  equal([talk.last.content, talk.last.recalled], ['', true]);
}

export function aRecallOfAMessageThatIsNotLoadedShowsInTheListAlone() {
  const talk = new Talk('aa', 'bb');
  talk.preview(received(3));
  talk.change(received(2).key, { recalled: true });
  equal(talk.last.content, 'p2p/1/3');
  talk.change(received(3).key, { recalled: true });
  talk.preview(received(3));
  equal([talk.messages, talk.last.content, talk.last.recalled], [[], '', true]);
}

export function aRecallChangesNothingOfWhatIsUnread() {
  const talk = talkOf(received(3));
  talk.unread = 1;
  talk.change(received(3).key, { recalled: true });
  equal([talk.unread, talk.firstUnread().recalled], [1, true]);
  seeAll(talk);
  equal(talk.toMark().at.offset, 3);
}

export function anEditEndsWhereItsMessageIsRecalled() {
  for (const recall of [
    (talk, key) => talk.change(key, { recalled: true }),
    (talk) => talk.put(messageOf({ ...FRAME, recalled: true })),
  ]) {
    const talk = talkOf(messageOf(FRAME), sent(4));
    const { key } = talk.messages[0];
    talk.edit = { key };
    talk.change(sent(4).key, { recalled: true });
    equal([talk.edit, talk.notice], [{ key }, null]);
    recall(talk, key);
    equal([talk.edit, talk.notice], [null, 'The message that you were editing was deleted.']);
  }
}

export function aPageCountsWhereItWasAskedForAfterTheEdit() {
  const talk = talkOf(messageOf(FRAME));
  const { key } = talk.messages[0];
  const before = talk.version;
  talk.change(key, edit(7, 'edited'));
  const stored = { ...FRAME, content: 'edited', edited: 70 };
  talk.put(messageOf({ ...FRAME, content: 'sent' }), before);
  equal([talk.messages[0].content, talk.messages[0].edited], ['edited', 1_007]);
  talk.put(messageOf(stored), talk.version);
  equal([talk.messages[0].content, talk.messages[0].edited], ['edited', 70]);
}

const FRAME = { from: 'aa', to: 'bb', uuid: '1', at: 'p2p/2/1', type: 'text', content: 'sent', time: 1 };

export function aRefusedMessageCanBeForgottenAndTheListShowsTheOneBefore() {
  const talk = new Talk('aa', 'bb');
  const put = (uuid, fields) => talk.put({ ...messageOf({ from: 'aa', to: 'bb', uuid, type: 'text', content: uuid, at: null, ...fields }), state: 'failed' });
  put('sent', { at: 'p2p/2/3', time: 10 });
  put('refused', { time: 20 });
  const [sent, refused] = talk.messages;
  talk.remove(sent.key);
  equal([talk.messages.length, talk.last.content], [2, 'refused']);
  talk.remove(refused.key);
  talk.remove(refused.key);
  equal([talk.messages, talk.last.content, talk.has(refused.key)], [[sent], 'sent', false]);
}
