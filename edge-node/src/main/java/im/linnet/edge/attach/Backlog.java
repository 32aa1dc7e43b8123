package im.linnet.edge.attach;

/** The records that a session gets before those of the ring, page by page. */
interface Backlog {
  /**
   * Sends a page. May block, so it is called on a worker only.
   *
   * @return true once all records are sent and the cursors stand after them
   */
  boolean send(Page page);

  /** Whether older records were left out because the session has missed too many. */
  boolean cut();
}
