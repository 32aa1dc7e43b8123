package im.linnet.schemas;

/** A short part of a stranger's text, safe to quote back. */
public final class Excerpt {
  private static final int MAX_CODE_POINTS = 40;

  private Excerpt() {}

  /**
   * At most 40 characters of the text. The result always has a UTF-8 form, also if the text has
   * not.
   */
  public static String of(String text) {
    StringBuilder excerpt = new StringBuilder();
    int i = 0;
    for (int count = 0; i < text.length() && count < MAX_CODE_POINTS; count++) {
      int codePoint = text.codePointAt(i);
      boolean surrogate =
          codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
      excerpt.appendCodePoint(surrogate ? 0xfffd : codePoint);
      i += Character.charCount(codePoint);
    }
    return i < text.length() ? excerpt.append("...").toString() : excerpt.toString();
  }
}
