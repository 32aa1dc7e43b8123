package im.linnet.cli.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to a server on loopback that can be cut, as when a network goes, and mended. Any thread may
 * call any method.
 */
final class Wire implements AutoCloseable {
  private final ServerSocket entrance;
  private final int server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  /**
   * @param server the server's port
   */
  Wire(int server) {
    this.server = server;
    try {
      entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
    Thread.startVirtualThread(this::accept);
  }

  /** The address of the server's page by this way. */
  String url() {
    return "http://127.0.0.1:" + entrance.getLocalPort() + "/";
  }

  /** Ends all connections, and each new one at once, until the wire is mended. */
  void cut() {
    cut = true;
    sockets.forEach(Wire::end);
  }

  void mend() {
    cut = false;
  }

  @Override
  public void close() {
    try {
      entrance.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        join(entrance.accept());
      } catch (IOException e) {
        // Closed, or the server takes no more: the browser sees its connection end.
      }
    }
  }

  private void join(Socket near) throws IOException {
    sockets.add(near);
    Socket far;
    try {
      far = new Socket(InetAddress.getLoopbackAddress(), server);
    } catch (IOException e) {
      end(near);
      throw e;
    }
    sockets.add(far);
    if (cut) {
      end(near);
      end(far);
      return;
    }
    Thread.startVirtualThread(() -> carry(near, far));
    Thread.startVirtualThread(() -> carry(far, near));
  }

  private void carry(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of the two ended: so does the other.
    } finally {
      end(from);
      end(to);
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
