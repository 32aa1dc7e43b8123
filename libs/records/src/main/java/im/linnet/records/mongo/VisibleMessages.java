package im.linnet.records.mongo;

import com.mongodb.client.MongoCursor;
import im.linnet.records.Membership;
import im.linnet.records.Span;
import im.linnet.records.StoredMessage;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a topic that a user can look up, newest first: one query for each range of
 * offsets, asked when the one above is used up. Not thread-safe.
 */
final class VisibleMessages implements Iterator<StoredMessage>, AutoCloseable {
  private final Function<BsonDocument, MongoCursor<StoredMessage>> query;
  private final String topic;
  private final Iterator<Span> ranges;
  private final long below;
  private @Nullable MongoCursor<StoredMessage> cursor;

  /**
   * @param query asks for the messages of a range of ids, newest first
   * @param below only offsets below this one
   */
  VisibleMessages(
      Function<BsonDocument, MongoCursor<StoredMessage>> query, Membership of, long below) {
    this.query = query;
    this.topic = of.topic();
    this.ranges = List.copyOf(of.visible()).reversed().iterator();
    this.below = below;
  }

  @Override
  public boolean hasNext() {
    while (cursor == null || !cursor.hasNext()) {
      close();
      if (!ranges.hasNext()) {
        return false;
      }
      Span range = ranges.next();
      long end = range.isOpen() ? below : Math.min(below, range.left() + 1);
      if (range.join() < end) {
        cursor = query.apply(DeliveredQueries.range(topic, range.join() - 1, end));
      }
    }
    return true;
  }

  @Override
  public StoredMessage next() {
    if (!hasNext() || cursor == null) {
      throw new NoSuchElementException();
    }
    return cursor.next();
  }

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
  }
}
