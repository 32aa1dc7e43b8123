package im.linnet.edge.delivery;

import im.linnet.edge.session.LiveSession;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.RecordDecoder;
import im.linnet.schemas.event.SignalEvent;
import im.linnet.schemas.event.TypingEvent;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Objects;

/**
 * Reads {@code im.signal.v1}, and pushes each signal to the sessions that are live at this moment.
 * One thread.
 */
public final class SignalFeed {
  /** The live sessions that a user has on this edge. */
  @FunctionalInterface
  public interface Receivers {
    /** All of them at this moment. */
    Collection<? extends LiveSession> of(String user);
  }

  /** Pushes to the members of topics. */
  @FunctionalInterface
  public interface Topics {
    /**
     * Pushes a frame to the live sessions of a topic's members; on any thread.
     *
     * @param from the user whose sessions do not get it
     */
    void push(StreamPartition place, String topic, String from, byte[] frame);
  }

  private final TopicCatalogue catalogue;
  private final RecordDecoder<SignalEvent> decoder;
  private final Receivers users;
  private final Topics topics;
  private final Runnable pushed;

  /**
   * @param users the receivers of a user's signals
   * @param topics the receivers of a topic's
   * @param pushed called for each push to a user's session
   */
  public SignalFeed(TopicCatalogue catalogue, Receivers users, Topics topics, Runnable pushed) {
    this.catalogue = catalogue;
    this.decoder = RecordDecoder.ofSignals(catalogue);
    this.users = users;
    this.topics = topics;
    this.pushed = pushed;
  }

  /**
   * Takes the next record of the topic. A stale one, and one of a newer version, is passed over.
   *
   * @throws MalformedEventException if it is no signal
   */
  public void take(LogRecord record) throws MalformedEventException {
    switch (decoder.decode(record)) {
      case Decoded.Valid<SignalEvent> valid -> push(valid);
      case Decoded.Malformed<SignalEvent> broken ->
          throw new MalformedEventException(broken.reason());
      case Decoded.Stale<SignalEvent> late -> {
        // Nobody waits for it any more.
      }
      case Decoded.Unknown<SignalEvent> newer -> {
        // It is for newer clients.
      }
    }
  }

  private void push(Decoded.Valid<SignalEvent> valid) {
    switch (valid.event()) {
      case TypingEvent typing -> {
        byte[] frame = Objects.requireNonNull(valid.record().value());
        if (typing.kind() == Stream.TOPIC) {
          byte[] key = typing.to().getBytes(StandardCharsets.UTF_8);
          int partition = catalogue.partition(Stream.TOPIC, key);
          topics.push(
              new StreamPartition(Stream.TOPIC, partition), typing.to(), typing.from(), frame);
        } else {
          for (LiveSession session : users.of(typing.to())) {
            if (!session.user().equals(typing.from())) {
              session.outbox().offer(frame);
              pushed.run();
            }
          }
        }
      }
    }
  }
}
