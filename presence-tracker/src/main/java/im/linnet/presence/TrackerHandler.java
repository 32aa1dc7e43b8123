package im.linnet.presence;

import im.linnet.log.group.TransactionalHandler;
import im.linnet.log.group.TransientFailureException;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.event.EdgeEvent;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.RecordDecoder;
import im.linnet.schemas.event.SessionEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the shard in its consumer group: restores the assigned partitions, applies session events,
 * lets time pass, and gives the records to publish. Called on the loop's thread only; the shard has
 * no other owner.
 */
final class TrackerHandler implements TransactionalHandler {
  private static final Logger LOG = LoggerFactory.getLogger(TrackerHandler.class);
  private static final long WARN_AGAIN_MILLIS = 60_000;
  private static final Duration EDGES_TIMEOUT = Duration.ofSeconds(15);

  private final PresenceShard shard;
  private final EdgeFeed edges;
  private final PresenceLog presence;
  private final StoreFeed store;
  private final PresenceMeters meters;
  private final InstantSource clock;
  private final LongSupplier monotonicMillis;
  private final String source;

  /** Per owned partition: all records of im.presence.v1 below this offset are in the shard. */
  private final Map<Integer, Long> restoredTo = new HashMap<>();

  private long sequence;
  private long warnedMillis = Long.MIN_VALUE / 2;
  private List<String> liveEdges = List.of();
  private boolean edgesSaved;
  private PresenceShard.Decision underWay = PresenceShard.Decision.NONE;

  TrackerHandler(
      PresenceConfig config,
      EdgeFeed edges,
      PresenceLog presence,
      StoreFeed store,
      PresenceMeters meters,
      InstantSource clock,
      LongSupplier monotonicMillis) {
    shard = new PresenceShard(config);
    this.edges = edges;
    this.presence = presence;
    this.store = store;
    this.meters = meters;
    this.clock = clock;
    this.monotonicMillis = monotonicMillis;
    source = "/presence/" + config.instance();
  }

  @Override
  public void assigned(Set<Integer> partitions) throws TransientFailureException {
    try {
      edges.awaitEnd(EDGES_TIMEOUT, this::see);
    } catch (TimeoutException e) {
      throw new TransientFailureException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFailureException("interrupted while reading im.edge.v1", e);
    }
    // Before the question for the end: records after the end come through the store's own feed.
    store.own(partitions);
    double before = meters.restored.count();
    restoredTo.putAll(presence.read(partitions, restoredTo, this::restore));
    LOG.info(
        "presence restored for partitions {} from {} records: {} users known",
        partitions,
        (long) (meters.restored.count() - before),
        users());
  }

  private void restore(LogRecord record) {
    try {
      meters.restored.increment();
      PresenceState state = PresenceRecords.state(record);
      shard.restore(record.partition(), state, monotonicMillis.getAsLong());
      store.restored(state, record.offset());
    } catch (MalformedEventException | RuntimeException e) {
      skip(record, e);
    }
  }

  @Override
  public void aborted(Set<Integer> partitions) {
    shard.aborted();
  }

  @Override
  public void revoked(Set<Integer> partitions) {
    restoredTo.keySet().removeAll(partitions);
    store.disown(partitions);
    shard.release(partitions);
    meters.users(shard.users().online(), shard.users().size());
  }

  @Override
  public List<OutgoingRecord> handle(List<LogRecord> records) {
    edges.drain(this::see);
    for (LogRecord record : records) {
      apply(record);
    }
    return decide(clock.millis());
  }

  private void apply(LogRecord record) {
    try {
      SessionEvent event = PresenceRecords.session(record);
      meters.sessionEvents.increment();
      // A stale event does not count, and its edge knows that. But an ended session has ended, also
      // if the record is late.
      if (event instanceof SessionEvent.Closed || !RecordDecoder.isStale(record)) {
        shard.apply(record.partition(), event, record.timestamp(), monotonicMillis.getAsLong());
      } else {
        meters.stale.increment();
      }
    } catch (MalformedEventException | RuntimeException e) {
      skip(record, e);
    }
  }

  @Override
  public List<OutgoingRecord> tick(long nowMillis) {
    edges.drain(this::see);
    edges.keepContact();
    saveEdges();
    return decide(nowMillis);
  }

  @Override
  public boolean hasMore() {
    return underWay.more();
  }

  private List<OutgoingRecord> decide(long nowMillis) {
    underWay = shard.decide(nowMillis);
    List<OutgoingRecord> records = new ArrayList<>();
    for (PresenceState state : underWay.states()) {
      String id = state.user() + "/" + Long.toString(nowMillis, 36) + "-" + sequence++;
      records.add(PresenceRecords.record(state, id, source));
    }
    for (EdgeEvent.Ended ended : underWay.ended()) {
      LOG.info("edge={} epoch={} is silent, ending it", ended.edge(), ended.epoch());
      records.add(PresenceRecords.record(ended, source));
    }
    return records;
  }

  @Override
  public void committed() {
    shard.committed();
    // All records below the feed's position were restored or are committed by now.
    restoredTo.replaceAll((partition, to) -> Math.max(to, store.position(partition)));
    meters.statesPublished.increment(underWay.states().size());
    meters.epochsEnded.increment(underWay.ended().size());
    meters.users(shard.users().online(), shard.users().size());
  }

  private void see(EdgeSighting sighting) {
    shard.see(sighting, monotonicMillis.getAsLong());
  }

  private void saveEdges() {
    List<String> live = shard.liveAddresses();
    if (shard.isComplete() && !(edgesSaved && live.equals(liveEdges))) {
      edgesSaved = true;
      liveEdges = live;
      store.edges(live);
      meters.edges(live.size());
    }
  }

  private int users() {
    return shard.users().size();
  }

  /** Also takes unforeseen faults: a record that always throws would end every tracker in turn. */
  private void skip(LogRecord record, Exception reason) {
    meters.malformed.increment();
    long now = monotonicMillis.getAsLong();
    if (now - warnedMillis > WARN_AGAIN_MILLIS) {
      warnedMillis = now;
      LOG.warn("{} is passed over: {}", record.place(), reason.toString());
    }
  }
}
