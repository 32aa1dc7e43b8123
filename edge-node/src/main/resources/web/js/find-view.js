import { $, make, paintAvatar, reconcile, say, showError } from './dom.js';
import { found, firstOf } from './finding.js';
import { paintTalk } from './list-view.js';
import { nameFault } from './names.js';
import { paintUser } from './person-row.js';

const ACTS = {
  message: { sign: '✉', text: (name) => `Message ${name}` },
  group: { sign: '+', text: (name) => `New group “${name}”` },
  friend: { sign: '☺', text: (name) => `Add friend ${name}` },
  join: { sign: '→', text: (name) => `Join the group with id ${name}` },
};

/** The field that finds a conversation, or begins one. What it offers is a list below it. */
export class FindView {
  #chat = null;
  #field = $('new-name');
  #options = [];
  /** The option that the arrows chose; -1 where the user chose none. */
  #chosen = -1;
  #told;

  /** @param told open(key), message(user), group(name), friend(user), join(topic), searched(), down() */
  constructor(told) {
    this.#told = told;
    $('new-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#field.addEventListener('input', () => this.#typed());
    this.#field.addEventListener('keydown', (event) => this.#key(event));
    $('found').addEventListener('mousedown', (event) => event.preventDefault());
    $('found').addEventListener('click', (event) => {
      const option = event.target.closest('[role=option]');
      if (option) {
        this.#act(this.#options.find((each) => keyOf(each) === option.dataset.key));
      }
    });
  }

  use(chat) {
    this.#chat = chat;
    this.#end();
  }

  focus() {
    this.#field.focus();
    this.#field.select();
  }

  render() {
    if (this.#field.value.trim() !== '') {
      this.#find();
    }
  }

  #typed() {
    showError($('new-error'), null);
    this.#chosen = -1;
    this.#told.searched();
    this.#find();
  }

  #find() {
    this.#options = found(this.#field.value, this.#entries(), {
      me: this.#chat.me,
      friends: new Set(this.#chat.people.friends),
      topics: new Set(this.#chat.topics.ids()),
    });
    this.#chosen = Math.min(this.#chosen, this.#options.length - 1);
    this.#show();
  }

  /** Conversations first, then groups and friends that nobody spoke to. */
  #entries() {
    const { people, topics } = this.#chat;
    const talks = this.#chat.list();
    const known = new Set(talks.map(({ key }) => key));
    const entries = talks.map((talk) => ({
      key: talk.key,
      kind: talk.kind,
      peer: talk.peer,
      names: talk.isTopic ? [topics.name(talk.peer), talk.peer] : people.names(talk.peer),
    }));
    for (const peer of topics.ids().filter((id) => !known.has(`/${id}`))) {
      entries.push({ key: `/${peer}`, kind: 'topic', peer, names: [topics.name(peer), peer] });
    }
    for (const peer of people.friends.filter((user) => !known.has(user))) {
      entries.push({ key: peer, kind: 'p2p', peer, names: people.names(peer) });
    }
    return entries;
  }

  #show() {
    const isOpen = this.#options.length > 0;
    $('found').hidden = !isOpen;
    $('talks').parentElement.hidden = isOpen;
    this.#field.setAttribute('aria-expanded', String(isOpen));
    reconcile($('found'), this.#options, keyOf, () => this.#create(), (item, option) => this.#bring(item, option));
    const chosen = $('found').children[this.#chosen];
    if (chosen) {
      this.#field.setAttribute('aria-activedescendant', chosen.id);
      chosen.scrollIntoView({ block: 'nearest' });
    } else {
      this.#field.removeAttribute('aria-activedescendant');
    }
  }

  #create() {
    const item = make('li', 'found-item');
    item.setAttribute('role', 'option');
    const face = make('span', 'avatar');
    face.setAttribute('aria-hidden', 'true');
    const texts = make('span', 'texts');
    texts.append(make('span', 'name'), make('span', 'text'));
    item.append(face, texts);
    return item;
  }

  #bring(item, option) {
    const place = this.#options.indexOf(option);
    item.id = `found-${place}`;
    item.setAttribute('aria-selected', String(place === this.#chosen));
    const face = item.querySelector('.avatar');
    if (option.act === 'open') {
      const talk = this.#chat.talks.get(option.key) ?? { isTopic: option.kind === 'topic', peer: option.peer };
      const name = this.#chat.nameOf(talk);
      paintTalk(face, this.#chat, talk);
      say(item.querySelector('.name'), name);
      say(item.querySelector('.text'), talk.isTopic ? 'Group' : name === talk.peer ? '' : talk.peer);
    } else {
      const { sign, text } = ACTS[option.act];
      item.classList.add('begins');
      if (option.act === 'message') {
        paintUser(face, this.#chat, option.name);
      } else {
        say(face, sign);
      }
      say(item.querySelector('.name'), text(option.name));
    }
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.#options.length > 0) {
      event.preventDefault();
      const { length } = this.#options;
      this.#chosen = this.#chosen < 0 && step < 0 ? length - 1 : (this.#chosen + step + length) % length;
      this.#show();
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.#told.down();
    } else if (event.key === 'Escape' && this.#field.value !== '') {
      // It leaves the search, and nothing else.
      event.stopPropagation();
      this.#end();
    }
  }

  #submit() {
    this.#find();
    const chosen = this.#options[this.#chosen] ?? firstOf(this.#options);
    if (chosen) {
      this.#act(chosen);
    } else {
      showError($('new-error'), nameFault(this.#field.value.trim()));
      this.#options = [];
      this.#show();
    }
  }

  #act({ act, key, name }) {
    this.#end();
    this.#told[act](act === 'open' ? key : name);
  }

  #end() {
    this.#field.value = '';
    this.#options = [];
    this.#chosen = -1;
    showError($('new-error'), null);
    this.#show();
  }
}

const keyOf = ({ act, key, name }) => `${act} ${key ?? name}`;
