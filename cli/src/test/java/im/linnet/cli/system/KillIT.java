package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import im.linnet.testkit.OsProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every part as its own process, under load, killed as a crash kills: what was acked is stored and
 * was delivered, nobody saw anything twice or out of order, and the read state is what the log
 * says.
 */
@Tag("mongodb")
class KillIT {
  private static final int USERS = 24;
  private static final Duration SETTLE = Duration.ofSeconds(90);
  private static final long SEED = 20261122L;

  @Test
  void nothingAckedIsLostWhatEverIsKilled(@TempDir Path folder) throws Exception {
    Random random = new Random(SEED);
    try (Installation linnet = new Installation(folder)) {
      linnet.startAll();
      List<StrictUser> users = new ArrayList<>();
      try (ScheduledExecutorService load = Executors.newScheduledThreadPool(2)) {
        for (int i = 0; i < USERS; i++) {
          StrictUser user = new StrictUser("k" + i, linnet.edgeAddresses(), linnet::token);
          users.add(user);
          if (i % 2 == 0) {
            user.readEverything();
          }
          user.start();
        }
        await().atMost(SETTLE).until(() -> users.stream().allMatch(StrictUser::isLive));
        load.scheduleAtFixedRate(() -> burst(users, random), 0, 10, TimeUnit.MILLISECONDS);

        killPersister(linnet, users);
        killEdge(linnet, users, 0);
        killMongo(linnet, users);
        killPersister(linnet, users);
        killEdge(linnet, users, 1);
        killMongo(linnet, users);
        load.shutdown();
        assertThat(load.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      }
      settle(linnet, users);
      judge(linnet, users);
      rebuild(linnet);
      users.forEach(StrictUser::close);
    }
  }

  /** About 1,000 messages a second. */
  private static void burst(List<StrictUser> users, Random random) {
    for (int i = 0; i < 10; i++) {
      StrictUser from = users.get(random.nextInt(users.size()));
      StrictUser to = users.get(random.nextInt(users.size()));
      if (from != to && from.unacked() < 5_000) {
        from.send(to.name(), "load " + random.nextInt());
      }
    }
  }

  private static void killPersister(Installation linnet, List<StrictUser> users) {
    awaitTraffic(users);
    kill(linnet.persister());
    awaitTraffic(users);
    linnet.startPersister();
  }

  private static void killEdge(Installation linnet, List<StrictUser> users, int edge) {
    awaitTraffic(users);
    List<Integer> before = users.stream().map(StrictUser::connections).toList();
    kill(linnet.edge(edge));
    awaitTraffic(users);
    linnet.startEdge(edge);
    await("somebody was on that edge")
        .atMost(SETTLE)
        .until(() -> !users.stream().map(StrictUser::connections).toList().equals(before));
  }

  private static void killMongo(Installation linnet, List<StrictUser> users) {
    awaitTraffic(users);
    linnet.mongo().kill();
    awaitTraffic(users);
    linnet.mongo().startAgain();
  }

  private static void kill(OsProcess process) {
    process.kill();
    assertThat(process.isAlive()).isFalse();
  }

  /** Waits until 1,500 more messages were acked: live traffic goes on, whatever is down. */
  private static void awaitTraffic(List<StrictUser> users) {
    int before = acked(users);
    await("live traffic").atMost(SETTLE).until(() -> acked(users) > before + 1_500);
  }

  private static int acked(List<StrictUser> users) {
    return users.stream().mapToInt(user -> user.acked().size()).sum();
  }

  private static void settle(Installation linnet, List<StrictUser> users) {
    await("everybody is connected and everything is acked")
        .atMost(SETTLE)
        .until(
            () ->
                users.stream().allMatch(StrictUser::isLive)
                    && users.stream().allMatch(user -> user.unacked() == 0));
    Map<String, Set<String>> expected = expected(users);
    for (StrictUser user : users) {
      await("all that was acked to " + user.name())
          .atMost(SETTLE)
          .until(
              () ->
                  new HashSet<>(user.received())
                      .containsAll(expected.getOrDefault(user.name(), Set.of())));
    }
  }

  private static Map<String, Set<String>> expected(List<StrictUser> users) {
    Map<String, Set<String>> expected = new HashMap<>();
    for (StrictUser user : users) {
      user.acked()
          .forEach((uuid, to) -> expected.computeIfAbsent(to, t -> new HashSet<>()).add(uuid));
    }
    return expected;
  }

  private static void judge(Installation linnet, List<StrictUser> users) throws Exception {
    assertThat(users.stream().flatMap(user -> user.violations().stream()).toList())
        .as("frames that came twice, out of order or with a wrong code")
        .isEmpty();
    Set<String> acked = new HashSet<>();
    users.forEach(user -> acked.addAll(user.acked().keySet()));
    LogModel log = LogModel.read(linnet.bootstrap());
    assertThat(log.messages().keySet()).as("the log holds what was acked").isEqualTo(acked);
    await("the view holds the log, read marks and all")
        .atMost(SETTLE)
        .untilAsserted(() -> assertThat(stored(linnet)).isEqualTo(readState(log)));
    Map<String, Boolean> stored = stored(linnet);
    assertThat(stored.values()).as("some are read, some are not").contains(true, false);
    System.out.printf(
        "kill test: acked %d, in the log %d (%d records repeat one), stored %d, delivered %d, read %d,"
            + " connections %d%n",
        acked.size(),
        log.messages().size(),
        log.repeats(),
        stored.size(),
        users.stream().mapToInt(user -> user.received().size()).sum(),
        stored.values().stream().filter(read -> read).count(),
        users.stream().mapToInt(StrictUser::connections).sum());
  }

  private static Map<String, Boolean> readState(LogModel log) {
    Map<String, Boolean> state = new HashMap<>();
    log.messages().forEach((uuid, entry) -> state.put(uuid, entry.read));
    return state;
  }

  private static Map<String, Boolean> stored(Installation linnet) {
    Map<String, Boolean> stored = new HashMap<>();
    try (MongoClient client = MongoClients.create(linnet.mongoUri())) {
      for (Document message :
          client.getDatabase(linnet.database()).getCollection("p2p_record_message").find()) {
        stored.put(message.getString("UUID"), message.getBoolean("IsRead"));
      }
    }
    return stored;
  }

  private static void rebuild(Installation linnet) throws Exception {
    Installation.stop(linnet.persister());
    String before = linnet.run("digest", "--mongodb", linnet.mongoUri());
    assertThat(before).contains("p2p_record_message").contains("inbox");
    linnet.run("rebuild", "--kafka", linnet.bootstrap(), "--mongodb", linnet.mongoUri());
    String after = linnet.run("digest", "--mongodb", linnet.mongoUri());
    assertThat(after).isEqualTo(before);
    linnet.startPersister();
  }
}
