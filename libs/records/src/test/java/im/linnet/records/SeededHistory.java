package im.linnet.records;

import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.BlockAct;
import im.linnet.schemas.event.BlockEvent;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.EditEvent;
import im.linnet.schemas.event.Extent;
import im.linnet.schemas.event.FriendAct;
import im.linnet.schemas.event.FriendEvent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.MessageId;
import im.linnet.schemas.event.ReadEvent;
import im.linnet.schemas.event.RecallEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A log of some users' conversations with everything odd in it that a log may hold. */
public final class SeededHistory {
  static final List<String> USERS = List.of("aa", "bb", "cc", "dd", "ee");

  /** Users who become friends and block each other; they send nothing else. */
  static final List<String> ACQUAINTANCES = List.of("fa", "fb", "fc");

  private final Random random;
  private final TestLog log = new TestLog();
  private final List<Decoded.Valid<InboxEvent>> messages = new ArrayList<>();
  private long time = 1_763_755_200_000L;

  private SeededHistory(long seed) {
    random = new Random(seed);
  }

  public static TestLog of(long seed, int steps) {
    SeededHistory history = new SeededHistory(seed);
    for (int i = 0; i < steps; i++) {
      history.step();
    }
    return history.log;
  }

  private void step() {
    // Now and then a new leader's clock is behind.
    time += random.nextInt(10) == 0 ? -random.nextInt(3_000) : random.nextInt(300);
    log.at(time);
    switch (random.nextInt(13)) {
      case 0 -> repeat();
      case 1 -> log.skip(stream(), user(), random.nextInt(3));
      case 2, 3 -> readUpTo();
      case 4 -> readNamed();
      case 5 -> change();
      case 6 -> note();
      case 11, 12 -> fact();
      default -> send();
    }
  }

  /** Any fact in any state: a view takes facts as they come, and judges nothing. */
  private void fact() {
    int one = random.nextInt(ACQUAINTANCES.size());
    int step = 1 + random.nextInt(ACQUAINTANCES.size() - 1);
    String from = ACQUAINTANCES.get(one);
    String to = ACQUAINTANCES.get((one + step) % ACQUAINTANCES.size());
    String uuid = "f" + random.nextInt();
    InboxEvent fact =
        random.nextInt(4) == 0
            ? new BlockEvent(BlockAct.values()[random.nextInt(2)], uuid, from, to)
            : new FriendEvent(FriendAct.values()[random.nextInt(4)], uuid, from, to, "t" + step);
    var unused = random.nextBoolean() ? log.fact(fact, from, to) : log.fact(fact, to, from);
  }

  private void send() {
    Decoded.Valid<InboxEvent> sent =
        log.append(
            new MessageEvent(
                stream(), "m" + messages.size(), user(), user(), "text", "c" + random.nextInt()));
    messages.add(sent);
    if (random.nextBoolean()) {
      log.sent(sent);
    }
  }

  /** A change of a recent message, now and then of one that is not there. */
  private void change() {
    if (!messages.isEmpty()) {
      int newest = messages.size() - 1;
      MessageEvent message =
          (MessageEvent) messages.get(Math.max(0, newest - random.nextInt(6))).event();
      MessageId id =
          random.nextInt(10) == 0
              ? new MessageId(message.kind(), message.to(), "none", message.from())
              : message.identity();
      Decoded.Valid<InboxEvent> change =
          log.append(
              random.nextInt(4) == 0
                  ? new RecallEvent(id, null)
                  : new EditEvent(id, "e" + random.nextInt(), null));
      if (random.nextBoolean()) {
        log.copy(change);
      }
    }
  }

  /**
   * A note about somebody or a change of a profile, which names both fields, one of them or none.
   */
  private void note() {
    if (random.nextInt(3) == 0) {
      log.profile(
          user(),
          random.nextBoolean() ? "n" + random.nextInt() : null,
          random.nextBoolean() ? "https://example.org/" + random.nextInt() : null);
      return;
    }
    log.contact(
        user(),
        user(),
        random.nextBoolean() ? "r" + random.nextInt() : null,
        random.nextBoolean() ? List.of("l" + random.nextInt(3), "l" + random.nextInt(3)) : null);
  }

  /** The same identity again, by a client that repeats, not always with the same content. */
  private void repeat() {
    if (!messages.isEmpty()) {
      MessageEvent first = (MessageEvent) messages.get(random.nextInt(messages.size())).event();
      String content = random.nextBoolean() ? first.content() : "something else";
      log.append(
          new MessageEvent(
              first.kind(), first.uuid(), first.from(), first.to(), first.token(), content));
    }
  }

  private void readUpTo() {
    Stream stream = stream();
    String reader = user();
    // Also behind its own place, and of another partition.
    int own = TestLog.partitionOf(reader);
    int partition = random.nextInt(20) == 0 ? (own + 1) % TestLog.PARTITIONS : own;
    long end = log.ends().getOrDefault(new StreamPartition(stream, own), 0L);
    long upTo = Math.max(0, end - 15 + random.nextInt(20));
    Decoded.Valid<InboxEvent> read =
        log.read(stream, reader, user(), new Position(stream, partition, upTo));
    if (random.nextBoolean()) {
      log.receipt(read);
    }
  }

  /** Names messages, among them ones that are not there yet. */
  private void readNamed() {
    String[] uuids = new String[1 + random.nextInt(4)];
    for (int i = 0; i < uuids.length; i++) {
      uuids[i] = "m" + Math.max(0, messages.size() - 20 + random.nextInt(25));
    }
    log.readUuids(stream(), user(), user(), uuids);
  }

  private Stream stream() {
    return random.nextInt(4) == 0 ? Stream.MUTUAL : Stream.P2P;
  }

  private String user() {
    return USERS.get(random.nextInt(USERS.size()));
  }

  /**
   * What the log says of a message, by its definition: is there a mark behind it that covers it?
   */
  static boolean isRead(List<Decoded.Valid<InboxEvent>> records, Decoded.Valid<InboxEvent> found) {
    MessageEvent message = (MessageEvent) found.event();
    Position at = TestLog.position(found);
    return records.stream()
        .filter(each -> TestLog.position(each).place().equals(at.place()))
        .filter(each -> each.record().offset() > at.offset())
        .filter(each -> each.event() instanceof ReadEvent)
        .map(each -> (ReadEvent) each.event())
        .filter(read -> read.reader().equals(message.to()) && read.peer().equals(message.from()))
        .anyMatch(
            read ->
                switch (read.extent()) {
                  case Extent.UpTo mark ->
                      mark.upTo().place().equals(at.place()) && mark.upTo().offset() >= at.offset();
                  case Extent.Uuids named -> named.uuids().contains(message.uuid());
                });
  }
}
