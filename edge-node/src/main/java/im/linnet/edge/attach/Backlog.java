package im.linnet.edge.attach;

/** What a session has to be sent before it goes on to the ring, page by page. */
interface Backlog {
  /**
   * Sends a page; may block, so it is called on a worker only.
   *
   * @return true once all has been sent and the cursors stand behind it
   */
  boolean send(Page page);

  /** Whether older records than the session may be sent were left out. */
  boolean cut();
}
