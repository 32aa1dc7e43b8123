import { make, say } from './dom.js';
import { PersonList } from './person-row.js';

/** Who has read an own message. */
export class ReadersPanel {
  title = 'Read by';
  #chat;
  #list;
  #line = make('p', 'hint');
  #readers = [];

  /** @param person told the user whose details are wanted */
  constructor(chat, talk, uuid, person) {
    this.#chat = chat;
    this.#list = new PersonList(chat, person);
    this.#load(talk, uuid);
  }

  build(body) {
    body.append(this.#line, this.#list.element);
  }

  update() {
    this.#list.update(this.#readers.map((user) => ({ user })));
  }

  async #load(talk, uuid) {
    say(this.#line, 'Loading…');
    const { readers = [], count = 0, error } = await this.#chat.receipts(talk, uuid);
    this.#readers = readers;
    const rest = count - readers.length;
    say(this.#line, error ?? (count === 0 ? 'Nobody yet.' : rest > 0 ? `${count} people, among them:` : `${count} ${count === 1 ? 'person' : 'people'}`));
    this.update();
  }
}
