package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import im.linnet.records.RecordPlan;
import im.linnet.records.StoreUnusableException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Applies plans: each kind of change in its turn, and the view's position when all of that is
 * durable.
 */
final class PlanWriter {
  private final CausalSessions sessions;
  private final List<ChangeWriter> writers;
  private final ViewDocument view;
  private final AtomicReference<ViewDocument.@Nullable Edition> edition = new AtomicReference<>();
  private volatile @Nullable String opened;

  PlanWriter(CausalSessions sessions, List<ChangeWriter> writers, ViewDocument view) {
    this.sessions = sessions;
    this.writers = writers;
    this.view = view;
  }

  /** From now on plans are for that view, which may have been replaced by an older copy. */
  void open(String viewId) {
    opened = viewId;
    writers.forEach(ChangeWriter::forget);
  }

  private void begin(ViewDocument.Edition now) {
    String expected = opened;
    if (expected != null && !expected.equals(now.view())) {
      throw new StoreUnusableException(
          "the store holds another view than when it was opened: restart to go on where it is");
    }
    ViewDocument.Edition before = edition.getAndSet(now);
    if (before != null && !before.equals(now)) {
      writers.forEach(ChangeWriter::forget);
    }
  }

  @Nullable String apply(RecordPlan plan) {
    return MongoFailures.<@Nullable String>call(
        () -> {
          try (ClientSession session = sessions.start()) {
            ViewDocument.Edition now = view.edition(session, plan.from());
            begin(now);
            writers.forEach(writer -> writer.write(session, plan));
            view.advance(session, now, plan.from(), plan.next());
            CausalTime time = CausalTime.of(session);
            return time == null ? null : time.encode();
          }
        });
  }

  /** Writes a part of the work that plans have left. Whether there may be more. */
  boolean carryOn() {
    return MongoFailures.call(
        () -> {
          try (ClientSession session = sessions.start()) {
            String expected = opened;
            String now = view.edition(session, Map.of()).view();
            if (expected != null && !expected.equals(now)) {
              return false;
            }
            boolean isMore = false;
            for (ChangeWriter writer : writers) {
              isMore |= writer.carryOn(session);
            }
            return isMore;
          }
        });
  }
}
