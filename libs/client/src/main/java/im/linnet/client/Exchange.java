package im.linnet.client;

import im.linnet.schemas.Position;
import im.linnet.schemas.frame.ReplyCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a client and its server say to each other, as far as it outlives a connection: requests and
 * their replies, pushes and the places that they leave behind, whom the user watches. It has no
 * notion of a connection; {@link SessionCore} tells it when one has begun and when it is gone.
 * Owned by one thread.
 */
final class Exchange {
  /** Identities remembered; more than a backlog of a busy minute. */
  private static final int REMEMBERED_MESSAGES = 10_000;

  private final Consumer<ClientEvent> events;
  private final SeenPositions places;
  private final Outstanding outstanding;
  private final SeenMessages seen = new SeenMessages(REMEMBERED_MESSAGES);
  private final Set<String> watched = new LinkedHashSet<>();
  private String user = "";

  Exchange(ClientConfig config, Consumer<ClientEvent> events) {
    this.events = events;
    this.places = new SeenPositions(config.resume());
    this.outstanding = new Outstanding(config.requestTimeout().toMillis());
  }

  SeenPositions places() {
    return places;
  }

  /** Takes a request, which waits for its reply from now on. */
  void submit(PendingRequest request, long now) {
    outstanding.add(request, now);
  }

  /**
   * A session has begun.
   *
   * @param name whose it is
   * @param log the id of the server's log
   * @param usersAtOnce how many users one request may name
   * @return what the session does not know: whom we watch, and what has had no reply
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
      PendingRequest request = Requests.watchAgain(List.copyOf(some));
      outstanding.add(request, now);
      unknown.add(request);
    }
    unknown.addAll(unanswered);
    return unknown;
  }

  /**
   * The frame that asks for it; null where there is none, or the server would end the session for
   * it: then the request is answered here.
   *
   * @param longest how many bytes the server takes
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

  /** The reply to the request of that id, which may have been given up before. */
  void replied(String id, ServerResponse response) {
    PendingRequest request = outstanding.remove(id);
    if (request == null) {
      return;
    }
    Draft draft = request.draft();
    if (draft != null && response.ok()) {
      seen.add(draft.kind(), user, draft.to(), response.data().path("uuid").asText(""));
    }
    if (request.op().equals(Requests.WATCH)) {
      FrameReader.presences(response.data()).forEach(this::watches);
    }
    request.reply().complete(response);
  }

  /** A message, which may have come before. */
  void received(Message message) {
    places.saw(message.at());
    if (seen.add(message.kind(), message.sender(), message.to(), message.uuid())) {
      events.accept(new ClientEvent.MessageReceived(message));
    }
  }

  /** Any other push. */
  void pushed(ServerFrame.Push push) {
    Position at = push.at();
    if (at != null) {
      places.saw(at);
    }
    events.accept(push.event());
  }

  /** All that was missed is here. */
  void synced(ServerFrame.Synced synced) {
    places.synced(synced.at(), synced.reset());
    events.accept(new ClientEvent.Synced(synced.at(), synced.cut(), synced.reset()));
  }

  /** Gives up what has waited too long for its reply. */
  void expire(long now) {
    outstanding.expire(now);
  }

  /** When {@link #expire} is due next. */
  long deadline() {
    return outstanding.deadline();
  }

  /** Gives up what makes no sense on another connection. */
  void connectionLost(String reason) {
    outstanding.connectionLost(reason);
  }

  /** Gives up everything. */
  void close(String reason) {
    outstanding.close(reason);
  }

  /** The server has taken this user among the watched ones: the next session is to do so, too. */
  private void watches(Presence presence) {
    watched.add(presence.userId());
    events.accept(new ClientEvent.PresenceChanged(presence));
  }
}
