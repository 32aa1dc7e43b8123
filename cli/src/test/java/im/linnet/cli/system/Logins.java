package im.linnet.cli.system;

/** Where the parties of a race log in. */
@FunctionalInterface
interface Logins {
  /**
   * Connects and asks to be let in; does not wait for the answer.
   *
   * @param edge 0 or 1
   */
  Talker arrive(int edge, String user, String device);

  /** Logs in, and returns when the session is told that it has everything. */
  default Talker login(int edge, String user, String device) {
    Talker talker = arrive(edge, user, device);
    talker.isLetIn();
    return talker;
  }
}
