/**
 * Which form of a message counts: as it was sent, or edited. A form is {content, edited (the time in
 * ms; 0 where it never was), editAt (the place of that edit in the log; null where the store told the
 * form, which does not say its place)}.
 */

/** The form as the store gives it, in a page of history or in the push of a message. */
export const formOf = ({ content, edited = 0 }) => ({ content, edited, editAt: null });

/** Just the form of something that has one. */
const only = ({ content, edited, editAt }) => ({ content, edited, editAt });

/**
 * The form after the store's one came again. It may be older than what is known. After the first
 * edit that was pushed or answered those alone decide: each later one is pushed too.
 */
export function refreshed(known, stored) {
  return only(known.editAt || stored.edited < known.edited ? known : stored);
}

/**
 * The form after an edit. Edits count in the order of the log, in whichever order they come.
 *
 * @param edit {content, at: its place in the recipient's partition, time in ms: a reply has none}
 */
export function changed(known, { content, at, time = Math.max(Date.now(), known.edited) }) {
  const isNewer = known.editAt ? at.offset > known.editAt.offset : time >= known.edited;
  return isNewer ? { content, edited: time, editAt: at } : only(known);
}
