package im.linnet.client;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.JsonBytes;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A topic to create.
 *
 * @param topic its id, in the form of a user name and never used before; null lets the server make
 *     one
 * @param name the name that people see; null for the id
 * @param members its first members beside its founder, 200 at most
 * @param join who may become a member later
 * @param history whether newcomers see the messages from before they joined
 */
public record TopicDraft(
    @Nullable String topic,
    @Nullable String name,
    List<String> members,
    JoinPolicy join,
    boolean history)
    implements JsonBytes.Fields {

  public TopicDraft {
    members = List.copyOf(members);
  }

  /** An open topic with an id of the server's. */
  public static TopicDraft named(String name) {
    return new TopicDraft(null, name, List.of(), JoinPolicy.OPEN, false);
  }

  /** A copy with this id. */
  public TopicDraft withId(String newTopic) {
    return new TopicDraft(newTopic, name, members, join, history);
  }

  /** A copy with these first members. */
  public TopicDraft withMembers(Collection<String> newMembers) {
    return new TopicDraft(topic, name, List.copyOf(newMembers), join, history);
  }

  /** A copy that users join by the invitation of a member only. */
  public TopicDraft byInvitation() {
    return new TopicDraft(topic, name, members, JoinPolicy.INVITE, history);
  }

  /** A copy whose newcomers see the messages from before they joined. */
  public TopicDraft withHistory() {
    return new TopicDraft(topic, name, members, join, true);
  }

  /** Writes the fields that differ from their defaults. */
  @Override
  public void write(JsonGenerator json) throws IOException {
    JsonValues.write(json, "topic", topic);
    JsonValues.write(json, "name", name);
    if (!members.isEmpty()) {
      JsonValues.write(json, "members", members);
    }
    if (join != JoinPolicy.OPEN) {
      json.writeStringField("join", join.wire());
    }
    if (history) {
      json.writeBooleanField("history", true);
    }
  }
}
