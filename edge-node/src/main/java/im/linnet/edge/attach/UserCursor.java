package im.linnet.edge.attach;

import im.linnet.edge.delivery.Pushes;
import im.linnet.edge.delivery.Subscriptions;
import im.linnet.edge.session.LiveSession;
import im.linnet.log.tail.LogScanner;
import im.linnet.log.tail.TailState;
import im.linnet.records.RecordReader;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The cursor of a partition in which the session receives what stands under its user's key. */
final class UserCursor extends PartitionCursor {
  private final String user;
  private final byte[] key;

  UserCursor(StreamPartition partition, String user) {
    super(partition);
    this.user = user;
    this.key = user.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  Set<String> keys(long from) {
    return Set.of(user);
  }

  @Override
  List<StoreSource> sources(RecordReader store, long below) {
    return List.of(
        unread()
            ? StoreSource.unread(store, partition().stream(), user, below)
            : StoreSource.delivered(store, partition().stream(), user, place() - 1, below));
  }

  @Override
  List<LogRecord> take(LogScanner.Scan scan, RecordDecoder<? extends LogEvent> decoder) {
    return scan.records().getOrDefault(user, List.of());
  }

  @Override
  boolean receives(Decoded.Valid<? extends LogEvent> record) {
    return record.record().offset() >= place() && Pushes.isFor(record.event(), user, 0);
  }

  @Override
  boolean carry(TailState tail) {
    return true;
  }

  @Override
  long replay(TailState tail, long from, TailState.Visitor visitor) {
    return tail.replay(
        partition(),
        tail.ofKey(key),
        from,
        record -> !Pushes.isFor(record.event(), user, 0) || visitor.visit(record));
  }

  @Override
  void join(Subscriptions subscriptions, TailState tail, LiveSession session) {
    subscriptions.join(tail, partition(), session, place());
  }
}
