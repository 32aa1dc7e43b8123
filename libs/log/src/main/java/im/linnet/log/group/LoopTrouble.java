package im.linnet.log.group;

import im.linnet.log.LoopThread;

/**
 * The line that a member's loop shows while something fails: its polls, or its handler. Each of the
 * two ends by itself, in any order. While both fail the polls show, since without them nothing goes
 * on. Owned by the loop's thread.
 */
final class LoopTrouble {
  private final LoopThread thread;
  private String ofPolls = "";
  private String ofHandler = "";

  LoopTrouble(LoopThread thread) {
    this.thread = thread;
  }

  /** The polls fail for that reason; empty: they work again. */
  void ofPolls(String line) {
    ofPolls = line;
    show();
  }

  /** The handler fails for that reason; empty: it works again. */
  void ofHandler(String line) {
    ofHandler = line;
    show();
  }

  private void show() {
    thread.trouble(ofPolls.isEmpty() ? ofHandler : ofPolls);
  }
}
