package im.linnet.schemas.event;

import im.linnet.schemas.event.InboxEvent.Message;
import im.linnet.schemas.event.InboxEvent.Read;
import im.linnet.schemas.event.InboxEvent.Receipt;
import im.linnet.schemas.event.InboxEvent.Sent;

/**
 * The {@code ce_source} and {@code ce_id} of an inbox record. Together they identify the event: a
 * message's are made of its sender, recipient and uuid alone, so every publication of one message
 * has the same two and a reader can tell a duplicate without parsing the value.
 *
 * <table>
 * <caption>What the headers hold</caption>
 * <tr><th>event</th><th>ce_source</th><th>ce_id</th></tr>
 * <tr><td>message</td><td>{@code /p2p/<from>/<to>}</td><td>its uuid</td></tr>
 * <tr><td>sent</td><td>{@code /p2p/<from>/<to>/sent}</td><td>the message's uuid</td></tr>
 * <tr><td>read</td><td>{@code /p2p/<reader>/<peer>/read}</td><td>random</td></tr>
 * <tr><td>receipt</td><td>{@code /p2p/<reader>/<peer>/receipt}</td><td>the read's id</td></tr>
 * </table>
 *
 * <p>User names consist of characters that a URI takes as they are, so nothing is escaped.
 */
public final class EventIdentity {
  private EventIdentity() {}

  /** The {@code ce_source} of the event's record. */
  public static String source(InboxEvent event) {
    return switch (event) {
      case Message message -> source(message.kind().wire(), message.from(), message.to());
      case Sent sent -> source(sent.message()) + "/sent";
      case Read read -> source(read.kind().wire(), read.reader(), read.peer()) + "/read";
      case Receipt receipt ->
          source(receipt.kind().wire(), receipt.read().reader(), receipt.read().peer())
              + "/receipt";
    };
  }

  /**
   * The {@code ce_id} of the event's record.
   *
   * @param event the event
   * @param readId the id that the publisher drew for the read mark, shared by a read and its
   *     receipt; messages and their copies have their uuid and do not look at it
   */
  public static String id(InboxEvent event, String readId) {
    return switch (event) {
      case Message message -> message.uuid();
      case Sent sent -> sent.message().uuid();
      case Read read -> readId;
      case Receipt receipt -> readId;
    };
  }

  private static String source(String kind, String from, String to) {
    return "/" + kind + "/" + from + "/" + to;
  }
}
