/** Reads "p2p/3/812"; null where it is not of that form. */
export function parsePosition(text) {
  const match = typeof text === 'string' && /^([a-z0-9]+\/\d+)\/(-?\d+)$/.exec(text);
  return match ? { place: match[1], offset: Number(match[2]) } : null;
}

/**
 * How far this client has seen each partition: what it gives back to resume. Positions come from
 * pushes and from `synced`, never from replies.
 */
export class Places {
  #offsets = new Map();

  constructor(positions = []) {
    this.replace(positions);
  }

  /** Notes the position of a push; it never goes back. */
  note(text) {
    const at = parsePosition(text);
    if (at && at.offset > (this.#offsets.get(at.place) ?? -2)) {
      this.#offsets.set(at.place, at.offset);
    }
  }

  /** Forgets everything, and stands where the list says. */
  replace(positions) {
    this.#offsets.clear();
    for (const text of positions) {
      this.note(text);
    }
  }

  /** The list for `resume`; empty where nothing was ever seen. */
  list() {
    return Array.from(this.#offsets, ([place, offset]) => `${place}/${offset}`);
  }
}
