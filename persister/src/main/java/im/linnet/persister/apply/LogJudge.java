package im.linnet.persister.apply;

import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import im.linnet.log.follow.LogScan;
import im.linnet.log.tail.RecordFilter;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.RecordDecoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Judges batches of the log as all readers do, by the shared decoder and by a filter of duplicates
 * for each partition. If it begins in the middle of a partition, it first reads the 30 s before.
 * One thread at a time.
 *
 * <p>A filter holds the identities of the last 30 to 40 s of broker time, 43 to 86 bytes for each.
 */
public final class LogJudge {
  private final RecordDecoder<InboxEvent> decoder;
  private final Earlier earlier;
  private final Map<LogPartition, Part> parts = new HashMap<>();

  /** Reads the records before some others. */
  @FunctionalInterface
  public interface Earlier {
    /**
     * Hands over the records of the {@link RecordFilter#SPAN_MILLIS} before each of these, in the
     * order of each partition. Blocks.
     *
     * @param records one of each partition
     * @throws im.linnet.log.LogUnavailableException if the log does not answer
     */
    void read(Collection<LogRecord> records, Consumer<LogRecord> each);
  }

  /** Knows no partition yet. */
  public LogJudge(RecordDecoder<InboxEvent> decoder, Earlier earlier) {
    this.decoder = decoder;
    this.earlier = earlier;
  }

  /** Looks back in the log itself. */
  public static Earlier in(KafkaSettings kafka) {
    return (records, each) -> {
      Map<LogPartition, Long> from = new HashMap<>();
      Map<LogPartition, Long> to = new HashMap<>();
      for (LogRecord record : records) {
        from.put(partition(record), record.offset());
        to.put(partition(record), record.offset() + 1);
      }
      try (LogScan scan = new LogScan(kafka, "before", from, to)) {
        for (LogRecord record : records) {
          scan.goBack(partition(record), record.timestamp() - RecordFilter.SPAN_MILLIS);
        }
        while (!scan.isDone()) {
          for (LogRecord record : scan.next().records()) {
            if (record.offset() < from.getOrDefault(partition(record), 0L)) {
              each.accept(record);
            }
          }
        }
      }
    };
  }

  /** Forgets partitions that go on at another offset or at another persister. */
  void forget(Set<LogPartition> partitions) {
    parts.keySet().removeAll(partitions);
  }

  /**
   * Judges a batch. The same batch may come again, whole or without some of its partitions.
   *
   * @param records records of the streams' topics, in the order of each partition
   * @throws im.linnet.log.LogUnavailableException if the log does not answer; then nothing is
   *     judged
   * @throws IllegalArgumentException if a topic is not that of a stream
   */
  public Judgement judge(List<LogRecord> records) {
    meet(records);
    List<Decoded.Valid<InboxEvent>> valid = new ArrayList<>(records.size());
    List<Decoded.Malformed<InboxEvent>> malformed = new ArrayList<>();
    List<Decoded.Unknown<InboxEvent>> unknown = new ArrayList<>();
    int stale = 0;
    int duplicates = 0;
    for (LogRecord record : records) {
      Part part = part(record);
      part.filter.pass(record);
      switch (decoder.decode(record)) {
        case Decoded.Valid<InboxEvent> one -> {
          if (one.event() instanceof MessageEvent && part.isCopy(record)) {
            duplicates++;
          } else {
            valid.add(one);
          }
        }
        case Decoded.Malformed<InboxEvent> broken -> malformed.add(broken);
        case Decoded.Unknown<InboxEvent> newer -> unknown.add(newer);
        case Decoded.Stale<InboxEvent> late -> stale++;
      }
    }
    return new Judgement(valid, malformed, unknown, stale, duplicates);
  }

  private void meet(List<LogRecord> records) {
    Map<LogPartition, LogRecord> firsts = new LinkedHashMap<>();
    records.forEach(record -> firsts.putIfAbsent(partition(record), record));
    Map<LogPartition, Part> fresh = new HashMap<>();
    firsts.forEach(
        (partition, first) -> {
          Part known = parts.get(partition);
          if (known == null) {
            fresh.put(partition, new Part(RecordFilter.of(decoder)));
          } else {
            known.begin(first);
          }
        });
    List<LogRecord> inTheMiddle =
        firsts.values().stream()
            .filter(first -> first.offset() > 0 && fresh.containsKey(partition(first)))
            .toList();
    if (!inTheMiddle.isEmpty()) {
      earlier.read(inTheMiddle, record -> warm(fresh, record));
    }
    parts.putAll(fresh);
  }

  private static void warm(Map<LogPartition, Part> fresh, LogRecord record) {
    Part part = fresh.get(partition(record));
    if (part != null) {
      part.filter.warm(record);
    }
  }

  private Part part(LogRecord record) {
    Part part = parts.get(partition(record));
    if (part == null) {
      throw new IllegalStateException(record.place() + " was not met");
    }
    return part;
  }

  private static LogPartition partition(LogRecord record) {
    return new LogPartition(record.topic(), record.partition());
  }

  /** The filter and the last copies of one partition. */
  private static final class Part {
    private final RecordFilter filter;

    /** The copies in the last batch, which may come again. */
    private final Set<Long> copies = new HashSet<>();

    private long judgedBelow;

    Part(RecordFilter filter) {
      this.filter = filter;
    }

    void begin(LogRecord first) {
      if (first.offset() >= judgedBelow) {
        copies.clear();
      }
    }

    boolean isCopy(LogRecord record) {
      if (record.offset() < judgedBelow) {
        return copies.contains(record.offset());
      }
      judgedBelow = record.offset() + 1;
      // Nothing is kept: only messages that were decoded come here, so all that stands counts.
      boolean isCopy = filter.judge(record, offset -> null) == RecordFilter.Verdict.DUPLICATE;
      if (isCopy) {
        copies.add(record.offset());
      }
      return isCopy;
    }
  }
}
