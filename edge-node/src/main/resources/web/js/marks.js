import { parsePosition } from './places.js';

/**
 * What a reader has read of one conversation. A mark counts in its own partition, and there only
 * below its own place: what it says beyond that was not in the log when it was made.
 */
export class Marks {
  #upTo = new Map();
  #uuids = new Map();

  /** Takes the push of a mark; the notice to a sender says in `of` where the mark itself stands. */
  take({ upTo, uuids, at, of }) {
    const own = parsePosition(of?.at ?? at);
    const mark = parsePosition(upTo);
    if (own && mark?.place === own.place) {
      this.note({ place: own.place, offset: Math.min(mark.offset, own.offset - 1) });
    }
    if (own) {
      for (const uuid of uuids ?? []) {
        this.#uuids.set(uuid, { place: own.place, below: Math.max(own.offset, this.#uuids.get(uuid)?.below ?? -1) });
      }
    }
  }

  /** Everything up to that position is read; a mark never goes back. */
  note({ place, offset }) {
    this.#upTo.set(place, Math.max(offset, this.upTo(place)));
  }

  /** How far that partition is read; -1 where it is not. */
  upTo(place) {
    return this.#upTo.get(place) ?? -1;
  }

  /** Whether a message is read. */
  cover({ uuid, at }) {
    if (!at) {
      return false;
    }
    const named = this.#uuids.get(uuid);
    return at.offset <= this.upTo(at.place) || (named?.place === at.place && at.offset < named.below);
  }

  clear() {
    this.#upTo.clear();
    this.#uuids.clear();
  }
}
