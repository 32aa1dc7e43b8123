package im.linnet.client;

import im.linnet.schemas.Stream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The users from whom this user takes no messages. Each op brings their names, by name. The client
 * repeats a change until it knows the outcome, and the server makes it once. Safe on any thread.
 */
public final class Blocks {
  private final ChatOps ops;
  private final @Nullable IdempotencyKey given;

  Blocks(ChatOps ops) {
    this(ops, null);
  }

  private Blocks(ChatOps ops, @Nullable IdempotencyKey given) {
    this.ops = ops;
    this.given = given;
  }

  /** The same ops, whose changes have this key; see {@link Topics#with}. */
  public Blocks with(IdempotencyKey key) {
    return new Blocks(ops, key);
  }

  /** Refuses the messages of a user from now on. */
  public CompletableFuture<List<String>> add(String user) {
    return change("block.add", user);
  }

  /** Takes the messages of a user again. */
  public CompletableFuture<List<String>> remove(String user) {
    return change("block.remove", user);
  }

  /** The blocked users. */
  public CompletableFuture<List<String>> list() {
    return ops.ask(Request.question("block.list", json -> {}), Blocks::names);
  }

  private CompletableFuture<List<String>> change(String op, String user) {
    IdempotencyKey key = given == null ? IdempotencyKey.fresh() : given;
    String lane = Request.lane(Stream.P2P, user);
    return ops.ask(
        Request.command(op, key, lane, json -> json.writeStringField("user", user)), Blocks::names);
  }

  private static List<String> names(ServerResponse response) {
    return JsonValues.texts(response.data().path("blocked"));
  }
}
