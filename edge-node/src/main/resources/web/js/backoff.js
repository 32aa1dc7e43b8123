const BASE_MS = 500;
const CAP_MS = 30_000;

/**
 * How long to wait before the next attempt: full jitter (Marc Brooker, "Exponential Backoff And
 * Jitter"), on top of what the server asked for.
 *
 * @param attempt failures in a row, 1 after the first
 * @param retryAfterMs what the server asked for, 0 where it did not
 */
export function backoffMs(attempt, retryAfterMs = 0, random = Math.random) {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 16));
  return Math.round(retryAfterMs + random() * ceiling);
}
