package im.linnet.presence;

import im.linnet.records.PresenceDirectory;
import im.linnet.records.StoreUnavailableException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A directory in memory that can be down. */
final class FakeDirectory implements PresenceDirectory {
  final Map<String, PresenceEntry> entries = new ConcurrentHashMap<>();
  final Map<String, List<String>> edges = new ConcurrentHashMap<>();
  final AtomicInteger writes = new AtomicInteger();
  final AtomicInteger refusals = new AtomicInteger();
  volatile boolean down;

  @Override
  public void savePresence(Collection<PresenceEntry> some) {
    refuseWhileDown();
    for (PresenceEntry entry : some) {
      writes.incrementAndGet();
      entries.merge(entry.user(), entry, (old, next) -> next.guard() > old.guard() ? next : old);
    }
  }

  @Override
  public void saveEdges(String trackerAddress, List<String> edgeAddresses) {
    refuseWhileDown();
    edges.put(trackerAddress, edgeAddresses);
  }

  private void refuseWhileDown() {
    if (down) {
      refusals.incrementAndGet();
      throw new StoreUnavailableException("it is down", new IllegalStateException("down"));
    }
  }
}
