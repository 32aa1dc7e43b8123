package im.linnet.bench;

import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.TokenIssuer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One sender and many devices of its recipient, on one thread and over real sockets. Each message
 * is sent once all devices have got the one before. Every wait is bounded.
 */
final class FanOutLoad implements AutoCloseable, LoadUser.Frames {
  private static final String CROWD = "crowd";
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int CONNECTING_AT_ONCE = 200;
  private static final Pattern TAIL = Pattern.compile(".*-tail");
  private static final Pattern LOOPS = Pattern.compile("vert\\.x-eventloop-thread-\\d+");
  private static final byte[] PONG = BenchText.ascii("{\"op\":\"pong\"}\n");

  private final int sessions;
  private final Selector selector = Selector.open();
  private final byte[] shared = new byte[64 << 10];
  private final List<LoadUser> users = new ArrayList<>();
  private int live;
  private long received;

  /**
   * @param sessions the number of devices that get each message
   */
  FanOutLoad(int sessions) throws IOException {
    this.sessions = sessions;
  }

  /**
   * The cost of a run of messages.
   *
   * @param sessions devices that got each of them
   * @param nanos from the send of each message to its last receipt
   * @param tail CPU of the edge's tail
   * @param loops CPU of its event loops
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Result(int sessions, long[] nanos, Duration tail, Duration loops) {
    String text() {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      double seconds = Arrays.stream(sorted).sum() / 1e9;
      long deliveries = (long) sessions * sorted.length;
      return String.format(
          Locale.ROOT,
          "sessions %,d, messages %,d%n"
              + "from send to the last receipt   median %.1f ms, longest %.1f ms%n"
              + "deliveries                      %,.0f/s%n"
              + "CPU of the tail's thread        %.0f us per message, %.1f %% of the time%n"
              + "CPU of the event loops          %.2f us per delivery%n",
          sessions,
          sorted.length,
          sorted[sorted.length / 2] / 1e6,
          sorted[sorted.length - 1] / 1e6,
          deliveries / seconds,
          Report.micros(tail, sorted.length),
          tail.toNanos() / 1e7 / seconds,
          Report.micros(loops, deliveries));
    }
  }

  /** Connects all of them; returns once they are live. */
  void connect(LinnetServers servers) throws IOException {
    TokenIssuer issuer =
        new TokenIssuer(servers.secret(), ExpectedClaims.ANY, TOKEN_LIFE, Clock.systemUTC());
    String crowd = issuer.issue(CROWD).token();
    add(servers.edge(), issuer.issue("sender").token(), "default");
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (live <= sessions) {
      while (users.size() <= sessions && users.size() - live < CONNECTING_AT_ONCE) {
        add(servers.edge(), crowd, "d" + users.size());
      }
      turn();
      if (System.nanoTime() > deadline) {
        throw new IOException("only " + live + " of " + sessions + " sessions came live in time");
      }
    }
  }

  private void add(InetSocketAddress edge, String token, String device) throws IOException {
    String auth =
        "{\"id\":\"a\",\"op\":\"auth\",\"token\":\""
            + token
            + "\",\"device\":\""
            + device
            + "\"}\n";
    users.add(new LoadUser(users.size(), edge, selector, BenchText.ascii(auth)));
  }

  /**
   * Sends that many messages, one after the other.
   *
   * @param cpu of the edge's threads
   */
  Result send(int messages, ThreadCpu cpu) throws IOException {
    long[] nanos = new long[messages];
    Duration tail = cpu.used(TAIL);
    Duration loops = cpu.used(LOOPS);
    for (int i = 0; i < messages; i++) {
      long began = System.nanoTime();
      String send =
          "{\"id\":\""
              + i
              + "\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\""
              + CROWD
              + "\",\"content\":\"hello\"}\n";
      users.getFirst().write(BenchText.ascii(send));
      long wanted = received + sessions;
      while (received < wanted) {
        turn();
        if (System.nanoTime() - began > LIMIT.toNanos()) {
          throw new IOException((wanted - received) + " sessions did not get a message");
        }
      }
      nanos[i] = System.nanoTime() - began;
    }
    return new Result(sessions, nanos, cpu.used(TAIL).minus(tail), cpu.used(LOOPS).minus(loops));
  }

  private void turn() throws IOException {
    selector.select(50);
    for (SelectionKey key : selector.selectedKeys()) {
      LoadUser user = (LoadUser) key.attachment();
      if (key.isConnectable()) {
        user.finishConnect();
      }
      if (key.isValid() && key.isReadable()) {
        user.readable(shared, this);
      }
      if (key.isValid() && key.isWritable()) {
        user.writable();
      }
    }
    selector.selectedKeys().clear();
  }

  @Override
  public void frame(LoadUser user, byte[] bytes, int from, int to) throws IOException {
    String frame = new String(bytes, from, Math.min(24, to - from), StandardCharsets.UTF_8);
    if (frame.startsWith("{\"at\":")) {
      received++;
    } else if (frame.startsWith("{\"op\":\"synced\"")) {
      live++;
    } else if (frame.startsWith("{\"op\":\"ping\"")) {
      user.write(PONG);
    } else if (frame.startsWith("{\"op\":\"close\"")) {
      throw new IOException(
          "the edge closed a session: "
              + new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() throws IOException {
    for (LoadUser user : users) {
      user.close();
    }
    selector.close();
  }
}
