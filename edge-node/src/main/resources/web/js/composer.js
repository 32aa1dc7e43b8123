import { $, showError } from './dom.js';
import { utf8Length, wellFormed } from './names.js';

const MOST_BYTES = 32 * 1024;

/** Where a message is written: grows with its text; Enter sends, Shift and Enter begins a line. */
export class Composer {
  #text = $('text');
  #send;
  #resized;

  /** @param send takes a text and tells whether there was room for it; told: resized() */
  constructor(send, resized) {
    this.#send = send;
    this.#resized = resized;
    $('composer').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#text.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#submit();
      }
    });
    this.#text.addEventListener('input', () => this.#typed());
  }

  get draft() {
    return this.#text.value;
  }

  set draft(text) {
    this.#text.value = text;
    this.#typed();
  }

  focus() {
    this.#text.focus({ preventScroll: true });
  }

  #typed() {
    this.#text.style.height = 'auto';
    const { scrollHeight, offsetHeight, clientHeight } = this.#text;
    // Without its border the text would not quite fit, and a scroll bar would show.
    this.#text.style.height = `${scrollHeight + offsetHeight - clientHeight}px`;
    showError($('send-error'), null);
    this.#resized();
  }

  #submit() {
    const content = wellFormed(this.#text.value.trim());
    if (!content) {
      return;
    }
    const bytes = utf8Length(content);
    if (bytes > MOST_BYTES) {
      const most = MOST_BYTES.toLocaleString();
      showError($('send-error'), `A message has at most ${most} bytes. This one has ${bytes.toLocaleString()}.`);
    } else if (this.#send(content)) {
      this.draft = '';
    } else {
      showError($('send-error'), 'Too many messages wait to be sent. Send this one once they are.');
    }
  }
}
