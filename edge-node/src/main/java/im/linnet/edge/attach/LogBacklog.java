package im.linnet.edge.attach;

import im.linnet.log.tail.LogScanner.Scan;
import im.linnet.log.tail.TailState;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.RecordDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of one session in a pass over the log itself. If the session has missed too many
 * records, it gets the newest ones. Used by one thread at a time.
 */
final class LogBacklog implements Backlog {
  private final RecordDecoder<? extends LogEvent> decoder;
  private final PartitionCursor cursor;
  private final Scan scan;
  private final int most;
  private List<LogRecord> records = List.of();
  private int index = -1;
  private boolean cut;

  /**
   * Reads nothing yet.
   *
   * @param most the most records that are sent, the newest ones
   */
  LogBacklog(
      RecordDecoder<? extends LogEvent> decoder, PartitionCursor cursor, Scan scan, int most) {
    this.decoder = decoder;
    this.cursor = cursor;
    this.scan = scan;
    this.most = most;
  }

  /**
   * The part of a session in a pass, as far as the bound leaves room beside newer records. On the
   * tail's thread.
   */
  static LogBacklog of(
      AttachContext context, TailState tail, PartitionCursor cursor, LogPasses.Pass pass) {
    int sync = context.settings().sync();
    int newer = RingBacklog.count(tail, cursor, pass.to(), sync);
    for (String key : cursor.keys()) {
      newer += pass.behind().getOrDefault(key, 0);
    }
    return new LogBacklog(context.decoder(), cursor, pass.scan(), Math.max(0, sync - newer));
  }

  @Override
  public boolean cut() {
    return cut;
  }

  @Override
  public boolean send(Page page) {
    if (index < 0) {
      records = cursor.take(scan, decoder);
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
