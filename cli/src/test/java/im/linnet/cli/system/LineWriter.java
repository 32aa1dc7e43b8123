package im.linnet.cli.system;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Writes lines to a socket on a thread of its own, so that neither who sends nor who reads ever
 * waits for a server that does not read. Any thread may call any method.
 */
final class LineWriter implements AutoCloseable {
  private static final int MOST = 1 << 16;

  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(MOST);
  private final Socket socket;
  private final Thread thread;

  private LineWriter(String name, Socket socket) {
    this.socket = socket;
    this.thread = Thread.ofVirtual().name(name + "-writes").unstarted(this::run);
  }

  /** For a connected socket, which it closes when it is closed or cannot write. */
  static LineWriter start(String name, Socket socket) {
    LineWriter writer = new LineWriter(name, socket);
    writer.thread.start();
    return writer;
  }

  /** Queues a line; false where so many wait already that the server does not read. */
  boolean offer(String line) {
    return lines.offer(line);
  }

  private void run() {
    try (OutputStream out = new BufferedOutputStream(socket.getOutputStream())) {
      while (!socket.isClosed()) {
        out.write((lines.take() + "\n").getBytes(StandardCharsets.UTF_8));
        if (lines.isEmpty()) {
          out.flush();
        }
      }
    } catch (IOException | InterruptedException e) {
      // cut, which the reading side sees, too; what was not written is sent on the next connection
    }
  }

  /** Cuts the connection, as a network does. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // as good as closed
    }
    thread.interrupt();
  }
}
