package im.linnet.records;

import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Audience;
import im.linnet.schemas.event.CreatedEvent;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.EditEvent;
import im.linnet.schemas.event.Extent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.JoinedEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.ReadEvent;
import im.linnet.schemas.event.RecallEvent;
import im.linnet.schemas.event.RenamedEvent;
import im.linnet.schemas.event.TransferredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The life of some topics, as a decider and its edges would write it into a log. */
final class SeededTopics {
  static final List<String> USERS = List.of("aa", "bb", "cc", "dd", "ee");
  static final List<String> TOPICS = List.of("tea", "cake", "aa", "rain");

  private final Random random;
  private final TestLog log;
  private final Map<String, List<String>> members = new TreeMap<>();
  private final List<Decoded.Valid<InboxEvent>> messages = new ArrayList<>();
  private long time = 1_763_755_300_000L;

  private SeededTopics(long seed, TestLog log) {
    random = new Random(seed);
    this.log = log;
  }

  /** Adds to a log; to each topic from its start to perhaps its end. */
  static TestLog of(long seed, int steps, TestLog log) {
    SeededTopics topics = new SeededTopics(seed, log);
    for (int i = 0; i < steps; i++) {
      topics.step();
    }
    return log;
  }

  private void step() {
    time += random.nextInt(2_500);
    log.at(time);
    String topic = TOPICS.get(random.nextInt(TOPICS.size()));
    List<String> now = members.get(topic);
    if (now == null) {
      List<String> first = new ArrayList<>(USERS.subList(0, 1 + random.nextInt(3)));
      members.put(topic, first);
      log.append(
          new CreatedEvent(
              log.act(topic, first.getFirst()),
              first,
              "name",
              random.nextBoolean() ? JoinPolicy.OPEN : JoinPolicy.INVITE,
              random.nextBoolean()));
    } else if (!now.isEmpty()) {
      live(topic, now);
    }
  }

  private void live(String topic, List<String> now) {
    String member = now.get(random.nextInt(now.size()));
    switch (random.nextInt(20)) {
      case 0, 1, 2 -> join(topic, now);
      case 3, 4 -> leave(topic, now, member);
      case 5 -> log.append(new RenamedEvent(log.act(topic, now.getFirst()), "name " + time));
      case 6 -> {
        now.remove(member);
        now.addFirst(member);
        log.append(new TransferredEvent(log.act(topic, member), member));
      }
      case 7, 8, 9 -> readUpTo(topic, member);
      case 10 -> readNamed(topic, member);
      case 11 -> change(topic);
      case 12 -> {
        if (random.nextInt(15) == 0) {
          now.clear();
          log.disbanded(topic, member);
        }
      }
      case 13 -> log.skip(Stream.TOPIC, topic, random.nextInt(3));
      default -> messages.add(log.topicMessage(member, topic, "m" + random.nextInt(200)));
    }
  }

  private void join(String topic, List<String> now) {
    List<String> others = new ArrayList<>(USERS);
    others.removeAll(now);
    if (!others.isEmpty()) {
      List<String> some = List.copyOf(others.subList(0, 1 + random.nextInt(others.size())));
      now.addAll(some);
      log.append(new JoinedEvent(log.act(topic, now.getFirst()), some));
    }
  }

  private void leave(String topic, List<String> now, String member) {
    if (!member.equals(now.getFirst())) {
      now.remove(member);
      if (random.nextBoolean()) {
        log.left(topic, member);
      } else {
        log.kicked(topic, now.getFirst(), member);
      }
    }
  }

  /** Also beyond its own place. */
  private void readUpTo(String topic, String reader) {
    int partition = TestLog.partitionOf(topic);
    long end = log.ends().getOrDefault(new StreamPartition(Stream.TOPIC, partition), 0L);
    long upTo = Math.max(0, end - 10 + random.nextInt(12));
    read(topic, reader, new Extent.UpTo(new Position(Stream.TOPIC, partition, upTo)));
  }

  private void readNamed(String topic, String reader) {
    read(
        topic,
        reader,
        new Extent.Uuids(List.of("m" + random.nextInt(200), "m" + random.nextInt(200))));
  }

  private void read(String topic, String reader, Extent extent) {
    Audience audience = random.nextBoolean() ? Audience.ALL : Audience.READER;
    log.append(new ReadEvent(Stream.TOPIC, reader, topic, extent, audience));
  }

  private void change(String topic) {
    for (Decoded.Valid<InboxEvent> each : messages.reversed()) {
      if (each.owner().equals(topic)) {
        MessageEvent message = (MessageEvent) each.event();
        log.append(
            random.nextBoolean()
                ? new EditEvent(message.identity(), "new " + time, null)
                : new RecallEvent(message.identity(), null));
        return;
      }
    }
  }
}
