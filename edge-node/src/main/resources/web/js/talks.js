import { Talk, talkKey } from './talk.js';

/** The conversations by their keys, as they are in the list. */
export class Talks extends Map {
  #me;
  #began;

  /** @param began told each conversation that is new */
  constructor(me, began = () => {}) {
    super();
    this.#me = me;
    this.#began = began;
  }

  /** That conversation, which begins now where there was none. */
  of(kind, peer) {
    const key = talkKey(kind, peer);
    if (!this.has(key)) {
      this.set(key, new Talk(this.#me, peer, kind));
      this.#began(this.get(key));
    }
    return this.get(key);
  }

  /** The conversation of that key, which begins now where there was none. */
  at(key) {
    return key.startsWith('/') ? this.of('topic', key.slice(1)) : this.of('p2p', key);
  }

  /** The one spoken in last first. */
  list() {
    return [...this.values()].sort((a, b) => b.time - a.time);
  }

  unreadTotal() {
    return this.list().reduce((sum, talk) => sum + talk.unread, 0);
  }

  /** Takes the server's counts. */
  counted({ p2p = [], topic = [] }) {
    this.forEach((talk) => Object.assign(talk, { unread: 0, unreadMore: false }));
    for (const { peer, count, more } of p2p) {
      Object.assign(this.of('p2p', peer), { unread: count, unreadMore: more === true });
    }
    for (const { topic: id, count, more } of topic) {
      Object.assign(this.of('topic', id), { unread: count, unreadMore: more === true });
    }
  }

  /** What the browser keeps of the first of them, and takes back by `restore`. */
  kept(most) {
    return this.list()
      .slice(0, most)
      .map(({ kind, peer, last, since, time, endsRefused }) =>
        endsRefused ? { kind, peer, last: null, since: time } : { kind, peer, last, since },
      );
  }

  restore(kept) {
    for (const { kind = 'p2p', peer, last, since = 0 } of kept) {
      Object.assign(this.of(kind, peer), { last, since });
    }
  }
}
