package im.linnet.schemas.document;

/** {@code verdict}: the answer to a command; kept for a day. */
public final class Verdict {
  /** The collection's name. */
  public static final String COLLECTION = "verdict";

  /** The user who asked. */
  public static final String CALLER = "Caller";

  /** The subject of the command. */
  public static final String KEY = "Key";

  /** The command's id. */
  public static final String UUID = "UUID";

  /** The reply's code. */
  public static final String CODE = "Code";

  /** The reason for a refusal; absent where there is none. */
  public static final String MESSAGE = "Message";

  /** The digest of the command that was judged; absent in a verdict without one. */
  public static final String ASKED = "Asked";

  /** The place of the verdict in the log, see {@link LogPlace}. */
  public static final String LOG = "Log";

  /** The time of the judgement, a date: the day of keeping begins here. */
  public static final String TIME = "Time";

  private Verdict() {}
}
