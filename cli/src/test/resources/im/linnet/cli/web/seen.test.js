import { Seen } from '/js/seen.js';
import { equal } from './expect.js';

/** An observer that tells what the test says. */
class FakeObserver {
  static last;
  observed = new Set();

  constructor(tell) {
    this.tell = tell;
    FakeObserver.last = this;
  }

  observe(element) {
    this.observed.add(element);
  }

  unobserve(element) {
    this.observed.delete(element);
  }

  disconnect() {
    this.observed.clear();
  }
}

export function anElementThatLeftThePageIsForgotten() {
  const kept = globalThis.IntersectionObserver;
  globalThis.IntersectionObserver = FakeObserver;
  const elements = ['stays', 'left unseen', 'left in sight'].map((title) =>
    Object.assign(document.createElement('p'), { title }),
  );
  try {
    const saw = [];
    const seen = new Seen(null, (those) => saw.push(those.map(({ title }) => title)));
    const observer = FakeObserver.last;
    const observed = () => [...observer.observed].map(({ title }) => title);
    document.body.append(...elements);
    elements.forEach((element) => seen.watch(element));
    const [stays, , inSight] = elements;
    observer.tell([stays, inSight].map((target) => ({ target, isIntersecting: true })));
    equal(saw, [['stays', 'left in sight']]);
    elements.slice(1).forEach((element) => element.remove());
    seen.prune();
    equal(observed(), ['stays']);
    seen.look();
    equal(saw.at(-1), ['stays']);
    seen.restart();
    equal(observed(), ['stays']);
  } finally {
    globalThis.IntersectionObserver = kept;
    elements.forEach((element) => element.remove());
  }
}
