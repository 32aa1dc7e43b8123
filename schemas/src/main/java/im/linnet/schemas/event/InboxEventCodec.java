package im.linnet.schemas.event;

import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.Stream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * JSON values of inbox records, streaming in both directions. The recipient's client reads the
 * encoded value, so the field names are the protocol's. A value that passes decoding can be spliced
 * into a push unchanged: it is one line of strict UTF-8, without the fields that the splice adds.
 * Decoding ignores unknown fields: later versions only add fields. Safe on any thread.
 */
public final class InboxEventCodec {
  /** Every event of a user's inbox, by its {@code ce_type}. */
  private static final Map<String, Reader> INBOX =
      Map.of(
          MessageEvent.TYPE, MessageEvent::read,
          SentEvent.TYPE, SentEvent::read,
          ReadEvent.TYPE, ReadEvent::read,
          ReceiptEvent.TYPE, ReceiptEvent::read,
          EditEvent.TYPE, EditEvent::read,
          RecallEvent.TYPE, RecallEvent::read);

  /** Every event of the stream of topics. */
  private static final Map<String, Reader> TOPIC =
      Map.ofEntries(
          Map.entry(MessageEvent.TYPE, MessageEvent::read),
          Map.entry(ReadEvent.TYPE, ReadEvent::read),
          Map.entry(EditEvent.TYPE, EditEvent::read),
          Map.entry(RecallEvent.TYPE, RecallEvent::read),
          Map.entry(CreatedEvent.TYPE, CreatedEvent::read),
          Map.entry(JoinedEvent.TYPE, JoinedEvent::read),
          Map.entry(LeftEvent.TYPE, LeftEvent::read),
          Map.entry(KickedEvent.TYPE, KickedEvent::read),
          Map.entry(RenamedEvent.TYPE, RenamedEvent::read),
          Map.entry(TransferredEvent.TYPE, TransferredEvent::read),
          Map.entry(DisbandedEvent.TYPE, DisbandedEvent::read),
          Map.entry(VerdictEvent.TYPE, VerdictEvent::read));

  /** Every event of the stream of profiles. */
  private static final Map<String, Reader> PERSONAL =
      Map.of(ProfileEvent.TYPE, ProfileEvent::read, ContactEvent.TYPE, ContactEvent::read);

  /** Every event of the mutual stream: those of an inbox, and what the decider says of users. */
  private static final Map<String, Reader> MUTUAL = new HashMap<>(INBOX);

  static {
    for (FriendAct act : FriendAct.values()) {
      MUTUAL.put(act.token(), (fields, stream) -> FriendEvent.read(act, fields, stream));
    }
    for (BlockAct act : BlockAct.values()) {
      MUTUAL.put(act.fact(), (fields, stream) -> BlockEvent.read(act, fields, stream));
    }
    MUTUAL.put(VerdictEvent.TYPE, VerdictEvent::read);
  }

  private interface Reader {
    InboxEvent read(EventFields fields, Stream stream) throws MalformedEventException;
  }

  private InboxEventCodec() {}

  /** The {@code ce_type} of every event that sessions are pushed from an inbox or a topic. */
  public static Set<String> types() {
    Set<String> types = new HashSet<>(INBOX.keySet());
    types.addAll(FriendEvent.TYPES);
    types.addAll(TOPIC.keySet());
    types.remove(VerdictEvent.TYPE);
    return types;
  }

  private static Map<String, Reader> readers(Stream stream) {
    return switch (stream) {
      case P2P -> INBOX;
      case MUTUAL -> MUTUAL;
      case PROFILE -> PERSONAL;
      case TOPIC -> TOPIC;
    };
  }

  /** The record value of an event. */
  public static byte[] encode(InboxEvent event) {
    return JsonBytes.object(event::write);
  }

  /**
   * The events of a stream's topic. An event is known only in the streams that hold it: the key of
   * a record of the topic stream is a topic, and a topic may have the name of a user.
   */
  public static EventFamily<InboxEvent> family(Stream stream) {
    return new EventFamily<>() {
      @Override
      public boolean knows(String type) {
        return readers(stream).containsKey(type);
      }

      @Override
      public InboxEvent decode(String type, byte[] value) throws MalformedEventException {
        return InboxEventCodec.decode(stream, type, value);
      }
    };
  }

  /**
   * The event that a record of a stream holds.
   *
   * @param stream the record's stream
   * @param type its {@code ce_type}
   * @param value its value
   * @throws MalformedEventException if the type is unknown, the value is not such an event, it
   *     could not be delivered unchanged, or it names another stream
   */
  public static InboxEvent decode(Stream stream, String type, byte[] value)
      throws MalformedEventException {
    Reader reader = readers(stream).get(type);
    if (reader == null) {
      throw new MalformedEventException(
          "ce_type: '" + type + "' is unknown in the stream " + stream.wire());
    }
    return reader.read(EventFields.parse(value), stream);
  }
}
