import { $, clock, dayKey, dayName, make, paintAvatar, reconcile, say, showError } from './dom.js';
import { utf8Length, wellFormed } from './names.js';

const MOST_BYTES = 32 * 1024;
const NEAR_PX = 60;
const TICKS = {
  sending: { mark: '◷', name: 'sending' },
  sent: { mark: '✓', name: 'sent' },
  read: { mark: '✓✓', name: 'read' },
  failed: { mark: '!', name: 'not sent' },
};
const PRESENCE = { online: 'online', away: 'away', busy: 'busy', offline: 'offline' };

/** One conversation: its messages, paging upwards, and the composer. */
export class TalkView {
  #chat = null;
  #shown = null;
  #atEnd = true;
  #behind = 0;

  constructor() {
    $('composer').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send();
    });
    $('text').addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#send();
      }
    });
    $('text').addEventListener('input', () => this.#typed());
    $('messages-scroll').addEventListener('scroll', () => this.#scrolled(), { passive: true });
    $('jump').addEventListener('click', () => {
      this.#toEnd();
      $('text').focus();
    });
  }

  use(chat) {
    this.#chat = chat;
    this.#shown = null;
    $('messages').replaceChildren();
  }

  /** Whether the user sees the newest message of the open conversation. */
  get atEnd() {
    return this.#atEnd;
  }

  focus(onPhone) {
    // On a phone the keyboard would cover what the user came to read.
    (onPhone ? $('peer-name') : $('text')).focus({ preventScroll: true });
  }

  render() {
    const talk = this.#chat.current;
    $('talk').hidden = !talk;
    $('talk-none').hidden = Boolean(talk);
    if (!talk) {
      this.#shown = null;
      return;
    }
    if (talk !== this.#shown) {
      this.#show(talk);
    }
    this.#renderPresence(talk);
    this.#renderMessages(talk);
  }

  /** Without a connection nobody's presence is known; on a phone this line alone says so. */
  #renderPresence(talk) {
    const { state } = this.#chat.status;
    const online = state === 'online';
    const absent = state === 'connecting' ? 'connecting…' : 'no connection';
    const presence = this.#chat.presence.get(talk.peer);
    say($('peer-presence'), online ? PRESENCE[presence] ?? '' : absent);
    $('peer-presence').dataset.state = online ? presence ?? 'unknown' : 'connecting';
  }

  #show(talk) {
    if (this.#shown) {
      this.#shown.draft = $('text').value;
    }
    this.#shown = talk;
    this.#atEnd = true;
    this.#behind = 0;
    $('messages').replaceChildren();
    say($('announce'), '');
    say($('peer-name'), talk.peer === this.#chat.me ? `${talk.peer} (you)` : talk.peer);
    paintAvatar($('peer-avatar'), talk.peer);
    $('text').value = talk.draft;
    this.#typed();
  }

  #renderMessages(talk) {
    const scroll = $('messages-scroll');
    const fromBottom = scroll.scrollHeight - scroll.scrollTop;
    const newestBefore = $('messages').lastElementChild?.dataset.key;
    const older = talk.error ?? (talk.loading ? 'Loading…' : '');
    $('older').hidden = !older && !(talk.loaded && !talk.next && talk.messages.length === 0);
    say($('older'), older || 'No messages yet. Say hello.');
    reconcile(
      $('messages'),
      this.#rows(talk),
      (row) => row.key,
      (row) => (row.day ? make('li', 'day', row.day) : this.#create(row.message)),
      (element, row) => row.message && this.#update(element, row.message),
    );
    const newest = talk.messages.at(-1);
    const isNew = newestBefore !== undefined && newest !== undefined && newest.key !== newestBefore;
    if (isNew && newest.from !== this.#chat.me) {
      // Pages of history are not read out, what comes is.
      say($('announce'), `${newest.from}: ${newest.content}`);
    }
    if (this.#atEnd) {
      this.#toEnd();
    } else if (!isNew) {
      // What came, came above: the user keeps the line that was being read.
      scroll.scrollTop = scroll.scrollHeight - fromBottom;
    } else {
      this.#behind++;
    }
    $('jump').hidden = this.#atEnd;
    say($('jump'), this.#behind > 0 ? 'New messages ↓' : '↓');
    $('jump').setAttribute('aria-label', this.#behind > 0 ? 'New messages, go to the end' : 'Go to the end');
  }

  /** The messages with a line before each day. */
  #rows(talk) {
    const rows = [];
    let day = null;
    for (const message of talk.messages) {
      const itsDay = dayKey(message.time);
      if (itsDay !== day) {
        day = itsDay;
        rows.push({ key: `day ${day}`, day: dayName(message.time) });
      }
      rows.push({ key: message.key, message });
    }
    return rows;
  }

  #create(message) {
    const mine = message.from === this.#chat.me;
    const item = make('li', `message ${mine ? 'mine' : 'theirs'}`);
    const bubble = make('div', 'bubble');
    bubble.append(make('span', 'hidden', mine ? 'You: ' : `${message.from}: `));
    bubble.append(make('span', 'content'));
    const meta = make('span', 'meta');
    meta.append(make('time'));
    if (mine) {
      const tick = make('span', 'tick');
      tick.setAttribute('role', 'img');
      meta.append(tick);
    }
    bubble.append(meta);
    item.append(bubble);
    return item;
  }

  #update(item, message) {
    const content = item.querySelector('.content');
    content.classList.toggle('recalled', message.recalled);
    const label = message.type === 'text' ? '' : `[${message.type}] `;
    say(content, message.recalled ? 'This message was recalled.' : label + message.content);
    const time = item.querySelector('time');
    say(time, (message.edited ? 'edited ' : '') + clock(message.time));
    time.dateTime = new Date(message.time).toISOString();
    const tick = item.querySelector('.tick');
    if (tick) {
      const state = message.state === 'sent' && message.read ? 'read' : message.state;
      item.dataset.state = state;
      say(tick, TICKS[state].mark);
      tick.setAttribute('aria-label', TICKS[state].name);
      tick.title = message.error ?? TICKS[state].name;
      this.#explain(item, message.error);
    }
  }

  #explain(item, error) {
    let line = item.querySelector('.why');
    if (error && !line) {
      line = make('p', 'why error');
      item.append(line);
    }
    if (line) {
      say(line, error ? `Not sent: ${error}` : '');
    }
  }

  #typed() {
    const text = $('text');
    text.style.height = 'auto';
    // Without its border the text would not quite fit, and a scroll bar would show.
    text.style.height = `${text.scrollHeight + text.offsetHeight - text.clientHeight}px`;
    showError($('send-error'), null);
    if (this.#atEnd) {
      this.#toEnd();
    }
  }

  #send() {
    const content = wellFormed($('text').value.trim());
    if (!content) {
      return;
    }
    if (utf8Length(content) > MOST_BYTES) {
      showError($('send-error'), 'This is too long for one message (32 KiB).');
      return;
    }
    $('text').value = '';
    this.#atEnd = true;
    this.#typed();
    this.#chat.send(content);
  }

  #toEnd() {
    const scroll = $('messages-scroll');
    scroll.scrollTop = scroll.scrollHeight;
    this.#atEnd = true;
    this.#behind = 0;
    $('jump').hidden = true;
  }

  #scrolled() {
    const scroll = $('messages-scroll');
    this.#atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_PX;
    if (this.#atEnd) {
      this.#behind = 0;
      $('jump').hidden = true;
      this.#chat?.markRead();
    } else {
      $('jump').hidden = false;
    }
    if (scroll.scrollTop < scroll.clientHeight) {
      this.#chat?.older();
    }
  }
}
