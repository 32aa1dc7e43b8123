package im.linnet.edge.presence;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.session.SessionWorld;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.PresenceStateCodec;
import im.linnet.schemas.event.SessionEvent;
import im.linnet.schemas.event.SessionEventCodec;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** The presence of an edge that cannot keep everybody, over a log in memory. */
class LookUpsTest {
  private static final int SPARE = 1_000;
  private static final int FOREIGN = 1_000_000;

  private final List<LogRecord> presence = new ArrayList<>();
  private final List<LogRecord> opened = new ArrayList<>();
  private final List<String> pushed = new ArrayList<>();
  private final Queue<Runnable> worker = new ArrayDeque<>();
  private final SessionWorld world = new SessionWorld();
  private final DeviceDirectory devices = new DeviceDirectory(Clock.systemUTC(), SPARE);
  private final PresenceBoard board =
      new PresenceBoard(devices, (user, now) -> pushed.add(user + " " + now.status().wire()));
  private final SessionFeed feed =
      new SessionFeed("me", world.sessions, devices, (millis, task) -> task.run());
  private final LookUps lookUps = new LookUps(devices, user -> 0, this::pass, worker::add);
  private Runnable duringPass = () -> {};
  private final List<Set<Integer>> read = new ArrayList<>();
  private int passes;
  private long offset;

  private void pass(Set<Integer> partitions) {
    read.add(partitions);
    passes++;
    try {
      for (LogRecord each : presence) {
        board.foldAgain(each);
      }
      duringPass.run();
      for (LogRecord each : opened) {
        feed.learnAgain(each);
      }
    } catch (MalformedEventException e) {
      throw new IllegalStateException(e);
    }
  }

  private void work() {
    for (Runnable task = worker.poll(); task != null; task = worker.poll()) {
      task.run();
    }
  }

  private LogRecord state(String user, PresenceStatus status, String... names) {
    long now = System.currentTimeMillis();
    List<PresenceState.Device> known =
        List.of(names).stream().map(name -> new PresenceState.Device(name, now)).toList();
    return record(
        Topic.PRESENCE,
        user,
        null,
        PresenceStateCodec.encode(new PresenceState(user, status, status, 5, known, List.of())));
  }

  private LogRecord opening(String user, String device) {
    SessionEvent event = new SessionEvent.Opened(user, "s", device, "other", 7, "c:1", "e:1");
    return record(Topic.SESSION, user, event.type(), SessionEventCodec.encode(event));
  }

  private LogRecord record(String topic, String user, String type, byte[] value) {
    return new LogRecord(
        topic,
        0,
        offset++,
        System.currentTimeMillis(),
        user.getBytes(StandardCharsets.UTF_8),
        value,
        new EventHeaders(
            type == null ? null : type.getBytes(StandardCharsets.UTF_8), null, null, null, null));
  }

  /** It is in the log, and the edge meets it. */
  private void happens(LogRecord record) {
    try {
      if (record.topic().equals(Topic.PRESENCE)) {
        presence.add(record);
        board.fold(record);
      } else {
        opened.add(record);
        feed.take(record);
      }
    } catch (MalformedEventException e) {
      throw new IllegalStateException(e);
    }
  }

  private void fill() {
    for (int i = 0; i <= SPARE; i++) {
      happens(state("foreign" + i, PresenceStatus.ONLINE, "phone"));
    }
    assertThat(devices.size()).isEqualTo(SPARE);
  }

  private CompletableFuture<Void> needed(String user) {
    lookUps.need(user);
    return lookUps.known(List.of(user));
  }

  @Test
  void aMillionForeignUsersAreNotKept() throws MalformedEventException {
    lookUps.need("aa");
    happens(state("aa", PresenceStatus.ONLINE, "phone"));
    for (int i = 0; i < FOREIGN; i++) {
      String user = "foreign" + i;
      byte[] key = user.getBytes(StandardCharsets.UTF_8);
      byte[] value =
          ("{\"user\":\""
                  + user
                  + "\",\"status\":\"online\",\"chosen\":\"online\",\"lastSeen\":1,"
                  + "\"devices\":[],\"sessions\":[]}")
              .getBytes(StandardCharsets.UTF_8);
      board.fold(
          new LogRecord(
              Topic.PRESENCE,
              0,
              offset++,
              0,
              key,
              value,
              new EventHeaders(null, null, null, null, null)));
      devices.opened(user, "phone", System.currentTimeMillis());
      if (i % 100_000 == 99_999) {
        assertThat(devices.size()).isEqualTo(SPARE + 1);
      }
    }
    happens(opening("aa", "desk"));
    assertThat(devices.hasSeveral("aa")).isTrue();
    assertThat(board.of("aa")).isEqualTo(new PresenceBoard.Shown(PresenceStatus.ONLINE, 5));
    for (int i = 0; i < 10 * SPARE; i++) {
      lookUps.need("asked" + i);
      lookUps.release("asked" + i);
    }
    assertThat(devices.size()).isEqualTo(SPARE + 1);
  }

  @Test
  void whoIsNotKeptIsReadFromTheLog() {
    fill();
    happens(state("aa", PresenceStatus.ONLINE, "phone"));
    happens(opening("aa", "desk"));
    assertThat(board.of("aa")).isNull();
    CompletableFuture<Void> known = needed("aa");
    assertThat(devices.hasSeveral("aa")).as("a copy too many harms nobody").isTrue();
    assertThat(known).isNotDone();
    work();
    assertThat(known).isCompleted();
    assertThat(board.of("aa")).isEqualTo(new PresenceBoard.Shown(PresenceStatus.ONLINE, 5));
    assertThat(devices.isKnown("aa", "phone")).isTrue();
    assertThat(devices.isKnown("aa", "desk")).isTrue();
    assertThat(devices.isKnown("aa", "tablet")).isFalse();
    assertThat(devices.hasSeveral("aa")).isTrue();
  }

  @Test
  void aUserOfOneDeviceHasOne() {
    fill();
    happens(state("aa", PresenceStatus.ONLINE, "phone"));
    CompletableFuture<Void> known = needed("aa");
    work();
    assertThat(known).isCompleted();
    assertThat(devices.hasSeveral("aa")).isFalse();
    CompletableFuture<Void> nobody = needed("nobody");
    work();
    assertThat(nobody).isCompleted();
    assertThat(board.of("nobody")).isEqualTo(PresenceBoard.UNKNOWN);
    assertThat(devices.hasSeveral("nobody")).isFalse();
  }

  @Test
  void aChangeDuringAPassIsNotOverwrittenByAnOlderOneAndLaterOnesArePushed() {
    fill();
    pushed.clear();
    happens(state("aa", PresenceStatus.ONLINE, "phone"));
    LogRecord late = state("aa", PresenceStatus.BUSY, "phone", "desk");
    duringPass =
        () -> {
          happens(late);
          happens(opening("aa", "tablet"));
        };
    CompletableFuture<Void> known = needed("aa");
    work();
    assertThat(known).isCompleted();
    assertThat(board.of("aa").status()).isEqualTo(PresenceStatus.BUSY);
    assertThat(devices.isKnown("aa", "tablet")).isTrue();
    assertThat(pushed).as("the answer tells it").isEmpty();
    happens(state("aa", PresenceStatus.OFFLINE, "phone"));
    assertThat(pushed).containsExactly("aa offline");
  }

  @Test
  void whatComesBetweenTheQuestionAndThePassIsNotOverwritten() {
    fill();
    LogRecord old = state("aa", PresenceStatus.ONLINE, "phone");
    presence.add(old);
    CompletableFuture<Void> known = needed("aa");
    happens(state("aa", PresenceStatus.OFFLINE, "phone"));
    work();
    assertThat(known).isCompleted();
    assertThat(board.of("aa").status()).isEqualTo(PresenceStatus.OFFLINE);
  }

  @Test
  void allWhoWaitShareAPassAndWhoComesDuringOneSharesTheNext() {
    fill();
    List<CompletableFuture<Void>> known = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      known.add(needed("aa" + i));
    }
    duringPass =
        () -> {
          duringPass = () -> {};
          for (int i = 0; i < 100; i++) {
            known.add(needed("bb" + i));
          }
        };
    work();
    assertThat(known).hasSize(200).allMatch(CompletableFuture::isDone);
    assertThat(passes).isEqualTo(2);
    assertThat(lookUps.passes()).isEqualTo(2);
  }

  @Test
  void aPassThatFailsFailsThoseWhoWaitedAndTheNextQuestionAsksAgain() {
    fill();
    happens(state("aa", PresenceStatus.ONLINE, "phone"));
    duringPass =
        () -> {
          throw new IllegalStateException("down");
        };
    CompletableFuture<Void> failed = needed("aa");
    work();
    assertThat(failed).isCompletedExceptionally();
    assertThat(board.of("aa")).isNull();
    duringPass = () -> {};
    CompletableFuture<Void> known = needed("aa");
    work();
    assertThat(known).isCompleted();
    assertThat(board.of("aa").status()).isEqualTo(PresenceStatus.ONLINE);
  }

  @Test
  void whatAPassHasReadIsKeptForOneWhoHasLeftMeanwhile() {
    fill();
    happens(state("aa", PresenceStatus.ONLINE, "phone"));
    needed("aa");
    lookUps.release("aa");
    work();
    assertThat(needed("aa")).isCompleted();
    assertThat(board.of("aa").status()).isEqualTo(PresenceStatus.ONLINE);
    assertThat(passes).isEqualTo(1);
  }

  @Test
  void onePassReadsThePartitionsOfAllWhoWait() {
    fill();
    LookUps many = new LookUps(devices, String::length, this::pass, worker::add);
    List<CompletableFuture<Void>> known = new ArrayList<>();
    for (String user : List.of("a", "bb", "cc", "ddd")) {
      many.need(user);
      known.add(many.known(List.of(user)));
    }
    work();
    assertThat(known).allMatch(CompletableFuture::isDone);
    assertThat(read).containsExactly(Set.of(1, 2, 3));
  }

  @Test
  void namesThatNobodyHasDriveNobodyOut() {
    fill();
    happens(state("aa", PresenceStatus.ONLINE, "phone"));
    needed("aa");
    work();
    lookUps.release("aa");
    for (int i = 0; i < 2 * SPARE; i++) {
      needed("nobody" + i);
      work();
      lookUps.release("nobody" + i);
    }
    int before = passes;
    assertThat(needed("aa")).isCompleted();
    assertThat(passes).isEqualTo(before);
  }

  @Test
  void aWorkerThatHasStoppedLeavesNobodyWaiting() {
    fill();
    LookUps stopped =
        new LookUps(
            devices,
            user -> 0,
            this::pass,
            task -> {
              throw new RejectedExecutionException("stopped");
            });
    stopped.need("aa");
    assertThat(stopped.known(List.of("aa"))).isCompletedExceptionally();
    assertThat(stopped.known(List.of("aa"))).isCompletedExceptionally();
  }

  @Test
  void anEdgeThatKeepsEverybodyReadsNothing() {
    happens(state("aa", PresenceStatus.ONLINE, "phone"));
    assertThat(needed("aa")).isCompleted();
    assertThat(needed("nobody")).isCompleted();
    assertThat(passes).isZero();
  }

  @Test
  void aNewerSessionElsewhereReplacesOneHereHoweverFewAreKept() throws MalformedEventException {
    fill();
    SessionWorld.Client client = world.enter("aa");
    lookUps.need("aa");
    for (String[] each : new String[][] {{"s1", "me", "5"}, {"23.other", "other", "75"}}) {
      SessionEvent event =
          new SessionEvent.Opened(
              "aa", each[0], "default", each[1], Long.parseLong(each[2]), "c:1", "e:1");
      feed.take(record(Topic.SESSION, "aa", event.type(), SessionEventCodec.encode(event)));
    }
    client.connection.turn();
    assertThat(client.connection.closeCode()).isEqualTo(3504);
  }
}
