package im.linnet.client;

import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Conversations: their list, their history, and the marks of what was read. A conversation is named
 * by its stream and by the other side: a user, or a topic. Safe on any thread.
 */
public final class Conversations {
  private final ChatOps ops;

  Conversations(ChatOps ops) {
    this.ops = ops;
  }

  /**
   * One page of this user's conversations, newest first. One that gets a message meanwhile may come
   * on two pages.
   *
   * @param before the {@code next} of the page before, null for the newest page
   * @param limit 1 to 100
   */
  public CompletableFuture<Page<Conversation>> list(@Nullable String before, int limit) {
    return ops.ask(
        Request.question(
            "conversations",
            json -> {
              JsonValues.write(json, "before", before);
              json.writeNumberField("limit", limit);
            }),
        response -> JsonValues.page(response, "conversations", Conversation::read));
  }

  /**
   * One page of the messages of a conversation, newest first.
   *
   * @param before the {@code next} of the page before, null for the newest page
   * @param limit 1 to 200
   */
  public CompletableFuture<Page<HistoryEntry>> history(
      Stream kind, String peer, @Nullable String before, int limit) {
    return ops.ask(
        Request.question(
            "history",
            json -> {
              json.writeStringField("kind", kind.wire());
              json.writeStringField("peer", peer);
              JsonValues.write(json, "before", before);
              json.writeNumberField("limit", limit);
            }),
        response -> JsonValues.page(response, "messages", HistoryEntry::read));
  }

  /** The counts of unread messages. */
  public CompletableFuture<Unread> unread() {
    return ops.ask(Request.question("unread", json -> {}), Unread::read);
  }

  /** Marks a message as read; in a topic also all that is older. */
  public CompletableFuture<Void> read(Message message) {
    boolean inTopic = message.kind() == Stream.TOPIC;
    return read(message.kind(), inTopic ? message.to() : message.sender(), List.of(message.uuid()));
  }

  /**
   * Marks all of a peer's messages as read, up to and with a place in this user's own inbox, or in
   * the topic. Messages that were never shown count too.
   */
  public CompletableFuture<Void> read(Stream kind, String peer, Position upTo) {
    return ops.tell(
        Request.question(
            "read",
            json -> {
              json.writeStringField("kind", kind.wire());
              json.writeStringField("peer", peer);
              json.writeStringField("upTo", upTo.toString());
            }));
  }

  /**
   * Marks these of a peer's messages as read, and no others; in a topic, up to the newest of them.
   *
   * @param uuids 1 to 200
   */
  public CompletableFuture<Void> read(Stream kind, String peer, Collection<String> uuids) {
    List<String> all = List.copyOf(uuids);
    return ops.tell(
        Request.question(
            "read",
            json -> {
              json.writeStringField("kind", kind.wire());
              json.writeStringField("peer", peer);
              JsonValues.write(json, "uuids", all);
            }));
  }
}
