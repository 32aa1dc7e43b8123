package im.linnet.schemas.document;

/** {@code verdict}: what a command was answered; kept a day. */
public final class Verdict {
  /** The collection's name. */
  public static final String COLLECTION = "verdict";

  /** Who asked. */
  public static final String CALLER = "Caller";

  /** What the command was about. */
  public static final String KEY = "Key";

  /** The command's id. */
  public static final String UUID = "UUID";

  /** The reply's code. */
  public static final String CODE = "Code";

  /** When it was judged; the time from which a day is counted. */
  public static final String TIME = "Time";

  private Verdict() {}
}
