import { keep } from './keep.js';
import { randomId } from './names.js';

const MOST_KEPT = 8;

/**
 * This tab's device name. Two tabs must not share one (the later connection replaces the earlier),
 * and a new one per tab would fill the user's list of devices; so the browser keeps a few names,
 * and a tab takes the first that no other tab holds, by a lock that ends with the tab.
 */
export async function takeDevice() {
  if (!navigator.locks) {
    const name = keep.device() ?? newName();
    keep.saveDevice(name);
    return name;
  }
  for (const name of keep.devices().slice(0, MOST_KEPT)) {
    if (await hold(name)) {
      return name;
    }
  }
  const name = newName();
  await hold(name);
  keep.saveDevices([...keep.devices(), name].slice(-MOST_KEPT));
  return name;
}

/**
 * Does that while no tab has the device. Where the browser has no locks (a page that is not served
 * securely), or refuses them, it is done in any case. An error of the action is the caller's.
 */
export async function whileUnused(device, action) {
  if (!navigator.locks) {
    action();
    return;
  }
  let isAnswered = false;
  try {
    await navigator.locks.request(lockOf(device), { ifAvailable: true }, (lock) => {
      isAnswered = true;
      return lock !== null && action();
    });
  } catch (e) {
    if (isAnswered) {
      throw e;
    }
    action();
  }
}

const lockOf = (device) => `linnet/${device}`;

function newName() {
  return `web-${randomId().replaceAll('-', '').slice(0, 12)}`;
}

/** Whether the lock was free; then it is held until the tab is gone. */
function hold(name) {
  return new Promise((resolve) => {
    navigator.locks
      .request(lockOf(name), { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise(() => {});
      })
      .catch(() => resolve(true));
  });
}
