package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.UserSession;
import im.linnet.records.Membership;
import im.linnet.records.RecordReader;
import im.linnet.records.TopicMembers;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code topic.members}: a page of a topic's members, by name. */
final class TopicMembersOp extends ViewOp<TopicMembersOp.Request, TopicMembers> {
  /** The most members of a page, and the number where the client names none. */
  static final long MOST = 200;

  /**
   * A page.
   *
   * @param after the members after that name; null for the first page
   */
  record Request(String topic, @Nullable String after, int limit) {}

  private final TopicAccess topics;

  TopicMembersOp(TopicAccess topics, ViewReads reads, Failures failures) {
    super(reads, failures);
    this.topics = topics;
  }

  @Override
  public String name() {
    return "topic.members";
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    return new Request(
        fields.user("topic"),
        fields.has("after") ? fields.user("after") : null,
        (int) fields.number("limit", MOST, 1, MOST));
  }

  @Override
  public Set<StreamPartition> waitsFor(Caller caller, Request request) {
    return Set.of(topics.place(request.topic()));
  }

  @Override
  TopicMembers ask(RecordReader store, UserSession session, Request request)
      throws RefusedException {
    Membership member = TopicAccess.standing(store, session, request.topic()).require("topic");
    return store.topics().members(member.topic(), request.after(), request.limit());
  }

  @Override
  void write(JsonGenerator json, TopicMembers page) throws IOException {
    json.writeArrayFieldStart("members");
    for (TopicMembers.Member each : page.members()) {
      json.writeStartObject();
      json.writeStringField("user", each.user());
      json.writeNumberField("joinTime", each.joinTime());
      json.writeEndObject();
    }
    json.writeEndArray();
    String next = page.next();
    if (next != null) {
      json.writeStringField("next", next);
    }
  }
}
