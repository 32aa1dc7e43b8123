package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import im.linnet.records.ConversationCursor;
import im.linnet.records.ConversationPage;
import im.linnet.records.ConversationPaging;
import im.linnet.records.TopicReader;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Pages of conversations. Only the messages of the page are read. */
final class ConversationQueries {
  private final MongoTables tables;
  private final TopicReader topics;
  private final long maxMillis;
  private final LongSupplier nanos;
  private final MembershipQueries memberships;
  private final ReaderQueries readers;
  private final UnreadQueries unread;

  /**
   * @param topics answers the questions about topics
   * @param maxMillis how long the queries of a page may take, but for those of {@code topics}
   * @param nanos a clock
   */
  ConversationQueries(MongoTables tables, TopicReader topics, long maxMillis, LongSupplier nanos) {
    this.unread = new UnreadQueries(tables, maxMillis, nanos);
    this.tables = tables;
    this.topics = topics;
    this.maxMillis = maxMillis;
    this.nanos = nanos;
    this.memberships = new MembershipQueries(tables, maxMillis);
    this.readers = new ReaderQueries(tables, maxMillis);
  }

  ConversationPage page(
      ClientSession session,
      String owner,
      @Nullable ConversationCursor before,
      int limit,
      int bytes) {
    Deadline deadline = new Deadline(maxMillis, nanos);
    try (ConversationHeads heads =
        new ConversationHeads(
            tables, topics, memberships, session, deadline, owner, before, limit)) {
      ConversationDetails details =
          new ConversationDetails(
              tables, topics, memberships, readers, unread, session, deadline, owner, heads);
      return ConversationPaging.page(heads, details, before, limit, bytes);
    }
  }
}
