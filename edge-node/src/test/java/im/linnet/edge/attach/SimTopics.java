package im.linnet.edge.attach;

import im.linnet.edge.delivery.Pushes;
import im.linnet.edge.delivery.TopicMembership;
import im.linnet.records.Span;
import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.Audience;
import im.linnet.schemas.event.CreatedEvent;
import im.linnet.schemas.event.DisbandedEvent;
import im.linnet.schemas.event.EditEvent;
import im.linnet.schemas.event.Extent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.JoinedEvent;
import im.linnet.schemas.event.KickedEvent;
import im.linnet.schemas.event.LeftEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.MessageId;
import im.linnet.schemas.event.ReadEvent;
import im.linnet.schemas.event.RenamedEvent;
import im.linnet.schemas.event.TopicAct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** Topics whose members come and go, and the truth about who was in which topic when. */
final class SimTopics {
  private static final int ALIVE = 3;

  private final Random random;
  private final Map<String, TreeSet<String>> members = new LinkedHashMap<>();
  private final Map<String, Map<String, TopicSpans>> spans = new HashMap<>();
  private int made;

  SimTopics(Random random) {
    this.random = random;
  }

  /** Something that happens in a topic, as the decider and the edges let it happen. */
  InboxEvent next(String user, String other, String uuid, long end) {
    if (members.size() < ALIVE) {
      String topic = "t" + made++;
      TopicAct act = new TopicAct(topic, user, uuid);
      List<String> first =
          random.nextBoolean() || other.equals(user) ? List.of(user) : List.of(user, other);
      return new CreatedEvent(act, first, "Tea", JoinPolicy.OPEN, false);
    }
    String topic = new ArrayList<>(members.keySet()).get(random.nextInt(ALIVE));
    TreeSet<String> in = members.get(topic);
    TopicAct act = new TopicAct(topic, user, uuid);
    if (!in.contains(user)) {
      return new JoinedEvent(act, List.of(user));
    }
    return switch (random.nextInt(16)) {
      case 0 -> new LeftEvent(act, user);
      case 1 ->
          other.equals(user) || !in.contains(other)
              ? new RenamedEvent(act, uuid)
              : new KickedEvent(act, other);
      case 2 -> random.nextInt(4) == 0 ? new DisbandedEvent(act) : new RenamedEvent(act, uuid);
      case 3, 4 ->
          new ReadEvent(
              Stream.TOPIC,
              user,
              topic,
              new Extent.UpTo(new Position(Stream.TOPIC, 0, random.nextInt((int) end + 1))),
              random.nextBoolean() ? Audience.ALL : Audience.READER);
      case 5, 6 ->
          new EditEvent(
              new MessageId(Stream.TOPIC, topic, uuid, user),
              uuid,
              null,
              random.nextInt(3) == 0
                  ? null
                  : new Position(Stream.TOPIC, 0, random.nextInt((int) end + 1)));
      default -> new MessageEvent(Stream.TOPIC, uuid, user, topic, "text", uuid);
    };
  }

  /** An event that counts stands in the log now. */
  void stands(InboxEvent event, long offset) {
    String topic = event.owner();
    TreeSet<String> in = members.computeIfAbsent(topic, each -> new TreeSet<>());
    Map<String, TopicSpans> of = spans.computeIfAbsent(topic, each -> new HashMap<>());
    for (String user : TopicMembership.letIn(event)) {
      in.add(user);
      of.merge(user, TopicSpans.NONE.joined(offset), (before, now) -> before.joined(offset));
    }
    for (String user : List.copyOf(in)) {
      if (TopicMembership.letsOut(event, user)) {
        in.remove(user);
        of.computeIfPresent(user, (each, before) -> before.left(offset));
      }
    }
    if (event instanceof DisbandedEvent || in.isEmpty()) {
      members.remove(topic);
    }
  }

  /** Whether a user receives what stands there. */
  boolean receives(String user, InboxEvent event, long offset) {
    Span span = of(user, event.owner()).at(offset);
    return span != null && Pushes.isFor(event, user, span.join());
  }

  /** When a user was in a topic. */
  TopicSpans of(String user, String topic) {
    return spans.getOrDefault(topic, Map.of()).getOrDefault(user, TopicSpans.NONE);
  }

  /** The topics that ever were. */
  List<String> all() {
    return spans.keySet().stream().sorted().toList();
  }
}
