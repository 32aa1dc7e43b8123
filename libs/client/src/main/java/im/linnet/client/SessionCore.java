package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Position;
import im.linnet.schemas.frame.CloseCode;
import im.linnet.schemas.frame.ReplyCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state machine of a client's connections, without threads, sockets or clocks. It takes inputs
 * with their times, and asks for effects. The {@link Exchange} holds the requests and pushes.
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
 * any with a connection: lost, close below 3500   -> WAITING; close from 3500 -> STOPPED, but
 *                close 3501, token_expired   -> WAITING (the supplier may have another token)
 * WAITING        the pause is over, hasten   -> CONNECTING, to the next address
 * any            close()                     -> STOPPED
 * </pre>
 *
 * <p>Inputs from an earlier connection are ignored: each carries the number of its connection.
 * Times are milliseconds of any clock that never goes back. Owned by one thread.
 */
final class SessionCore {
  private static final Logger LOG = LoggerFactory.getLogger(SessionCore.class);

  private static final String AUTH_ID = "auth";
  private static final String PING_ID = "ping";
  private static final byte[] PONG = "{\"op\":\"pong\"}".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PING =
      "{\"id\":\"ping\",\"op\":\"ping\"}".getBytes(StandardCharsets.US_ASCII);

  /** The phases of a session; the class comment has the transitions. */
  enum Phase {
    IDLE,
    WAITING,
    CONNECTING,
    AUTHENTICATING,
    LIVE,
    STOPPED
  }

  /** The effects that the core asks for. */
  interface Effects {
    /** Opens a connection, and reports {@code opened} or {@code failed} with that number. */
    void connect(int connection, ServerAddress address);

    /** Writes a frame to the open connection. */
    void write(byte[] frame);

    /** Closes the connection, if there is one. */
    void disconnect();

    /** Passes an event to the listener. */
    void emit(ClientEvent event);
  }

  private final ClientConfig config;
  private final Effects effects;
  private final Backoff backoff;
  private final Exchange exchange;
  private final Heartbeat heartbeat = new Heartbeat();

  private Phase phase = Phase.IDLE;
  private int connection;
  private int nextAddress;
  private ServerAddress address;
  private int frameLimit = Integer.MAX_VALUE;
  private long phaseDeadline = Long.MAX_VALUE;

  SessionCore(ClientConfig config, RandomGenerator random, Effects effects) {
    this.config = config;
    this.effects = effects;
    this.backoff = new Backoff(config.backoffBase(), config.backoffCap(), random);
    this.exchange = new Exchange(config, random, effects::emit);
    this.nextAddress = random.nextInt(config.addresses().size());
    this.address = config.addresses().get(nextAddress);
  }

  Phase phase() {
    return phase;
  }

  List<Position> places() {
    return exchange.places().at();
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
    if (exchange.submit(request, now) && phase == Phase.LIVE) {
      write(request);
    }
  }

  void opened(int opened, String token, long now) {
    if (opened != connection || phase != Phase.CONNECTING) {
      return;
    }
    phase = Phase.AUTHENTICATING;
    phaseDeadline = now + waitMillis();
    effects.write(AuthFrame.encode(AUTH_ID, token, config.device(), exchange.places()));
  }

  /** Takes the report that the connection could not be opened, or is lost. */
  void failed(int failed, String reason, long now) {
    if (failed == connection && hasConnection()) {
      retry(0, reason, 0, now);
    }
  }

  void frame(int from, ServerFrame frame, long now) {
    if (from != connection || !hasConnection()) {
      return;
    }
    heartbeat.heard(now);
    switch (frame) {
      case ServerFrame.Reply reply -> replied(reply, now);
      case ServerFrame.Close close -> closed(close, now);
      case ServerFrame.Ping ping -> effects.write(PONG);
      case ServerFrame.Synced synced -> {
        backoff.reset();
        exchange.synced(synced);
      }
      case ServerFrame.MessagePush push -> exchange.received(push.message());
      case ServerFrame.Push push -> exchange.pushed(push);
      case ServerFrame.Unreadable unreadable -> LOG.debug("passed over {}", unreadable.frame());
    }
  }

  /** Does all due work. */
  void tick(long now) {
    exchange.expire(now);
    if (phase == Phase.WAITING && now >= phaseDeadline) {
      connect(now);
    } else if (phase == Phase.CONNECTING || phase == Phase.AUTHENTICATING) {
      if (now >= phaseDeadline) {
        retry(0, late(), 0, now);
      }
    } else if (phase == Phase.LIVE) {
      exchange.due(now).forEach(this::write);
      checkLife(now);
    }
  }

  /** Ends the pause before the next attempt; does nothing if there is no pause. */
  void hasten(long now) {
    if (phase == Phase.WAITING) {
      connect(now);
    }
  }

  /** The time when {@link #tick} is due next. */
  long deadline() {
    long due = phase == Phase.LIVE ? heartbeat.deadline() : phaseDeadline;
    return Math.min(due, exchange.deadline());
  }

  /** Ends the session for good. */
  void close() {
    stop(0, "closed by the user");
  }

  private boolean hasConnection() {
    return phase == Phase.CONNECTING || phase == Phase.AUTHENTICATING || phase == Phase.LIVE;
  }

  private long waitMillis() {
    long millis = config.connectTimeout().toMillis();
    // The opening itself is bounded by the same time; the second one is for a slow token.
    return phase == Phase.CONNECTING ? 2 * millis : millis;
  }

  private String late() {
    return phase == Phase.CONNECTING
        ? Faults.lateToken(address, waitMillis())
        : Faults.silence(address, waitMillis());
  }

  private void connect(long now) {
    phase = Phase.CONNECTING;
    phaseDeadline = now + waitMillis();
    connection++;
    address = config.addresses().get(nextAddress);
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
      exchange.replied(id, reply.response(), now);
    }
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
    JsonNode data = response.data();
    heartbeat.every(data.path("heartbeat").asLong(0));
    ClientEvent.Connected begun = ClientEvent.Connected.read(data);
    effects.emit(begun);
    frameLimit = begun.limits().frame();
    exchange.begin(begun.clientId(), begun.log(), begun.limits().users(), now).forEach(this::write);
  }

  private void write(PendingRequest request) {
    byte[] frame = exchange.frame(request, frameLimit);
    if (frame != null) {
      effects.write(frame);
    }
  }

  private void closed(ServerFrame.Close close, long now) {
    if (close.code() < CloseCode.UNAUTHENTICATED.code()
        || close.code() == CloseCode.TOKEN_EXPIRED.code()) {
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
    exchange.connectionLost(reason);
  }

  private void stop(int code, String reason) {
    if (phase == Phase.STOPPED) {
      return;
    }
    effects.disconnect();
    phase = Phase.STOPPED;
    phaseDeadline = Long.MAX_VALUE;
    exchange.close(reason);
    effects.emit(new ClientEvent.Stopped(code, reason));
  }

  private void checkLife(long now) {
    switch (heartbeat.due(now)) {
      case END -> retry(0, Faults.silence(address, heartbeat.patienceMillis()), 0, now);
      case PING -> effects.write(PING);
      case NOTHING -> {}
    }
  }
}
