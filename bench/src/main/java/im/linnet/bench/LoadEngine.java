package im.linnet.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/**
 * The load: many users on one thread, over real sockets. It is as cheap as possible, since it
 * shares the machine with the measured servers. It looks only at the first bytes of a frame, and
 * parses only numbers.
 *
 * <p>One thread; not for use by two. Every wait is bounded.
 */
final class LoadEngine implements AutoCloseable, LoadUser.Frames {
  private static final byte[] REPLY = BenchText.ascii("{\"id\":\"");
  private static final byte[] PUSH = BenchText.ascii("{\"at\":\"");
  private static final byte[] SYNCED = BenchText.ascii("{\"op\":\"synced\"");
  private static final byte[] PING = BenchText.ascii("{\"op\":\"ping\"");
  private static final byte[] PONG = BenchText.ascii("{\"op\":\"pong\"}\n");
  private static final byte[] CLOSE = BenchText.ascii("{\"op\":\"close\"");
  private static final byte[] CODE = BenchText.ascii("\"code\":");
  private static final byte[] CONTENT = BenchText.ascii("\"content\":\"");
  private static final int CONNECTING_AT_ONCE = 200;
  private static final Duration CONNECT_LIMIT = Duration.ofMinutes(2);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);
  private static final long HIGHEST_LATENCY_NANOS = Duration.ofMinutes(2).toNanos();

  private final Selector selector;
  private final List<LoadUser> users = new ArrayList<>();
  private final byte[] shared = new byte[256 << 10];
  private final SplittableRandom random;
  private final Audience audience;
  private final int textBytes;
  private final long[] nextNumber;
  private final long[] lastSeen;
  private final int count;
  private int live;
  private int prepared;
  private long sent;
  private long acked;
  private long refused;
  private long delivered;
  private long disordered;
  private boolean closedLoop;
  private Histogram receipt = newHistogram();
  private Histogram ack = newHistogram();

  /**
   * @param random draws recipients and, in the open loop, senders
   */
  LoadEngine(Audience audience, int textBytes, SplittableRandom random) throws IOException {
    this.count = audience.users();
    this.audience = audience;
    this.textBytes = textBytes;
    this.random = random;
    this.selector = Selector.open();
    this.nextNumber = new long[count];
    this.lastSeen = new long[count * count];
  }

  /** Connects and authenticates all users, and prepares. Returns once all are live. */
  void connect(InetSocketAddress edge, IntFunction<String> tokens) throws IOException {
    long deadline = System.nanoTime() + CONNECT_LIMIT.toNanos();
    while (live < count) {
      while (users.size() < count && users.size() - live < CONNECTING_AT_ONCE) {
        int index = users.size();
        String auth = "{\"id\":\"a\",\"op\":\"auth\",\"token\":\"" + tokens.apply(index) + "\"}\n";
        users.add(new LoadUser(index, edge, selector, BenchText.ascii(auth)));
      }
      turn(50);
      if (System.nanoTime() > deadline) {
        throw new IOException("only " + live + " of " + count + " users came live in time");
      }
    }
    for (String request : audience.preparations()) {
      int before = prepared;
      users.getFirst().write(BenchText.ascii("{\"id\":\"a\"," + request + "}\n"));
      while (prepared == before) {
        turn(50);
        if (System.nanoTime() > deadline) {
          throw new IOException("the topic was not made in time");
        }
      }
    }
  }

  /** Each user keeps {@code window} sends in flight for that time. Then it waits for all acks. */
  LoadCounts closedLoop(int window, Duration length) throws IOException {
    reset();
    long start = System.nanoTime();
    long end = start + length.toNanos();
    closedLoop = true;
    for (LoadUser user : users) {
      for (int i = 0; i < window; i++) {
        send(user, System.nanoTime());
      }
    }
    while (System.nanoTime() < end) {
      turn(10);
    }
    closedLoop = false;
    awaitAcks();
    long stop = System.nanoTime();
    awaitDeliveries();
    return counts(start, stop);
  }

  /**
   * Sends at a fixed rate, independent of the answers. Latency counts from the time at which a send
   * was due. So a stall counts for every message that it has delayed.
   */
  LoadCounts openLoop(double perSecond, Duration length) throws IOException {
    reset();
    long start = System.nanoTime();
    long total = (long) (perSecond * length.toNanos() / 1e9);
    double nanosBetween = 1e9 / perSecond;
    long issued = 0;
    while (issued < total) {
      long now = System.nanoTime();
      long due = Math.min(total, (long) ((now - start) / nanosBetween) + 1);
      while (issued < due) {
        send(users.get(random.nextInt(count)), start + (long) (issued * nanosBetween));
        issued++;
      }
      turn(1);
    }
    awaitAcks();
    long stop = System.nanoTime();
    awaitDeliveries();
    return counts(start, stop);
  }

  /** From the time a send was due to its receipt at the recipient, ns. */
  Histogram receiptLatency() {
    return receipt;
  }

  /** From the time a send was due to its ack, ns. */
  Histogram ackLatency() {
    return ack;
  }

  private void reset() {
    sent = 0;
    acked = 0;
    refused = 0;
    delivered = 0;
    disordered = 0;
    receipt = newHistogram();
    ack = newHistogram();
  }

  private static Histogram newHistogram() {
    return new Histogram(HIGHEST_LATENCY_NANOS, 3);
  }

  private LoadCounts counts(long start, long stop) {
    return new LoadCounts(sent, acked, refused, delivered, disordered, (stop - start) / 1e9);
  }

  private void awaitAcks() throws IOException {
    long deadline = System.nanoTime() + DRAIN_LIMIT.toNanos();
    while (acked + refused < sent) {
      turn(10);
      if (System.nanoTime() > deadline) {
        throw new IOException((sent - acked - refused) + " sends were never answered");
      }
    }
  }

  private void awaitDeliveries() throws IOException {
    long deadline = System.nanoTime() + DRAIN_LIMIT.toNanos();
    long wanted = acked * audience.receivers();
    while (delivered < wanted) {
      turn(10);
      if (System.nanoTime() > deadline) {
        throw new IOException((wanted - delivered) + " acked messages were never delivered");
      }
    }
  }

  private void send(LoadUser user, long due) throws IOException {
    String to = audience.next(user.index(), random);
    long number = ++nextNumber[user.index()];
    String line =
        "{\"id\":\""
            + due
            + ".\",\"op\":\"send\",\"kind\":\""
            + audience.stream().wire()
            + "\",\"to\":\""
            + to
            + "\",\"content\":\""
            + BenchText.of(user.index(), number, due, textBytes)
            + "\"}\n";
    sent++;
    user.write(line.getBytes(StandardCharsets.US_ASCII));
  }

  private void turn(long waitMillis) throws IOException {
    selector.select(waitMillis);
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
      delivered(user, bytes, from, to);
    } else if (BenchText.startsWith(bytes, from, to, REPLY)) {
      answered(user, bytes, from, to);
    } else if (BenchText.startsWith(bytes, from, to, SYNCED)) {
      live++;
    } else if (BenchText.startsWith(bytes, from, to, PING)) {
      user.write(PONG);
    } else if (BenchText.startsWith(bytes, from, to, CLOSE)) {
      throw new IOException("the edge closed " + user.name() + ": " + text(bytes, from, to));
    }
  }

  private void answered(LoadUser user, byte[] bytes, int from, int to) throws IOException {
    int code = indexOf(bytes, from, to, CODE);
    boolean ok = code >= 0 && bytes[code] == '0';
    int id = from + REPLY.length;
    if (bytes[id] == 'a') {
      if (!ok) {
        throw new IOException(user.name() + " was refused: " + text(bytes, from, to));
      }
      prepared++;
      return;
    }
    if (ok) {
      acked++;
      record(ack, System.nanoTime() - BenchText.number(bytes, id));
    } else {
      refused++;
    }
    if (closedLoop) {
      send(user, System.nanoTime());
    }
  }

  private void delivered(LoadUser user, byte[] bytes, int from, int to) {
    int content = indexOf(bytes, from, to, CONTENT);
    if (content < 0) {
      return;
    }
    int sender = (int) BenchText.number(bytes, content);
    int number = BenchText.afterDot(bytes, content);
    int due = BenchText.afterDot(bytes, number);
    long sequence = BenchText.number(bytes, number);
    int pair = user.index() * count + sender;
    if (sequence <= lastSeen[pair]) {
      disordered++;
    }
    lastSeen[pair] = Math.max(lastSeen[pair], sequence);
    delivered++;
    record(receipt, System.nanoTime() - BenchText.number(bytes, due));
  }

  private static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.clamp(nanos, 0, HIGHEST_LATENCY_NANOS));
  }

  /** The index after the first occurrence, or -1. */
  private static int indexOf(byte[] bytes, int from, int to, byte[] wanted) {
    for (int i = from; i <= to - wanted.length; i++) {
      if (bytes[i] == wanted[0] && BenchText.startsWith(bytes, i, to, wanted)) {
        return i + wanted.length;
      }
    }
    return -1;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    for (LoadUser user : users) {
      user.close();
    }
    selector.close();
  }
}
