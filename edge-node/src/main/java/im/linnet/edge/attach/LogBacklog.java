package im.linnet.edge.attach;

import im.linnet.log.tail.LogScanner.Scan;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.RecordDecoder;
import java.util.List;

/** One session's part of a pass over the log itself. Used by one thread at a time. */
final class LogBacklog implements Backlog {
  private final Lane lane;
  private final long next;
  private final List<LogRecord> records;
  private int index;

  LogBacklog(Lane lane, Scan scan) {
    this.lane = lane;
    this.next = scan.next();
    this.records = scan.records().getOrDefault(lane.key(), List.of());
  }

  @Override
  public boolean cut() {
    return false;
  }

  @Override
  public boolean send(Page page) {
    for (; index < records.size(); index++) {
      if (page.isFull()) {
        return false;
      }
      LogRecord record = records.get(index);
      if (record.offset() >= lane.place()
          && RecordDecoder.decode(lane.partition().stream(), record)
              instanceof Decoded.Valid valid) {
        page.send(lane.partition(), valid);
      }
    }
    lane.reach(next);
    return true;
  }
}
