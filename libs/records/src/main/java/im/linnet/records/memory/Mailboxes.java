package im.linnet.records.memory;

import im.linnet.records.Digest.CollectionDigest;
import im.linnet.records.DigestSum;
import im.linnet.records.InboxRecord;
import im.linnet.records.RecordPlan;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.Inbox;
import im.linnet.schemas.document.RecordMessage;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All mailboxes, and how a plan changes them. Guarded by the store's lock. */
final class Mailboxes {
  private final Map<Stream, Map<String, Mailbox>> mailboxes = new EnumMap<>(Stream.class);
  private final long seed;
  private long records;

  Mailboxes(long seed) {
    this.seed = seed;
    for (Stream stream : Stream.values()) {
      mailboxes.put(stream, new HashMap<>());
    }
  }

  long records() {
    return records;
  }

  @Nullable Mailbox mailbox(Stream stream, String key) {
    return byKey(stream).get(key);
  }

  private Map<String, Mailbox> byKey(Stream stream) {
    // Each stream was put at construction.
    return Objects.requireNonNull(mailboxes.get(stream));
  }

  void apply(RecordPlan plan) {
    for (InboxRecord delivered : plan.inbox()) {
      if (open(delivered).add(delivered)) {
        records++;
      }
    }
    for (RecordPlan.NewMessage found : plan.messages()) {
      Stream stream = found.at().place().stream();
      Mailbox mailbox = mailbox(stream, found.message().to());
      long offset = found.at().offset();
      if (mailbox == null) {
        throw new IllegalArgumentException(found.at() + " has no inbox record in its plan");
      }
      if (!mailbox.addMessage(found.message(), offset) && mailbox.remove(offset)) {
        records--;
      }
    }
    plan.reads().forEach(this::mark);
  }

  private Mailbox open(InboxRecord delivered) {
    return byKey(delivered.stream())
        .computeIfAbsent(
            delivered.key(),
            key -> new Mailbox(delivered.stream(), key, delivered.partition(), seed));
  }

  private void mark(RecordPlan.ReadMark mark) {
    Mailbox mailbox = mailbox(mark.stream(), mark.reader());
    Conversation conversation = mailbox == null ? null : mailbox.conversation(mark.peer());
    if (mailbox == null || conversation == null) {
      return;
    }
    conversation.readUpTo(mark.upTo());
    mark.uuids()
        .forEach(
            (uuid, bound) -> {
              long offset = mailbox.find(uuid, mark.peer());
              if (offset >= 0 && offset < bound) {
                conversation.read(offset);
              }
            });
  }

  Map<String, CollectionDigest> digest() {
    Map<String, CollectionDigest> digests = new HashMap<>();
    DigestSum inbox = new DigestSum();
    for (Stream stream : Stream.values()) {
      DigestSum messages = new DigestSum();
      for (Mailbox mailbox : byKey(stream).values()) {
        for (int i = 0; i < mailbox.offsets().size(); i++) {
          inbox.add(mailbox.delivered(i));
        }
        for (Conversation conversation : mailbox.conversations().values()) {
          addAll(messages, mailbox, conversation);
        }
      }
      // The topic stream has delivered records here, and no messages of this form.
      if (stream != Stream.TOPIC) {
        digests.put(RecordMessage.collection(stream), messages.result());
      }
    }
    digests.put(Inbox.COLLECTION, inbox.result());
    return digests;
  }

  private static void addAll(DigestSum messages, Mailbox mailbox, Conversation conversation) {
    for (int i = 0; i < conversation.offsets().size(); i++) {
      var stored = mailbox.stored(conversation.offsets().get(i), !conversation.isUnread(i));
      messages.add(stored, stored.time() / 1000);
    }
  }
}
