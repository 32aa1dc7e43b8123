package im.linnet.schemas.event;

import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a user's inbox: the records of {@code im.p2p.v1} and {@code im.mutual.v1}, keyed
 * by the user that receives them.
 */
public sealed interface InboxEvent {
  /** The stream whose topic the record belongs to. */
  Stream kind();

  /** The {@code ce_type} of the record. */
  String type();

  /** The user under whose key the record stands. */
  String owner();

  /**
   * A message, under its recipient's key.
   *
   * @param kind p2p or mutual
   * @param uuid the sender's id for it; with {@code to} and {@code from} its identity for ever
   * @param from the sender
   * @param to the recipient
   * @param token what the content is: {@code text}, {@code image}, ... ({@code type} on the wire)
   * @param content the text
   */
  record Message(Stream kind, String uuid, String from, String to, String token, String content)
      implements InboxEvent {
    public static final String TYPE = "message";

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public String owner() {
      return to;
    }
  }

  /**
   * The copy of an outgoing message in its sender's own inbox, for the sender's other devices.
   *
   * @param message the message as its recipient has it
   * @param of where the original stands
   */
  record Sent(Message message, Origin of) implements InboxEvent {
    public static final String TYPE = "sent";

    @Override
    public Stream kind() {
      return message.kind();
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public String owner() {
      return message.from();
    }
  }

  /**
   * The reader's mark, under the reader's own key, so behind every message that it covers.
   *
   * @param kind the stream that is read
   * @param reader who has read
   * @param peer whose messages
   * @param extent which of them
   */
  record Read(Stream kind, String reader, String peer, Extent extent) implements InboxEvent {
    public static final String TYPE = "read";

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public String owner() {
      return reader;
    }
  }

  /**
   * The notice of a {@link Read} to the one whose messages were read, under that one's key. Losing
   * one loses a notice, never state.
   *
   * @param read the mark
   * @param of where the mark stands
   */
  record Receipt(Read read, Origin of) implements InboxEvent {
    public static final String TYPE = "receipt";

    @Override
    public Stream kind() {
      return read.kind();
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public String owner() {
      return read.peer();
    }
  }

  /**
   * The place of the record that a copy or a receipt names.
   *
   * @param at its position
   * @param time its broker time, ms
   */
  record Origin(Position at, long time) {}

  /** Which messages a read mark covers: all up to a position, or just the named ones. */
  sealed interface Extent {
    /**
     * All messages of the peer at or below the position.
     *
     * @param upTo a position in the reader's own partition of that stream
     */
    record UpTo(Position upTo) implements Extent {}

    /**
     * Just these.
     *
     * @param uuids 1 to 200 message uuids
     */
    record Uuids(List<String> uuids) implements Extent {
      public Uuids {
        uuids = List.copyOf(uuids);
      }
    }
  }

  /** The position of an {@link Extent.UpTo}, else null. */
  static @Nullable Position upTo(Extent extent) {
    return extent instanceof Extent.UpTo mark ? mark.upTo() : null;
  }
}
