package im.linnet.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Very many clients that connect, log in and then say nothing. They answer pings. Methods are for
 * one thread.
 */
final class IdleSessions implements AutoCloseable {
  /** How the clients speak. */
  enum Transport {
    /** Lines on a TCP socket. */
    tcp,
    /** Text messages of a WebSocket. */
    websocket
  }

  private static final int CONNECTING_AT_ONCE = 200;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String SYNCED = "\"op\":\"synced\"";
  private static final String PING = "{\"op\":\"ping\"}";
  private static final String PONG = "{\"op\":\"pong\"}\n";
  private static final String LOST = "the server closed a session";

  private final Vertx vertx = Vertx.vertx();
  private final NetClient tcp = vertx.createNetClient();
  private final WebSocketClient web =
      vertx.createWebSocketClient(
          new WebSocketClientOptions().setMaxConnections(Integer.MAX_VALUE));
  private final Transport transport;
  private final InetSocketAddress server;
  private final @Nullable IntFunction<String> tokens;
  private final Semaphore places = new Semaphore(CONNECTING_AT_ONCE);
  private final AtomicInteger live = new AtomicInteger();
  private volatile String failed = "";
  private volatile boolean closing;
  private int begun;

  /**
   * @param tokens of the users; null for a server that only holds sockets and asks for no login
   */
  IdleSessions(
      Transport transport, InetSocketAddress server, @Nullable IntFunction<String> tokens) {
    this.transport = transport;
    this.server = server;
    this.tokens = tokens;
  }

  /** Connects more, until there are that many. Returns once all are live. */
  void grow(int count) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (begun < count) {
      take(1, deadline);
      connect(begun++);
    }
    // Nobody is on the way once all places are free.
    take(CONNECTING_AT_ONCE, deadline);
    places.release(CONNECTING_AT_ONCE);
  }

  /** Fails if one of them was lost since it came live. */
  void requireAll() throws IOException {
    if (!failed.isEmpty()) {
      throw new IOException(failed);
    }
  }

  private void take(int wanted, long deadline) throws IOException, InterruptedException {
    boolean free = places.tryAcquire(wanted, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    requireAll();
    if (!free) {
      throw new IOException("only " + live + " of " + begun + " sessions came live in time");
    }
  }

  private void connect(int number) {
    Future<?> connected =
        switch (transport) {
          case tcp ->
              tcp.connect(server.getPort(), server.getHostString())
                  .onSuccess(socket -> opened(number, socket));
          case websocket ->
              web.connect(server.getPort(), server.getHostString(), "/v1/ws")
                  .onSuccess(socket -> opened(number, socket));
        };
    connected.onFailure(failure -> fail("no connection: " + failure.getMessage()));
  }

  /** Wakes the waiting thread, too. */
  private void fail(String reason) {
    if (!closing) {
      failed = reason;
      places.release(CONNECTING_AT_ONCE);
    }
  }

  private void opened(int number, NetSocket socket) {
    socket.closeHandler(closed -> fail(LOST));
    if (tokens == null) {
      becameLive();
      return;
    }
    socket.handler(
        RecordParser.newDelimited("\n")
            .handler(
                frame -> {
                  String text = frame.toString();
                  if (text.contains(SYNCED)) {
                    becameLive();
                  } else if (text.contains(PING)) {
                    socket.write(PONG);
                  }
                }));
    socket.write(login(number, tokens) + "\n");
  }

  private void opened(int number, WebSocket socket) {
    socket.closeHandler(closed -> fail(LOST));
    if (tokens == null) {
      becameLive();
      return;
    }
    socket.textMessageHandler(
        text -> {
          if (text.contains(SYNCED)) {
            becameLive();
          }
        });
    socket.writeTextMessage(login(number, tokens));
  }

  private static String login(int number, IntFunction<String> tokens) {
    return "{\"id\":\"a\",\"op\":\"auth\",\"token\":\"" + tokens.apply(number) + "\"}";
  }

  private void becameLive() {
    live.incrementAndGet();
    places.release();
  }

  @Override
  public void close() {
    closing = true;
    try {
      vertx.close().await(30, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the idle sessions did not close in time", e);
    }
  }
}
