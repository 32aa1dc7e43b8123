import { $, say } from './dom.js';

/**
 * The sheet beside the conversation, which shows one panel at a time: {title, build(body), update()}.
 * A panel builds its elements when it is shown, and brings them up to date with `update`. Its focus
 * stays inside until it is closed; then it is where it was.
 */
export class Sheet {
  #panel = null;

  constructor() {
    $('sheet-close').addEventListener('click', () => this.close());
    $('sheet').addEventListener('close', () => this.#closed());
    $('sheet').addEventListener('click', (event) => event.target === $('sheet') && this.close());
  }

  show(panel) {
    this.#panel = panel;
    say($('sheet-title'), panel.title);
    $('sheet-body').replaceChildren();
    $('sheet-body').scrollTop = 0;
    panel.build($('sheet-body'));
    panel.update();
    if (!$('sheet').open) {
      $('sheet').showModal();
    }
    const first = $('sheet-body').querySelector('[data-first]') ?? $('sheet-title');
    first.focus({ preventScroll: true });
  }

  close() {
    $('sheet').close();
  }

  render() {
    if (this.#panel) {
      say($('sheet-title'), this.#panel.title);
      this.#panel.update();
    }
  }

  #closed() {
    this.#panel = null;
    $('sheet-body').replaceChildren();
  }
}
