package im.linnet.records.mongo;

import com.mongodb.ClientSessionOptions;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions that see at least all that was applied up to the newest time handed in. A primary that
 * was paused and replaced waits for that time in vain, and does not answer from the past. Safe on
 * any thread.
 */
final class CausalSessions {
  private static final Logger LOG = LoggerFactory.getLogger(CausalSessions.class);
  private static final ClientSessionOptions CAUSAL =
      ClientSessionOptions.builder().causallyConsistent(true).build();

  private final MongoClient client;
  private final AtomicReference<@Nullable CausalTime> newest = new AtomicReference<>();
  private final AtomicReference<@Nullable String> lastText = new AtomicReference<>();

  CausalSessions(MongoClient client) {
    this.client = client;
  }

  void advance(@Nullable String storeTime) {
    // The same announcement reaches a store many times: once for each partition that it names.
    if (storeTime == null || storeTime.equals(lastText.get())) {
      return;
    }
    CausalTime time;
    try {
      time = CausalTime.decode(storeTime);
    } catch (IllegalArgumentException e) {
      LOG.warn("ignoring a store time that is none of MongoDB's: {}", e.getMessage());
      return;
    }
    newest.accumulateAndGet(
        time,
        (old, now) ->
            old == null || now == null || now.operation().compareTo(old.operation()) > 0
                ? now
                : old);
    lastText.set(storeTime);
  }

  /** A new session; the caller closes it. */
  ClientSession start() {
    ClientSession session = client.startSession(CAUSAL);
    CausalTime time = newest.get();
    if (time != null) {
      session.advanceOperationTime(time.operation());
      if (time.cluster() != null) {
        session.advanceClusterTime(time.cluster());
      }
    }
    return session;
  }
}
