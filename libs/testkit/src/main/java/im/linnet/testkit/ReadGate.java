package im.linnet.testkit;

/** Holds a reader while it is closed. */
final class ReadGate {
  private boolean shut;

  synchronized void shut() {
    shut = true;
  }

  synchronized void open() {
    shut = false;
    notifyAll();
  }

  /** Returns when the gate is open. */
  synchronized void pass() throws InterruptedException {
    while (shut) {
      wait();
    }
  }
}
