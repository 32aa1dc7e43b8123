/**
 * What outlives the page. Per user in localStorage: the log's id, the positions seen and the list
 * of conversations, written together so that they never contradict each other. Per tab in
 * sessionStorage: who is logged in and what was not acknowledged yet. A browser that refuses
 * storage loses comfort, nothing else.
 */
function read(storage, key, fallback) {
  try {
    return JSON.parse(storage().getItem(key)) ?? fallback;
  } catch {
    return fallback;
  }
}

function write(storage, key, value) {
  try {
    if (value === null) {
      storage().removeItem(key);
    } else {
      storage().setItem(key, JSON.stringify(value));
    }
  } catch {
    // full or forbidden
  }
}

const local = () => localStorage;
const session = () => sessionStorage;

export const keep = {
  user: (name) => read(local, `linnet/user/${name}`, {}),
  saveUser: (name, value) => write(local, `linnet/user/${name}`, value),
  devices: () => read(local, 'linnet/devices', []),
  saveDevices: (list) => write(local, 'linnet/devices', list),
  login: () => read(session, 'linnet/login', null),
  saveLogin: (value) => write(session, 'linnet/login', value),
  device: () => read(session, 'linnet/device', null),
  saveDevice: (name) => write(session, 'linnet/device', name),
  outbox: (name) => read(session, `linnet/outbox/${name}`, []),
  saveOutbox: (name, list) => write(session, `linnet/outbox/${name}`, list.length ? list : null),
};
