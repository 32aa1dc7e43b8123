import { button, make, paintAvatar, reconcile, say } from './dom.js';
import { pictureOf } from './attachment.js';

/** Shows a user's avatar: their picture, or their initials. */
export function paintUser(element, chat, user) {
  paintAvatar(element, user, chat.people.name(user), pictureOf(chat.people.profiles.of(user).avatar));
}

/** A list of people, each a row with a face, a name, a line of text, and buttons. */
export class PersonList {
  #chat;
  #open;
  element = make('ul', 'people-rows');

  /** @param open told the user whose row was pressed */
  constructor(chat, open) {
    this.#chat = chat;
    this.#open = open;
    this.element.setAttribute('role', 'list');
  }

  /** @param rows [{user, text, acts: [{text, className, act}]}] */
  update(rows) {
    reconcile(this.element, rows, ({ user }) => user, (row) => this.#create(row), (item, row) => this.#bring(item, row));
  }

  #create({ user }) {
    const item = make('li', 'person-row');
    const face = make('span', 'avatar small');
    face.setAttribute('aria-hidden', 'true');
    const texts = make('span', 'texts');
    texts.append(make('span', 'name'), make('span', 'text'));
    const name = button('', 'quiet person', () => this.#open(user));
    name.append(face, texts);
    item.append(name, make('span', 'acts'));
    return item;
  }

  #bring(item, { user, text = '', acts = [] }) {
    const shown = this.#chat.people.name(user);
    paintUser(item.querySelector('.avatar'), this.#chat, user);
    say(item.querySelector('.name'), user === this.#chat.me ? `${shown} (you)` : shown);
    say(item.querySelector('.text'), [shown === user ? '' : user, text].filter(Boolean).join(' · '));
    const place = item.querySelector('.acts');
    const signature = acts.map((each) => each.text).join();
    if (place.dataset.acts !== signature) {
      place.dataset.acts = signature;
      place.replaceChildren(
        ...acts.map(({ text: label, className = '', act }) => {
          const element = button(label, className, () => act(element));
          element.setAttribute('aria-label', `${label}: ${shown}`);
          return element;
        }),
      );
    }
  }
}
