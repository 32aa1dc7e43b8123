package im.linnet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The common base of both transports: a plain socket, one thread that reads it, and the frames so
 * far. Sends go out on the caller's thread.
 */
abstract class SocketClient implements RawClient {
  private static final int CONNECT_PATIENCE_MILLIS = 10_000;

  private final Socket socket;
  private final ReceivedFrames frames = new ReceivedFrames();
  private final ReadGate gate = new ReadGate();
  private volatile boolean answersPings = true;

  SocketClient(Socket socket) {
    this.socket = socket;
  }

  /**
   * Connects.
   *
   * @param receiveBufferBytes about the size of the receive buffer; 0 leaves it to the system
   */
  @SuppressWarnings("AddressSelection") // Tests give one exact address.
  static Socket open(String host, int port, int receiveBufferBytes) throws IOException {
    Socket socket = new Socket();
    try {
      if (receiveBufferBytes > 0) {
        socket.setReceiveBufferSize(receiveBufferBytes);
      }
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(host, port), CONNECT_PATIENCE_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Reads until the end; calls {@link #take(String)} and {@link #passGate()} as it goes. */
  abstract Closed readAll(InputStream in) throws IOException, InterruptedException;

  final void beginReading() {
    Thread.ofPlatform().daemon().name("raw-client-" + socket.getLocalPort()).start(this::read);
  }

  /** Takes the text of one or more frames, one per line. */
  final void take(String lines) {
    frames.accept(lines);
  }

  final void passGate() throws InterruptedException {
    gate.pass();
  }

  final boolean answersPings() {
    return answersPings;
  }

  final void write(byte[] bytes) throws IOException {
    synchronized (socket) {
      socket.getOutputStream().write(bytes);
    }
  }

  /** Sends any bytes, also such that are not a frame. */
  public final void sendBytes(byte[] bytes) {
    try {
      write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot send", e);
    }
  }

  /** The port of this end of the connection. */
  public final int localPort() {
    return socket.getLocalPort();
  }

  /** Leaves the server's pings without an answer from now on. */
  public final void ignorePings() {
    answersPings = false;
  }

  @Override
  public final List<JsonNode> received() {
    return frames.all();
  }

  @Override
  public final List<JsonNode> await(int n, Predicate<? super JsonNode> matching, Duration atMost) {
    return frames.await(n, matching, atMost);
  }

  @Override
  public final Closed awaitClosed(Duration atMost) {
    return frames.awaitClosed(atMost);
  }

  @Override
  public final Optional<Closed> closed() {
    return frames.closed();
  }

  @Override
  public final void stopReading() {
    gate.shut();
  }

  @Override
  public final void readOn() {
    gate.open();
  }

  @Override
  public final void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a socket", e);
    } finally {
      gate.open();
    }
  }

  private void read() {
    Closed end = new Closed(0, "");
    try {
      end = readAll(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      // A reset is an end like any other; an earlier close frame says more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      frames.end(end.code(), end.reason());
    }
  }
}
