package im.linnet.edge.attach;

import im.linnet.log.tail.LogScanner.Scan;
import im.linnet.log.tail.TailState;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.RecordDecoder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of one session in a pass over the log itself. If the session has missed too many
 * records, it gets the newest ones. Used by one thread at a time.
 */
final class LogBacklog implements Backlog {
  private final RecordDecoder<? extends LogEvent> decoder;
  private final PartitionCursor cursor;
  private final Scan scan;
  private final Map<String, Integer> behind;
  private final int room;
  private List<LogRecord> records = List.of();
  private int index = -1;
  private boolean cut;
  private int most;

  /**
   * Reads nothing yet.
   *
   * @param behind per key the number of records between the scan and the ring
   * @param room the most records that are sent of the scan and of those behind it, the newest ones
   */
  LogBacklog(
      RecordDecoder<? extends LogEvent> decoder,
      PartitionCursor cursor,
      Scan scan,
      Map<String, Integer> behind,
      int room) {
    this.decoder = decoder;
    this.cursor = cursor;
    this.scan = scan;
    this.behind = behind;
    this.room = room;
  }

  /**
   * The part of a session in a pass, as far as the bound leaves room beside newer records. On the
   * tail's thread.
   */
  static LogBacklog of(
      AttachContext context, TailState tail, PartitionCursor cursor, LogPasses.Pass pass) {
    int sync = context.settings().sync();
    int newer = RingBacklog.count(tail, cursor, pass.to(), sync);
    return new LogBacklog(
        context.decoder(), cursor, pass.scan(), pass.behind(), Math.max(0, sync - newer));
  }

  @Override
  public boolean cut() {
    return cut;
  }

  @Override
  public boolean send(Page page) {
    if (index < 0) {
      records = cursor.take(scan, decoder);
      most = room();
      index = first();
    }
    for (; index < records.size(); index++) {
      if (page.isFull()) {
        return false;
      }
      Decoded.Valid<? extends LogEvent> record = missed(records.get(index));
      if (record != null) {
        cut |= !page.trySend(cursor.partition(), record);
      }
    }
    cursor.reach(scan.next());
    return true;
  }

  /** What the keys under which the session still receives something leave of the room. */
  private int room() {
    int rest = room;
    for (String key : cursor.keys(scan.next())) {
      rest = Math.max(0, rest - behind.getOrDefault(key, 0));
    }
    return rest;
  }

  /** The index of the oldest record to send. */
  private int first() {
    int found = 0;
    for (int i = records.size() - 1; i >= 0 && records.size() > most; i--) {
      if (missed(records.get(i)) != null && ++found > most) {
        cut = true;
        return i + 1;
      }
    }
    return 0;
  }

  private Decoded.@Nullable Valid<? extends LogEvent> missed(LogRecord record) {
    return record.offset() >= cursor.place()
            && decoder.decode(record) instanceof Decoded.Valid<? extends LogEvent> valid
            && cursor.receives(valid)
        ? valid
        : null;
  }
}
