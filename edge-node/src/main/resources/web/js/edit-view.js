import { $, say, showError } from './dom.js';

/**
 * The composer holds what is to be sent or, while the user edits a message, that message; then a
 * strip above it says so. What is written stays with its conversation.
 */
export class EditView {
  #composer;
  #changes = null;
  #talk = null;
  /** The edit that the composer holds; null where it holds what is to be sent. */
  #edit = null;

  constructor(composer) {
    this.#composer = composer;
    $('edit-cancel').addEventListener('click', () => this.cancel());
  }

  /** That conversation is the open one; null where none is. */
  show(talk, changes) {
    this.#keep();
    this.#talk = talk;
    this.#changes = changes;
    this.#edit = null;
    if (talk) {
      this.#composer.draft = talk.draft;
      this.render();
    }
  }

  begin(key) {
    this.#keep();
    this.#changes.begin(this.#talk, key);
    this.render();
    this.#composer.focus();
  }

  /** Tells whether there was an edit to leave. */
  cancel() {
    const isEdit = Boolean(this.#talk?.edit);
    if (isEdit) {
      this.#changes.cancel(this.#talk);
      this.render();
      this.#composer.focus();
    }
    return isEdit;
  }

  render() {
    const { edit, draft } = this.#talk;
    if (edit !== this.#edit) {
      this.#edit = edit;
      this.#composer.draft = edit?.text ?? draft;
    }
    this.#composer.isBusy = edit?.isSaving === true;
    $('composer').classList.toggle('edits', edit !== null);
    $('submit').setAttribute('aria-label', edit ? 'Save' : 'Send');
    $('edit').hidden = !edit;
    say($('edit-name'), edit?.isSaving ? 'Saving…' : 'Edit message');
    say($('edit-was'), edit?.was.slice(0, 200) ?? '');
    showError($('edit-error'), edit?.error ?? null);
    if (this.#talk.notice) {
      this.#composer.explain(this.#talk.notice);
      this.#talk.notice = null;
    }
  }

  #keep() {
    if (this.#edit) {
      this.#edit.text = this.#composer.draft;
    } else if (this.#talk) {
      this.#talk.draft = this.#composer.draft;
    }
  }
}
