package im.linnet.schemas.frame;

import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.InboxEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A frame from a client. {@code id} is the client's own; without one only errors are answered. */
public sealed interface Request {
  /** The client's id for the request, null where it gave none. */
  @Nullable String id();

  /**
   * Who the session is; comes first.
   *
   * @param id the request's id
   * @param token the JWT; null where the transport carried it
   * @param device the client's device name, {@code default} where it gave none
   * @param resume what it has seen; null where it gave no list
   * @param log the id of the log that {@code resume} is about, null where it gave none
   */
  record Auth(
      @Nullable String id,
      @Nullable String token,
      String device,
      @Nullable List<Position> resume,
      @Nullable String log)
      implements Request {}

  /** Is the server there? */
  record Ping(@Nullable String id) implements Request {}

  /** The answer to a server's ping on TCP. */
  record Pong(@Nullable String id) implements Request {}

  /**
   * Publish a message.
   *
   * @param id the request's id
   * @param kind where it goes
   * @param to the recipient
   * @param content the text
   * @param token what the text is ({@code type} on the wire), null where the client gave none
   * @param uuid the message's id, null where the server shall make one
   * @param retry whether it may have been sent before, on another connection
   */
  record Send(
      @Nullable String id,
      Stream kind,
      String to,
      String content,
      @Nullable String token,
      @Nullable String uuid,
      boolean retry)
      implements Request {}

  /** Mark messages of a peer as read. */
  record Read(@Nullable String id, Stream kind, String peer, InboxEvent.Extent extent)
      implements Request {}

  /**
   * A page of a conversation, newest first.
   *
   * @param id the request's id
   * @param kind which stream
   * @param peer the other user
   * @param before the cursor of the page before, null for the newest page
   * @param limit messages in the page, 1-200
   */
  record History(@Nullable String id, Stream kind, String peer, @Nullable String before, int limit)
      implements Request {}

  /** How many messages are unread. */
  record Unread(@Nullable String id) implements Request {}

  /** Who is online now. */
  record PresenceGet(@Nullable String id, List<String> users) implements Request {}

  /** Who is online now, and each change from here on. */
  record PresenceWatch(@Nullable String id, List<String> users) implements Request {}

  /** The client leaves. */
  record Logout(@Nullable String id) implements Request {}
}
