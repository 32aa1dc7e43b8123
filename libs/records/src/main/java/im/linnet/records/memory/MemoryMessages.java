package im.linnet.records.memory;

import im.linnet.records.HistoryCursor;
import im.linnet.records.HistoryMerge;
import im.linnet.records.InboxRecord;
import im.linnet.records.MessagePage;
import im.linnet.records.StoredMessage;
import im.linnet.records.UnreadCounts;
import im.linnet.records.UnreadCounts.PeerCount;
import im.linnet.schemas.Stream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers the questions about delivered records and messages. Guarded by the store's lock. */
final class MemoryMessages {
  private final Mailboxes mailboxes;

  MemoryMessages(Mailboxes mailboxes) {
    this.mailboxes = mailboxes;
  }

  List<InboxRecord> delivered(Stream stream, String key, long above, long below, int limit) {
    Mailbox mailbox = mailboxes.mailbox(stream, key);
    return mailbox == null ? List.of() : mailbox.delivered(above, below, limit);
  }

  long deliveredFloor(Stream stream, String key, long above, long below, int limit) {
    Mailbox mailbox = mailboxes.mailbox(stream, key);
    return mailbox == null ? above : mailbox.deliveredFloor(above, below, limit);
  }

  List<StoredMessage> unread(Stream stream, String user, long above, long below, int limit) {
    Mailbox mailbox = mailboxes.mailbox(stream, user);
    return mailbox == null ? List.of() : mailbox.unread(above, below, limit);
  }

  long unreadFloor(Stream stream, String user, long above, long below, int limit) {
    Mailbox mailbox = mailboxes.mailbox(stream, user);
    return mailbox == null ? above : mailbox.unreadFloor(above, below, limit);
  }

  /** Without topics. */
  UnreadCounts unread(String user) {
    Mailbox p2p = mailboxes.mailbox(Stream.P2P, user);
    List<PeerCount> counts = new ArrayList<>();
    if (p2p != null) {
      p2p.conversations().entrySet().stream()
          .filter(each -> each.getValue().nextUnread(0) >= 0)
          .sorted(Map.Entry.comparingByKey())
          .limit(UnreadCounts.MOST_PEERS + 1)
          .forEach(each -> counts.add(ConversationReads.count(each.getKey(), each.getValue())));
    }
    Mailbox mutual = mailboxes.mailbox(Stream.MUTUAL, user);
    return UnreadCounts.found(
        counts, mutual == null ? 0 : mutual.countUnread(UnreadCounts.MOST + 1));
  }

  MessagePage history(
      Stream stream, String user, String peer, HistoryCursor before, int limit, int bytes) {
    Iterator<StoredMessage> sent =
        user.equals(peer) ? Collections.emptyIterator() : newest(stream, peer, user, before.sent());
    return HistoryMerge.page(newest(stream, user, peer, before.received()), sent, limit, bytes);
  }

  private Iterator<StoredMessage> newest(Stream stream, String to, String from, long below) {
    Mailbox mailbox = mailboxes.mailbox(stream, to);
    return mailbox == null ? Collections.emptyIterator() : mailbox.newest(from, below);
  }

  @Nullable StoredMessage received(Stream stream, String to, String uuid) {
    Mailbox mailbox = mailboxes.mailbox(stream, to);
    return mailbox == null ? null : mailbox.received(uuid);
  }

  @Nullable StoredMessage find(Stream stream, String to, String uuid, String from) {
    Mailbox mailbox = mailboxes.mailbox(stream, to);
    return mailbox == null ? null : mailbox.find(uuid, from);
  }
}
