import { attached } from './attach.js';
import { pictureOf, summaryOf } from './attachment.js';
import { Composer } from './composer.js';
import { selectedParts, transcript } from './copied.js';
import { $, make, reconcile, say } from './dom.js';
import { EditView } from './edit-view.js';
import { createMessage, offerMenu, showSender, updateMessage } from './message-item.js';
import { MessageMenu } from './message-menu.js';
import { rowsOf } from './rows.js';
import { Seen } from './seen.js';
import { showHeader } from './talk-header.js';

const NEAR_PX = 60;
const DIVIDER_MARGIN_PX = 12;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One conversation: its messages, paging upwards, and the composer. */
export class TalkView {
  #chat = null;
  #shown = null;
  #scroll = $('messages-scroll');
  #list = $('messages');
  #composer = new Composer({
    submitted: (content) => this.#submit(content),
    raised: () => !this.#shown.edit && this.#edit(this.#chat.changes.newest(this.#shown)?.key),
    resized: () => this.#keepEnd(),
    wrote: () => this.#shown && !this.#shown.edit && this.#chat.typing.wrote(this.#shown),
    brought: (files) => this.#bring(files),
  });
  #editView = new EditView(this.#composer);
  #endOfOffer = 0;
  #seen = new Seen(this.#scroll, (ends) => this.#saw(ends));
  #isAttended;
  #told;
  /** The newest message that is shown. */
  #newest;
  /** The messages that a screen reader was told last. */
  #announced = [];
  #atEnd = true;
  #behind = 0;
  /** The heights that were last seen, of the view and of all that is in it. */
  #heights = [0, 0];
  /** The key of the message that the line "unread from here" stands before; null without one. */
  #divider = null;
  /** Until the unread messages are there, nobody knows where to begin. */
  #isOpening = false;

  /**
   * @param isAttended whether the user looks at the open conversation
   * @param told readers(talk, uuid) where the user wants to know who read a message
   */
  constructor(isAttended, told) {
    this.#isAttended = isAttended;
    this.#told = told;
    this.#scroll.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    document.addEventListener('copy', (event) => this.#copy(event));
    new MessageMenu(this.#list, {
      message: (key) => this.#shown.get(key),
      offers: (message) => this.#offers(message),
      readers: (key) => this.#told.readers(this.#shown, this.#shown.get(key).uuid),
      edit: (key) => this.#edit(key),
      recall: (key) => this.#recall(key),
      again: (key) => this.#sendAgain(key),
      remove: (key) => this.#remove(key),
    });
    $('jump').addEventListener('click', () => {
      this.#toEnd();
      this.#composer.focus();
    });
    // A keyboard on the screen, a turned phone, a line that is broken anew: the end stays in sight.
    const resized = new ResizeObserver(() => {
      this.#keepEnd();
      this.#measure();
      this.#fill();
    });
    resized.observe(this.#scroll);
    resized.observe(this.#list);
  }

  use(chat) {
    this.#chat = chat;
    this.#shown = null;
    this.#editView.show(null, chat.changes);
    this.#clear();
  }

  /** Whether the newest message of the open conversation is in sight. */
  get atEnd() {
    return this.#atEnd;
  }

  focus(onPhone) {
    // On a phone the keyboard would cover what the user came to read.
    if (onPhone) {
      $('peer-name').focus({ preventScroll: true });
    } else {
      this.#composer.focus();
    }
  }

  /** The user leaves what is begun here. Tells whether there was something. */
  escape() {
    return this.#editView.cancel();
  }

  /** The user came back: what is in sight is seen now. */
  look() {
    this.#seen.look();
  }

  render() {
    const talk = this.#chat.current;
    $('talk').hidden = !talk;
    $('talk-none').hidden = Boolean(talk);
    if (talk !== this.#shown) {
      this.#show(talk);
    }
    if (talk) {
      showHeader(this.#chat, talk);
      this.#renderClosed(talk);
      this.#editView.render();
      this.#renderMessages(talk);
      this.#planOffer(talk);
      this.#fill();
    }
  }

  /** What can be changed can be so for a time, and is offered no longer. */
  #planOffer(talk) {
    clearTimeout(this.#endOfOffer);
    const inMs = this.#chat.changes.msUntilNext(talk);
    if (inMs < LONGEST_TIMER_MS) {
      this.#endOfOffer = setTimeout(() => this.render(), inMs);
    }
  }

  #show(talk) {
    this.#shown = talk;
    this.#editView.show(talk, this.#chat.changes);
    if (!talk) {
      return;
    }
    this.#clear();
  }

  /** Nobody writes where it would be refused. */
  #renderClosed(talk) {
    const why = closedBy(this.#chat, talk);
    $('closed').hidden = !why;
    this.#composer.isShown = !why;
    say($('closed'), why ?? '');
  }

  #clear() {
    this.#atEnd = true;
    this.#behind = 0;
    this.#divider = null;
    this.#isOpening = true;
    this.#newest = undefined;
    this.#seen.clear();
    this.#list.replaceChildren();
    this.#announced = [];
    say($('announce'), '');
  }

  #renderMessages(talk) {
    const fromBottom = this.#scroll.scrollHeight - this.#scroll.scrollTop;
    const newestBefore = this.#newest;
    this.#newest = talk.messages.at(-1)?.key;
    const isReady = this.#isOpening && talk.loaded && !talk.loading;
    if (isReady) {
      this.#divider = talk.firstUnread()?.key ?? null;
    } else if (talk.missed) {
      this.#divider = talk.missed;
    }
    this.#renderOlder(talk);
    reconcile(
      this.#list,
      rowsOf(talk, this.#divider, (note) => this.#chat.lineOf(note)),
      (row) => row.key,
      (row) => this.#create(row),
      (element, row) => this.#update(element, row),
    );
    this.#seen.prune();
    const added = newestBefore === undefined || this.#isOpening ? [] : this.#after(newestBefore, talk.messages);
    this.#announce(added);
    if (isReady) {
      this.#isOpening = false;
      this.#toDivider();
      this.#seen.restart();
    } else if (this.#atEnd) {
      this.#keepEnd();
    } else if (added.length === 0) {
      // What came, came above: the user keeps the line that was being read.
      this.#scroll.scrollTop = this.#scroll.scrollHeight - fromBottom;
    } else {
      this.#behind++;
    }
    this.#renderJump();
  }

  /** What is all in sight cannot be scrolled: the page before it comes without that. */
  #fill() {
    const { scrollHeight, clientHeight } = this.#scroll;
    if (!this.#isOpening && clientHeight > 0 && scrollHeight <= clientHeight && this.#shown?.error === null) {
      this.#chat.older();
    }
  }

  #renderOlder(talk) {
    const older = talk.error ?? (talk.loading ? 'Loading…' : '');
    const isEmpty = talk.loaded && !talk.next && talk.messages.length === 0 && !talk.closed;
    $('older').hidden = !older && !isEmpty;
    say($('older'), older || 'No messages yet. Say hello.');
  }

  #renderJump() {
    $('jump').hidden = this.#atEnd;
    say($('jump'), this.#behind > 0 ? 'New messages ↓' : '↓');
    $('jump').setAttribute('aria-label', this.#behind > 0 ? 'New messages ↓, go to the end' : '↓, go to the end');
  }

  /** Pages of history are not read out, what comes is. */
  #announce(added) {
    const told = added.filter(({ from, recalled }) => from !== this.#chat.me && !recalled);
    if (told.length > 0) {
      this.#announced = told;
      say($('announce'), told.map(({ from, type, content }) => `${this.#chat.people.name(from)}: ${summaryOf(type, content)}`).join('\n'));
    } else if (this.#announced.some(({ recalled }) => recalled)) {
      this.#announced = [];
      say($('announce'), '');
    }
  }

  /** The messages after that one; none where it is the last, or is gone. */
  #after(key, messages) {
    const place = messages.findLastIndex((message) => message.key === key);
    return place < 0 ? [] : messages.slice(place + 1);
  }

  #create({ message, kind, text }) {
    if (!message) {
      return make('li', kind, text);
    }
    const item = createMessage(message, this.#chat.me, this.#shown.isTopic);
    if (this.#shown.isReceived(message)) {
      this.#seen.watch(item.querySelector('.meta'));
    }
    return item;
  }

  #update(element, { message, text, isFirst }) {
    if (message) {
      updateMessage(element, message, this.#chat.sending.isLate(message), this.#chat.sending.isAtRisk(message));
      offerMenu(element, this.#offers(message).length > 0);
      if (this.#shown.isTopic) {
        const { people } = this.#chat;
        showSender(element, message, people.name(message.from), pictureOf(people.profiles.of(message.from).avatar), isFirst);
      }
      element.classList.toggle('edited-now', message.key === this.#shown.edit?.key);
    } else {
      say(element, text);
    }
  }

  /** Whoever sees the end of a message has seen it, and is told so only while looking. */
  #saw(ends) {
    if (!this.#isOpening && this.#shown && this.#shown === this.#chat?.current && this.#isAttended()) {
      this.#chat.saw(ends.map((end) => end.closest('li')?.dataset.key).filter(Boolean));
    }
  }

  /** What the menu of a message holds. */
  #offers(message) {
    const { changes, me } = this.#chat;
    if (message.state === 'failed') {
      return closedBy(this.#chat, this.#shown) ? ['remove'] : ['again', 'remove'];
    }
    return [
      changes.allowsEdit(message) && 'edit',
      this.#shown.isTopic && message.from === me && message.at && !message.recalled && 'readers',
      changes.allows(message, this.#shown) && 'recall',
    ].filter(Boolean);
  }

  /** Files become messages, one each. */
  async #bring(files) {
    const talk = this.#shown;
    for (const file of talk && !talk.edit ? files : []) {
      const { type, content, error } = await attached(file);
      if (this.#shown !== talk) {
        return;
      }
      if (error) {
        this.#composer.explain(error);
      } else {
        this.#send(content, type);
      }
    }
  }

  #edit(key) {
    // The way back may have left the conversation while the menu was open.
    if (key && this.#shown) {
      this.#editView.begin(key);
      this.#keepEnd();
    }
  }

  #recall(key) {
    if (this.#shown) {
      this.#chat.changes.recall(this.#shown, key);
      this.render();
      // The button that had the focus is gone.
      this.#scroll.focus({ preventScroll: true });
    }
  }

  /** What was refused goes as a new message, which the server may take now. */
  #sendAgain(key) {
    const { content, type } = this.#shown?.get(key) ?? {};
    if (content !== undefined && this.#send(content, type)) {
      this.#remove(key);
    }
  }

  #remove(key) {
    if (this.#shown) {
      this.#chat.remove(key);
      this.render();
      this.#scroll.focus({ preventScroll: true });
    }
  }

  #submit(content) {
    if (this.#shown.edit) {
      this.#chat.changes.save(this.#shown, content);
    } else if (this.#send(content)) {
      this.#composer.draft = '';
    }
  }

  /** Tells whether the message is on its way. */
  #send(content, type) {
    const hasRoom = this.#chat.sending.hasRoomFor(content);
    if (hasRoom) {
      this.#divider = null;
      this.#atEnd = true;
      this.#chat.send(content, type);
    } else {
      this.#composer.explain('Too many messages wait to be sent. Send this one once they are.');
    }
    return hasRoom;
  }

  /** Stays at the end, but does not leave what came while the user looked elsewhere. */
  #keepEnd() {
    if (this.#atEnd && !this.#isOpening && this.#shown?.missed) {
      this.#toDivider();
    } else if (this.#atEnd) {
      this.#toEnd();
    }
  }

  #toEnd() {
    this.#scroll.scrollTop = this.#scroll.scrollHeight;
    this.#atEnd = true;
    this.#behind = 0;
    $('jump').hidden = true;
  }

  /** Begins where the unread messages do, or at the end where they fit, or there are none. */
  #toDivider() {
    this.#toEnd();
    const line = this.#list.querySelector('.unread-line');
    if (line) {
      const above = this.#scroll.getBoundingClientRect().top + DIVIDER_MARGIN_PX - line.getBoundingClientRect().top;
      if (above > 0) {
        this.#scroll.scrollTop -= above;
        this.#atEnd = this.#isNearEnd();
      }
    }
  }

  #isNearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroll;
    return scrollHeight - scrollTop - clientHeight < NEAR_PX;
  }

  #measure() {
    this.#heights = [this.#scroll.clientHeight, this.#scroll.scrollHeight];
  }

  #hasResized() {
    return this.#scroll.clientHeight !== this.#heights[0] || this.#scroll.scrollHeight !== this.#heights[1];
  }

  #scrolled() {
    // A browser tells of an old scroll before it tells of a new size. That is not the user's doing.
    if (this.#atEnd && this.#hasResized()) {
      this.#measure();
      this.#keepEnd();
      return;
    }
    this.#atEnd = this.#isNearEnd();
    if (this.#atEnd) {
      this.#behind = 0;
    }
    this.#renderJump();
    if (this.#scroll.scrollTop < this.#scroll.clientHeight) {
      this.#chat?.older();
    }
  }

  /** Several messages are copied with their times and senders; a part of one as it is. */
  #copy(event) {
    const isTyped = /^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName);
    const parts = this.#shown && !isTyped ? selectedParts(getSelection(), this.#list) : [];
    if (parts.length === 0) {
      return;
    }
    const messages = parts.map(({ key, text }) => ({ ...this.#shown.get(key), text }));
    event.clipboardData.setData('text/plain', parts.length === 1 ? parts[0].text : transcript(messages));
    event.preventDefault();
  }
}

/** Why nothing can be written in a conversation; null where it can. */
function closedBy({ people, topics }, talk) {
  if (talk.closed) {
    return talk.closed;
  }
  if (talk.isTopic) {
    return topics.isOut(talk.peer) ? 'You are not in this group.' : null;
  }
  return people.isBlocked(talk.peer) ? 'You blocked this user. Unblock them in the details to write.' : null;
}
