package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every part as its own process, under load, killed as a crash kills, the persister in the middle
 * of a batch: what was acked is stored and was delivered, word for word, nobody saw anything twice
 * or out of order, and the read state and the notices of it are what the log says. Then a view that
 * was spoiled is mended by a rebuild.
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
      settle(users);
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
        from.send(to.name(), "load \"ü\\ 😀\" " + random.nextInt());
      }
    }
  }

  private static void killPersister(Installation linnet, List<StrictUser> users) {
    awaitTraffic(users);
    try (HeldWrites writes = HeldWrites.amidBatch(linnet.mongoUri(), linnet.database())) {
      kill(linnet.persister());
    }
    try (StoredView view = new StoredView(linnet)) {
      await("half a batch is in the view").atMost(SETTLE).until(view::isAheadOfItsPosition);
    }
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
    return users.stream().mapToInt(StrictUser::ackedCount).sum();
  }

  private static void settle(List<StrictUser> users) {
    await("everybody is connected and everything is acked")
        .atMost(SETTLE)
        .until(
            () ->
                users.stream().allMatch(StrictUser::isLive)
                    && users.stream().allMatch(user -> user.unacked() == 0));
  }

  private static void judge(Installation linnet, List<StrictUser> users) throws Exception {
    Map<String, StrictUser.Send> acked = new HashMap<>();
    users.forEach(user -> acked.putAll(user.acked()));
    // Read anew each time: marks of the last messages may still be on their way.
    await("what was acked, the log, the view and all screens agree")
        .atMost(SETTLE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              LogModel log = LogModel.read(linnet.bootstrap());
              assertThat(differences(linnet, users, acked, log)).isEmpty();
            });
    assertThat(users.stream().flatMap(user -> user.violations().stream()).toList())
        .as("frames that came twice, out of order or with a wrong code")
        .isEmpty();
    LogModel log = LogModel.read(linnet.bootstrap());
    assertThat(log.readState().values()).as("some are read, some are not").contains(true, false);
    List<Notice> notices =
        users.stream().flatMap(user -> user.notices().values().stream()).toList();
    Set<Notice> marks = new HashSet<>(log.marks().values());
    assertThat(notices).as("each is about a mark").allMatch(marks::contains);
    // One in flight at a kill is lost: it is a notice, not state.
    assertThat(notices.size()).as("of most marks").isGreaterThan(marks.size() * 9 / 10);
    System.out.printf(
        "kill test: acked %d, in the log %d (%d records repeat one), read %d by %d marks, told of"
            + " %d, connections %d%n",
        acked.size(),
        log.messages().size(),
        log.repeats(),
        log.readState().values().stream().filter(read -> read).count(),
        log.marks().size(),
        notices.size(),
        users.stream().mapToInt(StrictUser::connections).sum());
  }

  private static List<String> differences(
      Installation linnet,
      List<StrictUser> users,
      Map<String, StrictUser.Send> acked,
      LogModel log) {
    Map<String, StrictUser.Send> logged = new HashMap<>();
    log.messages()
        .forEach(
            (uuid, message) ->
                logged.put(
                    uuid,
                    new StrictUser.Send(message.from(), message.to(), message.content(), uuid)));
    List<String> lines = new ArrayList<>(Differences.of("in the log,", acked, logged));
    try (StoredView view = new StoredView(linnet)) {
      lines.addAll(Differences.of("stored,", StoredView.expected(log), view.rows()));
    }
    for (StrictUser user : users) {
      String who = "on the screen of " + user.name() + ",";
      lines.addAll(Differences.of(who, log.messagesTo(user.name()), user.received()));
      lines.addAll(Differences.of(who, log.noticesTo(user.name()), user.notices()));
    }
    return lines;
  }

  private static void rebuild(Installation linnet) throws Exception {
    Installation.stop(linnet.persister());
    String before = digest(linnet);
    assertThat(before).contains("p2p_record_message").contains("inbox");
    try (StoredView view = new StoredView(linnet)) {
      view.spoil();
    }
    String spoiled = digest(linnet);
    assertThat(line(spoiled, "p2p_record_message"))
        .isNotEqualTo(line(before, "p2p_record_message"));
    assertThat(line(spoiled, "inbox")).isNotEqualTo(line(before, "inbox"));
    linnet.run("rebuild", "--kafka", linnet.bootstrap(), "--mongodb", linnet.mongoUri());
    assertThat(digest(linnet)).isEqualTo(before);
    linnet.startPersister();
  }

  private static String digest(Installation linnet) throws Exception {
    return linnet.run("digest", "--mongodb", linnet.mongoUri());
  }

  private static String line(String digest, String collection) {
    return digest.lines().filter(line -> line.contains(collection)).findFirst().orElseThrow();
  }
}
