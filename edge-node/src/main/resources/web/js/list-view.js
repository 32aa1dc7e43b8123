import { $, make, paintAvatar, reconcile, say, showError } from './dom.js';
import { DELETED } from './message-item.js';
import { nameFault } from './names.js';
import { shortTime } from './times.js';

const MOST_SHOWN = 200;

/** The list of conversations with unread badges and online dots, and the form to start one. */
export class ListView {
  #open;

  /** @param open told the peer's name when the user chooses a conversation */
  constructor(open) {
    this.#open = open;
    $('new-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#start();
    });
    $('new-name').addEventListener('input', () => showError($('new-error'), null));
    $('talks').addEventListener('keydown', (event) => this.#arrow(event));
  }

  #start() {
    const name = $('new-name').value.trim();
    const fault = nameFault(name);
    if (fault) {
      showError($('new-error'), fault);
      return;
    }
    $('new-name').value = '';
    this.#open(name);
  }

  /** Up and down walk through the list. */
  #arrow(event) {
    const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key];
    const item = step && event.target.closest('li')?.[step];
    if (item) {
      event.preventDefault();
      item.querySelector('button').focus();
    }
  }

  render(chat) {
    const talks = chat.list();
    $('talks-empty').hidden = talks.length > 0;
    reconcile(
      $('talks'),
      talks,
      (talk) => talk.peer,
      (talk) => this.#create(talk, chat.me),
      (item, talk) => this.#update(item, talk, chat),
    );
  }

  #create(talk, me) {
    const item = make('li');
    const button = make('button', 'talk-item');
    button.type = 'button';
    const avatar = make('span', 'avatar');
    avatar.setAttribute('aria-hidden', 'true');
    paintAvatar(avatar, talk.peer);
    const dot = make('span', 'dot');
    dot.setAttribute('role', 'img');
    const face = make('span', 'face');
    face.append(avatar, dot);
    const top = make('span', 'line');
    top.append(make('span', 'name', talk.peer === me ? `${talk.peer} (you)` : talk.peer), make('time', 'when'));
    const bottom = make('span', 'line');
    const preview = make('span', 'preview');
    preview.append(make('span', 'who'), make('bdi', 'said'));
    const badge = make('span', 'badge');
    badge.append(make('span'), make('span', 'hidden', ' unread'));
    bottom.append(preview, badge);
    const text = make('span', 'texts');
    text.append(top, bottom);
    button.append(face, text);
    button.addEventListener('click', () => this.#open(talk.peer));
    item.append(button);
    return item;
  }

  #update(item, talk, chat) {
    const status = chat.presenceOf(talk.peer)?.status;
    const dot = item.querySelector('.dot');
    dot.hidden = status === undefined;
    dot.dataset.status = status ?? '';
    dot.setAttribute('aria-label', status ?? '');
    say(item.querySelector('.when'), talk.last ? shortTime(talk.last.time) : '');
    this.#showLast(item, talk, chat);
    const badge = item.querySelector('.badge');
    badge.hidden = talk.unread === 0;
    say(badge.firstElementChild, `${talk.unread}${talk.unreadMore ? '+' : ''}`);
    const button = item.firstElementChild;
    button.classList.toggle('has-unread', talk.unread > 0);
    if (talk === chat.current) {
      button.setAttribute('aria-current', 'true');
    } else {
      button.removeAttribute('aria-current');
    }
  }
  /** What was said last, or what waits to be sent. */
  #showLast(item, talk, chat) {
    const waiting = talk.waiting();
    const isLate = waiting !== null && chat.isLate(waiting);
    const { content = '', recalled, mine } = talk.last ?? {};
    const said = isLate ? waiting.content.slice(0, MOST_SHOWN) : recalled ? DELETED : content;
    const who = mine && content ? 'You: ' : '';
    item.firstElementChild.classList.toggle('is-late', isLate);
    say(item.querySelector('.who'), isLate ? 'Not sent yet: ' : who);
    say(item.querySelector('.said'), said);
  }
}
