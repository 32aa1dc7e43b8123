const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const WEEKDAY = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const DATE = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: '2-digit' });
const LONG_DATE = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

export const clock = (ms) => CLOCK.format(ms);
export const dayKey = (ms) => new Date(ms).toDateString();

/** Midnight of the day that is so many days after the one of that time: not every day has 24 hours. */
function midnight(ms, days) {
  const day = new Date(ms);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days).getTime();
}

/** Milliseconds until the day changes, and with it what "today" means. */
export const untilTomorrow = (now = Date.now()) => midnight(now, 1) - now;

/** "Today", "Yesterday", or the day's name, with the year where it is another one. */
export function dayName(ms, now = Date.now()) {
  const day = dayKey(ms);
  if (day === dayKey(now)) {
    return 'Today';
  }
  if (day === dayKey(midnight(now, -1))) {
    return 'Yesterday';
  }
  const isThisYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  return (isThisYear ? WEEKDAY : LONG_DATE).format(ms);
}

/** The time today, the date before. */
export const shortTime = (ms, now = Date.now()) => (dayKey(ms) === dayKey(now) ? clock(ms) : DATE.format(ms));

/** When somebody was there last, after the words "last seen". */
export function lastSeen(ms, now = Date.now()) {
  const day = dayKey(ms);
  if (day === dayKey(now)) {
    return `last seen today at ${clock(ms)}`;
  }
  if (day === dayKey(midnight(now, -1))) {
    return `last seen yesterday at ${clock(ms)}`;
  }
  return `last seen on ${DATE.format(ms)} at ${clock(ms)}`;
}

/** Date and time without ambiguity, in local time: "2026-11-26 14:03". */
export function stamp(ms) {
  const time = new Date(ms);
  const two = (n) => String(n).padStart(2, '0');
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
