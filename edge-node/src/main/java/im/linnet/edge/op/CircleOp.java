package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.UserSession;
import im.linnet.records.Circle;
import im.linnet.records.RecordReader;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.RequestFields;
import java.io.IOException;
import java.util.Set;
import java.util.SortedSet;

/**
 * {@code friend.list} and {@code block.list}: the users of one of the caller's circles, by name.
 */
final class CircleOp extends ViewOp<CircleOp.Request, SortedSet<String>> {
  /** The op has no fields. */
  record Request() {}

  private final String name;
  private final Circle circle;
  private final String field;
  private final InboxPublisher inbox;

  /**
   * @param name the name of the op
   * @param circle the circle that it lists
   * @param field the field of the reply
   */
  CircleOp(
      String name,
      Circle circle,
      String field,
      InboxPublisher inbox,
      ViewReads reads,
      Failures failures) {
    super(reads, failures);
    this.name = name;
    this.circle = circle;
    this.field = field;
    this.inbox = inbox;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Request read(RequestFields fields) {
    return new Request();
  }

  @Override
  public Set<StreamPartition> waitsFor(Caller caller, Request request) {
    return Set.of(inbox.place(Stream.MUTUAL, caller.session().user()));
  }

  @Override
  SortedSet<String> ask(RecordReader store, UserSession session, Request request) {
    return store.relations(session.user()).of(circle);
  }

  @Override
  void write(JsonGenerator json, SortedSet<String> users) throws IOException {
    json.writeArrayFieldStart(field);
    for (String user : users) {
      json.writeString(user);
    }
    json.writeEndArray();
  }
}
