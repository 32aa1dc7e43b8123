import { equal } from './expect.js';
import { World, own, push, said, within } from './world.js';

export function changesOfAConversationThatIsClosedShowInTheListAndNeitherCountNorStay() {
  return within(new World(), async (world) => {
    await world.begin();
    world.push(said(1, 'x'));
    const talk = world.chat.talks.get('bb');
    world.push(push('edit', 2, { uuid: 'x', content: 'new words' }));
    equal([talk.last.content, talk.unread, talk.messages], ['new words', 1, []]);
    world.push(push('recall', 3, { uuid: 'x' }));
    world.push(push('edit', 4, { uuid: 'x', content: 'newer words' }));
    world.push(push('recall', 5, { from: 'cc', uuid: 'x' }));
    equal([talk.last.content, talk.last.recalled, talk.unread, world.chat.list().length], ['', true, 1, 1]);
    equal([world.stored.includes('words'), world.stored.includes('text x')], [false, false]);
    equal(JSON.parse(localStorage.getItem('linnet/user/aa')).at, ['p2p/1/5']);
  });
}

export function whatTheListShowedBeforeIsForgottenWhereTheBacklogIsCut() {
  const last = (peer) => ({ peer, last: { key: `aa/${peer}/x`, time: 1, mine: false, content: `text of ${peer}` } });
  const shown = async (synced) => {
    const world = new World({ log: 'l', at: ['p2p/1/1'], talks: [last('bb'), last('cc')] });
    let texts;
    await within(world, async () => {
      await world.begin([said(9, 'y')], synced);
      texts = ['bb', 'cc'].map((peer) => world.chat.talks.get(peer).last.content);
    });
    return texts;
  };
  return (async () => {
    equal(await shown({}), ['text y', 'text of cc']);
    equal(await shown({ cut: true }), ['text y', '']);
    equal(await shown({ reset: true }), ['text y', '']);
  })();
}

export function anOwnMessageThatAnotherSessionChangedIsNotSentAgain() {
  return within(new World(), async (world) => {
    await world.begin();
    world.chat.open('bb');
    await world.answer('history', { messages: [] });
    world.chat.send('on its way');
    const { uuid } = world.asked.findLast(({ op }) => op === 'send');
    equal([world.chat.unsent, world.count('history')], [1, 1]);
    world.push(own('recall', 6, uuid));
    equal([world.chat.unsent, world.chat.current.messages, world.count('history')], [0, [], 2]);
    await world.answer('history', { messages: [{ ...own('message', 5, uuid), type: 'text', content: '', recalled: true }] });
    equal(world.chat.current.messages.map(({ content, recalled }) => [content, recalled]), [['', true]]);
    equal(world.stored.includes('on its way'), false);
  });
}

export function aRecallThatComesBeforeItsMessageIsNotForgotten() {
  return within(new World(), async (world) => {
    await world.begin();
    world.chat.open('bb');
    await world.answer('history', { messages: [] });
    world.push(push('recall', 4, { uuid: 'x' }));
    world.push(said(3, 'x'));
    world.push(said(5, 'y'));
    equal(world.chat.current.messages.map(({ content, recalled }) => [content, recalled]), [['', true], ['text y', false]]);
  });
}

const group = (op, offset, fields) => ({ op, at: `topic/1/${offset}`, time: offset, ...fields });
const fact = (event, offset, fields) => group('topic', offset, { event, topic: 't', by: 'bb', uuid: `f${offset}`, ...fields });
const told = (offset, from) => group('message', offset, { kind: 'topic', from, to: 't', uuid: `m${offset}`, type: 'text', content: `text ${offset}` });

export function aGroupIsInTheListFromItsFactsOn() {
  return within(new World(), async (world) => {
    await world.begin();
    world.push(fact('created', 1, { name: 'Tea', members: ['bb', 'aa'] }));
    world.push(told(2, 'bb'));
    world.push(told(3, 'aa'));
    const [talk] = world.chat.list();
    equal([talk.key, world.chat.nameOf(talk), talk.unread, talk.last.content, talk.last.mine], ['/t', 'Tea', 1, 'text 3', true]);
    world.push(fact('renamed', 4, { name: 'Cake' }));
    world.push(fact('kicked', 5, { members: ['aa'] }));
    equal([world.chat.nameOf(talk), talk.closed], ['Cake', 'You are no longer in this group.']);
    world.push(fact('joined', 6, { members: ['aa'] }));
    equal(talk.closed, null);
    equal(talk.notes.among([], true).map(({ note }) => world.chat.lineOf(note)), [
      'bb created the group.',
      'bb named the group “Cake”.',
      'bb removed you.',
      'bb added you.',
    ]);
  });
}

export function aGroupThatTheUserLeftElsewhereIsGone() {
  return within(new World(), async (world) => {
    await world.begin();
    world.push(fact('created', 1, { name: 'Tea', members: ['bb', 'aa'] }));
    world.chat.open('/t');
    world.push(fact('left', 2, { by: 'aa', members: ['aa'] }));
    equal([world.chat.list(), world.chat.current], [[], null]);
  });
}

export function aRequestForFriendshipIsShownAndStartsNoConversation() {
  return within(new World(), async (world) => {
    await world.begin();
    const asked = { op: 'message', kind: 'mutual', from: 'bb', to: 'aa', type: 'add_friend', content: 'hi', uuid: 'r', at: 'mutual/1/1', time: 1 };
    world.push(asked);
    equal([world.chat.list(), world.chat.people.waiting.length], [[], 1]);
    world.chat.open('bb');
    await world.answer('history', { messages: [] });
    await world.answer('history', { messages: [asked] });
    equal(world.asked.findLast(({ op }) => op === 'history').kind, 'mutual');
    equal(world.chat.current.notes.among([], true).map(({ note }) => world.chat.lineOf(note)), ['bb asked you to be friends: “hi”']);
  });
}

export function theServersListIsTakenOnANewDevice() {
  return within(new World(), async (world) => {
    await world.begin();
    await world.answer('conversations', {
      conversations: [
        { kind: 'topic', topic: 't', name: 'Tea', unread: 2 },
        { kind: 'p2p', peer: 'bb', last: { ...said(5, 'x'), read: true }, unread: 0 },
      ],
    });
    equal(world.chat.list().map((talk) => [talk.key, talk.last?.content ?? null, talk.unread]), [['/t', null, 2], ['bb', 'text x', 0]]);
    equal(JSON.parse(world.stored.includes('linnet/user/aa') ? localStorage.getItem('linnet/user/aa') : '{}').talks.map(({ kind, peer }) => [kind, peer]), [['topic', 't'], ['p2p', 'bb']]);
  });
}

export function aGroupThatTheServerDoesNotListIsKnownToBeLeft() {
  return within(new World({ talks: [{ kind: 'topic', peer: 't', last: { time: 1, mine: false, content: 'x' } }] }), async (world) => {
    await world.begin();
    equal(world.chat.topics.isOut('t'), false);
    await world.answer('topic.list', { topics: [] });
    equal(world.chat.topics.isOut('t'), true);
    world.push(fact('joined', 1, { members: ['aa'] }));
    equal(world.chat.topics.isOut('t'), false);
  });
}

export function theServerCountsWhatIsUnreadOfEachKind() {
  return within(new World(), async (world) => {
    await world.begin();
    await world.answer('unread', { p2p: [{ peer: 'bb', count: 2 }], topic: [{ topic: 't', count: 3, more: true }], mutual: 1 });
    const counts = () => Object.fromEntries(world.chat.list().map((talk) => [talk.key, [talk.unread, talk.unreadMore]]));
    equal(counts(), { bb: [2, false], '/t': [3, true] });
    equal(world.chat.unreadTotal(), 5);
  });
}

export function aMessageToOneselfIsReadOnceTheServerHasIt() {
  return within(new World(), async (world) => {
    await world.begin();
    world.chat.open('aa');
    await world.answer('history', { messages: [] });
    world.chat.send('note');
    equal(world.count('read'), 0);
    await world.answer('send', { at: 'p2p/1/5', time: Date.now() });
    const { kind, peer, upTo } = world.asked.find(({ op }) => op === 'read') ?? {};
    equal([kind, peer, upTo], ['p2p', 'aa', 'p2p/1/5']);
    await world.answer('read', {});
    equal(world.chat.current.messages.map(({ content, read }) => [content, read]), [['note', true]]);
  });
}
