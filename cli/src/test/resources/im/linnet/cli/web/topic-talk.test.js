import { Talk, messageOf } from '/js/talk.js';
import { equal } from './expect.js';

const message = (from, offset, fields) =>
  messageOf({ from, to: 't', at: `topic/1/${offset}`, uuid: `${offset}`, type: 'text', content: `${offset}`, time: offset, ...fields });

function talkOf(...messages) {
  const talk = new Talk('aa', 't', 'topic');
  messages.forEach((each) => talk.put(each));
  return talk;
}

const seeAll = (talk) => talk.messages.forEach(({ key }) => talk.see(key));

export function theServersCountSaysWhereTheUnreadOnesBegin() {
  const talk = talkOf(message('bb', 3), message('aa', 4), message('cc', 5), message('bb', 6));
  equal(talk.firstUnread(), null);
  talk.unread = 2;
  equal(talk.firstUnread().at.offset, 5);
  talk.next = 'a page';
  equal(talk.hasOlderUnread(), false);
  talk.unread = 4;
  equal([talk.firstUnread().at.offset, talk.hasOlderUnread()], [3, true]);
}

export function onlyWhatIsNewIsMarked() {
  const talk = talkOf(message('bb', 3));
  seeAll(talk);
  equal(talk.toMark(), null);
  talk.receive(message('aa', 4));
  seeAll(talk);
  equal(talk.toMark(), null);
  talk.receive(message('bb', 5));
  seeAll(talk);
  equal(talk.toMark().at.offset, 5);
  talk.marked({ place: 'topic/1', offset: 5 });
  equal(talk.toMark(), null);
}

export function ownMessagesAreReadOnceSomebodyReadThem() {
  const talk = talkOf(message('aa', 3), message('aa', 5), message('bb', 6));
  talk.read({ kind: 'topic', reader: 'bb', peer: 't', upTo: 'topic/1/4', at: 'topic/1/9' });
  equal(talk.messages.map(({ read }) => read), [true, false, false]);
  talk.read({ kind: 'topic', reader: 'cc', peer: 't', uuids: ['5'], at: 'topic/1/10' });
  equal(talk.messages.map(({ read }) => read), [true, true, false]);
  const named = talkOf(message('aa', 3), message('aa', 5), message('aa', 6));
  named.read({ kind: 'topic', reader: 'cc', peer: 't', uuids: ['5'], at: 'topic/1/10' });
  equal(named.messages.map(({ read }) => read), [true, true, false]);
  equal(talkOf(message('aa', 3, { readers: 1 }), message('aa', 4, { readers: 0 })).messages.map(({ read }) => read), [true, false]);
}

export function theMarkOfAnotherDeviceCoversWhatOthersSaid() {
  const talk = talkOf(message('bb', 3), message('bb', 7));
  talk.unread = 2;
  talk.read({ kind: 'topic', reader: 'aa', peer: 't', upTo: 'topic/1/3', at: 'topic/1/9' });
  talk.unread = 1;
  equal(talk.firstUnread().at.offset, 7);
}

export function theListShowsWhatAnAttachmentIs() {
  const content = JSON.stringify({ name: 'a.png', mime: 'image/png', data: 'data:image/png;base64,AAAA' });
  const talk = talkOf(message('bb', 3, { type: 'image', content }));
  equal([talk.last.content, talk.last.from], ['Photo: a.png', 'bb']);
}
