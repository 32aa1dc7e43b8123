package im.linnet.edge.attach;

import im.linnet.schemas.event.InboxEventCodec;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What attaching has done since the edge started. Safe on any thread. */
public final class AttachCounters {
  /** The kind of the push that ends a session's backlog. */
  static final String SYNCED = "synced";

  final LongAdder live = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder resets = new LongAdder();
  final LongAdder storeRounds = new LongAdder();
  final LongAdder scans = new LongAdder();
  final LongAdder backlogFrames = new LongAdder();
  private final Map<String, LongAdder> pushes = new HashMap<>();
  final AtomicInteger inProgress = new AtomicInteger();
  final AtomicInteger waiting = new AtomicInteger();

  /** Nothing yet. */
  public AttachCounters() {
    InboxEventCodec.types().forEach(type -> pushes.put(type, new LongAdder()));
    pushes.put(SYNCED, new LongAdder());
  }

  /** Live sessions were pushed something: a record of that type, or {@link #SYNCED}. */
  void pushed(String kind, int sessions) {
    LongAdder counter = pushes.get(kind);
    if (counter != null) {
      counter.add(sessions);
    }
  }

  /** The kinds of pushes that are told apart. */
  public Set<String> pushKinds() {
    return pushes.keySet();
  }

  /** Pushes of that kind to sessions that are live. */
  public long pushes(String kind) {
    LongAdder counter = pushes.get(kind);
    return counter == null ? 0 : counter.sum();
  }

  /** Sessions that came to the tail. */
  public long live() {
    return live.sum();
  }

  /** Sessions closed because too many wait already. */
  public long refused() {
    return refused.sum();
  }

  /** Sessions closed because the store, the log or the client did not keep up. */
  public long failed() {
    return failed.sum();
  }

  /** Sessions whose positions were unknown, so that they began anew. */
  public long resets() {
    return resets.sum();
  }

  /** How often a session was sent a stretch from the store. */
  public long storeRounds() {
    return storeRounds.sum();
  }

  /** Passes over the log itself, for all sessions that waited for one. */
  public long scans() {
    return scans.sum();
  }

  /** Frames sent before {@code synced}. */
  public long backlogFrames() {
    return backlogFrames.sum();
  }

  /** Sessions that attach now. */
  public int inProgress() {
    return inProgress.get();
  }

  /** Sessions that wait to attach now. */
  public int waiting() {
    return waiting.get();
  }
}
