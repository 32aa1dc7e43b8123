package im.linnet.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One simulated user: a TCP connection, its unread tail and its unsent bytes. Owned by the load
 * thread.
 */
final class LoadUser {
  private static final int MAX_FRAME = 1 << 20;
  private static final byte[] NOTHING = new byte[0];

  /** Takes the frames that arrive. */
  interface Frames {
    /** One frame in {@code bytes[from, to)}, without its newline. */
    void frame(LoadUser user, byte[] bytes, int from, int to) throws IOException;
  }

  private final int index;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final byte[] greeting;
  private byte[] partial = NOTHING;
  private @Nullable ByteBuffer unsent;

  /** Begins to connect, and sends the greeting as soon as the connection is open. */
  LoadUser(int index, InetSocketAddress address, Selector selector, byte[] greeting)
      throws IOException {
    this.index = index;
    this.greeting = greeting;
    this.channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.socket().setTcpNoDelay(true);
    this.key = channel.register(selector, SelectionKey.OP_CONNECT, this);
    if (channel.connect(address)) {
      finishConnect();
    }
  }

  int index() {
    return index;
  }

  String name() {
    return name(index);
  }

  static String name(int index) {
    return "u" + index;
  }

  void finishConnect() throws IOException {
    channel.finishConnect();
    key.interestOps(SelectionKey.OP_READ);
    write(greeting);
  }

  /** Writes a line now, or as soon as the socket takes it. */
  void write(byte[] line) throws IOException {
    ByteBuffer waiting = unsent;
    if (waiting != null) {
      ByteBuffer joined = ByteBuffer.allocate(waiting.remaining() + line.length);
      joined.put(waiting).put(line).flip();
      unsent = joined;
      return;
    }
    ByteBuffer buffer = ByteBuffer.wrap(line);
    channel.write(buffer);
    if (buffer.hasRemaining()) {
      unsent = buffer;
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }
  }

  /** The socket takes bytes again. */
  void writable() throws IOException {
    ByteBuffer waiting = unsent;
    if (waiting != null) {
      channel.write(waiting);
      if (!waiting.hasRemaining()) {
        unsent = null;
        key.interestOps(SelectionKey.OP_READ);
      }
    }
  }

  /** Reads the arrived bytes through a buffer that all users share, and hands out whole frames. */
  void readable(byte[] shared, Frames frames) throws IOException {
    int read = channel.read(ByteBuffer.wrap(shared));
    if (read < 0) {
      throw new EOFException("the edge closed the connection of " + name());
    }
    byte[] bytes = shared;
    int length = read;
    if (partial.length > 0) {
      byte[] joined = Arrays.copyOf(partial, partial.length + read);
      System.arraycopy(bytes, 0, joined, partial.length, read);
      bytes = joined;
      length = joined.length;
    }
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        frames.frame(this, bytes, start, i);
        start = i + 1;
      }
    }
    if (length - start > MAX_FRAME) {
      throw new IOException("a frame of over 1 MiB from the edge");
    }
    partial = start == length ? NOTHING : Arrays.copyOfRange(bytes, start, length);
  }

  void close() throws IOException {
    channel.close();
  }
}
