import { whileUnused } from '/js/device.js';
import { equal } from './expect.js';

/** How often it runs an action that fails, and the error that comes of it. */
async function failing() {
  let runs = 0;
  const action = () => {
    runs++;
    throw new Error('broken');
  };
  const error = await whileUnused('d1', action).then(() => null, (e) => e.message);
  return [runs, error];
}

export async function anActionThatFailsIsNotRepeated() {
  equal(await failing(), [1, 'broken']);
}

export async function whereLocksAreRefusedTheActionIsDoneOnce() {
  const { request } = LockManager.prototype;
  LockManager.prototype.request = () => Promise.reject(new DOMException('no', 'SecurityError'));
  try {
    equal(await failing(), [1, 'broken']);
    let runs = 0;
    await whileUnused('d1', () => runs++);
    equal(runs, 1);
  } finally {
    LockManager.prototype.request = request;
  }
}
