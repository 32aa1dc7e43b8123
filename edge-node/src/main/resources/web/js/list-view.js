import { $, make, paintAvatar, reconcile, say, shortTime, showError } from './dom.js';
import { isUser } from './names.js';

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
    if (!isUser(name)) {
      showError($('new-error'), 'A name has 1 to 64 of A-Z a-z 0-9 . _ @ -');
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
    bottom.append(make('span', 'preview'), make('span', 'badge'));
    const text = make('span', 'texts');
    text.append(top, bottom);
    button.append(face, text);
    button.addEventListener('click', () => this.#open(talk.peer));
    item.append(button);
    return item;
  }

  #update(item, talk, chat) {
    const status = chat.presence.get(talk.peer) ?? 'unknown';
    const dot = item.querySelector('.dot');
    dot.dataset.status = status;
    dot.setAttribute('aria-label', status === 'unknown' ? '' : status);
    say(item.querySelector('.when'), talk.last ? shortTime(talk.last.time) : '');
    const said = talk.last?.text ?? '';
    say(item.querySelector('.preview'), talk.last?.mine && said ? `You: ${said}` : said);
    const badge = item.querySelector('.badge');
    badge.hidden = talk.unread === 0;
    say(badge, talk.unread === 0 ? '' : `${talk.unread}${talk.unreadMore ? '+' : ''}`);
    badge.setAttribute('aria-label', `${talk.unread} unread`);
    const button = item.firstElementChild;
    button.classList.toggle('has-unread', talk.unread > 0);
    if (talk === chat.current) {
      button.setAttribute('aria-current', 'true');
    } else {
      button.removeAttribute('aria-current');
    }
  }
}
