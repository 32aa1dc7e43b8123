import { pictureOf } from './attachment.js';
import { $, make, paintAvatar, reconcile, say } from './dom.js';
import { DELETED } from './message-item.js';
import { shortTime } from './times.js';
import { typingText } from './typing.js';

const MOST_SHOWN = 200;
const NEAR_END_PX = 200;

/** Shows the face of a conversation: of its user, or of the group. */
export function paintTalk(element, chat, talk) {
  const picture = talk.isTopic ? null : pictureOf(chat.people.profiles.of(talk.peer).avatar);
  paintAvatar(element, talk.peer, chat.nameOf(talk), picture);
}

/** The list of conversations with unread badges and online dots. */
export class ListView {
  #open;
  #more;
  #scroll = $('talks').parentElement;

  /** @param open told the key of the conversation that the user chooses; more() near the list's end */
  constructor(open, more) {
    this.#open = open;
    this.#more = more;
    $('talks').addEventListener('keydown', (event) => this.#arrow(event));
    this.#scroll.addEventListener('scroll', () => this.#bring(), { passive: true });
    new ResizeObserver(() => this.#bring()).observe(this.#scroll);
  }

  /** A list that is all in sight cannot be scrolled: what follows comes without that too. */
  #bring() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroll;
    if (clientHeight > 0 && scrollHeight - scrollTop - clientHeight < NEAR_END_PX) {
      this.#more();
    }
  }

  /** Up and down walk through the list, and out of it to the field above. */
  #arrow(event) {
    const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key];
    const item = event.target.closest('li');
    if (step && item) {
      event.preventDefault();
      if (item[step]) {
        item[step].querySelector('button').focus();
      } else if (event.key === 'ArrowUp') {
        $('new-name').focus();
      }
    }
  }

  render(chat) {
    const talks = chat.list();
    $('talks-empty').hidden = talks.length > 0;
    reconcile(
      $('talks'),
      talks,
      (talk) => talk.key,
      (talk) => this.#create(talk),
      (item, talk) => this.#update(item, talk, chat),
    );
    this.#bring();
  }

  #create(talk) {
    const item = make('li');
    const button = make('button', 'talk-item');
    button.type = 'button';
    const avatar = make('span', 'avatar');
    avatar.setAttribute('aria-hidden', 'true');
    const dot = make('span', 'dot');
    dot.setAttribute('role', 'img');
    const face = make('span', 'face');
    face.append(avatar, dot);
    const top = make('span', 'line');
    const name = make('span', 'name');
    name.append(make('bdi', 'shown-name'), make('span', 'hidden', talk.isTopic ? ', group' : ''));
    top.append(name, make('time', 'when'));
    const bottom = make('span', 'line');
    const preview = make('span', 'preview');
    preview.append(make('span', 'who'), make('bdi', 'said'));
    const badge = make('span', 'badge');
    badge.append(make('span'), make('span', 'hidden', ' unread'));
    bottom.append(preview, badge);
    const text = make('span', 'texts');
    text.append(top, bottom);
    button.append(face, text);
    button.addEventListener('click', () => this.#open(talk.key));
    item.append(button);
    return item;
  }

  #update(item, talk, chat) {
    const name = chat.nameOf(talk);
    paintTalk(item.querySelector('.avatar'), chat, talk);
    say(item.querySelector('.shown-name'), talk.peer === chat.me && !talk.isTopic ? `${name} (you)` : name);
    const status = talk.isTopic ? undefined : chat.presenceOf(talk.peer)?.status;
    const dot = item.querySelector('.dot');
    dot.hidden = status === undefined;
    dot.dataset.status = status ?? '';
    dot.setAttribute('aria-label', status ?? '');
    say(item.querySelector('.when'), talk.time ? shortTime(talk.time) : '');
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

  /** What was said last, who writes, or what waits to be sent. */
  #showLast(item, talk, chat) {
    const waiting = talk.waiting();
    const isLate = waiting !== null && chat.sending.isLate(waiting);
    const writers = isLate ? [] : chat.typing.in(talk.key);
    const { content = '', recalled, mine, from } = talk.last ?? {};
    const isRefused = !isLate && talk.endsRefused;
    item.firstElementChild.classList.toggle('is-unsent', isLate || isRefused);
    item.firstElementChild.classList.toggle('is-typing', writers.length > 0);
    if (writers.length > 0) {
      say(item.querySelector('.who'), '');
      say(item.querySelector('.said'), typingText(writers.map((user) => chat.people.name(user)), talk.isTopic));
      return;
    }
    const said = isLate ? waiting.content.slice(0, MOST_SHOWN) : recalled ? DELETED : content;
    const sender = talk.isTopic && from ? `${chat.people.name(from)}: ` : '';
    const who = content === '' || recalled ? '' : mine ? 'You: ' : sender;
    say(item.querySelector('.who'), isLate ? 'Not sent yet: ' : isRefused ? 'Not sent: ' : who);
    say(item.querySelector('.said'), said);
  }
}
