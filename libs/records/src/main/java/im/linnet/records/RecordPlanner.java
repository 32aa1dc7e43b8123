package im.linnet.records;

import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Audience;
import im.linnet.schemas.event.BlockEvent;
import im.linnet.schemas.event.ChangeEvent;
import im.linnet.schemas.event.ContactEvent;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.Extent;
import im.linnet.schemas.event.FriendEvent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.ProfileEvent;
import im.linnet.schemas.event.ReadEvent;
import im.linnet.schemas.event.ReceiptEvent;
import im.linnet.schemas.event.SentEvent;
import im.linnet.schemas.event.TopicFact;
import im.linnet.schemas.event.VerdictEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns one batch of the log into a {@link RecordPlan}: the pure half of the applier. What the plan
 * does to a view depends on the set of records alone, not on their order within the batch: each
 * mark is cut at its own record's offset, so it may be applied after every message of the batch,
 * and changes of messages are sorted.
 *
 * <p>Not thread-safe; one planner per batch.
 */
public final class RecordPlanner {
  private final List<InsertMessage> messages = new ArrayList<>();
  private final List<InsertInbox> inbox = new ArrayList<>();
  private final List<ChangeMessage> changed = new ArrayList<>();
  private final List<ChangeTopic> facts = new ArrayList<>();
  private final List<ChangeRelation> relations = new ArrayList<>();
  private final List<InsertRequest> requests = new ArrayList<>();
  private final List<AnswerRequest> answers = new ArrayList<>();
  private final Map<CommandId, StoredVerdict> verdicts = new LinkedHashMap<>();
  private final List<SaveContact> contacts = new ArrayList<>();
  private final List<SaveProfile> profiles = new ArrayList<>();
  private final Map<Direction, Long> hours = new LinkedHashMap<>();
  private final Map<Conversation, Marks> reads = new LinkedHashMap<>();

  private RecordPlanner() {}

  /**
   * Plans a batch that may begin anywhere; see {@link RecordPlan#beginningAt}.
   *
   * @param records the batch's records that count, no duplicates among them
   * @param next per partition the next offset after this batch
   */
  public static RecordPlan plan(
      List<Decoded.Valid<InboxEvent>> records, Map<StreamPartition, Long> next) {
    RecordPlanner planner = new RecordPlanner();
    for (Decoded.Valid<InboxEvent> record : records) {
      planner.take(record);
    }
    return planner.result(next);
  }

  private void take(Decoded.Valid<InboxEvent> valid) {
    InboxRecord delivered = delivered(valid);
    switch (valid.event()) {
      case MessageEvent message -> {
        messages.add(new InsertMessage(message, delivered));
        if (message.kind() == Stream.P2P) {
          long hour = ConversationHour.of(delivered.time());
          raise(new Direction(message.from(), message.to(), true), hour);
          raise(new Direction(message.to(), message.from(), false), hour);
        }
      }
      case ReadEvent read -> {
        takeRead(read, delivered);
        inbox.add(new InsertInbox(deliveredTo(read, delivered)));
      }
      case ChangeEvent change -> {
        if (change.of() == null) {
          changed.add(new ChangeMessage(change, delivered.at(), delivered.time()));
        }
        inbox.add(new InsertInbox(delivered));
      }
      // Copies and notices are delivered, and change nothing else.
      case SentEvent sent -> inbox.add(new InsertInbox(delivered));
      case ReceiptEvent receipt -> inbox.add(new InsertInbox(delivered));
      case FriendEvent fact -> takeFriend(fact, delivered);
      case BlockEvent fact -> relate(fact, delivered);
      case VerdictEvent verdict -> takeVerdict(verdict, delivered);
      case ContactEvent contact -> contacts.add(new SaveContact(contact, delivered.offset()));
      case ProfileEvent profile -> profiles.add(new SaveProfile(profile, delivered.offset()));
      case TopicFact fact -> {
        facts.add(new ChangeTopic(fact, delivered.at(), delivered.time()));
        inbox.add(new InsertInbox(delivered));
      }
    }
  }

  private void raise(Direction direction, long hour) {
    hours.merge(direction, hour, Math::max);
  }

  private static InboxRecord delivered(Decoded.Valid<InboxEvent> valid) {
    LogRecord record = valid.record();
    byte[] value = record.value();
    if (value == null) {
      throw new IllegalArgumentException(record.place() + " was decoded without a value");
    }
    return new InboxRecord(
        valid.event().kind(),
        valid.owner(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        value);
  }

  /** A topic's mark that only its reader is told of stands under a key of the reader's. */
  private static InboxRecord deliveredTo(ReadEvent read, InboxRecord record) {
    return read.audience() != Audience.READER
        ? record
        : new InboxRecord(
            record.stream(),
            InboxRecord.readerKey(record.partition(), read.reader()),
            record.partition(),
            record.offset(),
            record.time(),
            record.value());
  }

  /**
   * A step stands under each of the two users, and each record changes the documents of its own
   * user.
   */
  private void takeFriend(FriendEvent fact, InboxRecord record) {
    String owner = record.key();
    if (owner.equals(fact.to())) {
      messages.add(new InsertMessage(fact.message(), record));
    } else {
      inbox.add(new InsertInbox(record));
    }
    long offset = record.offset();
    switch (fact.act()) {
      case ADD ->
          requests.add(
              new InsertRequest(
                  new StoredRequest(
                      owner,
                      fact.from(),
                      fact.to(),
                      fact.content(),
                      RequestStatus.PENDING,
                      fact.uuid(),
                      record.at(),
                      record.time(),
                      -1)));
      case ACCEPT -> answers.add(answer(owner, fact, RequestStatus.ACCEPTED, offset));
      case REJECT -> answers.add(answer(owner, fact, RequestStatus.REJECTED, offset));
      case REMOVE -> {
        // The friendship alone ends.
      }
    }
    relate(fact, record);
  }

  private static AnswerRequest answer(
      String owner, FriendEvent fact, RequestStatus status, long offset) {
    return new AnswerRequest(owner, fact.to(), fact.from(), status, offset);
  }

  private void relate(InboxEvent fact, InboxRecord record) {
    ChangeRelation change = ChangeRelation.of(fact, record.key(), record.offset());
    if (change != null) {
      relations.add(change);
    }
  }

  private void takeRead(ReadEvent read, InboxRecord record) {
    Marks marks =
        reads.computeIfAbsent(
            new Conversation(read.kind(), read.reader(), read.peer()), c -> new Marks());
    switch (read.extent()) {
      case Extent.UpTo mark -> {
        if (mark.upTo().place().equals(record.at().place())) {
          marks.upTo = Math.max(marks.upTo, Math.min(mark.upTo().offset(), record.offset() - 1));
        }
      }
      case Extent.Uuids named -> {
        for (String uuid : named.uuids()) {
          marks.uuids.merge(uuid, record.offset(), Math::max);
        }
      }
    }
  }

  /** The view keeps the first verdict on a command; one that says that it repeats is no first. */
  private void takeVerdict(VerdictEvent verdict, InboxRecord delivered) {
    if (verdict.of() != null) {
      return;
    }
    CommandId command = new CommandId(verdict.caller(), verdict.key(), verdict.uuid());
    verdicts.merge(
        command,
        new StoredVerdict(
            command,
            verdict.code(),
            verdict.message(),
            verdict.asked(),
            delivered.at(),
            delivered.time()),
        StoredVerdict::standing);
  }

  /** Marks and changes come last: all that they are about is there by then. */
  private RecordPlan result(Map<StreamPartition, Long> next) {
    List<Change> changes = new ArrayList<>(messages.size() + inbox.size() + reads.size());
    changes.addAll(messages);
    changes.addAll(inbox);
    changed.sort(Comparator.comparingLong(change -> change.at().offset()));
    changes.addAll(changed);
    facts.sort(Comparator.comparingLong(fact -> fact.at().offset()));
    changes.addAll(facts);
    changes.addAll(requests);
    relations.sort(Comparator.comparingLong(ChangeRelation::offset));
    changes.addAll(relations);
    answers.sort(Comparator.comparingLong(AnswerRequest::offset));
    changes.addAll(answers);
    verdicts.values().forEach(verdict -> changes.add(new SaveVerdict(verdict)));
    contacts.sort(Comparator.comparingLong(SaveContact::offset));
    changes.addAll(contacts);
    profiles.sort(Comparator.comparingLong(SaveProfile::offset));
    changes.addAll(profiles);
    hours.forEach(
        (direction, hour) ->
            changes.add(
                new RaiseConversation(
                    new ConversationHour(direction.owner, direction.peer, direction.sent, hour))));
    reads.forEach(
        (conversation, found) -> {
          if (found.upTo >= 0 || !found.uuids.isEmpty()) {
            changes.add(
                conversation.stream == Stream.TOPIC
                    ? new MarkTopic(conversation.peer, conversation.reader, found.upTo, found.uuids)
                    : new MarkRead(
                        conversation.stream,
                        conversation.reader,
                        conversation.peer,
                        found.upTo,
                        found.uuids));
          }
        });
    return new RecordPlan(changes, Map.of(), next);
  }

  private record Direction(String owner, String peer, boolean sent) {}

  private record Conversation(Stream stream, String reader, String peer) {}

  private static final class Marks {
    private long upTo = -1;
    private final Map<String, Long> uuids = new HashMap<>();
  }
}
