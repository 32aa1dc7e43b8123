package im.linnet.cli;

import com.nimbusds.jose.JWSObject;
import im.linnet.settings.SettingException;
import java.text.ParseException;
import java.util.Map;

/**
 * The user that a token names. The server checks the signature. This check only keeps a person from
 * writing in another one's name by mistake. Pure.
 */
final class OwnToken {
  private OwnToken() {}

  /**
   * Checks that a token names that user.
   *
   * @param key the setting that gave it, as a flag
   * @throws SettingException if it names another user, or is not a token
   */
  static void require(String token, String user, String key) {
    Object subject = subject(token, key);
    if (!(subject instanceof String name)) {
      throw new SettingException(
          "the token does not name a user: its 'sub' is not a text",
          key,
          "give a token for " + user);
    }
    if (!name.equals(user)) {
      throw new SettingException(
          "the token is for another user than " + user,
          key,
          "give a token for " + user + ", or change --as");
    }
  }

  private static Object subject(String token, String key) {
    try {
      Map<String, Object> claims = JWSObject.parse(token).getPayload().toJSONObject();
      Object subject = claims == null ? null : claims.get("sub");
      return subject == null ? Map.of() : subject;
    } catch (ParseException | IllegalArgumentException e) {
      throw new SettingException("this is not a token (a signed JWT)", key, "give one token");
    }
  }
}
