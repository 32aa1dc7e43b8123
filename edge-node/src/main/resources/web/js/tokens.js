const WHY_NONE = {
  403: 'This server gives tokens only to browsers on its own machine.',
  404: 'This server checks tokens and gives none.',
};

/** The server gives this page no token: one must be pasted. The message is a sentence for the user. */
export class TokenRefused extends Error {
  /** @param status the HTTP status: 403 where this browser gets none, 404 or 405 where nobody does */
  constructor(status) {
    const known = status === 405 ? 404 : status;
    super(WHY_NONE[known] ?? 'The server gave no token.');
    this.status = known;
  }
}

const RENEW_BEFORE_MS = 60_000;
const ANSWER_WITHIN_MS = 8_000;

/** Where the tokens of one login come from: the server (loopback only), or the user. */
export class Tokens {
  #name;
  #token;
  #expiresAt;

  constructor(name, pasted = null) {
    this.#name = name;
    this.#token = pasted;
    this.#expiresAt = pasted ? Infinity : 0;
  }

  /** A token that lasts a while; throws TokenRefused, or another error where the server is away. */
  async get() {
    if (this.#expiresAt - Date.now() < RENEW_BEFORE_MS) {
      const data = await requestToken(this.#name);
      this.#token = data.token;
      this.#expiresAt = data.expiresAt;
    }
    return this.#token;
  }

  /** The server takes the token no longer; tells whether there can be another one without the user. */
  expired() {
    if (this.#expiresAt === Infinity) {
      return false;
    }
    this.#expiresAt = 0;
    return true;
  }

  /** Milliseconds until another token should be used; Infinity for a pasted one. */
  renewInMs() {
    return this.#expiresAt - Date.now() - RENEW_BEFORE_MS;
  }
}

async function requestToken(name) {
  const response = await fetch('/v1/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ clientId: name }),
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  if (response.status >= 500) {
    throw new Error(`The server answered ${response.status}.`);
  }
  const reply = await response.json().catch(() => null);
  if (!response.ok || reply?.code !== 0) {
    throw new TokenRefused(response.status);
  }
  return reply.data;
}

/** The user whom a pasted token is for; null where it is not a token. The server judges it. */
export function subjectOf(token) {
  try {
    const body = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(body), (c) => c.charCodeAt(0));
    const { sub } = JSON.parse(new TextDecoder().decode(bytes));
    return typeof sub === 'string' ? sub : null;
  } catch {
    return null;
  }
}
