package im.linnet.client;

import im.linnet.schemas.Stream;
import im.linnet.schemas.event.FriendAct;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Friends, and the steps to become friends and to part. A step is a message of the stream {@code
 * mutual}: both users get it, except the session that asked. The client repeats a step until it
 * knows the outcome, and the server takes it once. Safe on any thread.
 */
public final class Friends {
  private final ChatOps ops;
  private final @Nullable IdempotencyKey given;

  Friends(ChatOps ops) {
    this(ops, null);
  }

  private Friends(ChatOps ops, @Nullable IdempotencyKey given) {
    this.ops = ops;
    this.given = given;
  }

  /** The same ops, whose steps have this key; see {@link Topics#with}. */
  public Friends with(IdempotencyKey key) {
    return new Friends(ops, key);
  }

  /**
   * Asks a user to be a friend. Two who ask each other are friends at once.
   *
   * @param text a text for the user; may be empty
   */
  public CompletableFuture<Sent> add(String user, String text) {
    return step(FriendAct.ADD, user, text);
  }

  /** Accepts the request of a user. */
  public CompletableFuture<Sent> accept(String user) {
    return step(FriendAct.ACCEPT, user, "");
  }

  /** Rejects the request of a user. */
  public CompletableFuture<Sent> reject(String user) {
    return step(FriendAct.REJECT, user, "");
  }

  /** Ends the friendship with a user. */
  public CompletableFuture<Sent> remove(String user) {
    return step(FriendAct.REMOVE, user, "");
  }

  /** The friends of this user, by name. */
  public CompletableFuture<List<String>> list() {
    return ops.ask(
        Request.question("friend.list", json -> {}),
        response -> JsonValues.texts(response.data().path("friends")));
  }

  /**
   * The newest requests by and to this user. If their texts are more than 64 KiB together, each has
   * at most the first 256 characters of its own.
   */
  public CompletableFuture<FriendRequests> requests() {
    return ops.ask(Request.question("friend.requests", json -> {}), FriendRequests::read);
  }

  private CompletableFuture<Sent> step(FriendAct act, String user, String text) {
    String uuid = given == null ? null : given.uuid();
    boolean retry = given != null && given.retry();
    return ops.messages().send(new Draft(Stream.MUTUAL, user, act.token(), text, uuid, retry));
  }
}
