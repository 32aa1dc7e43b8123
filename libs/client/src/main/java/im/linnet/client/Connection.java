package im.linnet.client;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to an edge, over TCP or TLS. One virtual thread opens it and reads, another
 * writes. Only those two threads block; {@link #write} and {@link #close} return at once. The
 * {@link Events} get every step, and the failure in the end.
 */
final class Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final int MOST_AT_ONCE = 256;

  /** The receiver of a connection's reports; called on the connection's threads. */
  interface Events {
    void opened(int connection, String token);

    void frame(int connection, ServerFrame frame);

    void failed(int connection, String reason);
  }

  private final int number;
  private final ServerAddress address;
  private final ClientConfig config;
  private final TokenSupplier tokens;
  private final Events events;
  private final Semaphore room;
  private final Socket socket = new Socket();
  private final BlockingQueue<byte[]> outgoing;
  private final Thread reader;
  private volatile boolean closed;

  /**
   * @param room the permits for reported frames: the connection takes one for each, the consumer of
   *     the frame gives it back; without a permit the connection does not read its socket
   */
  Connection(
      int number,
      ServerAddress address,
      ClientConfig config,
      TokenSupplier tokens,
      Events events,
      Semaphore room) {
    this.number = number;
    this.address = address;
    this.config = config;
    this.tokens = tokens;
    this.events = events;
    this.room = room;
    // Room for every request in flight, for auth, and for the pongs to a server that pings but does
    // not read.
    this.outgoing = new ArrayBlockingQueue<>(2 * config.maxPending() + 64);
    this.reader = Thread.ofVirtual().name("linnet-client-reader-" + number).unstarted(this::read);
  }

  void open() {
    reader.start();
  }

  /**
   * Queues a frame. A full queue means that the server has not read for long: the connection is
   * given up.
   */
  void write(byte[] frame) {
    if (!outgoing.offer(frame)) {
      fail("the server takes no frames");
    }
  }

  /**
   * Closes the socket at once, also under TLS, since the closing handshake of TLS could block. Only
   * a failure may still be reported after it.
   */
  void close() {
    closed = true;
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("closing connection={} to {}", number, address, e);
    }
    reader.interrupt();
  }

  private void read() {
    Thread writer = null;
    try {
      String token = token();
      if (token == null) {
        return;
      }
      Socket stream = connect();
      writer = Thread.ofVirtual().name("linnet-client-writer-" + number).start(() -> send(stream));
      events.opened(number, token);
      LineReader lines = new LineReader(stream.getInputStream(), config.maxFrameBytes());
      while (lines.next()) {
        ServerFrame frame = FrameReader.read(lines.array(), lines.offset(), lines.length());
        room.acquire();
        events.frame(number, frame);
      }
      fail("the server closed the connection");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail("interrupted");
    } catch (Exception e) {
      LOG.debug("connection={} to {}", number, address, e);
      fail(Faults.connection(address, e));
    } finally {
      if (writer != null) {
        writer.interrupt();
      }
      close();
    }
  }

  /** The token; null if the supplier has none now. The lack is reported. */
  private @Nullable String token() throws InterruptedException {
    try {
      return tokens.token();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      LOG.debug("no token for connection={}", number, e);
      fail(Faults.token(e));
      return null;
    }
  }

  /**
   * Opens the socket. With TLS the result is the TLS socket, after the server has proved its
   * identity.
   */
  private Socket connect() throws IOException {
    int patienceMillis = Math.toIntExact(config.connectTimeout().toMillis());
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(address.host(), address.port()), patienceMillis);
    ClientTls tls = config.tls();
    if (tls == null) {
      return socket;
    }
    socket.setSoTimeout(patienceMillis);
    Socket secured = tls.over(socket, address);
    socket.setSoTimeout(0);
    return secured;
  }

  private void send(Socket stream) {
    List<byte[]> frames = new ArrayList<>();
    try (OutputStream out = new BufferedOutputStream(stream.getOutputStream(), 16 << 10)) {
      while (!closed) {
        frames.add(outgoing.take());
        outgoing.drainTo(frames, MOST_AT_ONCE);
        for (byte[] frame : frames) {
          out.write(frame);
          out.write('\n');
        }
        frames.clear();
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.debug("connection={} to {}", number, address, e);
      fail(Faults.connection(address, e));
    }
  }

  private void fail(String reason) {
    events.failed(number, reason);
  }
}
