package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.JoinPolicy;

/**
 * A topic, which people know as a group.
 *
 * @param groupId the topic's id
 * @param groupName its name
 * @param ownerUserId its founder, who alone kicks, renames, transfers and disbands
 * @param join who may become a member
 * @param history whether newcomers see the messages from before they joined
 * @param members the number of members
 * @param timeSeconds the time of its creation, epoch seconds
 */
public record GroupInfo(
    String groupId,
    String groupName,
    String ownerUserId,
    JoinPolicy join,
    boolean history,
    int members,
    long timeSeconds) {

  static GroupInfo read(JsonNode topic) {
    JoinPolicy join = JoinPolicy.ofWire(topic.path("join").asText(""));
    return new GroupInfo(
        topic.path("topic").asText(""),
        topic.path("name").asText(""),
        topic.path("founder").asText(""),
        join == null ? JoinPolicy.OPEN : join,
        topic.path("history").asBoolean(false),
        topic.path("members").asInt(0),
        topic.path("time").asLong(0));
  }
}
