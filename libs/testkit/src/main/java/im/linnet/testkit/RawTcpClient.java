package im.linnet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The line protocol on a plain socket. Answers the server's pings, as long as it reads, unless it
 * was told not to. Its one thread reads; sends go out on the caller's.
 */
public final class RawTcpClient implements RawClient {
  private static final int CONNECT_PATIENCE_MILLIS = 10_000;
  private static final int READ_BYTES = 8 * 1024;

  private final Socket socket;
  private final OutputStream out;
  private final ReceivedFrames frames = new ReceivedFrames();
  private final ReadGate gate = new ReadGate();
  private volatile boolean answersPings = true;

  private RawTcpClient(Socket socket) throws IOException {
    this.socket = socket;
    out = socket.getOutputStream();
    Thread.ofPlatform().daemon().name("raw-tcp-" + socket.getLocalPort()).start(this::read);
  }

  /** Connects, and begins to read. */
  public static RawTcpClient connect(String host, int port) {
    return connect(host, port, 0);
  }

  /**
   * Connects with a receive buffer of about so many bytes, so that a client that stops reading is
   * felt soon; 0 leaves it to the system.
   */
  @SuppressWarnings("AddressSelection") // A test names the one address that it means.
  public static RawTcpClient connect(String host, int port, int receiveBufferBytes) {
    Socket socket = new Socket();
    try {
      if (receiveBufferBytes > 0) {
        socket.setReceiveBufferSize(receiveBufferBytes);
      }
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(host, port), CONNECT_PATIENCE_MILLIS);
      return new RawTcpClient(socket);
    } catch (IOException e) {
      closeQuietly(socket);
      throw new UncheckedIOException("cannot connect to " + host + ":" + port, e);
    }
  }

  /** Leaves the server's pings without an answer from now on. */
  public RawTcpClient ignoringPings() {
    answersPings = false;
    return this;
  }

  @Override
  public void send(String json) {
    sendBytes((json + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Sends any bytes, for what is no frame. */
  public void sendBytes(byte[] bytes) {
    try {
      synchronized (out) {
        out.write(bytes);
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot send", e);
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
    gate.shut();
  }

  @Override
  public void readOn() {
    gate.open();
  }

  @Override
  public void close() {
    closeQuietly(socket);
    gate.open();
  }

  private void read() {
    LineBuffer lines = new LineBuffer();
    byte[] chunk = new byte[READ_BYTES];
    try {
      InputStream in = socket.getInputStream();
      gate.pass();
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        for (String line : lines.add(chunk, count)) {
          frames.accept(line);
          answerPing(line);
        }
        gate.pass();
      }
    } catch (IOException e) {
      // A reset is an end like any other; the close frame, if there was one, says more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      frames.end(0, "");
    }
  }

  private void answerPing(String line) throws IOException {
    if (answersPings && line.contains("\"ping\"")) {
      JsonNode frame = Json.parse(line);
      if (frame.path("op").asText().equals("ping")) {
        synchronized (out) {
          out.write("{\"op\":\"pong\"}\n".getBytes(StandardCharsets.UTF_8));
          out.flush();
        }
      }
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a socket", e);
    }
  }
}
