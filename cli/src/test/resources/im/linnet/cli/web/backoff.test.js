import { backoffMs } from '/js/backoff.js';
import { Retry } from '/js/retry.js';
import { equal, until } from './expect.js';

export function theCeilingDoublesUpToHalfAMinute() {
  const ceilings = [1, 2, 3, 6, 7, 1000].map((attempt) => backoffMs(attempt, 0, () => 1));
  equal(ceilings, [1_000, 2_000, 4_000, 30_000, 30_000, 30_000]);
}

export function whatTheServerAsksForComesFirst() {
  equal(backoffMs(1, 700, () => 0), 700);
  equal(backoffMs(1, 700, () => 0.5), 1_200);
}

export async function aRefusalIsTriedAgainOnce() {
  const retry = new Retry();
  let tries = 0;
  retry.later(() => tries++, { code: 5003, data: { retryAfter: 1 } });
  retry.later(() => tries++, { code: 5003, data: { retryAfter: 1 } });
  equal([retry.waiting, tries], [true, 0]);
  await until(() => tries > 0);
  equal([retry.waiting, tries], [false, 1]);
}
