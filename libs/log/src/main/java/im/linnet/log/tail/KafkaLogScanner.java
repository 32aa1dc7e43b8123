package im.linnet.log.tail;

import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import im.linnet.log.LogUnavailableException;
import im.linnet.log.follow.LogScan;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Uses a new consumer for each scan: scans are rare, and a consumer costs milliseconds. To fill the
 * duplicate filter it also reads the 30 s of broker time before the first wanted record.
 */
public final class KafkaLogScanner implements LogScanner {
  /**
   * The bound of one pass's filter. An identity takes 86 bytes at most, so there is room for
   * 292,000 of them: the 100,000 records that a pass reads at most, and 192,000 messages of the 30
   * s before them. These are 6,400 a second in one partition.
   */
  private static final long FILTER_BYTES = 24L << 20;

  private final KafkaSettings settings;
  private final RecordDecoder<? extends LogEvent> decoder;
  private final Duration timeAllowed;
  private final long bytesAllowed;

  /**
   * Does nothing yet.
   *
   * @param settings the address of Kafka
   * @param catalogue the partition counts
   * @param timeAllowed the bound of a scan's time; a longer scan fails
   * @param bytesAllowed the bound of a scan's records; a larger scan ends early
   */
  public KafkaLogScanner(
      KafkaSettings settings, TopicCatalogue catalogue, Duration timeAllowed, long bytesAllowed) {
    this.settings = settings;
    this.decoder = RecordDecoder.ofStreams(catalogue);
    this.timeAllowed = timeAllowed;
    this.bytesAllowed = bytesAllowed;
  }

  @Override
  public Scan scan(StreamPartition partition, long from, long to, Wanted wanted) {
    if (from >= to) {
      return new Scan(to, Map.of());
    }
    LogPartition place = LogPartition.of(partition);
    try (LogScan log = new LogScan(settings, "edge", Map.of(place, from), Map.of(place, to))) {
      return new Pass(log, partition, from, to, wanted).run();
    }
  }

  /** One scan, for one thread and one use. */
  private final class Pass {
    private final LogScan log;
    private final StreamPartition partition;
    private final long from;
    private final long to;
    private final SipHash hash = SipHash.keyedBy(new SecureRandom());
    private final KeyTable<List<LogRecord>> found = new KeyTable<>();
    private final Predicate<LogRecord> joins;
    private final Map<Long, LogRecord> kept = new HashMap<>();
    private final RecordFilter filter;
    private final long deadlineNanos = System.nanoTime() + timeAllowed.toNanos();
    private long bytes;

    Pass(LogScan log, StreamPartition partition, long from, long to, Wanted wanted) {
      this.log = log;
      this.partition = partition;
      this.from = from;
      this.to = to;
      this.filter = new RecordFilter(decoder, new DuplicateFilter(hash));
      this.joins = wanted.joins();
      for (String key : wanted.keys()) {
        byte[] raw = key.getBytes(StandardCharsets.UTF_8);
        found.put(hash.hash(raw), raw, new ArrayList<>());
      }
    }

    Scan run() {
      LogRecord first = first();
      if (first == null) {
        return new Scan(to, Map.of());
      }
      log.goBack(LogPartition.of(partition), first.timestamp() - DuplicateFilter.SPAN_MILLIS);
      while (!log.isDone()) {
        for (LogRecord record : next()) {
          take(record);
          if (bytes > bytesAllowed) {
            return found(record.offset() + 1);
          }
        }
      }
      return found(to);
    }

    private @Nullable LogRecord first() {
      while (!log.isDone()) {
        List<LogRecord> records = next();
        if (!records.isEmpty()) {
          return records.getFirst();
        }
      }
      return null;
    }

    private List<LogRecord> next() {
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new LogUnavailableException(
            "scan of " + partition,
            new TimeoutException("it took longer than " + timeAllowed.toMillis() + " ms"));
      }
      return log.next().records();
    }

    private void take(LogRecord record) {
      if (filter.identities().bytes() > FILTER_BYTES) {
        throw new LogUnavailableException(
            "scan of " + partition,
            new IllegalStateException("too many messages within 30 s to tell copies apart"));
      }
      if (record.offset() < from) {
        filter.warm(record);
        return;
      }
      if (filter.judge(record, kept::get) != RecordFilter.Verdict.COUNTS) {
        return;
      }
      byte[] key = record.key();
      byte[] value = record.value();
      List<LogRecord> list = key == null || value == null ? null : listOf(key, record);
      if (list == null) {
        filter.settle(record);
        return;
      }
      list.add(record);
      kept.put(record.offset(), record);
      bytes += Ring.cost(record);
    }

    /** The records of that key that were found; null where nobody wants them. */
    private @Nullable List<LogRecord> listOf(byte[] key, LogRecord record) {
      int keyHash = hash.hash(key);
      List<LogRecord> list = found.get(keyHash, key);
      if (list == null && joins.test(record)) {
        list = new ArrayList<>();
        found.put(keyHash, key, list);
      }
      return list;
    }

    private Scan found(long next) {
      Map<String, List<LogRecord>> records = new HashMap<>();
      found.forEach((key, list) -> records.put(new String(key, StandardCharsets.UTF_8), list));
      return new Scan(next, records);
    }
  }
}
