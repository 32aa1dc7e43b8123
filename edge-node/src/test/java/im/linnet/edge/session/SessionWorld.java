package im.linnet.edge.session;

import im.linnet.edge.auth.AuthFailure;
import im.linnet.edge.auth.TokenVerifier;
import im.linnet.edge.auth.TokenVerifier.Judgement;
import im.linnet.edge.config.SessionSettings;
import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.edge.ops.OpMeters;
import im.linnet.edge.transport.Inbound;
import im.linnet.schemas.Limits;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestDecoder;
import im.linnet.schemas.frame.RequestFields;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Sessions with everything around them replaced: a token is a user's name, "bad" is refused. */
public final class SessionWorld {
  public long now = 1_000_000;
  private long steady = -5;
  public final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  public final EdgeMetrics metrics = new EdgeMetrics(registry);
  public final LocalSessions sessions = new LocalSessions();
  public final List<String> events = new ArrayList<>();
  public final List<Responder> unanswered = new ArrayList<>();
  public CompletableFuture<Boolean> known = CompletableFuture.completedFuture(true);
  public CompletableFuture<Void> opened = CompletableFuture.completedFuture(null);
  public TokenVerifier verifier = token -> CompletableFuture.completedFuture(judgement(token));
  private final AtomicInteger ids = new AtomicInteger();

  private static Judgement judgement(String token) {
    return token.equals("bad")
        ? new Judgement.Rejected(AuthFailure.EXPIRED, "bad")
        : new Judgement.Accepted(token, 1_000_000 + 60_000);
  }

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneOffset getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return Instant.ofEpochMilli(now);
        }
      };

  /** What is put off until {@link #later}. */
  private final Queue<Runnable> delayed = new ArrayDeque<>();

  public Delay delay = (millis, task) -> delayed.add(task);

  /** Where sessions are announced; by default they are events. */
  public Announcements announcer =
      new Announcements() {
        @Override
        public CompletableFuture<?> opened(UserSession session) {
          events.add("opened " + session.id());
          return opened;
        }

        @Override
        public CompletableFuture<?> closed(UserSession session) {
          events.add("closed " + session.id());
          return CompletableFuture.completedFuture(null);
        }
      };

  private final Announcements announcements =
      new Announcements() {
        @Override
        public CompletableFuture<?> opened(UserSession session) {
          return announcer.opened(session);
        }

        @Override
        public CompletableFuture<?> closed(UserSession session) {
          return announcer.closed(session);
        }
      };

  private final Attacher attacher =
      new Attacher() {
        @Override
        public CompletableFuture<Void> attach(LiveSession session, Attacher.Request request) {
          events.add("attach " + session.id() + " known=" + request.deviceKnown());
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public void detach(LiveSession session) {
          events.add("detach " + session.id());
        }
      };

  /** Users whose devices are needed, each as often as that. */
  public final List<String> needed = new ArrayList<>();

  private final KnownDevices devices =
      new KnownDevices() {
        @Override
        public void need(String user) {
          needed.add(user);
        }

        @Override
        public void release(String user) {
          needed.remove(user);
        }

        @Override
        public CompletableFuture<Boolean> isKnown(String user, String device) {
          return known;
        }
      };

  /** Answers a ping, refuses an op that is unknown, and leaves the others to the test. */
  private final class StandIn implements SessionRequests.Factory {
    @Override
    public SessionRequests open(UserSession session) {
      return new SessionRequests() {
        @Override
        public void serve(RequestFields request, Responder reply) throws BadRequestException {
          request.requireGoodId();
          switch (request.op()) {
            case "ping" -> reply.ok(json -> json.writeNumberField("time", now));
            case "send" -> {
              request.user("to");
              unanswered.add(reply);
            }
            case "unread", "history", "read", "logout" -> unanswered.add(reply);
            default -> throw request.problem("op", "unknown op '" + request.op() + "'");
          }
        }

        @Override
        public void ended() {
          events.add("ended " + session.id());
        }
      };
    }

    @Override
    public OpMeters meters(@Nullable String op) {
      return metrics.op(op == null ? "other" : op);
    }
  }

  final Departures departures =
      new Departures(sessions, announcements, (millis, task) -> delay.run(millis, task), metrics);

  public final SessionAcceptor doorman;

  /** How long a session is not read after a request. */
  public long readPauseMillis;

  public SessionWorld() {
    this(null);
  }

  /** With real requests; null takes ones that are answered by the test. */
  public SessionWorld(SessionRequests.@Nullable Factory requests) {
    this.doorman = doorman(requests == null ? new StandIn() : requests);
  }

  private SessionAcceptor doorman(SessionRequests.Factory requests) {
    return new SessionAcceptor(
        new SessionParts(
            "edge",
            "log",
            SessionSettings.DEFAULT,
            new RequestDecoder(Limits.DEFAULT),
            token -> verifier.judge(token),
            new SessionLifecycle(
                sessions, devices, announcements, departures, attacher, () -> 1_000),
            requests,
            new Disconnector(metrics),
            metrics,
            clock,
            () -> steady,
            () -> "s" + ids.incrementAndGet(),
            () -> 1_000,
            () -> readPauseMillis));
  }

  /** A client of the test. */
  public final class Client {
    public final FakeConnection connection;
    private final Inbound inbound;

    Client(FakeConnection connection) {
      this.connection = connection;
      this.inbound = doorman.accept(connection);
    }

    public void send(String line) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      inbound.frame(bytes, 0, bytes.length);
      connection.turn();
    }

    /** As one of several that come in one packet: the loop's turn is not over. */
    void sendBesideOthers(byte[] frame) {
      inbound.frame(frame, 0, frame.length);
    }

    public void pong() {
      inbound.alive();
    }

    /** It has ended its side, and still reads. */
    public void endInput() {
      inbound.inputEnded();
      connection.turn();
    }

    public void gone() {
      inbound.ended();
      connection.turn();
    }

    public List<String> received() {
      return connection.written();
    }
  }

  public Client connect() {
    return new Client(new FakeConnection());
  }

  public Client connect(String bearer) {
    return new Client(new FakeConnection(bearer));
  }

  /** A client that has authenticated. */
  public Client enter(String user) {
    Client client = connect();
    client.send("{\"id\":\"a\",\"op\":\"auth\",\"token\":\"" + user + "\"}");
    return client;
  }

  /** All is done that was put off. */
  public void later() {
    while (!delayed.isEmpty()) {
      delayed.remove().run();
    }
  }

  /** The newest session of a user's first device. */
  public UserSession session(String user) {
    return sessions.of(user, "default").getLast();
  }

  /** Sessions whose end the log refused too often. */
  double givenUp() {
    return registry.get("linnet.edge.departures.given.up").counter().count();
  }

  /** How many replies with that code's word were counted. */
  public double replies(String word) {
    return registry.get("linnet.edge.replies").tag("code", word).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  /** Time passes, and the loop looks. */
  public void pass(long millis, Client... clients) {
    now += millis;
    steady += millis;
    doorman.sweep();
    for (Client client : clients) {
      client.connection.turn();
    }
  }
}
