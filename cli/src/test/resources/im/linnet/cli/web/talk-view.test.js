import { TalkView } from '/js/talk-view.js';
import { equal, until } from './expect.js';
import { drawing, onPage } from './page.js';
import { World, said, within } from './world.js';

/** The conversation with bb is open on the page. */
const opened = (test) =>
  onPage(() =>
    within(new World(), async (world) => {
      const view = new TalkView(() => true, { readers: () => {} });
      view.use(world.chat);
      world.changed = drawing(() => view.render());
      await world.begin();
      world.chat.open('bb');
      await test(world);
    }),
  );

const read = (offset) => ({ ...said(offset, `u${offset}`), read: true });
const cursors = ({ asked }) => asked.filter(({ op }) => op === 'history').map(({ before }) => before ?? null);

export function pagesThatAreAllInSightAreContinued() {
  return opened(async (world) => {
    await world.answer('history', { messages: [read(200)], next: 'c1' });
    equal(cursors(world), [null, 'c1']);
    await world.answer('history', { messages: [read(199)], next: 'c2' });
    equal(cursors(world), [null, 'c1', 'c2']);
    await world.answer('history', { messages: Array.from({ length: 150 }, (_, i) => read(198 - i)), next: 'c3' });
    const { scrollHeight, clientHeight } = document.getElementById('messages-scroll');
    equal([scrollHeight > 2 * clientHeight, cursors(world)], [true, [null, 'c1', 'c2']]);
  });
}

export function aPageThatIsRefusedIsNotAskedForAgain() {
  return opened(async (world) => {
    await world.answer('history', { messages: [read(200)], next: 'c1' });
    await world.refuse('history', 4003);
    world.push(said(201, 'z'));
    await until(() => document.querySelectorAll('#messages .content').length === 2);
    equal(cursors(world), [null, 'c1']);
    equal(document.getElementById('older').textContent, 'You are not in this group any more.');
  });
}

/** Opens the menu of that message: what it offers. */
const menuOf = (world, content) => {
  const { key } = world.chat.current.messages.find((message) => message.content === content);
  document.querySelector(`#messages > [data-key="${key}"] .more`).click();
  return [...document.querySelectorAll('#change button')].filter((each) => !each.hidden).map(({ value }) => value);
};
const choose = (value) => document.querySelector(`#change [value=${value}]`).click();

export function aMessageThatWasRefusedCanBeSentAgainOrRemoved() {
  return opened(async (world) => {
    await world.answer('history', { messages: [] });
    for (const content of ['first', 'second']) {
      world.chat.send(content);
      await world.refuse('send', 4003);
    }
    const contents = () => world.chat.current.messages.map(({ content, state }) => [content, state]);
    equal(menuOf(world, 'first'), ['again', 'remove', 'stay']);
    choose('again');
    await until(() => world.count('send') === 3);
    equal(contents(), [['second', 'failed'], ['first', 'sending']]);
    const uuids = world.asked.filter(({ op }) => op === 'send').map(({ uuid }) => uuid);
    equal([uuids.length, new Set(uuids).size], [3, 3]);
    await world.answer('send', { at: 'p2p/2/3', time: Date.now() });
    menuOf(world, 'second');
    choose('remove');
    await until(() => world.chat.current.messages.length === 1);
    equal([contents(), world.chat.current.last.content], [[['first', 'sent']], 'first']);
  });
}
