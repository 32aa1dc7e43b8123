/**
 * Which form of a message counts: as it was sent, edited, or recalled. A form is {content, recalled,
 * edited (the time in ms; 0 where it never was), editAt (the place of that edit in the log; null
 * where the store told the form, which does not say its place)}.
 */

/** What was recalled stays recalled, whatever comes. */
const RECALLED = { content: '', recalled: true, edited: 0, editAt: null };

/** The form as the store gives it, in a page of history or in the push of a message. */
export function formOf({ content, recalled = false, edited = 0 }) {
  return recalled ? RECALLED : { content, recalled, edited, editAt: null };
}

/** Just the form of something that has one. */
const only = ({ content, recalled, edited, editAt }) => ({ content, recalled, edited, editAt });

/**
 * The form after the store's one came again. It may be older than what is known. After the first
 * edit that was pushed or answered those alone decide: each later one is pushed too.
 *
 * @param isCurrent whether the store was asked after the last change that is known: then its form,
 *     which has the right time, counts
 */
export function refreshed(known, stored, isCurrent = false) {
  if (known.recalled || stored.recalled) {
    return RECALLED;
  }
  return only(!isCurrent && (known.editAt || stored.edited < known.edited) ? known : stored);
}

/**
 * The form after an edit or a recall. Edits count in the order of the log, in whichever order they
 * come.
 *
 * @param change {recalled: true}, or {content, at: the edit's place in the recipient's partition,
 *     time in ms: a reply has none}
 */
export function changed(known, change) {
  return known.recalled || change.recalled ? RECALLED : edited(known, change);
}

function edited(known, { content, at, time = Math.max(Date.now(), known.edited) }) {
  const isNewer = known.editAt ? at.offset > known.editAt.offset : time >= known.edited;
  return isNewer ? { content, recalled: false, edited: time, editAt: at } : only(known);
}
