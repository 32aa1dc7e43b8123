import { button, make } from './dom.js';
import { namesIn } from './groups.js';

const MOST_OFFERED = 30;

/**
 * Buttons below a field for names: each adds a friend's name to it, or takes it out again.
 *
 * @returns {box, leaveOut(users)} the second hides the buttons of those users
 */
export function friendPicker(chat, input) {
  const box = make('div', 'acts picker');
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', 'Friends');
  const show = () => {
    const names = new Set(namesIn(input.value));
    for (const element of box.children) {
      element.setAttribute('aria-pressed', String(names.has(element.dataset.user)));
    }
  };
  for (const user of chat.people.friends.slice(0, MOST_OFFERED)) {
    const element = button(chat.people.name(user), '', () => {
      const names = namesIn(input.value);
      input.value = (names.includes(user) ? names.filter((name) => name !== user) : [...names, user]).join(' ');
      show();
    });
    element.dataset.user = user;
    box.append(element);
  }
  const leaveOut = (users) => {
    for (const element of box.children) {
      element.hidden = users.includes(element.dataset.user);
    }
    box.hidden = [...box.children].every((element) => element.hidden);
  };
  input.addEventListener('input', show);
  show();
  leaveOut([]);
  return { box, leaveOut };
}
