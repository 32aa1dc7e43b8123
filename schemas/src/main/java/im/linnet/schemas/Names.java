package im.linnet.schemas;

import java.util.regex.Pattern;

/** The rules for user names, tokens and identifiers chosen by a client. */
public final class Names {
  /** The longest user name, token, request id, device name or message uuid, in characters. */
  public static final int MAX_LENGTH = 64;

  /** The longest message type, in characters: registered MIME types reach 80 and more. */
  public static final int MAX_TYPE_LENGTH = 128;

  /** The longest name of a topic, in code points. */
  public static final int MAX_TOPIC_NAME_LENGTH = 128;

  /** The longest nickname or remark name, in code points. */
  public static final int MAX_LABEL_LENGTH = 64;

  /** The most labels of one contact. */
  public static final int MAX_LABELS = 20;

  /** The longest of a contact's labels, in code points. */
  public static final int MAX_CONTACT_LABEL_LENGTH = 32;

  /**
   * The longest avatar, in characters: a picture of 96 by 96 points fits. Four of the longest fit
   * one reply.
   */
  public static final int MAX_AVATAR_LENGTH = 16 << 10;

  private static final Pattern AVATAR =
      Pattern.compile(
          "(https?://[!-~]+|data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2})?");

  private Names() {}

  /** A ClientID: 1-64 characters of {@code [A-Za-z0-9._@-]}. */
  public static boolean isUser(String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (!isNameCharacter(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * A message type: 1-128 characters of {@code [A-Za-z0-9._@+/-]}, for example a word of the
   * application's own, or a MIME type without parameters.
   */
  public static boolean isMessageType(String type) {
    if (type.isEmpty() || type.length() > MAX_TYPE_LENGTH) {
      return false;
    }
    for (int i = 0; i < type.length(); i++) {
      char c = type.charAt(i);
      if (!isNameCharacter(c) && c != '+' && c != '/') {
        return false;
      }
    }
    return true;
  }

  /** A short word of the same characters as a user name, as the id of an edge. */
  public static boolean isToken(String token) {
    return isUser(token);
  }

  /**
   * An id that a client makes (message uuid, request id, device name): 1-64 code points of
   * well-formed text.
   */
  public static boolean isId(String id) {
    return isText(id, MAX_LENGTH);
  }

  /** The name of a topic, for people: 1-128 code points of well-formed text. */
  public static boolean isTopicName(String name) {
    return isText(name, MAX_TOPIC_NAME_LENGTH);
  }

  private static boolean isText(String text, int most) {
    return !text.isEmpty()
        && text.length() <= 2 * most
        && text.codePointCount(0, text.length()) <= most
        && isWellFormed(text);
  }

  /**
   * A text for people of at most so many code points; it may be empty.
   *
   * @param most the most code points
   */
  public static boolean isLabel(String text, int most) {
    return text.length() <= 2 * most
        && text.codePointCount(0, text.length()) <= most
        && isWellFormed(text);
  }

  /** An http or https URL, a data URL of a picture, or nothing. */
  public static boolean isAvatar(String avatar) {
    return avatar.length() <= MAX_AVATAR_LENGTH && AVATAR.matcher(avatar).matches();
  }

  /** Whether the text holds no lone surrogate, so that it has a UTF-8 form. */
  public static boolean isWellFormed(String text) {
    int i = 0;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return false;
      }
      i += Character.charCount(codePoint);
    }
    return true;
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '@'
        || c == '-';
  }
}
