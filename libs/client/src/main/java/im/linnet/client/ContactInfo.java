package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What this user noted about another one. Nobody else sees it.
 *
 * @param userId the other user
 * @param remarkName this user's name for the other; empty where there is none
 * @param labels this user's labels
 */
public record ContactInfo(String userId, String remarkName, List<String> labels) {
  public ContactInfo {
    labels = List.copyOf(labels);
  }

  static ContactInfo read(JsonNode contact) {
    return new ContactInfo(
        contact.path("user").asText(""),
        contact.path("remark").asText(""),
        JsonValues.texts(contact.path("labels")));
  }
}
