package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.edge.EdgeNode;
import im.linnet.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Somebody is in 50 groups, which lie in all partitions, and is away while people write there, come
 * and go, and put this one out and in again. It makes friends meanwhile on another device, and
 * parts, and writes to them. Each time that it comes back, while all that goes on, it gets what the
 * log has for it: each record once and in order, and nothing else.
 */
final class MemberOfManyTopics {
  private static final int TOPICS = 50;
  private static final int STEPS_AWAY = 150;
  private static final int RETURNS = 4;
  private static final int LIVE_PUSHES = 15;
  private static final int SMALL_SYNC = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Messenger messenger;
  private final long seed;
  private final String member;
  private final List<JsonNode> came = new ArrayList<>();
  private List<String> places = List.of();

  /**
   * @param seed decides all that happens; users and groups are named after it
   */
  MemberOfManyTopics(Messenger messenger, long seed) {
    this.messenger = messenger;
    this.seed = seed;
    this.member = "many" + seed;
  }

  void run() throws Exception {
    try (Talker owner = messenger.login("owner" + seed);
        Talker friend = messenger.login("friend" + seed);
        Talker guest = messenger.login("guest" + seed);
        Talker device = messenger.login(member, "other", List.of())) {
      List<Talker> others = List.of(owner, friend, guest);
      RandomMutual mutual = new RandomMutual(new Random(seed), "n" + seed, device, others);
      ManyTopics topics = new ManyTopics(seed, member, owner, friend, guest);
      try (Talker first = messenger.login(member)) {
        topics.create(TOPICS);
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    TopicLog.of(first.pushes(f -> true)).values().stream()
                            .mapToInt(List::size)
                            .sum()
                        == TOPICS);
        leaves(first);
      }
      assertThat(TopicLog.of(came)).hasSize(TopicCatalogue.EMBEDDED.topics());
      List<String> beginning = places;
      for (int i = 0; i < STEPS_AWAY / 2; i++) {
        step(topics, mutual);
      }
      returnsUnderLoad(topics, mutual);
      List<String> friendly = MutualLog.pushesTo(member, messenger.bootstrap());
      try (EdgeNode fresh = messenger.startEdge("last" + seed);
          Talker last = messenger.login(fresh, member, "default", places)) {
        assertThat(ofMutual(last)).as("seed %s: on the return", seed).containsAll(friendly);
        // The notice of a mark, and a copy, may come to the log after the answer to who asked.
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(ofMutual(last))
                        .as("seed %s: once and in order", seed)
                        .isEqualTo(MutualLog.pushesTo(member, messenger.bootstrap())));
        leaves(last);
      }
      Map<Integer, List<String>> due = TopicLog.pushesTo(member, messenger.bootstrap());
      assertThat(Differences.of("seed " + seed + ",", byPlace(due), byPlace(TopicLog.of(came))))
          .isEmpty();
      assertThat(TopicLog.of(came)).as("seed %s: once and in order", seed).isEqualTo(due);
      isCutWhereItMissedTooMuch(beginning, due);
    }
  }

  private static void step(ManyTopics topics, RandomMutual mutual) {
    topics.steps(2);
    mutual.step();
  }

  /** What came so far of the mutual stream. */
  private List<String> ofMutual(Talker session) {
    List<JsonNode> all = new ArrayList<>(came);
    all.addAll(session.pushes(frame -> true));
    return MutualLog.of(all);
  }

  private static Map<String, String> byPlace(Map<Integer, List<String>> pushes) {
    Map<String, String> lines = new HashMap<>();
    pushes.values().forEach(all -> all.forEach(line -> lines.put(line.split(" ", 2)[0], line)));
    return lines;
  }

  private void returnsUnderLoad(ManyTopics topics, RandomMutual mutual) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService load = Executors.newSingleThreadExecutor()) {
      Future<?> running =
          load.submit(
              () -> {
                while (!over.get()) {
                  step(topics, mutual);
                }
              });
      try {
        for (int i = 0; i < RETURNS; i++) {
          // The view alone knows what a new edge needs; the first edge has it in its rings.
          if (i % 2 == 0) {
            try (EdgeNode other = messenger.startEdge("many" + seed + "-" + i)) {
              stays(messenger.login(other, member, "default", places));
            }
          } else {
            stays(messenger.login(member, "default", places));
          }
        }
      } finally {
        over.set(true);
        running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }
  }

  /** Until some records have come live. */
  private void stays(Talker back) {
    try (back) {
      int before = back.pushes(frame -> true).size();
      await()
          .atMost(PATIENCE)
          .until(() -> back.pushes(frame -> true).size() >= before + LIVE_PUSHES);
      leaves(back);
    }
  }

  /** What has come so far has come; the rest is lost on the way. */
  private void leaves(Talker session) {
    List<JsonNode> pushes = session.pushes(frame -> true);
    session.close();
    came.addAll(pushes);
    places = Talker.placesOf(pushes);
  }

  /** The newest of each partition come, nothing between two of them is left out. */
  private void isCutWhereItMissedTooMuch(List<String> beginning, Map<Integer, List<String>> due) {
    try (EdgeNode narrow = messenger.startEdge("narrow" + seed, SMALL_SYNC);
        Talker last = messenger.login(narrow, member, "default", beginning)) {
      assertThat(last.push(Talker.op("synced")).path("cut").asBoolean()).isTrue();
      Map<Integer, List<String>> sent = TopicLog.of(last.pushes(frame -> true));
      assertThat(sent).isNotEmpty();
      sent.forEach((partition, pushes) -> areNewest(pushes, due.get(partition)));
      areNewest(MutualLog.of(last.pushes(frame -> true)), MutualLog.of(came));
    }
  }

  private static void areNewest(List<String> pushes, List<String> all) {
    assertThat(pushes).isNotEmpty().hasSizeLessThan(all.size());
    assertThat(all.subList(all.size() - pushes.size(), all.size())).isEqualTo(pushes);
  }
}
