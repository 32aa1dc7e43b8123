/** A user name as the server takes it. */
export function isUser(name) {
  return /^[A-Za-z0-9._@-]{1,64}$/.test(name);
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
