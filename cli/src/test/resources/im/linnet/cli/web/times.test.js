import { clock, dayName, lastSeen, stamp, untilTomorrow } from '/js/times.js';
import { equal } from './expect.js';

const at = (...fields) => new Date(...fields).getTime();
const NOW = at(2026, 2, 29, 12, 0);

export function daysAreNamedFromToday() {
  equal(dayName(at(2026, 2, 29, 0, 0), NOW), 'Today');
  equal(dayName(at(2026, 2, 28, 0, 1), NOW), 'Yesterday');
  equal(/2025/.test(dayName(at(2025, 2, 29), NOW)), true);
  equal(/2026/.test(dayName(at(2026, 1, 1), NOW)), false);
}

export function lastSeenTellsTheDayAndTheTime() {
  const [today, yesterday, before] = [at(2026, 2, 29, 9, 5), at(2026, 2, 28, 23, 59), at(2025, 11, 1, 7, 30)];
  equal(lastSeen(today, NOW), `last seen today at ${clock(today)}`);
  equal(lastSeen(yesterday, NOW), `last seen yesterday at ${clock(yesterday)}`);
  equal(/^last seen on .*25.* at /.test(lastSeen(before, NOW)), true);
}

export function stampsAreTheSameInEachLanguage() {
  equal(stamp(at(2026, 2, 9, 7, 5)), '2026-03-09 07:05');
}

export function theDayChangesAtMidnight() {
  equal(untilTomorrow(at(2026, 5, 30, 23, 59, 59)), 1_000);
}
