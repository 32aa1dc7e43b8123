package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import im.linnet.records.ConversationPaging;
import im.linnet.records.ConversationPaging.Head;
import im.linnet.records.Membership;
import im.linnet.records.MessageDocument;
import im.linnet.records.TopicPage;
import im.linnet.records.TopicReader;
import im.linnet.records.UnreadCounts.PeerCount;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;

/** The messages and the unread counts of the conversations in a page. Not thread-safe. */
final class ConversationDetails implements ConversationPaging.Details {
  private final MongoTables tables;
  private final TopicReader topics;
  private final MembershipQueries memberships;
  private final ReaderQueries readers;
  private final UnreadQueries unread;
  private final ClientSession session;
  private final Deadline deadline;
  private final String owner;
  private final ConversationHeads heads;

  /**
   * @param heads hands over the conversations
   */
  ConversationDetails(
      MongoTables tables,
      TopicReader topics,
      MembershipQueries memberships,
      ReaderQueries readers,
      UnreadQueries unread,
      ClientSession session,
      Deadline deadline,
      String owner,
      ConversationHeads heads) {
    this.tables = tables;
    this.topics = topics;
    this.memberships = memberships;
    this.readers = readers;
    this.unread = unread;
    this.session = session;
    this.deadline = deadline;
    this.owner = owner;
    this.heads = heads;
  }

  @Override
  public Map<Position, TopicPage.Entry> messages(Collection<Head> listed) {
    Map<Position, TopicPage.Entry> messages = new HashMap<>();
    List<String> p2p = ids(listed, Stream.P2P);
    if (!p2p.isEmpty()) {
      tables
          .messages(Stream.P2P)
          .find(session, Bson.idIn(p2p))
          .batchSize(p2p.size() + 1)
          .maxTime(deadline.leftMillis(), TimeUnit.MILLISECONDS)
          .map(MessageDocument::stored)
          .forEach(found -> messages.put(found.at(), new TopicPage.Entry(found, 0)));
    }
    List<String> inTopics = ids(listed, Stream.TOPIC);
    if (!inTopics.isEmpty()) {
      Set<String> unshown = readers.unshown(session, peers(listed, Stream.TOPIC));
      List<CountedMessage> found =
          tables
              .countedMessages()
              .aggregate(
                  session, CountedMessage.pipeline(new BsonDocument("$match", Bson.idIn(inTopics))))
              .batchSize(inTopics.size() + 1)
              .maxTime(deadline.leftMillis(), TimeUnit.MILLISECONDS)
              .into(new ArrayList<>());
      messages.putAll(readers.entries(session, found, unshown));
    }
    return messages;
  }

  /** The ids of the last messages of one kind. */
  private static List<String> ids(Collection<Head> listed, Stream kind) {
    List<String> ids = new ArrayList<>();
    for (Head head : listed) {
      Position at = head.at();
      if (at != null && head.kind() == kind) {
        ids.add(LogId.of(head.to(), at.offset()));
      }
    }
    return ids;
  }

  @Override
  public Map<Head, PeerCount> unread(Collection<Head> listed) {
    Map<String, PeerCount> users = unread.from(session, owner, peers(listed, Stream.P2P));
    Map<String, PeerCount> inTopics = new HashMap<>();
    List<Membership> members = new ArrayList<>();
    for (String topic : peers(listed, Stream.TOPIC)) {
      members.add(heads.membership(topic));
    }
    topics
        .unreadCounts(memberships.withMarks(session, members))
        .forEach(each -> inTopics.put(each.peer(), each));
    Map<Head, PeerCount> counts = new HashMap<>();
    for (Head head : listed) {
      PeerCount count = (head.kind() == Stream.TOPIC ? inTopics : users).get(head.peer());
      if (count != null) {
        counts.put(head, count);
      }
    }
    return counts;
  }

  private static List<String> peers(Collection<Head> listed, Stream kind) {
    return listed.stream().filter(head -> head.kind() == kind).map(Head::peer).toList();
  }
}
