package im.linnet.persister;

import im.linnet.log.applied.AppliedAnnouncer;
import im.linnet.log.publish.Publisher;
import im.linnet.persister.apply.ApplyHandler;
import im.linnet.schemas.StreamPartition;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Announces in {@code im.applied.v1}, with one announcer for each view. If the store is emptied or
 * replaced under a running persister, the announcements of the old view end. Called by the loop's
 * thread; closed when that thread has ended.
 */
final class ViewAnnouncements implements ApplyHandler.Announcements, AutoCloseable {
  private final Publisher publisher;
  private final String key;
  private final LagMeter lag;
  private @Nullable AppliedAnnouncer announcer;
  private String announced = "";

  ViewAnnouncements(Publisher publisher, String key, LagMeter lag) {
    this.publisher = publisher;
    this.key = key;
    this.lag = lag;
  }

  @Override
  public void applied(String view, Map<StreamPartition, Long> next, @Nullable String storeTime) {
    lag.reached(next);
    announcer(view).applied(next, storeTime);
  }

  @Override
  public void released(Set<StreamPartition> partitions) {
    lag.released(partitions);
    if (announcer != null) {
      announcer.revoked(partitions);
    }
  }

  private AppliedAnnouncer announcer(String view) {
    AppliedAnnouncer current = announcer;
    if (current != null && view.equals(announced)) {
      return current;
    }
    close();
    AppliedAnnouncer next = new AppliedAnnouncer(publisher, key, view);
    next.start();
    announcer = next;
    announced = view;
    return next;
  }

  @Override
  public void close() {
    if (announcer != null) {
      announcer.close();
      announcer = null;
    }
  }
}
