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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One sender and very many receivers, on one thread and over real sockets: the members of a topic,
 * or the devices of one user. Every wait is bounded.
 */
final class FanOutLoad implements AutoCloseable, LoadUser.Frames {
  private static final String CROWD = "crowd";
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int CONNECTING_AT_ONCE = 200;
  private static final Pattern NUMBER = Pattern.compile("\\{\"id\":\"(\\d+)\"");
  private static final byte[] PUSH = BenchText.ascii("{\"at\":");
  private static final byte[] PONG = BenchText.ascii("{\"op\":\"pong\"}\n");

  private final int sessions;
  private final int members;
  private final Selector selector = Selector.open();
  private final byte[] shared = new byte[64 << 10];
  private final List<LoadUser> users = new ArrayList<>();
  private int live;
  private int answered;

  // Of the messages of the run: when each was sent, had reached all and was answered, by number.
  private long[] begun = {};
  private long[] done = {};
  private long[] acked = {};
  private int[] receipts = {};
  private final int[] got;
  private int complete;

  /**
   * @param sessions how many sessions get each message
   * @param members members of the topic beside the sender; 0 for the devices of one user
   */
  FanOutLoad(int sessions, int members) throws IOException {
    this.sessions = sessions;
    this.members = members;
    this.got = new int[sessions + 1];
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
    for (String request : TopicRequests.making(CROWD, members, i -> member(i + 1))) {
      ask(request, deadline);
    }
  }

  private void ask(String request, long deadline) throws IOException {
    int before = answered;
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
   * Sends that many messages.
   *
   * @param inFlight the most messages that not all sessions have got yet
   * @param cpu of the edge
   */
  FanOutResult send(int messages, int inFlight, FanOutCpu cpu) throws IOException {
    begun = new long[messages];
    done = new long[messages];
    acked = new long[messages];
    receipts = new int[messages];
    Arrays.fill(got, 0);
    complete = 0;
    int firstReply = answered;
    FanOutCpu.Used before = cpu.used();
    long start = System.nanoTime();
    int sent = 0;
    while (complete < messages || answered < firstReply + messages) {
      while (sent < messages && sent < complete + inFlight) {
        begun[sent] = System.nanoTime();
        users.getFirst().write(message(sent++));
      }
      turn();
      if (System.nanoTime() - begun[Math.min(complete, sent - 1)] > LIMIT.toNanos()) {
        throw new IOException(
            complete < messages
                ? "not all sessions got message " + complete + " in time"
                : "the edge has not answered each send in time");
      }
    }
    long nanos = System.nanoTime() - start;
    return new FanOutResult(
        sessions,
        inFlight,
        nanos,
        since(begun, done),
        since(begun, acked),
        cpu.used().since(before));
  }

  private byte[] message(int number) {
    return BenchText.ascii(
        "{\"id\":\""
            + number
            + "\",\"op\":\"send\",\"kind\":\""
            + (members > 0 ? "topic" : "p2p")
            + "\",\"to\":\""
            + CROWD
            + "\",\"content\":\"hello\"}\n");
  }

  private static long[] since(long[] begun, long[] ended) {
    long[] nanos = new long[begun.length];
    Arrays.setAll(nanos, i -> ended[i] - begun[i]);
    return nanos;
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
    if (BenchText.startsWith(bytes, from, to, PUSH)) {
      received(user.index());
      return;
    }
    String frame = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (frame.startsWith("{\"id\":") && live > 0) {
      requireOk(frame);
      replied(frame);
    } else if (frame.startsWith("{\"op\":\"synced\"")) {
      live++;
    } else if (frame.startsWith("{\"op\":\"ping\"")) {
      user.write(PONG);
    } else if (frame.startsWith("{\"op\":\"close\"")) {
      throw new IOException("the edge closed a session: " + frame);
    }
  }

  /** Sessions get the messages in their order, so a count tells which one it is. */
  private void received(int user) {
    int number = got[user]++;
    if (++receipts[number] == sessions) {
      done[number] = System.nanoTime();
      complete++;
    }
  }

  private void replied(String reply) {
    answered++;
    Matcher id = NUMBER.matcher(reply);
    if (id.lookingAt()) {
      acked[Integer.parseInt(id.group(1))] = System.nanoTime();
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
