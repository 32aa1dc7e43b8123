package im.linnet.client;

import im.linnet.schemas.Position;
import im.linnet.schemas.event.MessageId;
import im.linnet.schemas.frame.ReplyCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The state of a session that outlives a connection: requests without a reply, the positions of
 * pushes, and the watched users. It does not know connections. {@link SessionCore} reports the
 * begin and the end of each. Owned by one thread.
 */
final class Exchange {
  /** The number of remembered identities; more than the backlog of a busy minute. */
  private static final int REMEMBERED_MESSAGES = 10_000;

  private final Consumer<ClientEvent> events;
  private final SeenPositions places;
  private final Outstanding outstanding;
  private final Lanes lanes = new Lanes();
  private final Backoff backoff;
  private final SeenMessages seen = new SeenMessages(REMEMBERED_MESSAGES);
  private final AppliedChanges changes = new AppliedChanges(REMEMBERED_MESSAGES);
  private final Set<String> watched = new LinkedHashSet<>();
  private String user = "";

  /**
   * @param random the source of the jitter of repeats
   */
  Exchange(ClientConfig config, RandomGenerator random, Consumer<ClientEvent> events) {
    this.events = events;
    this.places = new SeenPositions(config.resume());
    this.outstanding = new Outstanding(config.requestTimeout().toMillis());
    this.backoff = new Backoff(config.backoffBase(), config.backoffCap(), random);
  }

  SeenPositions places() {
    return places;
  }

  /**
   * Takes a request, which waits for its reply from now on.
   *
   * @return whether it may be written now; if not, its turn comes with {@link #due}
   */
  boolean submit(PendingRequest request, long now) {
    outstanding.add(request, now);
    return !lanes.join(request);
  }

  /** The requests whose turn to be written has come. */
  List<PendingRequest> due(long now) {
    return lanes.due(now);
  }

  /**
   * A session has begun.
   *
   * @param name the user of the session
   * @param log the id of the server's log
   * @param usersAtOnce the most users that one request may name
   * @return the requests that the new session needs: watches of the watched users, and all requests
   *     without a reply
   */
  List<PendingRequest> begin(String name, String log, int usersAtOnce, long now) {
    user = name;
    places.enter(log);
    List<PendingRequest> unanswered = outstanding.inOrder();
    List<PendingRequest> unknown = new ArrayList<>();
    List<String> users = new ArrayList<>(watched);
    int step = Math.max(1, usersAtOnce);
    for (int i = 0; i < users.size(); i += step) {
      List<String> some = users.subList(i, Math.min(users.size(), i + step));
      PendingRequest request = new PendingRequest(Presences.watchAgain(some));
      outstanding.add(request, now);
      unknown.add(request);
    }
    unknown.addAll(unanswered);
    return unknown;
  }

  /**
   * The frame of a request. Null if the frame cannot be written, or is so long that the server
   * would end the session: then the request is answered here.
   *
   * @param longest the most bytes that the server takes
   */
  byte @Nullable [] frame(PendingRequest request, int longest) {
    byte[] frame;
    try {
      frame = request.encode();
    } catch (RuntimeException e) {
      outstanding.remove(request.id());
      request.reply().completeExceptionally(e);
      return null;
    }
    if (frame.length > longest) {
      outstanding.remove(request.id());
      request
          .reply()
          .complete(
              ServerResponse.refusal(
                  ReplyCode.TOO_LARGE, frame.length + " bytes, and the server takes " + longest));
      return null;
    }
    return frame;
  }

  /**
   * Takes the reply to the request of that id. The request may have been given up before. One that
   * the server cannot serve just now waits, and is repeated.
   */
  void replied(String id, ServerResponse response, long now) {
    PendingRequest pending = outstanding.find(id);
    if (pending == null) {
      return;
    }
    if (pending.outlives(response)) {
      pending.refusedFor(response);
      if (!lanes.join(pending)) {
        lanes.pause(pending, now + backoff.nextMillis(response.retryAfterMillis()));
      }
      return;
    }
    outstanding.remove(id);
    if (response.ok()) {
      served(pending.request(), response);
    }
    pending.reply().complete(response);
  }

  private void served(Request request, ServerResponse response) {
    if (request.key() != null) {
      backoff.reset();
    }
    Draft draft = request.draft();
    if (draft != null) {
      String uuid = response.data().path("uuid").asText("");
      seen.add(new MessageId(draft.kind(), draft.to(), uuid, user));
    }
    ChangeRequest change = request.change();
    if (change != null) {
      changes.apply(change.message(), Messages.place(response).offset(), change.change());
    }
    if (request.op().equals(Presences.WATCH)) {
      Presence.all(response).forEach(this::watches);
    }
  }

  /** Takes a message; it may be a duplicate. */
  void received(Message message) {
    places.saw(message.at());
    if (seen.add(message.identity())) {
      if (message.recalled()) {
        changes.seal(message.identity());
      }
      boolean late = changes.isSealed(message.identity());
      events.accept(new ClientEvent.MessageReceived(late ? message.asRecalled() : message));
    }
  }

  /** Takes any other push. */
  void pushed(ServerFrame.Push push) {
    Position at = push.at();
    if (at != null) {
      places.saw(at);
    }
    if (!(push.event() instanceof ClientEvent.MessageChanged changed)
        || changes.apply(changed.message(), changed.at().offset(), changed.change())) {
      events.accept(push.event());
    }
  }

  /** Takes the end of the backlog. */
  void synced(ServerFrame.Synced synced) {
    places.synced(synced.at(), synced.reset());
    events.accept(new ClientEvent.Synced(synced.at(), synced.cut(), synced.reset()));
  }

  /** Gives up requests that have waited too long for a reply. */
  void expire(long now) {
    outstanding.expire(now);
  }

  /** The time when {@link #expire} or {@link #due} is to be called next. */
  long deadline() {
    return Math.min(outstanding.deadline(), lanes.deadline());
  }

  /** Gives up requests that make no sense on another connection. */
  void connectionLost(String reason) {
    lanes.clear();
    outstanding.connectionLost(reason);
  }

  /** Gives up everything. */
  void close(String reason) {
    lanes.clear();
    outstanding.close(reason);
  }

  /**
   * Passes the status of a watched user to the listener, and remembers the user for the next
   * session.
   */
  private void watches(Presence presence) {
    watched.add(presence.userId());
    events.accept(new ClientEvent.PresenceChanged(presence));
  }
}
