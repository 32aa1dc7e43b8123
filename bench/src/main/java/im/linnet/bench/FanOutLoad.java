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
import java.util.StringJoiner;
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

  private static final int NAMES_AT_ONCE = 500;

  private final int sessions;
  private final int members;
  private final Selector selector = Selector.open();
  private final byte[] shared = new byte[64 << 10];
  private final List<LoadUser> users = new ArrayList<>();
  private int live;
  private long received;
  private long receivedNanos;
  private long answered;
  private long answeredNanos;

  /**
   * @param sessions how many sessions get each message
   * @param members members of the topic beside the sender; 0 for the devices of one user
   */
  FanOutLoad(int sessions, int members) throws IOException {
    this.sessions = sessions;
    this.members = members;
  }

  /**
   * The cost of a run of messages.
   *
   * @param sessions sessions that got each of them
   * @param nanos from the send of each message to its last receipt
   * @param ackNanos from the send of each message to the sender's reply
   * @param tail CPU of the edge's tail
   * @param loops CPU of its event loops
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Result(int sessions, long[] nanos, long[] ackNanos, Duration tail, Duration loops) {
    String text() {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      long[] acks = ackNanos.clone();
      Arrays.sort(acks);
      double seconds = Arrays.stream(sorted).sum() / 1e9;
      long deliveries = (long) sessions * sorted.length;
      return String.format(
          Locale.ROOT,
          "sessions %,d, messages %,d%n"
              + "from send to the last receipt   median %.1f ms, longest %.1f ms%n"
              + "from send to the sender's reply median %.1f ms, longest %.1f ms%n"
              + "deliveries                      %,.0f/s%n"
              + "CPU of the tail's thread        %.0f us per message, %.1f %% of the time%n"
              + "CPU of the event loops          %.2f us per delivery%n",
          sessions,
          sorted.length,
          sorted[sorted.length / 2] / 1e6,
          sorted[sorted.length - 1] / 1e6,
          acks[acks.length / 2] / 1e6,
          acks[acks.length - 1] / 1e6,
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
    add(servers.edge(), issuer.issue("sender").token(), "default");
    long deadline = System.nanoTime() + LIMIT.toNanos();
    if (members > 0) {
      gather(deadline);
    }
    String crowd = issuer.issue(CROWD).token();
    while (live <= sessions) {
      while (users.size() <= sessions && users.size() - live < CONNECTING_AT_ONCE) {
        int next = users.size();
        if (members > 0) {
          add(servers.edge(), issuer.issue(member(next)).token(), "default");
        } else {
          add(servers.edge(), crowd, "d" + next);
        }
      }
      turn();
      if (System.nanoTime() > deadline) {
        throw new IOException("only " + live + " of " + sessions + " sessions came live in time");
      }
    }
  }

  private static String member(int index) {
    return "m" + index;
  }

  /** The sender makes the topic, with all its members. */
  private void gather(long deadline) throws IOException {
    while (live == 0) {
      turn(deadline);
    }
    ask("\"op\":\"topic.create\",\"topic\":\"" + CROWD + "\"", deadline);
    for (int from = 1; from <= members; from += NAMES_AT_ONCE) {
      StringJoiner names = new StringJoiner("\",\"", "[\"", "\"]");
      for (int i = from; i < from + NAMES_AT_ONCE && i <= members; i++) {
        names.add(member(i));
      }
      ask("\"op\":\"topic.invite\",\"topic\":\"" + CROWD + "\",\"members\":" + names, deadline);
    }
  }

  private void ask(String request, long deadline) throws IOException {
    long before = answered;
    users.getFirst().write(BenchText.ascii("{\"id\":\"q\"," + request + "}\n"));
    while (answered == before) {
      turn(deadline);
    }
  }

  private void turn(long deadline) throws IOException {
    turn();
    if (System.nanoTime() > deadline) {
      throw new IOException("the topic was not made in time");
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
    long[] acks = new long[messages];
    Duration tail = cpu.used(TAIL);
    Duration loops = cpu.used(LOOPS);
    for (int i = 0; i < messages; i++) {
      long began = System.nanoTime();
      String send =
          "{\"id\":\""
              + i
              + "\",\"op\":\"send\",\"kind\":\""
              + (members > 0 ? "topic" : "p2p")
              + "\",\"to\":\""
              + CROWD
              + "\",\"content\":\"hello\"}\n";
      users.getFirst().write(BenchText.ascii(send));
      long wanted = received + sessions;
      long replies = answered + 1;
      while (received < wanted || answered < replies) {
        turn();
        if (System.nanoTime() - began > LIMIT.toNanos()) {
          throw new IOException((wanted - received) + " sessions did not get a message");
        }
      }
      nanos[i] = receivedNanos - began;
      acks[i] = answeredNanos - began;
    }
    return new Result(
        sessions, nanos, acks, cpu.used(TAIL).minus(tail), cpu.used(LOOPS).minus(loops));
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
      receivedNanos = System.nanoTime();
    } else if (frame.startsWith("{\"id\":") && live > 0) {
      requireOk(new String(bytes, from, to - from, StandardCharsets.UTF_8));
      answered++;
      answeredNanos = System.nanoTime();
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

  private static void requireOk(String reply) throws IOException {
    if (!reply.contains("\"code\":0,")) {
      throw new IOException("the edge refused a request: " + reply);
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
