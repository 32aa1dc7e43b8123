/**
 * Tells which of the watched elements are in sight. Who looks may be away meanwhile: `look()` tells
 * again what is in sight now.
 */
export class Seen {
  #observer;
  #watched = new Set();
  #inSight = new Set();
  #saw;

  /** @param saw told the elements in sight, whenever others come into sight */
  constructor(root, saw) {
    this.#saw = saw;
    this.#observer = new IntersectionObserver((entries) => this.#moved(entries), { root });
  }

  watch(element) {
    this.#watched.add(element);
    this.#observer.observe(element);
  }

  /** Forgets the elements that left the page: those that were out of sight cause no event. */
  prune() {
    for (const element of this.#watched) {
      if (!element.isConnected) {
        this.#watched.delete(element);
        this.#inSight.delete(element);
        this.#observer.unobserve(element);
      }
    }
  }

  /** Forgets all elements. */
  clear() {
    this.#observer.disconnect();
    this.#watched.clear();
    this.#inSight.clear();
  }

  /** Takes in where the elements are now, as if all were new: they were moved at once. */
  restart() {
    this.#observer.disconnect();
    this.#inSight.clear();
    this.#watched.forEach((element) => this.#observer.observe(element));
  }

  look() {
    if (this.#inSight.size > 0) {
      this.#saw([...this.#inSight]);
    }
  }

  #moved(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting && this.#watched.has(target)) {
        this.#inSight.add(target);
      } else {
        this.#inSight.delete(target);
      }
    }
    this.look();
  }
}
