package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import im.linnet.records.RecordPlan;
import im.linnet.schemas.Position;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies plans in the order that a crash at any point is harmless in: messages, read marks, inbox,
 * and the view's position when all of that is durable.
 */
final class PlanWriter {
  private final CausalSessions sessions;
  private final MessageWriter messages;
  private final ReadMarkWriter reads;
  private final InboxWriter inbox;
  private final ViewDocument view;

  PlanWriter(CausalSessions sessions, MongoTables tables, ViewDocument view) {
    this.sessions = sessions;
    this.messages = new MessageWriter(tables);
    this.reads = new ReadMarkWriter(tables);
    this.inbox = new InboxWriter(tables);
    this.view = view;
  }

  @Nullable String apply(RecordPlan plan) {
    return MongoFailures.<@Nullable String>call(
        () -> {
          try (ClientSession session = sessions.start()) {
            Set<Position> duplicates = messages.insert(session, plan);
            reads.apply(session, plan.reads());
            inbox.insert(session, plan.inbox(), duplicates);
            view.advance(session, plan.next());
            CausalTime time = CausalTime.of(session);
            return time == null ? null : time.encode();
          }
        });
  }
}
