import { Loading } from './loading.js';

const FIRST_PAGE = 30;
const PAGE = 100;
const MOST_LISTED = 2_000;

/** The server's list of conversations, page by page: it is the same on each device. */
export class Conversations {
  #loading;
  #next = null;
  /** The cursor of the page that is asked for and not answered. */
  #asked = null;
  #listed = 0;
  #wantsAll = false;
  #isCurrent = false;

  /** @param take told each entry, and the time of the one before it, which is newer; changed() */
  constructor(link, take, changed) {
    this.#loading = new Loading(link, 'conversations', (data, fields) => {
      let time = fields.before ? this.time : Date.now();
      for (const entry of data.conversations) {
        time = entry.last?.time ?? entry.time ?? time;
        take(entry, time);
      }
      this.time = time;
      this.#isCurrent = true;
      this.#asked = null;
      this.#next = data.next ?? null;
      this.#listed += data.conversations.length;
      changed();
      if (this.#wantsAll) {
        this.more();
      }
    });
  }

  /**
   * A session stands: the newest page, where the pushes do not continue what is there; or the page
   * that the session before was asked for in vain.
   */
  restart(isCut) {
    this.#isCurrent &&= !isCut;
    if (!this.#isCurrent) {
      this.#next = null;
      this.#listed = 0;
      this.#loading.restart({ limit: FIRST_PAGE });
    } else if (this.#asked) {
      this.#loading.restart({ before: this.#asked, limit: PAGE });
    }
  }

  /** The next page, if there is one. */
  more() {
    if (this.#next && this.#next !== this.#asked && this.#listed < MOST_LISTED) {
      this.#asked = this.#next;
      this.#loading.load({ before: this.#next, limit: PAGE });
    }
  }

  /** All pages, since the user searches in them. */
  all() {
    this.#wantsAll = true;
    this.more();
  }
}
