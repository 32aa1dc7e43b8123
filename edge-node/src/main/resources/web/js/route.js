/**
 * The open conversation as a step in the browser's history: the way back leads to the list, and a
 * page that is loaded again shows what it showed.
 */
export class Route {
  #me = null;
  #goesBack = false;
  #moved;

  /** @param moved told the peer's name, or null for the list, when the user went back or forth */
  constructor(moved) {
    this.#moved = moved;
    addEventListener('popstate', () => {
      this.#goesBack = false;
      this.#moved(this.peer);
    });
  }

  /** That user's steps count from now on; those of another one are the list. */
  begin(me) {
    this.#me = me;
  }

  /** The peer whose conversation is open, or null. */
  get peer() {
    return history.state?.me === this.#me ? history.state?.peer ?? null : null;
  }

  /** A conversation is opened; in place of another one it is no further step. */
  open(peer) {
    const state = { me: this.#me, peer };
    if (this.peer === null) {
      history.pushState(state, '');
    } else {
      history.replaceState(state, '');
    }
  }

  /** To the list; `moved` tells when it is reached. Asked twice, it goes no further than that. */
  back() {
    if (this.peer !== null && !this.#goesBack) {
      this.#goesBack = true;
      history.back();
    }
  }

  /** The user is gone, and where they were with them. */
  end() {
    history.replaceState(null, '');
    this.#me = null;
  }
}
