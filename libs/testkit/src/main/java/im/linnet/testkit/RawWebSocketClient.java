package im.linnet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The same protocol over a WebSocket of the JDK, which answers the server's pings by itself as long
 * as it reads.
 */
public final class RawWebSocketClient implements RawClient {
  /** The protocol's name in the handshake. */
  public static final String SUBPROTOCOL = "linnet.v1";

  private static final long SEND_PATIENCE_SECONDS = 20;

  private final HttpClient http;
  private final ReceivedFrames frames;
  private final Listener listener;
  private final WebSocket socket;

  private RawWebSocketClient(
      HttpClient http, ReceivedFrames frames, Listener listener, WebSocket socket) {
    this.http = http;
    this.frames = frames;
    this.listener = listener;
    this.socket = socket;
  }

  /** Connects with our subprotocol. */
  public static RawWebSocketClient connect(URI uri) {
    return connect(uri, Map.of());
  }

  /** Connects with our subprotocol and these headers, such as {@code Authorization}. */
  public static RawWebSocketClient connect(URI uri, Map<String, String> headers) {
    HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    try {
      ReceivedFrames frames = new ReceivedFrames();
      Listener listener = new Listener(frames);
      WebSocket.Builder builder = http.newWebSocketBuilder().subprotocols(SUBPROTOCOL);
      headers.forEach(builder::header);
      return new RawWebSocketClient(
          http, frames, listener, get("connect to " + uri, builder.buildAsync(uri, listener)));
    } catch (RuntimeException e) {
      http.shutdownNow();
      throw e;
    }
  }

  @Override
  public void send(String json) {
    synchronized (socket) {
      get("send", socket.sendText(json, true));
    }
  }

  @Override
  public List<JsonNode> received() {
    return frames.all();
  }

  @Override
  public List<JsonNode> await(int n, Predicate<? super JsonNode> matching, Duration atMost) {
    return frames.await(n, matching, atMost);
  }

  @Override
  public Closed awaitClosed(Duration atMost) {
    return frames.awaitClosed(atMost);
  }

  @Override
  public Optional<Closed> closed() {
    return frames.closed();
  }

  @Override
  public void stopReading() {
    listener.hold();
  }

  @Override
  public void readOn() {
    listener.goOn(socket);
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
    frames.end(0, "");
  }

  private static <T> T get(String what, CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(SEND_PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("cannot " + what + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: cannot " + what, e);
    }
  }

  /** Asks for one message at a time, so that reading can be stopped between two. */
  private static final class Listener implements WebSocket.Listener {
    private final ReceivedFrames frames;
    private final StringBuilder unfinished = new StringBuilder();
    private boolean held;
    private boolean owed;

    Listener(ReceivedFrames frames) {
      this.frames = frames;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      unfinished.append(data);
      if (last) {
        frames.accept(unfinished.toString());
        unfinished.setLength(0);
      }
      next(from);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      frames.end(code, reason);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      frames.end(0, "");
    }

    synchronized void hold() {
      held = true;
    }

    synchronized void goOn(WebSocket from) {
      held = false;
      if (owed) {
        owed = false;
        from.request(1);
      }
    }

    private synchronized void next(WebSocket from) {
      if (held) {
        owed = true;
      } else {
        from.request(1);
      }
    }
  }
}
