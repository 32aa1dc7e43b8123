import { ListView } from '/js/list-view.js';
import { equal } from './expect.js';
import { drawing, onPage } from './page.js';
import { World, said, within } from './world.js';

export function aListThatIsAllInSightIsContinued() {
  return onPage(() =>
    within(new World(), async (world) => {
      const view = new ListView(() => {}, () => world.chat.listMore());
      world.changed = drawing(() => view.render(world.chat));
      const cursors = () => world.asked.filter(({ op }) => op === 'conversations').map(({ before }) => before ?? null);
      const entry = (i) => ({ kind: 'p2p', peer: `p${i}`, unread: 0, last: { ...said(1_000 - i, `u${i}`), from: `p${i}` } });
      await world.begin();
      await world.answer('conversations', { conversations: [entry(0), entry(1)], next: 'c1' });
      equal(cursors(), [null, 'c1']);
      await world.answer('conversations', { conversations: [entry(2)], next: 'c2' });
      equal(cursors(), [null, 'c1', 'c2']);
      await world.answer('conversations', { conversations: Array.from({ length: 100 }, (_, i) => entry(3 + i)), next: 'c3' });
      equal(cursors(), [null, 'c1', 'c2']);
      const scroll = document.getElementById('talks').parentElement;
      scroll.scrollTop = scroll.scrollHeight;
      view.render(world.chat);
      equal(cursors(), [null, 'c1', 'c2', 'c3']);
    }),
  );
}

export function aMessageThatWasRefusedIsNotShownAsSent() {
  return onPage(() =>
    within(new World(), async (world) => {
      const view = new ListView(() => {}, () => {});
      const shown = () => {
        view.render(world.chat);
        return document.querySelector('#talks .preview').textContent;
      };
      await world.begin();
      world.push(said(1, 'x'));
      world.chat.open('bb');
      await world.answer('history', { messages: [said(1, 'x')] });
      world.chat.send('refused');
      await world.refuse('send', 4003);
      equal(shown(), 'Not sent: refused');
      equal(world.stored.includes('refused'), false);
      world.chat.remove(world.chat.current.last.key);
      equal(shown(), 'text x');
    }),
  );
}
