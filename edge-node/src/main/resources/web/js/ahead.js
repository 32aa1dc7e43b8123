import { changed } from './forms.js';

const MOST = 500;

/**
 * Edits and recalls of messages that are not here: a change may come before the copy of its message.
 * Each message that comes is brought to its newest form.
 */
export class Ahead {
  #changes = new Map();

  /** Keeps a change of the message of that key, as `changed` takes it. */
  note(key, change) {
    const known = this.#changes.get(key) ?? [];
    this.#changes.delete(key);
    this.#changes.set(key, change.recalled ? [change] : [...known, change]);
    if (this.#changes.size > MOST) {
      this.#changes.delete(this.#changes.keys().next().value);
    }
  }

  /** The message with what came before it. */
  applied(key, message) {
    const form = (this.#changes.get(key) ?? []).reduce(changed, message);
    return form === message ? message : { ...message, ...form };
  }

  clear() {
    this.#changes.clear();
  }
}
