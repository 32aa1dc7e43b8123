import { MOST_BYTES } from './attachment.js';
import { $, showError } from './dom.js';
import { utf8Length, wellFormed } from './names.js';

/** Where a message is written: grows with its text; Enter sends, Shift and Enter begins a line. */
export class Composer {
  #text = $('text');
  #told;

  /**
   * @param told submitted(content); raised() by the arrow up where nothing is written; resized();
   *     wrote() with each letter; brought(files) that are chosen, dropped or pasted
   */
  constructor(told) {
    this.#told = told;
    $('composer').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#text.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#submit();
      } else if (event.key === 'ArrowUp' && this.#text.value === '' && !event.isComposing) {
        event.preventDefault();
        this.#told.raised();
      }
    });
    this.#text.addEventListener('input', () => {
      this.#typed();
      if (this.#text.value !== '') {
        this.#told.wrote();
      }
    });
    this.#takeFiles();
  }

  #takeFiles() {
    const bring = (files) => files.length > 0 && this.#told.brought([...files]);
    $('attach').addEventListener('click', () => $('attach-file').click());
    $('attach-file').addEventListener('change', () => {
      bring($('attach-file').files);
      $('attach-file').value = '';
    });
    this.#text.addEventListener('paste', (event) => {
      if (event.clipboardData.files.length > 0) {
        event.preventDefault();
        bring(event.clipboardData.files);
      }
    });
    $('talk').addEventListener('dragover', (event) => event.preventDefault());
    $('talk').addEventListener('drop', (event) => {
      event.preventDefault();
      bring(event.dataTransfer.files);
    });
  }

  get draft() {
    return this.#text.value;
  }

  set draft(text) {
    this.#text.value = text;
    this.#typed();
  }

  /** What is written goes its way now, and stays as it is until then. */
  set isBusy(busy) {
    this.#text.readOnly = busy;
  }

  /** Says what is wrong, until the user types on. */
  explain(fault) {
    showError($('send-error'), fault);
  }

  /** Goes on with what is written, at its end. */
  focus() {
    this.#text.focus({ preventScroll: true });
    this.#text.setSelectionRange(this.#text.value.length, this.#text.value.length);
  }

  /** The place for it is shown, or hidden where nothing can be written. */
  set isShown(shown) {
    if ($('composer').hidden === shown) {
      $('composer').hidden = !shown;
      this.#typed();
    }
  }

  #typed() {
    this.#text.style.height = 'auto';
    const { scrollHeight, offsetHeight, clientHeight } = this.#text;
    // Without its border the text would not quite fit, and a scroll bar would show.
    this.#text.style.height = `${scrollHeight + offsetHeight - clientHeight}px`;
    this.explain(null);
    this.#told.resized();
  }

  #submit() {
    const content = wellFormed(this.#text.value.trim());
    if (!content) {
      return;
    }
    const bytes = utf8Length(content);
    if (bytes > MOST_BYTES) {
      const most = MOST_BYTES.toLocaleString();
      this.explain(`A message has at most ${most} bytes. This one has ${bytes.toLocaleString()}.`);
    } else {
      this.#told.submitted(content);
    }
  }
}
