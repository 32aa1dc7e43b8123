package im.linnet.records.memory;

import im.linnet.records.AnswerRequest;
import im.linnet.records.ChangeRelation;
import im.linnet.records.ChangeTopic;
import im.linnet.records.ConversationHour;
import im.linnet.records.InboxRecord;
import im.linnet.records.MarkTopic;
import im.linnet.records.MemoryView;
import im.linnet.records.MessageDocument;
import im.linnet.records.StoredMessage;
import im.linnet.records.StoredRequest;
import im.linnet.records.StoredVerdict;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.ContactEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.MessageId;
import im.linnet.schemas.event.ProfileEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All mailboxes and contacts, and how a plan changes them. Guarded by the store's lock. */
final class Mailboxes implements MemoryView, ViewCollection.Documents {
  private final Map<Stream, Map<String, Mailbox>> mailboxes = new EnumMap<>(Stream.class);
  private final Contacts contacts = new Contacts();
  private final ChatLists chatLists = new ChatLists();
  private final long seed;
  private final TopicTable topics = new TopicTable();
  private final People people = new People();
  private long records;

  Mailboxes(long seed) {
    this.seed = seed;
    for (Stream stream : Stream.values()) {
      mailboxes.put(stream, new HashMap<>());
    }
  }

  long records() {
    return records + topics.documents();
  }

  TopicTable topics() {
    return topics;
  }

  @Nullable Mailbox mailbox(Stream stream, String key) {
    return byKey(stream).get(key);
  }

  private Map<String, Mailbox> byKey(Stream stream) {
    // Each stream was put at construction.
    return Objects.requireNonNull(mailboxes.get(stream));
  }

  @Override
  public void add(InboxRecord record) {
    if (open(record).add(record)) {
      records++;
    }
  }

  @Override
  public void add(MessageEvent message, InboxRecord record) {
    if (open(record).addMessage(message, record)) {
      records++;
    }
  }

  private Mailbox open(InboxRecord delivered) {
    return byKey(delivered.stream())
        .computeIfAbsent(
            delivered.key(),
            key -> new Mailbox(delivered.stream(), key, delivered.partition(), seed));
  }

  @Override
  public void markUpTo(Stream stream, String reader, String peer, long upTo) {
    Mailbox mailbox = mailbox(stream, reader);
    Conversation conversation = mailbox == null ? null : mailbox.conversation(peer);
    if (conversation != null) {
      conversation.readUpTo(upTo);
    }
  }

  @Override
  public void mark(Stream stream, String reader, String peer, String uuid, long below) {
    Mailbox mailbox = mailbox(stream, reader);
    if (mailbox != null) {
      mailbox.read(uuid, peer, below);
    }
  }

  @Override
  public void change(ChangeTopic change) {
    topics.change(change);
  }

  @Override
  public void mark(MarkTopic mark) {
    long upTo = mark.upTo();
    Mailbox mailbox = mailbox(Stream.TOPIC, mark.topic());
    if (mailbox != null) {
      for (Map.Entry<String, Long> named : mark.uuids().entrySet()) {
        upTo = Math.max(upTo, mailbox.newestOfAnybody(named.getKey(), named.getValue()));
      }
    }
    topics.mark(mark.topic(), mark.reader(), upTo);
  }

  /** The readers of a topic's message, by name; the sender is not among them. */
  List<String> readers(StoredMessage stored) {
    return topics.readers(stored.message().to(), stored.at().offset(), stored.message().from());
  }

  @Override
  public void revise(MessageId message, long by, UnaryOperator<StoredMessage> change) {
    Mailbox mailbox = mailbox(message.kind(), message.to());
    if (mailbox != null) {
      mailbox.revise(message.uuid(), message.from(), by, change);
    }
  }

  People people() {
    return people;
  }

  @Override
  public void relate(ChangeRelation change) {
    people.relate(change);
  }

  @Override
  public void add(StoredRequest request) {
    if (people.add(request)) {
      records++;
    }
  }

  @Override
  public void answer(AnswerRequest answer) {
    people.answer(answer);
  }

  @Override
  public void save(StoredVerdict verdict) {
    people.save(verdict);
  }

  @Override
  public void save(ContactEvent change, long by) {
    if (contacts.save(change, by)) {
      records++;
    }
  }

  @Override
  public void save(ProfileEvent change, long by) {
    if (people.save(change, by)) {
      records++;
    }
  }

  @Override
  public void raise(ConversationHour conversation) {
    if (chatLists.raise(conversation)) {
      records++;
    }
  }

  ChatLists chatLists() {
    return chatLists;
  }

  Contacts contacts() {
    return contacts;
  }

  @Override
  public <T> void forEach(ViewCollection<T> collection, Consumer<T> each) {
    Consumer<Object> typed = document -> each.accept(collection.type().cast(document));
    if (collection.equals(ViewCollection.INBOX)) {
      all().forEach(mailbox -> mailbox.forEachRecord(typed));
    } else if (collection.equals(ViewCollection.TOPICS)) {
      topics.forEachTopic(typed);
    } else if (collection.equals(ViewCollection.MEMBERS)) {
      topics.forEachMember(typed);
    } else if (collection.equals(ViewCollection.MARKS)) {
      topics.forEachMark(typed);
    } else if (collection.equals(ViewCollection.CONTACTS)) {
      contacts.forEachContact(typed);
    } else if (collection.equals(ViewCollection.CONVERSATIONS)) {
      chatLists.forEach(typed);
    } else if (!people.forEach(collection, typed)) {
      byKey(streamOf(collection))
          .values()
          .forEach(mailbox -> mailbox.forEachMessage(sent -> typed.accept(document(sent))));
    }
  }

  private static Stream streamOf(ViewCollection<?> messages) {
    return ViewCollection.MESSAGE_STREAMS.stream()
        .filter(stream -> messages.equals(ViewCollection.messages(stream)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nothing in memory is " + messages));
  }

  private MessageDocument document(StoredMessage stored) {
    return stored.message().kind() == Stream.TOPIC
        ? MessageDocument.of(stored, readers(stored))
        : MessageDocument.of(stored);
  }

  private Collection<Mailbox> all() {
    List<Mailbox> all = new ArrayList<>();
    mailboxes.values().forEach(byKey -> all.addAll(byKey.values()));
    return all;
  }
}
