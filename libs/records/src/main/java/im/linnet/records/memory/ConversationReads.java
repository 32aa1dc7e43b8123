package im.linnet.records.memory;

import im.linnet.records.ConversationCursor;
import im.linnet.records.ConversationPage;
import im.linnet.records.ConversationPaging;
import im.linnet.records.ConversationPaging.Head;
import im.linnet.records.StoredMessage;
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
 * Pages of one user's conversations. It looks at the last message of each conversation, which is a
 * microsecond's work. Guarded by the store's lock.
 */
final class ConversationReads implements ConversationPaging.Heads, ConversationPaging.Details {
  private final Mailboxes mailboxes;
  private final String owner;
  private final Map<Position, StoredMessage> last = new HashMap<>();
  private boolean handedOver;

  ConversationReads(Mailboxes mailboxes, String owner) {
    this.mailboxes = mailboxes;
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
    return heads;
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
    last.put(message.at(), message);
    return new Head(peer, to, message.at(), message.time());
  }

  @Override
  public @Nullable Long leftBelow() {
    return handedOver ? null : Long.MAX_VALUE;
  }

  @Override
  public Map<Position, StoredMessage> messages(Collection<Head> heads) {
    return last;
  }

  @Override
  public Map<String, PeerCount> unread(Collection<String> peers) {
    Map<String, PeerCount> unread = new HashMap<>();
    Mailbox mailbox = mailboxes.mailbox(Stream.P2P, owner);
    for (String peer : peers) {
      Conversation conversation = mailbox == null ? null : mailbox.conversation(peer);
      if (conversation != null) {
        unread.put(peer, count(peer, conversation));
      }
    }
    return unread;
  }

  static PeerCount count(String peer, Conversation conversation) {
    return UnreadCounts.counted(peer, conversation.countUnread(UnreadCounts.MOST + 1));
  }
}
