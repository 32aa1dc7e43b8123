import { Loading } from './loading.js';

const FIRST_PAGE = 30;
const PAGE = 100;
const MOST_PAGES = 20;

/** The server's list of conversations, page by page: it is the same on each device. */
export class Conversations {
  #loading;
  #next = null;
  #pages = 0;
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
      this.#next = data.next ?? null;
      this.#pages++;
      changed();
      if (this.#wantsAll) {
        this.more();
      }
    });
  }

  /** A session stands: the newest page, where the pushes do not continue what is there. */
  restart(isCut) {
    if (!this.#isCurrent || isCut) {
      this.#isCurrent = true;
      this.#pages = 0;
      this.#loading.restart({ limit: FIRST_PAGE });
    }
  }

  /** The next page, if there is one. */
  more() {
    if (this.#next && this.#pages < MOST_PAGES) {
      const before = this.#next;
      this.#next = null;
      this.#loading.load({ before, limit: PAGE });
    }
  }

  /** All pages, since the user searches in them. */
  all() {
    this.#wantsAll = true;
    this.more();
  }
}
