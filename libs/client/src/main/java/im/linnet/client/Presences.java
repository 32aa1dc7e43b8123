package im.linnet.client;

import im.linnet.schemas.document.PresenceStatus;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who is online. Safe on any thread. */
public final class Presences {
  /** The listener gets its reply, and the watched users are remembered for the next connection. */
  static final String WATCH = "presence.watch";

  private final ChatOps ops;

  Presences(ChatOps ops) {
    this.ops = ops;
  }

  /**
   * Chooses the status that others see while this user is connected, on all devices and for later
   * sessions. {@code OFFLINE} makes the user invisible.
   */
  public CompletableFuture<Void> set(PresenceStatus status) {
    return ops.tell(
        Request.question("presence.set", json -> json.writeStringField("status", status.wire())));
  }

  /**
   * The present status of users.
   *
   * @param users 200 at most
   */
  public CompletableFuture<List<Presence>> get(Collection<String> users) {
    return ops.ask(ofUsers("presence.get", users), Presence::all);
  }

  /**
   * As {@link #get}, and the listener gets the answer too. From then on it gets each change, also
   * on later connections. A request that is refused, or not answered in time, does not watch its
   * users. Friends need no watching.
   *
   * @param users 200 at most
   */
  public CompletableFuture<List<Presence>> watch(Collection<String> users) {
    return ops.ask(ofUsers(WATCH, users), Presence::all);
  }

  /**
   * Watches again on a connection that has just begun. It is not repeated on the next connection,
   * because that one asks anew.
   */
  static Request watchAgain(Collection<String> users) {
    List<String> all = List.copyOf(users);
    return Request.signal(WATCH, json -> JsonValues.write(json, "users", all));
  }

  private static Request ofUsers(String op, Collection<String> users) {
    List<String> all = List.copyOf(users);
    return Request.question(op, json -> JsonValues.write(json, "users", all));
  }
}
