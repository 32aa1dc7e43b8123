const MOST = 500;

/**
 * What happened in a conversation beside its messages, such as that somebody joined: shown as lines
 * between them. A note is {key, time in ms, at: its place in the log or null, text}.
 */
export class Notes {
  #notes = new Map();

  /** Adds a note, or gives the one of that key its place. */
  put(note) {
    this.#notes.set(note.key, { ...this.#notes.get(note.key), ...note });
    if (this.#notes.size > MOST) {
      this.#notes.delete(this.#notes.keys().next().value);
    }
  }

  clear() {
    this.#notes.clear();
  }

  /**
   * Messages and notes in the order in which they are shown.
   *
   * @param messages in their order
   * @param isBegin whether the first message is the first of the conversation: otherwise older notes
   *     stand before messages that are not loaded
   */
  among(messages, isBegin) {
    const notes = [...this.#notes.values()].sort((a, b) => a.time - b.time);
    const rows = [];
    let next = 0;
    for (const message of messages) {
      while (next < notes.length && isBefore(notes[next], message)) {
        if (rows.length > 0 || isBegin) {
          rows.push({ note: notes[next] });
        }
        next++;
      }
      rows.push({ message });
    }
    return [...rows, ...notes.slice(next).map((note) => ({ note }))];
  }
}

/** By the log where both stand in one partition of it, else by time. */
function isBefore(note, message) {
  if (note.at && message.at && note.at.place === message.at.place) {
    return note.at.offset < message.at.offset;
  }
  return note.time < message.time;
}
