package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.session.Responder;
import im.linnet.records.TopicMembers;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code topic.members}: a page of a topic's members, by name. */
final class TopicMembersOp implements Op<TopicMembersOp.Request> {
  /** The most members of a page, and the number where the client names none. */
  static final long MOST = 200;

  /**
   * A page.
   *
   * @param after the members after that name; null for the first page
   */
  record Request(String topic, @Nullable String after, int limit) {}

  private final TopicAccess topics;

  TopicMembersOp(TopicAccess topics) {
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
  public void serve(Caller caller, Request request, Responder reply) {
    topics.answer(
        caller.session(),
        "topic",
        request.topic(),
        reply,
        (store, member) -> store.topics().members(member.topic(), request.after(), request.limit()),
        page -> reply.ok(json -> write(json, page)));
  }

  private static void write(JsonGenerator json, TopicMembers page) throws IOException {
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
