package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a user shows to everybody.
 *
 * @param userId the user
 * @param nickname the name to show; empty where there is none
 * @param avatar the URL of a picture, or the picture as a data URL; empty where there is none
 */
public record UserInfo(String userId, String nickname, String avatar) {
  static UserInfo read(JsonNode profile) {
    return new UserInfo(
        profile.path("user").asText(""),
        profile.path("nickname").asText(""),
        profile.path("avatar").asText(""));
  }

  /** Reads the profiles of a reply. */
  static List<UserInfo> all(ServerResponse response) {
    return JsonValues.list(response.data().path("profiles"), UserInfo::read);
  }
}
