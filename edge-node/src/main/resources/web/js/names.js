const MOST_CHARACTERS = 64;
const OTHER_CHARACTER = /[^A-Za-z0-9._@-]/u;

/** What is wrong with a user name, in a sentence for its user; null where the server takes it. */
export function nameFault(name) {
  if (name === '') {
    return 'Type a name first.';
  }
  const other = OTHER_CHARACTER.exec(name)?.[0];
  if (other !== undefined) {
    const shown = /[\p{L}\p{N}\p{P}\p{S}]/u.test(other) ? `“${other}”` : 'a space or an invisible character';
    return `A name cannot contain ${shown}. It can contain the letters A-Z and a-z, digits, and . _ @ -`;
  }
  const length = name.length;
  return length > MOST_CHARACTERS
    ? `A name has at most ${MOST_CHARACTERS} characters. This one has ${length}.`
    : null;
}

/** A random id, also where crypto.randomUUID is missing (pages that are not served securely). */
export function randomId() {
  if (crypto.randomUUID) {
    return crypto.randomUUID();
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

/** The bytes that a text takes on the wire. */
export function utf8Length(text) {
  return new TextEncoder().encode(text).length;
}

/** Half a surrogate pair has no place in a message: it becomes U+FFFD. */
export function wellFormed(text) {
  return text.toWellFormed ? text.toWellFormed() : new TextDecoder().decode(new TextEncoder().encode(text));
}

/** One or two letters that stand for a name. */
export function initials(name) {
  const words = name.split(/[\s._@-]+/u).filter(Boolean);
  const [first = '', last = ''] = words.length > 1 ? [words[0], words.at(-1)] : [name];
  return [first, last].map((word) => [...word][0] ?? '').join('').toUpperCase();
}
