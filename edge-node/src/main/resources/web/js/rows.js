import { dayKey, dayName } from './times.js';

/**
 * What the list of a conversation shows, in order: its messages and notes, a line before each day, and
 * one before the first message that is unread.
 *
 * @param divider the key of that message; null where there is none
 * @param lineOf gives the text of a note
 * @returns [{key, message, isFirst: whether the one before is not of the same sender} |
 *     {key, kind: "day" | "note" | "unread-line", text}]
 */
export function rowsOf(talk, divider, lineOf) {
  const rows = [];
  let day = null;
  let sender = null;
  for (const { message, note } of talk.notes.among(talk.messages, talk.loaded && talk.next === null)) {
    const { time } = message ?? note;
    if (dayKey(time) !== day) {
      day = dayKey(time);
      sender = null;
      rows.push({ key: `day ${day}`, kind: 'day', text: dayName(time) });
    }
    if (note) {
      rows.push({ key: `note ${note.key}`, kind: 'note', text: lineOf(note) });
    } else {
      if (message.key === divider) {
        rows.push({ key: 'unread', kind: 'unread-line', text: 'Unread from here' });
        sender = null;
      }
      rows.push({ key: message.key, message, isFirst: message.from !== sender });
    }
    sender = message?.from ?? null;
  }
  return rows;
}
