/**
 * What outlives the page. Per user in localStorage: the log's id, the positions seen and the list
 * of conversations, written together so that they never contradict each other; and per user and
 * device the messages that are not acknowledged yet. For all users how the page looks. Per tab in sessionStorage: who is logged in. A
 * browser that refuses storage loses comfort, and with a page that is closed its unsent messages; the
 * page says so.
 */
function read(storage, key, fallback) {
  try {
    return JSON.parse(storage().getItem(key)) ?? fallback;
  } catch {
    return fallback;
  }
}

/** Tells whether the browser took the value. */
function write(storage, key, value) {
  try {
    if (value === null) {
      storage().removeItem(key);
    } else {
      storage().setItem(key, JSON.stringify(value));
    }
    return true;
  } catch {
    // full or forbidden
    return false;
  }
}

const local = () => localStorage;
const session = () => sessionStorage;
const OUTBOX = 'linnet/outbox/';
const outboxKey = (name, device) => `${OUTBOX}${name}/${device}`;

/** The name and the device of each outbox that holds something. */
function outboxes() {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(OUTBOX))
      .map((key) => key.slice(OUTBOX.length).split('/'));
  } catch {
    return [];
  }
}

export const keep = {
  user: (name) => read(local, `linnet/user/${name}`, {}),
  saveUser: (name, value) => write(local, `linnet/user/${name}`, value),
  devices: () => read(local, 'linnet/devices', []),
  saveDevices: (list) => write(local, 'linnet/devices', list),
  login: () => read(session, 'linnet/login', null),
  saveLogin: (value) => write(session, 'linnet/login', value),
  prefs: () => read(local, 'linnet/prefs', {}),
  savePrefs: (value) => write(local, 'linnet/prefs', value),
  device: () => read(session, 'linnet/device', null),
  saveDevice: (name) => write(session, 'linnet/device', name),
  outbox: (name, device) => read(local, outboxKey(name, device), []),
  saveOutbox: (name, device, list) => write(local, outboxKey(name, device), list.length ? list : null),
  outboxDevices: (name) => outboxes().filter(([each]) => each === name).map(([, device]) => device),
  outboxNames: () => [...new Set(outboxes().map(([name]) => name))],
};
