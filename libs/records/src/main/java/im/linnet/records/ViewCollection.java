package im.linnet.records;

import im.linnet.schemas.Stream;
import im.linnet.schemas.document.ChatList;
import im.linnet.schemas.document.ClientInfo;
import im.linnet.schemas.document.ContactInfo;
import im.linnet.schemas.document.FriendRequest;
import im.linnet.schemas.document.Inbox;
import im.linnet.schemas.document.ReadMark;
import im.linnet.schemas.document.RecordMessage;
import im.linnet.schemas.document.TopicInfo;
import im.linnet.schemas.document.TopicMember;
import im.linnet.schemas.document.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A collection that the applier builds from the log. {@link #ALL} is the one list: digest, rebuild
 * and both stores go by it.
 *
 * @param name the collection's name
 * @param type a document's class
 * @param canonical adds a document to its digest; null for a collection that is in no digest
 * @param <T> a document
 */
public record ViewCollection<T>(
    String name, Class<T> type, @Nullable BiConsumer<DigestSum, T> canonical) {
  private static final Map<Stream, ViewCollection<MessageDocument>> MESSAGES =
      Map.of(
          Stream.P2P, messagesOf(Stream.P2P),
          Stream.MUTUAL, messagesOf(Stream.MUTUAL),
          Stream.TOPIC, messagesOf(Stream.TOPIC));

  /** The streams whose messages have a collection. */
  public static final List<Stream> MESSAGE_STREAMS =
      List.of(Stream.P2P, Stream.MUTUAL, Stream.TOPIC);

  /** Delivered records. */
  public static final ViewCollection<InboxRecord> INBOX =
      new ViewCollection<>(Inbox.COLLECTION, InboxRecord.class, DigestSum::add);

  /** Topics. */
  public static final ViewCollection<TopicState> TOPICS =
      new ViewCollection<>(TopicInfo.COLLECTION, TopicState.class, DigestSum::add);

  /** The memberships of users in topics. */
  public static final ViewCollection<MemberDocument> MEMBERS =
      new ViewCollection<>(TopicMember.COLLECTION, MemberDocument.class, DigestSum::add);

  /** How far members have read topics. */
  public static final ViewCollection<MarkDocument> MARKS =
      new ViewCollection<>(ReadMark.COLLECTION, MarkDocument.class, DigestSum::add);

  /** The part of the users' documents that the applier keeps. */
  public static final ViewCollection<ClientDocument> CLIENTS =
      new ViewCollection<>(ClientInfo.COLLECTION, ClientDocument.class, DigestSum::add);

  /** Friend requests. */
  public static final ViewCollection<StoredRequest> REQUESTS =
      new ViewCollection<>(FriendRequest.COLLECTION, StoredRequest.class, DigestSum::add);

  /** Verdicts. They pass by themselves, so no two views need hold the same ones. */
  public static final ViewCollection<StoredVerdict> VERDICTS =
      new ViewCollection<>(Verdict.COLLECTION, StoredVerdict.class, null);

  /** The notes of users about each other. */
  public static final ViewCollection<StoredContact> CONTACTS =
      new ViewCollection<>(ContactInfo.COLLECTION, StoredContact.class, DigestSum::add);

  /** The p2p conversations of each user. */
  public static final ViewCollection<ConversationHour> CONVERSATIONS =
      new ViewCollection<>(ChatList.COLLECTION, ConversationHour.class, DigestSum::add);

  /** Each of them. */
  public static final List<ViewCollection<?>> ALL =
      List.of(
          messages(Stream.P2P),
          messages(Stream.MUTUAL),
          messages(Stream.TOPIC),
          INBOX,
          TOPICS,
          MEMBERS,
          MARKS,
          CLIENTS,
          REQUESTS,
          VERDICTS,
          CONTACTS,
          CONVERSATIONS);

  /** The messages of a stream. */
  public static ViewCollection<MessageDocument> messages(Stream stream) {
    return Objects.requireNonNull(MESSAGES.get(stream), () -> stream + " has no such messages");
  }

  private static ViewCollection<MessageDocument> messagesOf(Stream stream) {
    return new ViewCollection<>(
        RecordMessage.collection(stream), MessageDocument.class, DigestSum::add);
  }

  /** The documents of a store. */
  public interface Documents {
    /** Hands over each document of a collection, in any order. */
    <T> void forEach(ViewCollection<T> collection, Consumer<T> each);
  }

  /** The digest of all that a store holds. */
  public static Digest digest(Documents documents) {
    Map<String, Digest.CollectionDigest> digests = new HashMap<>();
    for (ViewCollection<?> collection : ALL) {
      Digest.CollectionDigest digest = collection.digestOf(documents);
      if (digest != null) {
        digests.put(collection.name(), digest);
      }
    }
    return Digest.of(digests);
  }

  private Digest.@Nullable CollectionDigest digestOf(Documents documents) {
    BiConsumer<DigestSum, T> adding = canonical;
    if (adding == null) {
      return null;
    }
    DigestSum sum = new DigestSum();
    documents.forEach(this, document -> adding.accept(sum, document));
    return sum.result();
  }
}
