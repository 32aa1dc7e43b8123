package im.linnet.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The line protocol on a plain socket. Answers the server's pings while it reads, except after
 * {@link #ignorePings()}.
 */
public final class RawTcpClient extends SocketClient {
  private static final int READ_BYTES = 8 * 1024;

  private RawTcpClient(Socket socket) {
    super(socket);
  }

  /** Connects, and begins to read. */
  public static RawTcpClient connect(String host, int port) {
    return connect(host, port, 0);
  }

  /**
   * Connects with a receive buffer of about this size. With a small buffer the server soon notices
   * a client that stops reading. 0 leaves the size to the system.
   */
  public static RawTcpClient connect(String host, int port, int receiveBufferBytes) {
    try {
      RawTcpClient client = new RawTcpClient(open(host, port, receiveBufferBytes));
      client.beginReading();
      return client;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot connect to " + host + ":" + port, e);
    }
  }

  @Override
  public void send(String json) {
    sendBytes((json + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  Closed readAll(InputStream in) throws IOException, InterruptedException {
    LineBuffer lines = new LineBuffer();
    byte[] chunk = new byte[READ_BYTES];
    passGate();
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      for (String line : lines.add(chunk, count)) {
        take(line);
        answerPing(line);
      }
      passGate();
    }
    return new Closed(0, "");
  }

  private void answerPing(String line) throws IOException {
    if (answersPings()
        && line.contains("\"ping\"")
        && Json.parse(line).path("op").asText().equals("ping")) {
      write("{\"op\":\"pong\"}\n".getBytes(StandardCharsets.UTF_8));
    }
  }
}
