import { ask } from './link.js';
import { Retry, isRetryable } from './retry.js';
import { messageOf } from './talk.js';
import { fault } from './words.js';

const PAGE = 50;
const LARGE_PAGE = 200;
const MOST_UNREAD_PAGES = 10;
const TRYING_AGAIN = 'The messages cannot be loaded just now. Trying again…';

/** Brings pages of history into conversations, and tries again where the server cannot give one. */
export class Pages {
  #link;
  #isShown;
  #changed;
  #retry = new Retry();

  /** @param isShown whether the user looks at that conversation; told: changed(talk) */
  constructor(link, isShown, changed) {
    this.#link = link;
    this.#isShown = isShown;
    this.#changed = changed;
  }

  /** Nobody waits for what was refused any more, or the server may be asked at once again. */
  reset() {
    this.#retry.reset();
  }

  /** The newest page, and those before it as far as they hold unread messages. */
  async load(talk) {
    if (!this.#link.online || talk.loaded || talk.loading) {
      return;
    }
    talk.loading = true;
    let isDone = await this.#page(talk, null, PAGE);
    for (let i = 0; isDone && i < MOST_UNREAD_PAGES && talk.hasOlderUnread(); i++) {
      isDone = await this.#page(talk, talk.next, LARGE_PAGE);
    }
    this.#end(talk);
  }

  /** The next older page; resolves once it is there or cannot be loaded now. */
  async older(talk) {
    if (this.#link.online && talk.loaded && talk.next && !talk.loading && !this.#retry.waiting) {
      talk.loading = true;
      await this.#page(talk, talk.next, PAGE);
      this.#end(talk);
    }
  }

  #end(talk) {
    talk.loading = false;
    this.#changed(talk);
  }

  /** Resolves to whether the page came. */
  async #page(talk, before, limit) {
    this.#changed(talk);
    const fields = { kind: talk.kind, peer: talk.peer, limit };
    const { version } = talk;
    const reply = await ask(this.#link, 'history', before ? { ...fields, before } : fields);
    if (reply?.code === 0) {
      reply.data.messages.forEach((frame) => talk.put(messageOf(frame), version));
      talk.next = reply.data.next ?? null;
      talk.loaded = true;
    }
    if (reply && this.#isShown(talk)) {
      this.#explain(talk, reply);
    }
    return reply?.code === 0;
  }

  /** Whoever waits for a page that was refused sees why, and gets it later. */
  #explain(talk, reply) {
    if (isRetryable(reply.code)) {
      talk.error = TRYING_AGAIN;
      this.#retry.later(() => (talk.loaded ? this.older(talk) : this.load(talk)), reply);
    } else {
      talk.error = reply.code === 0 ? null : talk.closed ?? fault('history', reply);
      this.#retry.reset();
    }
  }
}
