package im.linnet.client;

import im.linnet.schemas.Position;
import im.linnet.schemas.frame.CloseCode;
import im.linnet.schemas.frame.ReplyCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client does, without threads, sockets or clocks: it is told what happened and when, and
 * asks for effects.
 *
 * <pre>
 * IDLE           start                       -> CONNECTING
 * CONNECTING     opened                      -> AUTHENTICATING (sends auth, with the places)
 * CONNECTING     failed, time-out            -> WAITING
 * AUTHENTICATING reply 0                     -> LIVE (watches again, repeats what has no reply)
 * AUTHENTICATING reply of a retryable code   -> WAITING
 * AUTHENTICATING any other reply             -> STOPPED
 * LIVE           synced                      -> LIVE (the back-off begins anew)
 * LIVE           nothing heard for two heartbeats -> WAITING
 * any with a connection: lost, close below 3500   -> WAITING; close from 3500 -> STOPPED
 * WAITING        the pause is over           -> CONNECTING, to the next address
 * any            close()                     -> STOPPED
 * </pre>
 *
 * <p>What belongs to an earlier connection is passed over: its number tells. Times are milliseconds
 * of any clock that never goes back. Owned by one thread.
 */
final class SessionCore {
  private static final Logger LOG = LoggerFactory.getLogger(SessionCore.class);

  /** Identities remembered; more than a backlog of a busy minute. */
  private static final int REMEMBERED_MESSAGES = 10_000;

  private static final long DEFAULT_HEARTBEAT_MILLIS = 25_000;
  private static final String AUTH_ID = "auth";
  private static final String PING_ID = "ping";
  private static final byte[] PONG = "{\"op\":\"pong\"}".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PING =
      "{\"id\":\"ping\",\"op\":\"ping\"}".getBytes(StandardCharsets.US_ASCII);

  /** Where the session stands; the class says what leads from one to the other. */
  enum Phase {
    IDLE,
    WAITING,
    CONNECTING,
    AUTHENTICATING,
    LIVE,
    STOPPED
  }

  /** What the core asks for. */
  interface Effects {
    /** Opens a connection, and reports {@code opened} or {@code failed} with that number. */
    void connect(int connection, ServerAddress address);

    /** Writes a frame to the open connection. */
    void write(byte[] frame);

    /** Drops the connection, if there is one. */
    void disconnect();

    /** Tells the listener. */
    void emit(ClientEvent event);
  }

  private final ClientConfig config;
  private final Effects effects;
  private final Backoff backoff;
  private final Places places;
  private final SeenMessages seen = new SeenMessages(REMEMBERED_MESSAGES);
  private final Outstanding outstanding;
  private final Set<String> watched = new LinkedHashSet<>();

  private Phase phase = Phase.IDLE;
  private int connection;
  private int nextAddress;
  private String user = "";
  private long heartbeatMillis = DEFAULT_HEARTBEAT_MILLIS;
  private long heard;
  private boolean pinged;
  private long phaseDeadline = Long.MAX_VALUE;

  SessionCore(ClientConfig config, RandomGenerator random, Effects effects) {
    this.config = config;
    this.effects = effects;
    this.backoff = new Backoff(config.backoffBase(), config.backoffCap(), random);
    this.places = new Places(config.resume());
    this.outstanding = new Outstanding(config.requestTimeout().toMillis());
    this.nextAddress = random.nextInt(config.addresses().size());
  }

  Phase phase() {
    return phase;
  }

  List<Position> places() {
    return places.at();
  }

  void start(long now) {
    if (phase == Phase.IDLE) {
      connect(now);
    }
  }

  /** Takes a request; it is sent as soon as there is a session. */
  void submit(PendingRequest request, long now) {
    if (phase == Phase.STOPPED) {
      request.reply().completeExceptionally(new ClientClosedException("the client is closed"));
      return;
    }
    outstanding.add(request, now);
    if (phase == Phase.LIVE) {
      effects.write(request.encode());
    }
  }

  /** Remembers whom to watch again after a reconnect. */
  void watch(Collection<String> users) {
    watched.addAll(users);
  }

  void opened(int opened, String token, long now) {
    if (opened != connection || phase != Phase.CONNECTING) {
      return;
    }
    phase = Phase.AUTHENTICATING;
    phaseDeadline = now + config.connectTimeout().toMillis();
    effects.write(AuthFrame.encode(AUTH_ID, token, config.device(), places));
  }

  /** The connection could not be opened, or is lost. */
  void failed(int failed, String reason, long now) {
    if (failed == connection && hasConnection()) {
      retry(0, reason, 0, now);
    }
  }

  void frame(int from, ServerFrame frame, long now) {
    if (from != connection || !hasConnection()) {
      return;
    }
    heard = now;
    pinged = false;
    switch (frame) {
      case ServerFrame.Reply reply -> replied(reply, now);
      case ServerFrame.Close close -> closed(close, now);
      case ServerFrame.Ping ping -> effects.write(PONG);
      case ServerFrame.Synced synced -> {
        places.synced(synced.at(), synced.reset());
        backoff.reset();
        effects.emit(new ClientEvent.Synced(synced.at(), synced.cut(), synced.reset()));
      }
      case ServerFrame.MessagePush push -> received(push.message());
      case ServerFrame.Push push -> {
        if (push.at() != null) {
          places.saw(push.at());
        }
        effects.emit(push.event());
      }
      case ServerFrame.Unreadable unreadable -> LOG.debug("passed over {}", unreadable.frame());
    }
  }

  /** Does what is due. */
  void tick(long now) {
    outstanding.expire(now);
    if (phase == Phase.WAITING && now >= phaseDeadline) {
      connect(now);
    } else if (phase == Phase.CONNECTING || phase == Phase.AUTHENTICATING) {
      if (now >= phaseDeadline) {
        retry(0, "no answer within " + config.connectTimeout().toMillis() + " ms", 0, now);
      }
    } else if (phase == Phase.LIVE) {
      checkLife(now);
    }
  }

  /** When {@link #tick} is due next. */
  long deadline() {
    long due = phaseDeadline;
    if (phase == Phase.LIVE) {
      due = heard + (pinged ? 2 : 1) * heartbeatMillis;
    }
    return Math.min(due, outstanding.deadline());
  }

  /** Ends the session for good. */
  void close() {
    stop(0, "closed by the user");
  }

  private boolean hasConnection() {
    return phase == Phase.CONNECTING || phase == Phase.AUTHENTICATING || phase == Phase.LIVE;
  }

  private void connect(long now) {
    phase = Phase.CONNECTING;
    // The opening itself is bounded by the same time; this is for a token that does not come.
    phaseDeadline = now + 2 * config.connectTimeout().toMillis();
    connection++;
    ServerAddress address = config.addresses().get(nextAddress);
    nextAddress = (nextAddress + 1) % config.addresses().size();
    effects.connect(connection, address);
  }

  private void replied(ServerFrame.Reply reply, long now) {
    String id = reply.id();
    if (AUTH_ID.equals(id) && phase == Phase.AUTHENTICATING) {
      authenticated(reply.response(), now);
    } else if (id == null) {
      LOG.warn("the server refused a frame: {}", reply.response().message());
    } else if (!id.equals(PING_ID)) {
      PendingRequest request = outstanding.remove(id);
      if (request != null) {
        settle(request, reply.response());
      }
    }
  }

  private void settle(PendingRequest request, ServerResponse response) {
    Draft draft = request.draft();
    String uuid = response.data().path("uuid").asText("");
    if (draft != null && response.ok()) {
      seen.add(draft.kind(), user, draft.to(), uuid);
    }
    if (request.op().equals(Requests.WATCH)) {
      FrameReader.presences(response.data())
          .forEach(presence -> effects.emit(new ClientEvent.PresenceChanged(presence)));
    }
    request.reply().complete(response);
  }

  private void authenticated(ServerResponse response, long now) {
    if (!response.ok()) {
      if (response.retryable()) {
        retry(response.code(), response.message(), response.retryAfterMillis(), now);
      } else {
        int code =
            response.code() == ReplyCode.UNAUTHENTICATED.code()
                ? CloseCode.UNAUTHENTICATED.code()
                : response.code();
        stop(code, response.message());
      }
      return;
    }
    phase = Phase.LIVE;
    phaseDeadline = Long.MAX_VALUE;
    user = response.data().path("clientId").asText("");
    String log = response.data().path("log").asText("");
    places.enter(log);
    heartbeatMillis =
        Math.max(1, response.data().path("heartbeat").asLong(DEFAULT_HEARTBEAT_MILLIS));
    effects.emit(
        new ClientEvent.Connected(
            user,
            response.data().path("session").asText(""),
            response.data().path("edge").asText(""),
            log));
    repeat(response.data().path("limits").path("users").asInt(100), now);
  }

  /** What the new session does not know: whom we watch, and what has had no reply. */
  private void repeat(int usersAtOnce, long now) {
    List<PendingRequest> unanswered = outstanding.inOrder();
    List<String> users = new ArrayList<>(watched);
    for (int i = 0; i < users.size(); i += Math.max(1, usersAtOnce)) {
      List<String> some = users.subList(i, Math.min(users.size(), i + Math.max(1, usersAtOnce)));
      submit(Requests.users(Requests.WATCH, List.copyOf(some)), now);
    }
    for (PendingRequest request : unanswered) {
      effects.write(request.encode());
    }
  }

  private void received(Message message) {
    places.saw(message.at());
    if (seen.add(message.kind(), message.sender(), message.to(), message.uuid())) {
      effects.emit(new ClientEvent.MessageReceived(message));
    }
  }

  private void closed(ServerFrame.Close close, long now) {
    if (close.code() < CloseCode.UNAUTHENTICATED.code()) {
      retry(close.code(), close.reason(), close.retryAfterMillis(), now);
    } else {
      stop(close.code(), close.reason());
    }
  }

  private void retry(int code, String reason, long retryAfterMillis, long now) {
    effects.disconnect();
    long pause = backoff.nextMillis(retryAfterMillis);
    phase = Phase.WAITING;
    phaseDeadline = now + pause;
    effects.emit(new ClientEvent.Disconnected(code, reason, Duration.ofMillis(pause)));
    outstanding.connectionLost(reason);
  }

  private void stop(int code, String reason) {
    if (phase == Phase.STOPPED) {
      return;
    }
    effects.disconnect();
    phase = Phase.STOPPED;
    phaseDeadline = Long.MAX_VALUE;
    outstanding.close(reason);
    effects.emit(new ClientEvent.Stopped(code, reason));
  }

  private void checkLife(long now) {
    if (now >= heard + 2 * heartbeatMillis) {
      retry(0, "nothing heard for two heartbeats", 0, now);
    } else if (!pinged && now >= heard + heartbeatMillis) {
      pinged = true;
      effects.write(PING);
    }
  }
}
