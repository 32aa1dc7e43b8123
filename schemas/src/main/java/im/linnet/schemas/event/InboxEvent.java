package im.linnet.schemas.event;

import im.linnet.schemas.Stream;
import im.linnet.schemas.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An event of a stream: the records of {@code im.p2p.v1} and {@code im.mutual.v1}, keyed by the
 * user that receives them, those of {@code im.topic.v1}, keyed by the topic, and those of {@code
 * im.profile.v1}, keyed by the user that they belong to. Each event is one file with its type, its
 * key, its identity, its writer and its reader. {@link InboxEventCodec} lists them all. The written
 * fields are also the fields of the recipient's push.
 *
 * <p>{@code ce_source} and {@code ce_id} together identify an event. For a message, both are made
 * of its sender, recipient and uuid alone. So all publications of one message have the same
 * identity, and a reader can tell a duplicate without parsing the value. User names consist of
 * characters that a URI takes as they are, so nothing is escaped.
 */
public sealed interface InboxEvent extends LogEvent
    permits MessageEvent,
        SentEvent,
        ReadEvent,
        ReceiptEvent,
        ChangeEvent,
        TopicFact,
        PersonalEvent,
        FriendEvent,
        BlockEvent,
        VerdictEvent {
  /** The stream whose topic the record belongs to. */
  Stream kind();

  /** The keys that records of the event stand under; a fact about two users stands under both. */
  default List<String> keys() {
    return List.of(owner());
  }

  /** The partition of the event's record. */
  default int home(TopicCatalogue catalogue) {
    return catalogue.partition(kind(), owner().getBytes(StandardCharsets.UTF_8));
  }
}
