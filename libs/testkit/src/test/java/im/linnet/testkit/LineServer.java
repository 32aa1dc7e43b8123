package im.linnet.testkit;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * Takes one connection, says hello, pings, echoes frames with {@code "code":0}, floods, and closes
 * as asked: by the line protocol, or as the least of a WebSocket server (RFC 6455).
 */
final class LineServer implements AutoCloseable {
  private static final String RFC_6455_KEY = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket listener;
  private final boolean webSocket;

  LineServer(boolean webSocket) throws IOException {
    this.webSocket = webSocket;
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::serve);
  }

  int port() {
    return listener.getLocalPort();
  }

  URI uri() {
    return URI.create("ws://127.0.0.1:" + port() + "/v1/ws");
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void serve() {
    try (Socket socket = listener.accept()) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      if (webSocket) {
        handshake(in, out);
      }
      write(out, "{\"op\":\"hello\"}\n{\"op\":\"ping\"}");
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      while (true) {
        String line = webSocket ? readMessage(in) : lines.readLine();
        if (line == null) {
          return;
        }
        if (line.contains("flood")) {
          for (int i = 0; i < 1000; i++) {
            write(out, "{\"op\":\"message\",\"n\":" + i + "}");
          }
        } else if (line.contains("logout")) {
          write(out, "{\"op\":\"close\",\"code\":3000,\"reason\":\"draining\"}");
          if (webSocket && !line.contains("rudely")) {
            out.write(new byte[] {(byte) 0x88, 2, 0x03, (byte) 0xe8});
            out.flush();
          }
          // Unread input would make the close a reset, which may overtake what was written.
          socket.shutdownOutput();
          in.transferTo(OutputStream.nullOutputStream());
          return;
        } else {
          write(out, line.replaceFirst("\"op\":\"[a-z]*\"", "\"code\":0"));
        }
      }
    } catch (IOException e) {
      // The client went away, or the test is over.
    }
  }

  private void write(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!webSocket) {
      out.write(bytes);
      out.write('\n');
    } else {
      // In two fragments with a ping between them, as a server may.
      out.write(new byte[] {0x01, 3, bytes[0], bytes[1], bytes[2], (byte) 0x89, 1, 'p'});
      out.write(new byte[] {(byte) 0x80, (byte) (bytes.length - 3)});
      out.write(bytes, 3, bytes.length - 3);
    }
    out.flush();
  }

  private static void handshake(InputStream in, OutputStream out) throws IOException {
    StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n") < 0) {
      request.append((char) in.read());
    }
    String key =
        request
            .toString()
            .lines()
            .filter(line -> line.startsWith("Sec-WebSocket-Key: "))
            .findFirst()
            .orElseThrow()
            .substring("Sec-WebSocket-Key: ".length());
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Protocol: linnet.v1\r\nSec-WebSocket-Accept: "
            + accept(key)
            + "\r\n\r\n";
    out.write(answer.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String accept(String key) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-1")
                  .digest((key + RFC_6455_KEY).getBytes(StandardCharsets.US_ASCII)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One short masked text frame. */
  private static String readMessage(InputStream in) throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    int opcode = first & 0x0f;
    DataInputStream data = new DataInputStream(in);
    int length = data.read() & 0x7f;
    if (length == 126) {
      length = data.readUnsignedShort();
    }
    byte[] mask = data.readNBytes(4);
    byte[] bytes = data.readNBytes(length);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= mask[i % 4];
    }
    if (opcode == WebSocketFrame.PONG) {
      return readMessage(in);
    }
    return opcode == WebSocketFrame.TEXT ? new String(bytes, StandardCharsets.UTF_8) : null;
  }
}
