package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.linnet.testkit.LongForm;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every part as its own process, killed as a crash kills. Under load, the persister in the middle
 * of a batch: what was acked is stored and was delivered, word for word, to those who may see it,
 * nobody saw anything twice or out of order, the read state and the notices of it are what the log
 * says, and whoever asked for a command was told its one verdict. In races: one wins, and both are
 * told the truth. Then the view is mended by a rebuild.
 */
@Tag("mongodb")
class KillIT {
  private static final int USERS = 24;
  private static final Duration SETTLE = Duration.ofSeconds(90);
  private static final long SEED = 20261122L;

  @TempDir static Path folder;
  private static Installation linnet;

  @BeforeAll
  static void start() throws Exception {
    linnet = new Installation(folder);
    linnet.startAll();
  }

  @AfterAll
  static void stop() {
    linnet.close();
  }

  @Test
  void nothingAckedIsLostWhatEverIsKilled() throws Exception {
    List<StrictUser> users = new ArrayList<>();
    try {
      for (int i = 0; i < USERS; i++) {
        StrictUser user = new StrictUser("k" + i, linnet.edgeAddresses(), linnet::token);
        users.add(user);
        if (i % 2 == 0) {
          user.readEverything();
        }
        user.start();
      }
      try (Load load = Load.begin(users, new Random(SEED))) {
        for (int cycle = 0; cycle < LongForm.times(1, 10); cycle++) {
          killPersister(users);
          killEdge(users, cycle % 2);
          killMongo(users);
        }
        load.end();
      }
      judge(users);
      mend();
    } finally {
      users.forEach(StrictUser::close);
    }
  }

  @Test
  void oneWinsAndBothAreToldTheTruthThoughTheDeciderIsKilled() throws Exception {
    int kills = LongForm.times(1, 25);
    try (RaceRun races = new RaceRun(linnet, new Random(SEED))) {
      races.run(LongForm.times(4, 100), kills);
      if (kills > 1) {
        assertThat(races.repeats()).as("some were answered 5003 meanwhile").isPositive();
      }
      races.judge(LogModel.read(linnet.bootstrap()));
    }
    Installation.stop(linnet.persister());
    String before = linnet.digest();
    linnet.rebuild();
    assertThat(linnet.digest()).isEqualTo(before);
    linnet.startPersister();
  }

  private static void killPersister(List<StrictUser> users) {
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

  private static void killEdge(List<StrictUser> users, int edge) {
    awaitTraffic(users);
    List<Integer> before = users.stream().map(StrictUser::connections).toList();
    kill(linnet.edge(edge));
    awaitTraffic(users);
    linnet.startEdge(edge);
    await("somebody was on that edge")
        .atMost(SETTLE)
        .until(() -> !users.stream().map(StrictUser::connections).toList().equals(before));
  }

  private static void killMongo(List<StrictUser> users) {
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

  private static void judge(List<StrictUser> users) throws Exception {
    // Read anew each time: marks of the last messages may still be on their way.
    await("what was acked, the log, the view and all screens agree")
        .atMost(SETTLE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> assertThat(differences(users, LogModel.read(linnet.bootstrap()))).isEmpty());
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
    assertThat(log.departures()).as("memberships that ended").isGreaterThan(5);
    assertThat(log.topicMarksTo("k0")).as("marks of other members").isNotEmpty();
    assertThat(verdicts(users).values()).as("answers to commands").contains(0, 4003, 4009);
    report(users, log, notices.size());
  }

  private static void report(List<StrictUser> users, LogModel log, int notices) {
    System.out.printf(
        "kill test: acked %d, refused %d, in the log %d (%d records repeat one), read marks %d,"
            + " told of %d, commands %d, memberships ended %d, connections %d%n",
        acked(users),
        users.stream().mapToInt(StrictUser::refused).sum(),
        log.messages().size(),
        log.repeats(),
        log.marks().size(),
        notices,
        verdicts(users).size(),
        log.departures(),
        users.stream().mapToInt(StrictUser::connections).sum());
  }

  private static Map<CommandLog.Id, Integer> verdicts(List<StrictUser> users) {
    Map<CommandLog.Id, Integer> all = new HashMap<>();
    users.forEach(user -> all.putAll(user.verdicts()));
    return all;
  }

  private static List<String> differences(List<StrictUser> users, LogModel log) {
    Set<String> names = new HashSet<>();
    Map<String, Ask.Send> acked = new HashMap<>();
    Map<CommandLog.Id, CommandLog.Judged> told = new HashMap<>();
    for (StrictUser user : users) {
      names.add(user.name());
      acked.putAll(user.acked());
      user.verdicts().forEach((id, code) -> told.put(id, CommandLog.Judged.told(id, code)));
    }
    Map<String, Ask.Send> logged = new HashMap<>();
    log.messages()
        .forEach(
            (uuid, message) ->
                logged.put(
                    uuid,
                    new Ask.Send(
                        message.kind(), message.from(), message.to(), message.content(), uuid)));
    // A step between friends is a command. Others have sent, too.
    logged.values().removeIf(send -> send.kind().equals("mutual") || !names.contains(send.from()));
    Map<CommandLog.Id, CommandLog.Judged> judged = new HashMap<>(log.commands());
    judged.keySet().removeIf(id -> !names.contains(id.caller()));
    List<String> lines = new ArrayList<>(Differences.of("in the log,", acked, logged));
    lines.addAll(Differences.of("judged,", told, judged));
    try (StoredView view = new StoredView(linnet)) {
      lines.addAll(Differences.of("stored,", StoredView.expected(log), view.rows()));
      lines.addAll(Differences.of("topic,", log.topics(), view.topics()));
      lines.addAll(Differences.of("member,", log.memberships(), view.memberships()));
      lines.addAll(Differences.of("friends of", log.friends(), view.friends()));
      lines.addAll(Differences.of("request,", log.requests(), view.requests()));
    }
    users.forEach(user -> lines.addAll(user.differences(log)));
    return lines;
  }

  /** Spoils the view, and builds it anew. */
  private static void mend() throws Exception {
    Installation.stop(linnet.persister());
    String before = linnet.digest();
    assertThat(before).contains("p2p_record_message").contains("inbox");
    try (StoredView view = new StoredView(linnet)) {
      view.spoil();
    }
    String spoiled = linnet.digest();
    for (String collection :
        List.of("p2p_record_message", "inbox", "topic_member", "friend_request")) {
      assertThat(line(spoiled, collection)).isNotEqualTo(line(before, collection));
    }
    linnet.rebuild();
    assertThat(linnet.digest()).isEqualTo(before);
    linnet.startPersister();
  }

  private static String line(String digest, String collection) {
    return digest.lines().filter(line -> line.contains(collection)).findFirst().orElseThrow();
  }
}
