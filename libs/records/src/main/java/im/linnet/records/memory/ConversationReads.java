package im.linnet.records.memory;

import im.linnet.records.ConversationCursor;
import im.linnet.records.ConversationPage;
import im.linnet.records.ConversationPaging;
import im.linnet.records.ConversationPaging.Head;
import im.linnet.records.Membership;
import im.linnet.records.StoredMessage;
import im.linnet.records.TopicPage;
import im.linnet.records.TopicReader;
import im.linnet.records.UnreadCounts;
import im.linnet.records.UnreadCounts.PeerCount;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pages of one user's conversations. It looks at the last message of each conversation, which is
 * some microseconds' work. Guarded by the store's lock.
 */
final class ConversationReads implements ConversationPaging.Heads, ConversationPaging.Details {
  private final Mailboxes mailboxes;
  private final String owner;
  private final TopicReader topics;
  private final Map<Position, TopicPage.Entry> last = new HashMap<>();
  private final Map<String, Membership> memberships = new HashMap<>();
  private boolean handedOver;

  ConversationReads(Mailboxes mailboxes, TopicReader topics, String owner) {
    this.mailboxes = mailboxes;
    this.topics = topics;
    this.owner = owner;
  }

  ConversationPage page(@Nullable ConversationCursor before, int limit, int bytes) {
    return ConversationPaging.page(this, this, before, limit, bytes);
  }

  @Override
  public List<Head> next() {
    handedOver = true;
    List<Head> heads = new ArrayList<>();
    for (String peer : mailboxes.chatLists().peers(owner)) {
      Head head = Head.newer(head(peer, owner, peer), head(peer, peer, owner));
      if (head != null) {
        heads.add(head);
      }
    }
    addTopics(heads);
    return heads;
  }

  private void addTopics(List<Head> heads) {
    Map<String, String> names = new HashMap<>();
    topics.of(owner).forEach(each -> names.put(each.topic(), each.name()));
    for (Membership membership : topics.memberships(owner)) {
      if (membership.isMember()) {
        String topic = membership.topic();
        memberships.put(topic, membership);
        List<TopicPage.Entry> newest = topics.history(membership, null, 1, 1).messages();
        StoredMessage message = newest.isEmpty() ? null : newest.getFirst().stored();
        if (message != null) {
          last.put(message.at(), newest.getFirst());
        }
        heads.add(Head.topic(membership, names.getOrDefault(topic, ""), message));
      }
    }
  }

  private @Nullable Head head(String peer, String to, String from) {
    Mailbox mailbox = mailboxes.mailbox(Stream.P2P, to);
    if (mailbox == null) {
      return null;
    }
    Iterator<StoredMessage> newest = mailbox.newest(from, Long.MAX_VALUE);
    if (!newest.hasNext()) {
      return null;
    }
    StoredMessage message = newest.next();
    last.put(message.at(), new TopicPage.Entry(message, 0));
    return Head.p2p(peer, to, message.at(), message.time());
  }

  @Override
  public @Nullable Long leftBelow() {
    return handedOver ? null : Long.MAX_VALUE;
  }

  @Override
  public Map<Position, TopicPage.Entry> messages(Collection<Head> heads) {
    return last;
  }

  @Override
  public Map<Head, PeerCount> unread(Collection<Head> heads) {
    Map<Head, PeerCount> unread = new HashMap<>();
    for (Head head : heads) {
      PeerCount count = head.kind() == Stream.TOPIC ? inTopic(head.peer()) : from(head.peer());
      if (count != null) {
        unread.put(head, count);
      }
    }
    return unread;
  }

  private @Nullable PeerCount inTopic(String topic) {
    Membership membership = memberships.get(topic);
    List<PeerCount> counts =
        membership == null ? List.of() : topics.unreadCounts(List.of(membership));
    return counts.isEmpty() ? null : counts.getFirst();
  }

  private @Nullable PeerCount from(String peer) {
    Mailbox mailbox = mailboxes.mailbox(Stream.P2P, owner);
    Conversation conversation = mailbox == null ? null : mailbox.conversation(peer);
    return conversation == null ? null : count(peer, conversation);
  }

  static PeerCount count(String peer, Conversation conversation) {
    return UnreadCounts.counted(peer, conversation.countUnread(UnreadCounts.MOST + 1));
  }
}
