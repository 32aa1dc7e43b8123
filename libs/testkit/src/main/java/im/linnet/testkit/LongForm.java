package im.linnet.testkit;

/**
 * Whether tests that have a long form run it: they do the same more often. The system property
 * {@value #REQUEST} asks for it.
 */
public final class LongForm {
  /** {@code true} asks for the long form. */
  public static final String REQUEST = "linnet.long";

  private LongForm() {}

  /** How often a test does something: usually, and in its long form. */
  public static int times(int usually, int inLongForm) {
    return Boolean.getBoolean(REQUEST) ? inLongForm : usually;
  }
}
