package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A member of a topic.
 *
 * @param userId the user
 * @param groupId the topic's id
 * @param joinTime the time of joining, epoch seconds
 */
public record GroupMember(String userId, String groupId, long joinTime) {
  static GroupMember read(String topic, JsonNode member) {
    return new GroupMember(
        member.path("user").asText(""), topic, member.path("joinTime").asLong(0));
  }
}
