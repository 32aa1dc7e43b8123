const SEND_EACH_MS = 3_000;
const SHOWN_MS = 5_000;

/**
 * Who is writing where. Own writing is told at most once in 3 s; that of others is shown for 5 s
 * after it was told, or until their message comes.
 */
export class Typing {
  #send;
  #changed;
  #now;
  #toldAt = new Map();
  #writers = new Map();

  /** @param send told {kind, to}; changed() when what is shown ends */
  constructor(send, changed, now = Date.now) {
    this.#send = send;
    this.#changed = changed;
    this.#now = now;
  }

  /** The user writes in that conversation. */
  wrote({ key, kind, peer }) {
    const now = this.#now();
    if (now - (this.#toldAt.get(key) ?? -Infinity) >= SEND_EACH_MS) {
      this.#toldAt.set(key, now);
      this.#send({ kind, to: peer });
    }
  }

  /** The user sent what was written: the next letter is told at once. */
  sent({ key }) {
    this.#toldAt.delete(key);
  }

  /** Somebody writes in the conversation of that key. */
  take(key, from) {
    const writers = this.#writers.get(key) ?? new Map();
    writers.set(from, this.#now() + SHOWN_MS);
    this.#writers.set(key, writers);
    setTimeout(this.#changed, SHOWN_MS + 50);
  }

  /** Somebody's message came. */
  stop(key, from) {
    this.#writers.get(key)?.delete(from);
  }

  /** Who writes there now. */
  in(key) {
    const now = this.#now();
    const writers = this.#writers.get(key);
    if (!writers) {
      return [];
    }
    for (const [from, until] of writers) {
      if (until <= now) {
        writers.delete(from);
      }
    }
    return [...writers.keys()];
  }
}

/** "typing…" between two; in a group with the names. */
export function typingText(names, isTopic) {
  if (names.length === 0) {
    return '';
  }
  if (!isTopic) {
    return 'typing…';
  }
  if (names.length > 2) {
    return `${names.length} people are typing…`;
  }
  return `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} typing…`;
}
