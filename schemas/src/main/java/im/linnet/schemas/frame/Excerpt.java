package im.linnet.schemas.frame;

/** What of a client's text can be quoted back: short, and with a UTF-8 form whatever it was. */
final class Excerpt {
  private static final int MAX_CODE_POINTS = 40;

  private Excerpt() {}

  static String of(String text) {
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
