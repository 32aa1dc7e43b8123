package im.linnet.edge.auth;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of a JSON Web Key Set's text. The library refuses a whole set for one unreadable key;
 * here each key stands for itself.
 *
 * @param keys the usable keys, in the set's order
 * @param odd one line for each key that an operator may miss among them
 */
record KeySetText(List<UsableKey> keys, List<String> odd) {
  /** The most keys of a set. An issuer has a handful; more than this are a mistake. */
  private static final int MOST_KEYS = 1_000;

  private static final int MOST_ID_CHARACTERS = 64;

  /**
   * Reads a text.
   *
   * @throws KeySetUnusableException if it is not a key set, or has no usable key
   */
  static KeySetText parse(String text) throws KeySetUnusableException {
    if (text.isBlank()) {
      throw new KeySetUnusableException("it is empty");
    }
    List<?> members = members(text);
    List<UsableKey> keys = new ArrayList<>();
    List<String> odd = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      add(members.get(i), i, keys, odd);
    }
    if (keys.isEmpty()) {
      throw new KeySetUnusableException(
          "it has no key that is good here (RSA of 2048 to 8192 bits for RS256, EC of P-256 for"
              + " ES256)"
              + (odd.isEmpty() ? "" : "; " + odd.getFirst()));
    }
    return new KeySetText(List.copyOf(keys), List.copyOf(odd));
  }

  private static List<?> members(String text) throws KeySetUnusableException {
    // The library gives null for the text "null".
    @Nullable Map<String, Object> set;
    try {
      set = JSONObjectUtils.parse(text);
    } catch (ParseException e) {
      throw new KeySetUnusableException("it is not a JSON object", e);
    }
    if (set == null || !(set.get("keys") instanceof List<?> members)) {
      throw new KeySetUnusableException("it is not a key set: it has no array 'keys'");
    }
    if (members.size() > MOST_KEYS) {
      throw new KeySetUnusableException("it has over " + MOST_KEYS + " keys");
    }
    return members;
  }

  private static void add(Object member, int index, List<UsableKey> keys, List<String> odd) {
    if (!(member instanceof Map<?, ?> map)) {
      odd.add(name(index, null) + " is left out: it is not a JSON object");
      return;
    }
    try {
      keys.add(UsableKey.of(textual(map)));
    } catch (UsableKey.LeftOutException e) {
      if (e.isOdd()) {
        odd.add(name(index, map.get("kid")) + " is left out: " + e.reason());
      }
    } catch (RuntimeException e) {
      odd.add(name(index, map.get("kid")) + " is left out: it cannot be used");
    }
  }

  @SuppressWarnings("unchecked") // the names of a JSON object are texts
  private static Map<String, Object> textual(Map<?, ?> members) {
    return (Map<String, Object>) members;
  }

  /**
   * The key's name in a form safe for logs: the publisher of the set must not be able to write log
   * lines.
   */
  private static String name(int index, @Nullable Object id) {
    if (id == null) {
      return "key " + (index + 1) + " (without kid)";
    }
    String text = id.toString();
    String shown =
        text.codePoints()
            .limit(MOST_ID_CHARACTERS)
            .map(each -> Character.isISOControl(each) || each > '~' ? '?' : each)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return "the key of kid '" + shown + "'";
  }
}
