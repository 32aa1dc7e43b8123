package im.linnet.edge.transport;

import im.linnet.edge.config.ListenerSettings;
import im.linnet.edge.config.SessionSettings;
import im.linnet.edge.ops.EdgeMetrics;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The TCP and the HTTP listener on all event loops. The methods block their caller, bounded. */
public final class Listeners implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Vertx vertx;
  private final EventLoopServer.Parts parts;
  private final Supplier<Acceptor> acceptors;
  private final BoundPorts ports;
  private final List<EventLoopServer> servers = new CopyOnWriteArrayList<>();

  /**
   * @param vertx from {@link #eventLoops}
   * @param limits the bounds of frames and the times of sessions
   * @param pages answers HTTP requests other than WebSockets; one per loop
   * @param acceptors takes connections; one per loop
   */
  public Listeners(
      Vertx vertx,
      ListenerSettings config,
      SessionSettings limits,
      Function<Vertx, Handler<HttpServerRequest>> pages,
      Supplier<Acceptor> acceptors,
      SocketAdmission admission,
      EdgeMetrics metrics) {
    this.vertx = vertx;
    this.acceptors = acceptors;
    this.ports = new BoundPorts(config.tcpPort(), config.httpPort());
    this.parts =
        new EventLoopServer.Parts(
            config, limits.limits().frame(), sweepMillis(limits), pages, admission, metrics);
  }

  /**
   * The event loops for the listeners.
   *
   * @param admission counts and bounds their sockets
   */
  public static Vertx eventLoops(int loops, SocketAdmission admission) {
    return Vertx.builder()
        .with(new VertxOptions().setEventLoopPoolSize(loops))
        .withTransport(AdmittingTransport.of(admission))
        .build();
  }

  /** A tenth of the shortest time limit, between 10 ms and a second. */
  private static long sweepMillis(SessionSettings limits) {
    long shortest = Math.min(limits.authTimeout().toMillis(), limits.heartbeat().toMillis());
    return Math.clamp(shortest / 10, 10, 1_000);
  }

  /** Opens the ports, which all loops share. */
  public void start() {
    await(
        vertx.deployVerticle(
            this::server, new DeploymentOptions().setInstances(parts.config().eventLoops())),
        "cannot listen on " + parts.config().host());
    LOG.info(
        "listening on {} tcp={} http={} connections={}",
        parts.config().host(),
        tcpPort(),
        httpPort(),
        parts.config().connections());
  }

  private EventLoopServer server() {
    EventLoopServer server = new EventLoopServer(parts, acceptors.get(), ports);
    servers.add(server);
    return server;
  }

  /** The bound TCP port. */
  public int tcpPort() {
    return ports.tcp();
  }

  /** The bound HTTP port. */
  public int httpPort() {
    return ports.http();
  }

  /** Sends every client away; new ones are sent away from here on. Returns at once. */
  public void drain() {
    servers.forEach(EventLoopServer::drain);
  }

  @Override
  public void close() {
    for (String deployment : vertx.deploymentIDs()) {
      await(vertx.undeploy(deployment), "cannot close the listeners");
    }
  }

  static void await(Future<?> future, String trouble) {
    try {
      future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(trouble + ": " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(trouble + ": no answer in " + PATIENCE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(trouble + ": interrupted", e);
    }
  }
}
