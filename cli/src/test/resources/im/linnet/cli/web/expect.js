/** Fails where the two are not alike in all they hold. */
export function equal(actual, expected) {
  const [a, e] = [actual, expected].map((value) => JSON.stringify(value));
  if (a !== e) {
    throw new Error(`expected ${e}, but was ${a}`);
  }
}

/** Lets what was answered by now be taken in. */
export const settle = () => new Promise((resolve) => setTimeout(resolve));

/** Resolves once that holds; the time over all is the caller's to bound. */
export async function until(condition) {
  while (!condition()) {
    await settle();
  }
}
