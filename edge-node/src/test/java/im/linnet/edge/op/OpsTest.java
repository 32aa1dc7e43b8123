package im.linnet.edge.op;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.records.RecordPlanner;
import im.linnet.records.RecordWriter;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.Topic;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.PresenceStateCodec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OpsTest {
  private static final EventHeaders NO_HEADERS = new EventHeaders(null, null, null, null, null);

  private final OpWorld world = new OpWorld();

  private void stored(long offset, String content) {
    MessageEvent message = new MessageEvent(Stream.P2P, "u" + offset, "bb", "aa", "text", content);
    LogRecord record =
        new LogRecord(
            Topic.P2P,
            0,
            offset,
            1_000 + offset,
            "aa".getBytes(StandardCharsets.UTF_8),
            InboxEventCodec.encode(message),
            NO_HEADERS);
    ((RecordWriter) world.store)
        .apply(
            RecordPlanner.plan(
                List.of(new Decoded.Valid<>(record, "aa", message)),
                Map.of(new StreamPartition(Stream.P2P, 0), offset + 1)));
  }

  private void presence(String user, PresenceStatus status, long lastSeen)
      throws MalformedEventException {
    PresenceState state = new PresenceState(user, status, status, lastSeen, List.of(), List.of());
    world.board.fold(
        new LogRecord(
            Topic.PRESENCE,
            0,
            0,
            0,
            user.getBytes(StandardCharsets.UTF_8),
            PresenceStateCodec.encode(state),
            NO_HEADERS));
  }

  @Test
  void readIsAnsweredAtItsAckAndNoticedBehindIt() {
    world.publisher.acks = false;
    String read =
        "{\"id\":\"1\",\"op\":\"read\",\"kind\":\"p2p\",\"peer\":\"bb\",\"upTo\":\"p2p/0/7\"}";
    world.ask(read);
    assertThat(world.publisher.types()).containsExactly("read");
    world.publisher.ack(0);
    assertThat(world.last()).contains("\"at\":\"p2p/0/0\"", "\"time\":1000");
    assertThat(world.publisher.types()).containsExactly("read", "receipt");
    var mark = world.publisher.published.get(0).record();
    var notice = world.publisher.published.get(1).record();
    assertThat(mark.key()).isEqualTo("aa");
    assertThat(notice.key()).isEqualTo("bb");
    assertThat(notice.id()).isEqualTo(mark.id());
    assertThat(new String(notice.value(), StandardCharsets.UTF_8))
        .contains("\"of\":{\"at\":\"p2p/0/0\"", "\"upTo\":\"p2p/0/7\"");
  }

  @Test
  void readOutsideTheReadersPartitionIs4000() {
    assertThat(
            world.ask(
                "{\"id\":\"1\",\"op\":\"read\",\"kind\":\"p2p\",\"peer\":\"bb\",\"upTo\":\"p2p/1/7\"}"))
        .contains("4000", "\"field\":\"upTo\"");
    assertThat(world.publisher.published).isEmpty();
  }

  @Test
  void readOfOnesOwnMessagesIsNoticedToNobody() {
    world.ask("{\"id\":\"1\",\"op\":\"read\",\"kind\":\"p2p\",\"peer\":\"aa\",\"uuids\":[\"u\"]}");
    assertThat(world.publisher.types()).containsExactly("read");
  }

  @Test
  void historyPagesEndAt64KiBAndGoOnWithoutGapOrRepeat() {
    for (int i = 0; i < 10; i++) {
      stored(i, "x".repeat(30_000));
    }
    StringBuilder seen = new StringBuilder();
    String before = "";
    for (int page = 0; page < 9; page++) {
      String reply =
          world.ask(
              "{\"id\":\"1\",\"op\":\"history\",\"kind\":\"p2p\",\"peer\":\"bb\"%s}"
                  .formatted(before));
      assertThat(reply.length()).isLessThan(66_000);
      Matcher uuids = Pattern.compile("\"uuid\":\"(u\\d)\"").matcher(reply);
      while (uuids.find()) {
        seen.append(uuids.group(1));
      }
      assertThat(reply).contains("\"read\":false");
      Matcher next = Pattern.compile("\"next\":\"([^\"]+)\"").matcher(reply);
      if (!next.find()) {
        break;
      }
      before = ",\"before\":\"" + next.group(1) + "\"";
    }
    assertThat(seen).hasToString("u9u8u7u6u5u4u3u2u1u0");
  }

  @Test
  void historyOfACursorThatIsNoneIs4000() {
    assertThat(
            world.ask(
                "{\"id\":\"1\",\"op\":\"history\",\"kind\":\"p2p\",\"peer\":\"bb\",\"before\":\"?\"}"))
        .contains("4000", "\"field\":\"before\"");
  }

  @Test
  void unreadCountsPerSender() {
    stored(0, "a");
    stored(1, "b");
    assertThat(world.ask("{\"id\":\"1\",\"op\":\"unread\"}"))
        .contains(
            "{\"total\":2,\"p2p\":[{\"peer\":\"bb\",\"count\":2}],\"topic\":[],\"mutual\":0}");
  }

  @Test
  void storeOpsWaitForWhatTheSessionHasSeenAndGiveUpWith5003() {
    world.send("u", "");
    world.applied = 0;
    assertThat(world.ask("{\"id\":\"1\",\"op\":\"unread\"}")).contains("5003", "retryAfter");
    world.applied = 1;
    assertThat(world.ask("{\"id\":\"2\",\"op\":\"unread\"}"))
        .as("announced, but not in the store that answers")
        .contains("5003", "retryAfter");
    stored(0, "a");
    assertThat(world.ask("{\"id\":\"3\",\"op\":\"unread\"}")).contains("\"code\":0");
  }

  @Test
  void storeOpsWaitForThePartitionsThatTheyAreAboutAndForNoOther() {
    world.publisher.home = user -> user.charAt(0) - 'a';
    world.send("u", "");
    String toDd =
        "{\"id\":\"s\",\"op\":\"send\",\"kind\":\"%s\",\"to\":\"dd\",\"content\":\"x\",\"type\":\"t\"}";
    world.ask(toDd.formatted("p2p"));
    world.ask(toDd.formatted("mutual"));
    world.lagging.add(new StreamPartition(Stream.P2P, 3));
    world.lagging.add(new StreamPartition(Stream.MUTUAL, 3));
    stored(0, "a");
    ((RecordWriter) world.store)
        .apply(RecordPlanner.plan(List.of(), Map.of(new StreamPartition(Stream.P2P, 1), 1L)));
    assertThat(world.ask("{\"id\":\"1\",\"op\":\"unread\"}")).contains("\"code\":0");
    String history = "{\"id\":\"2\",\"op\":\"history\",\"kind\":\"%s\",\"peer\":\"%s\"}";
    assertThat(world.ask(history.formatted("p2p", "bb"))).contains("\"code\":0");
    assertThat(world.ask(history.formatted("mutual", "bb"))).contains("\"code\":0");
    assertThat(world.ask(history.formatted("p2p", "dd"))).contains("\"code\":5003");
    assertThat(world.ask(history.formatted("mutual", "dd"))).contains("\"code\":5003");
    world.lagging.clear();
    world.lagging.add(new StreamPartition(Stream.P2P, 1));
    assertThat(world.ask(history.formatted("p2p", "bb"))).contains("\"code\":5003");
  }

  @Test
  void storeOpsWaitForBothOfTheUsersOwnPartitions() {
    world.publisher.home = user -> user.charAt(0) - 'a';
    String toOneself =
        "{\"id\":\"s\",\"op\":\"send\",\"kind\":\"%s\",\"to\":\"aa\",\"content\":\"x\",\"type\":\"t\"}";
    String history = "{\"id\":\"2\",\"op\":\"history\",\"kind\":\"%s\",\"peer\":\"bb\"}";
    Map<StreamPartition, Long> all = new HashMap<>();
    for (Stream stream : List.of(Stream.P2P, Stream.MUTUAL)) {
      assertThat(world.ask(toOneself.formatted(stream.wire()))).contains("\"code\":0");
      all.put(new StreamPartition(stream, 0), 100L);
    }
    ((RecordWriter) world.store).apply(RecordPlanner.plan(List.of(), all));
    for (StreamPartition own : all.keySet()) {
      String of = history.formatted(own.stream().wire());
      assertThat(world.ask("{\"id\":\"1\",\"op\":\"unread\"}")).contains("\"code\":0");
      assertThat(world.ask(of)).contains("\"code\":0");
      world.lagging.add(own);
      assertThat(world.ask("{\"id\":\"1\",\"op\":\"unread\"}")).contains("\"code\":5003");
      assertThat(world.ask(of)).contains("\"code\":5003");
      world.lagging.clear();
    }
  }

  @Test
  void storeOpsThatFindNoRoomAre5003() {
    world.workers =
        task -> {
          throw new RejectedExecutionException("full");
        };
    assertThat(world.ask("{\"id\":\"1\",\"op\":\"unread\"}")).contains("5003", "retryAfter");
  }

  @Test
  void presenceOfSomebodyUnknownIsOffline() {
    assertThat(world.ask("{\"id\":\"1\",\"op\":\"presence.get\",\"users\":[\"zz\"]}"))
        .contains("{\"user\":\"zz\",\"status\":\"offline\",\"lastSeen\":0}");
  }

  @Test
  void presenceThatCannotBeReadIsAnsweredWith5003AndCanBeAskedForAgain()
      throws MalformedEventException {
    for (int i = 0; i <= 1_000; i++) {
      presence("u" + i, PresenceStatus.ONLINE, 1);
    }
    world.readsUsers =
        () -> {
          throw new IllegalStateException("down");
        };
    String watch = "{\"id\":\"1\",\"op\":\"presence.watch\",\"users\":[\"zz\"]}";
    assertThat(world.ask(watch)).contains("5003", "retryAfter").doesNotContain("down");
    assertThat(world.devices.size()).as("nobody is watched").isEqualTo(1_000);
    world.readsUsers = () -> {};
    assertThat(world.ask(watch))
        .contains("{\"user\":\"zz\",\"status\":\"offline\",\"lastSeen\":0}");
    assertThat(world.devices.size()).isEqualTo(1_001);
    world.client.gone();
    assertThat(world.devices.size()).as("the newest of those who were needed").isEqualTo(1_000);
  }

  @Test
  void presenceThatIsWatchedIsPushedWhenItChangesAndNeverOnesOwn() throws MalformedEventException {
    world.ask("{\"id\":\"1\",\"op\":\"presence.watch\",\"users\":[\"bb\",\"aa\"]}");
    int before = world.client.received().size();
    presence("bb", PresenceStatus.ONLINE, 5);
    presence("bb", PresenceStatus.ONLINE, 5);
    presence("aa", PresenceStatus.ONLINE, 6);
    presence("cc", PresenceStatus.ONLINE, 7);
    world.client.connection.turn();
    assertThat(world.client.received().subList(before, world.client.received().size()))
        .containsExactly(
            "{\"op\":\"presence\",\"user\":\"bb\",\"status\":\"online\",\"lastSeen\":5}");
    assertThat(world.ask("{\"id\":\"2\",\"op\":\"presence.watch\",\"users\":[\"cc\"]}"))
        .contains("4000", "\"field\":\"users\"");
    world.client.gone();
    assertThat(world.watchers.watched()).isZero();
  }

  @Test
  void logoutIsAnsweredAndClosesWithoutACloseFrame() {
    assertThat(world.ask("{\"id\":\"1\",\"op\":\"logout\"}")).contains("\"id\":\"1\",\"code\":0");
    assertThat(world.client.connection.closeCode()).isEqualTo(1000);
  }

  @Test
  void nothingBehindALogoutIsServed() {
    world.publisher.acks = false;
    world.send("u", "");
    int before = world.client.received().size();
    world.client.send("{\"id\":\"1\",\"op\":\"logout\"}");
    world.client.send("{\"id\":\"2\",\"op\":\"logout\"}");
    world.client.send("{\"id\":\"3\",\"op\":\"ping\"}");
    world.send("v", "");
    world.client.send("no frame");
    assertThat(world.publisher.published).hasSize(1);
    world.publisher.ack(0);
    world.client.connection.turn();
    assertThat(world.client.received().subList(before, world.client.received().size()))
        .satisfiesExactly(
            sent -> assertThat(sent).contains("\"id\":\"ru\",\"code\":0"),
            left -> assertThat(left).contains("\"id\":\"1\",\"code\":0"));
    assertThat(world.client.connection.closeCode()).isEqualTo(1000);
  }

  @Test
  void requestsWithoutAnIdAreAnsweredOnlyOnError() {
    int before = world.client.received().size();
    world.client.send("{\"op\":\"ping\"}");
    assertThat(world.client.received()).hasSize(before);
    assertThat(world.ask("{\"op\":\"auth\",\"token\":\"aa\"}")).startsWith("{\"code\":4009");
  }
}
