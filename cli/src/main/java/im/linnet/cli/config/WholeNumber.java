package im.linnet.cli.config;

import java.math.BigInteger;
import java.util.regex.Pattern;

/** Whole numbers in the one usual form: 80, but not +80, 080, or the digits of other scripts. */
public final class WholeNumber {
  private static final Pattern FORM = Pattern.compile("0|-?[1-9][0-9]*");

  private WholeNumber() {}

  /**
   * Reads a number.
   *
   * @param most the bound of its absolute value
   * @throws NumberFormatException if the text is no such number; the message quotes it
   */
  public static long parse(String text, long most) {
    if (!FORM.matcher(text).matches()) {
      throw new NumberFormatException("'" + text + "' is not a whole number");
    }
    BigInteger number = new BigInteger(text);
    if (number.abs().compareTo(BigInteger.valueOf(most)) > 0) {
      throw new NumberFormatException(
          "'" + text + "' is too " + (number.signum() > 0 ? "large" : "small"));
    }
    return number.longValueExact();
  }
}
