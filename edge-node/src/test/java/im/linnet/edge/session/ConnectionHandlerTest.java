package im.linnet.edge.session;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.auth.TokenVerifier.Judgement;
import im.linnet.edge.session.SessionWorld.Client;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConnectionHandlerTest {
  private final SessionWorld world = new SessionWorld();

  @Test
  void guestToMemberOnAGoodToken() {
    Client client = world.enter("aa");
    assertThat(client.received().getFirst())
        .contains("\"code\":0", "\"clientId\":\"aa\"", "\"session\":\"s1\"", "\"log\":\"log\"");
    assertThat(world.events).containsExactly("opened s1", "attach s1 known=true");
    assertThat(world.sessions.size()).isEqualTo(1);
  }

  @Test
  void guestToMemberOnTheTransportsToken() {
    Client client = world.connect("cc");
    client.send("{\"id\":\"a\",\"op\":\"auth\"}");
    assertThat(client.received().getFirst()).contains("\"clientId\":\"cc\"");
  }

  @Test
  void guestStaysGuestOnAnotherRequest() {
    Client client = world.connect();
    client.send("{\"id\":\"1\",\"op\":\"ping\"}");
    client.send("{\"id\":\"2\",\"op\":\"send\"}");
    client.send("{\"id\":\"3\",\"op\":\"auth\",\"token\":\"aa\"}");
    assertThat(client.received().get(0)).contains("4001", "\"id\":\"1\"");
    assertThat(client.received().get(1)).contains("4001", "\"id\":\"2\"");
    assertThat(client.received().get(2)).contains("\"code\":0");
  }

  @Test
  void guestStaysGuestOnAuthWithFieldsThatCannotBeRead() {
    Client client = world.connect();
    client.send("{\"id\":\"1\",\"op\":\"auth\",\"token\":\"aa\",\"resume\":[\"x\"]}");
    client.send("{\"id\":\"2\",\"op\":\"auth\"}");
    assertThat(client.received().get(0)).contains("4000", "\"field\":\"resume\"");
    assertThat(client.received().get(1)).contains("4000", "\"field\":\"token\"");
    assertThat(client.connection.closeCode()).isZero();
  }

  @Test
  void guestToEndedWhenItsTimeIsOver() {
    Client client = world.connect();
    world.pass(9_999, client);
    assertThat(client.connection.closeCode()).isZero();
    world.pass(1, client);
    assertThat(client.connection.closeCode()).isEqualTo(3500);
    assertThat(client.received().getLast()).contains("\"op\":\"close\"", "\"reconnect\":false");
  }

  @Test
  void judgingToEndedOnABadToken() {
    Client client = world.enter("bad");
    assertThat(client.received().get(0)).contains("4001", "\"id\":\"a\"");
    assertThat(client.received().get(1)).contains("\"op\":\"close\"", "3500");
    assertThat(client.connection.closeCode()).isEqualTo(3500);
    assertThat(world.events).isEmpty();
    assertThat(refused("expired")).isOne();
  }

  /** How many clients were not let in for that reason. */
  private double refused(String reason) {
    return world.registry.get("linnet.edge.auth.failures").tag("reason", reason).counter().count();
  }

  @Test
  void judgingKeepsWhatComesBehindAuthInOrder() {
    CompletableFuture<Judgement> judgement = new CompletableFuture<>();
    world.verifier = token -> judgement;
    Client client = world.enter("aa");
    client.send("{\"id\":\"p\",\"op\":\"ping\"}");
    assertThat(client.received()).isEmpty();
    assertThat(client.connection.isPaused()).isTrue();
    judgement.complete(new Judgement.Accepted("aa", Long.MAX_VALUE));
    client.connection.turn();
    assertThat(client.connection.isPaused()).isFalse();
    assertThat(client.received().get(0)).contains("\"id\":\"a\"", "\"code\":0");
    assertThat(client.received().get(1)).contains("\"id\":\"p\"", "\"code\":0");
  }

  @Test
  void judgingToGuestWhenKeysCannotBeHad() {
    world.verifier = token -> CompletableFuture.failedFuture(new IllegalStateException("down"));
    Client client = world.enter("aa");
    assertThat(client.received().getFirst()).contains("5003", "retryAfter");
    assertThat(client.connection.closeCode()).isZero();
    assertThat(refused("error")).isOne();
  }

  @Test
  void guestThatCouldNotBeJudgedToEndedInAWayThatLetsItComeBack() {
    world.verifier = token -> CompletableFuture.failedFuture(new IllegalStateException("down"));
    Client client = world.enter("aa");
    world.pass(10_000, client);
    assertThat(client.received().getLast()).contains("3004", "\"retryAfter\":1000");
  }

  @Test
  void judgingThatTakesTooLongToEndedInAWayThatLetsItComeBack() {
    world.verifier = token -> new CompletableFuture<>();
    Client client = world.enter("aa");
    world.pass(9_999, client);
    assertThat(client.connection.closeCode()).isZero();
    world.pass(1, client);
    assertThat(client.connection.closeCode()).isEqualTo(3004);
  }

  @Test
  void memberToEndedOnALineThatIsNoObject() {
    Client client = world.enter("aa");
    client.send("nonsense");
    assertThat(client.connection.closeCode()).isEqualTo(3502);
    client.gone();
    assertThat(world.events).endsWith("ended s1", "detach s1");
    world.later();
    assertThat(world.events).endsWith("closed s1");
    assertThat(world.sessions.size()).isZero();
  }

  @Test
  void theDevicesOfAUserAreKeptFromTheFirstSessionToTheLast() {
    Client first = world.enter("aa");
    Client second = world.enter("aa");
    assertThat(world.needed).containsExactly("aa", "aa");
    first.gone();
    assertThat(world.needed).containsExactly("aa");
    second.gone();
    assertThat(world.needed).isEmpty();
  }

  @Test
  void memberIsPingedWhenIdleAndEndedWhenSilentForTwoHeartbeats() {
    Client client = world.enter("aa");
    world.pass(25_000, client);
    world.pass(1_000, client);
    assertThat(client.connection.pings()).isEqualTo(1);
    client.pong();
    world.pass(24_999, client);
    assertThat(client.connection.closeCode()).isZero();
    assertThat(client.connection.pings()).isEqualTo(1);
  }

  @Test
  void memberToEndedWhenSilent() {
    world.verifier =
        token -> CompletableFuture.completedFuture(new Judgement.Accepted("aa", Long.MAX_VALUE));
    Client client = world.enter("aa");
    world.pass(50_000, client);
    assertThat(client.connection.closeCode()).isEqualTo(3002);
  }

  @Test
  void memberIsNotSilentWhileItTakesWhatItWasSentSlowly() {
    world.verifier =
        token -> CompletableFuture.completedFuture(new Judgement.Accepted("aa", Long.MAX_VALUE));
    Client client = world.enter("aa");
    Outbox outbox = outbox("aa");
    for (int i = 0; i < 10; i++) {
      outbox.offer(new byte[80 << 10]);
    }
    client.connection.turn();
    world.pass(100_000, client);
    assertThat(client.connection.closeCode()).isZero();
    assertThat(client.connection.pings()).isEqualTo(1);
    world.pass(49_000, client);
    assertThat(client.connection.closeCode()).isZero();
    world.pass(2_000, client);
    assertThat(client.connection.closeCode()).isEqualTo(3002);
  }

  @Test
  void memberThatWasHeardIsGivenNoTimeForWhatItWasSentBefore() {
    world.verifier =
        token -> CompletableFuture.completedFuture(new Judgement.Accepted("aa", Long.MAX_VALUE));
    Client client = world.enter("aa");
    outbox("aa").offer(new byte[80 << 10]);
    client.connection.turn();
    client.pong();
    world.pass(50_000, client);
    assertThat(client.connection.closeCode()).isEqualTo(3002);
  }

  private Outbox outbox(String user) {
    return world.session(user).outbox();
  }

  @Test
  void membersThatShallComeBackAreToldWhen() {
    Client silent = world.enter("aa");
    Client slow = world.enter("bb");
    slow.connection.full();
    while (outbox("bb").offer(new byte[64 << 10])) {
      slow.connection.turn();
    }
    slow.connection.turn();
    assertThat(slow.received().getLast()).contains("3001", "\"retryAfter\":1000");
    world.pass(50_001, silent);
    assertThat(silent.received().getLast()).contains("3002", "\"retryAfter\":1000");
    Client drained = world.enter("cc");
    world.doorman.drain();
    drained.connection.turn();
    assertThat(drained.received().getLast()).contains("3000", "\"retryAfter\":1000");
  }

  @Test
  void repliesBeforeAuthAreCounted() {
    Client client = world.connect();
    client.send("{\"id\":\"1\",\"op\":\"ping\"}");
    client.send("{\"id\":\"2\",\"op\":\"auth\",\"token\":7}");
    assertThat(world.replies("unauthenticated")).isEqualTo(1);
    assertThat(world.replies("bad_request")).isEqualTo(1);
    world.enter("bad");
    assertThat(world.replies("unauthenticated")).isEqualTo(2);
    world.verifier = token -> CompletableFuture.failedFuture(new IllegalStateException("down"));
    world.enter("aa");
    assertThat(world.replies("unavailable")).isEqualTo(1);
    assertThat(world.replies("ok")).isZero();
  }

  @Test
  void guestToEndedWhenItsInputEnds() {
    Client client = world.connect();
    client.send("{\"id\":\"1\",\"op\":\"ping\"}");
    client.endInput();
    assertThat(client.received()).singleElement().asString().contains("4001");
    assertThat(client.connection.closeCode()).isEqualTo(1000);
  }

  @Test
  void judgingToEndedWhenItsInputEndsButNotBeforeAllIsAnswered() {
    CompletableFuture<Judgement> judgement = new CompletableFuture<>();
    world.verifier = token -> judgement;
    Client client = world.enter("aa");
    client.send("{\"id\":\"p\",\"op\":\"ping\"}");
    client.endInput();
    assertThat(client.connection.closeCode()).isZero();
    judgement.complete(new Judgement.Accepted("aa", Long.MAX_VALUE));
    client.connection.turn();
    assertThat(client.received().get(1)).contains("\"id\":\"p\"", "\"code\":0");
    assertThat(client.connection.closeCode()).isEqualTo(1000);
    assertThat(world.sessions.size()).isZero();
  }

  @Test
  void memberToEndedWhenItsInputEndsAndAllIsAnswered() {
    Client client = world.enter("aa");
    client.send("{\"id\":\"u\",\"op\":\"unread\"}");
    client.endInput();
    assertThat(client.connection.closeCode()).isZero();
    world.unanswered.getFirst().ok(json -> {});
    client.connection.turn();
    assertThat(client.received().getLast()).contains("\"id\":\"u\"", "\"code\":0");
    assertThat(client.connection.closeCode()).isEqualTo(1000);
  }

  @Test
  void memberToEndedSomeSecondsAfterItsInputEndsWhateverIsUnderWay() {
    Client client = world.enter("aa");
    client.send("{\"id\":\"u\",\"op\":\"unread\"}");
    client.endInput();
    world.pass(1_000, client);
    world.pass(4_999, client);
    assertThat(client.connection.closeCode()).isZero();
    world.pass(1, client);
    assertThat(client.connection.closeCode()).isEqualTo(1000);
  }

  @Test
  void memberToEndedWhenItsTokenEnds() {
    Client client = world.enter("aa");
    world.pass(20_000, client);
    client.pong();
    world.pass(20_000, client);
    client.pong();
    world.pass(20_000, client);
    assertThat(client.connection.closeCode()).isEqualTo(3501);
  }

  @Test
  void memberToEndedWhenReplaced() {
    Client older = world.enter("aa");
    Client newer = world.enter("aa");
    older.connection.turn();
    assertThat(older.connection.closeCode()).isEqualTo(3504);
    older.gone();
    assertThat(newer.connection.closeCode()).isZero();
    assertThat(world.sessions.size()).isEqualTo(1);
  }

  @Test
  void memberStaysUntilTheLogSaysThatTheNewerOneIsThere() {
    Client older = world.enter("aa");
    world.opened = new CompletableFuture<>();
    Client newer = world.enter("aa");
    older.connection.turn();
    assertThat(older.connection.closeCode()).isZero();
    world.opened.complete(null);
    older.connection.turn();
    assertThat(older.connection.closeCode()).isEqualTo(3504);
    assertThat(newer.connection.closeCode()).isZero();
  }

  @Test
  void memberStaysWhereTheNewerOneCannotBeServed() {
    Client older = world.enter("aa");
    world.opened = CompletableFuture.failedFuture(new IllegalStateException("down"));
    Client newer = world.enter("aa");
    newer.connection.turn();
    older.connection.turn();
    assertThat(newer.connection.closeCode()).isEqualTo(3004);
    assertThat(older.connection.closeCode()).isZero();
  }

  @Test
  void memberIsNotReadWhileTooManyOfItsRequestsAreUnderWay() {
    Client client = world.enter("aa");
    for (int i = 0; i < 256; i++) {
      client.send("{\"op\":\"unread\"}");
    }
    assertThat(client.connection.isPaused()).isTrue();
    world.unanswered.subList(0, 127).forEach(reply -> reply.ok(json -> {}));
    client.connection.turn();
    assertThat(client.connection.isPaused()).isTrue();
    world.unanswered.get(127).ok(json -> {});
    client.connection.turn();
    assertThat(client.connection.isPaused()).isFalse();
  }

  @Test
  void memberIsReadMoreSlowlyWhileTheViewIsLate() {
    Client client = world.enter("aa");
    world.readPauseMillis = 20;
    client.send("{\"op\":\"unread\"}");
    assertThat(client.connection.isPaused()).isTrue();
    world.unanswered.getFirst().ok(json -> {});
    client.connection.turn();
    assertThat(client.connection.isPaused()).as("answered, and the pause goes on").isTrue();
    client.connection.passTime();
    assertThat(client.connection.isPaused()).isFalse();
  }

  @Test
  void memberIsNotReadWhileItsAnswersWaitForIt() {
    Client client = world.enter("aa");
    client.connection.full();
    int sent = 0;
    while (!client.connection.isPaused() && sent < 1_000) {
      client.send("{\"id\":\"" + sent++ + "\",\"op\":\"ping\"}");
    }
    assertThat(sent).as("a quarter of the outbox").isBetween(200, 300);

    client.connection.drained();
    client.connection.turn();

    assertThat(client.connection.isPaused()).isFalse();
    assertThat(client.connection.closeCode()).isZero();
  }

  @Test
  void memberToEndedWhenItTakesNothingOfWhatWaitsForTwoHeartbeats() {
    Client client = unread();
    world.pass(1_000, client);
    world.pass(49_999, client);
    assertThat(client.connection.closeCode()).isZero();
    client.connection.takes(1);
    world.pass(1, client);
    world.pass(49_999, client);
    assertThat(client.connection.closeCode()).as("it took some").isZero();
    assertThat(client.connection.isPaused()).isTrue();
    world.pass(8_001, client);
    assertThat(client.received().getLast()).contains("3001", "\"retryAfter\":1000");
  }

  @Test
  void memberThatIsReadAgainIsNotSilentForTheTimeInWhichItWasNot() {
    Client client = unread();
    world.pass(1_000, client);
    world.pass(49_999, client);
    client.connection.drained();
    client.connection.turn();
    assertThat(client.connection.isPaused()).isFalse();
    world.pass(25_000, client);
    assertThat(client.connection.closeCode()).isZero();
    assertThat(client.connection.pings()).isEqualTo(1);
    world.pass(60_000, client);
    assertThat(client.connection.closeCode()).isEqualTo(3002);
  }

  /** One that is not read because so much waits for it: four writes. */
  private Client unread() {
    world.verifier =
        token -> CompletableFuture.completedFuture(new Judgement.Accepted("aa", Long.MAX_VALUE));
    Client client = world.enter("aa");
    client.connection.full();
    Outbox outbox = outbox("aa");
    for (int i = 0; i < 4; i++) {
      outbox.offer(new byte[60 << 10]);
    }
    client.send("{\"id\":\"p\",\"op\":\"ping\"}");
    assertThat(client.connection.isPaused()).isTrue();
    return client;
  }

  @Test
  void memberIsNotSilentWhileItIsNotReadForItsRequestsUnderWay() {
    world.verifier =
        token -> CompletableFuture.completedFuture(new Judgement.Accepted("aa", Long.MAX_VALUE));
    Client client = world.enter("aa");
    for (int i = 0; i < 256; i++) {
      client.send("{\"op\":\"unread\"}");
    }
    world.pass(100_000, client);
    world.unanswered.forEach(reply -> reply.ok(json -> {}));
    client.connection.turn();
    world.pass(49_999, client);
    assertThat(client.connection.closeCode()).isZero();
    world.pass(1, client);
    assertThat(client.connection.closeCode()).isEqualTo(3002);
  }

  @Test
  void sessionThatEndsBeforeItsDeviceIsJudgedIsNeverAnnounced() {
    world.known = new CompletableFuture<>();
    Client client = world.enter("aa");
    client.gone();
    world.known.complete(true);
    client.connection.turn();
    assertThat(world.events).containsExactly("ended s1");
  }

  @Test
  void closedFollowsOpenedEvenWhenThatIsLate() {
    world.opened = new CompletableFuture<>();
    Client client = world.enter("aa");
    client.gone();
    world.later();
    assertThat(world.events).doesNotContain("closed s1");
    world.opened.complete(null);
    assertThat(world.events).endsWith("closed s1");
  }

  @Test
  void drainSendsEverybodyAwayAndNewOnesToo() {
    Client guest = world.connect();
    Client member = world.enter("aa");
    world.doorman.drain();
    guest.connection.turn();
    member.connection.turn();
    assertThat(guest.connection.closeCode()).isEqualTo(3000);
    assertThat(member.connection.closeCode()).isEqualTo(3000);
    assertThat(world.connect().connection.closeCode()).isEqualTo(3000);
  }

  @Test
  void aStepOfTheTimeOfDayIsNotSilence() {
    SessionWorld.Client client = world.enter("aa");
    world.now += 59_000;
    world.pass(0, client);
    assertThat(client.connection.closeCode()).isZero();
    world.now -= 1_000_000;
    world.pass(50_000, client);
    assertThat(client.connection.closeCode()).isEqualTo(3002);
  }

  @Test
  void repliesAreMadeOnTheEventLoopInTheOrderOfTheAnswers() throws Exception {
    Client client = world.enter("aa");
    client.send("{\"id\":\"1\",\"op\":\"unread\"}");
    client.send("{\"id\":\"2\",\"op\":\"unread\"}");
    client.send("{\"id\":\"3\",\"op\":\"unread\"}");
    List<Thread> makers = new CopyOnWriteArrayList<>();
    Thread producer =
        new Thread(
            () -> {
              for (Responder reply : world.unanswered) {
                reply.ok(json -> makers.add(Thread.currentThread()));
              }
            });
    producer.start();
    producer.join();
    assertThat(makers).isEmpty();
    assertThat(client.connection.tasks()).as("one turn for all").isEqualTo(1);
    client.connection.turn();
    assertThat(makers).hasSize(3).containsOnly(Thread.currentThread());
    assertThat(client.received().subList(1, 4))
        .satisfiesExactly(
            one -> assertThat(one).contains("\"id\":\"1\""),
            two -> assertThat(two).contains("\"id\":\"2\""),
            three -> assertThat(three).contains("\"id\":\"3\""));
  }

  @Test
  void aReplyThatCannotBeWrittenIs5000Once() {
    Client client = world.enter("aa");
    client.send("{\"id\":\"1\",\"op\":\"unread\"}");
    Responder reply = world.unanswered.getFirst();
    reply.ok(
        json -> {
          throw new IllegalStateException("mistake");
        });
    reply.ok(json -> {});
    client.connection.turn();
    assertThat(client.received()).hasSize(2);
    assertThat(client.received().getLast()).contains("\"id\":\"1\",\"code\":5000");
    assertThat(world.replies("internal")).isEqualTo(1);
  }

  @Test
  void aRequestWhoseCallbackThrowsIs5000Once() {
    Client client = world.enter("aa");
    client.send("{\"id\":\"1\",\"op\":\"unread\"}");
    CompletableFuture<String> future = new CompletableFuture<>();
    world
        .unanswered
        .getFirst()
        .when(
            future,
            (done, failure) -> {
              throw new IllegalStateException("mistake");
            });
    future.complete("done");
    client.connection.turn();
    assertThat(client.received()).hasSize(2);
    assertThat(client.received().getLast()).contains("\"id\":\"1\",\"code\":5000");
  }

  @Test
  void aRefusedRequestIsAnsweredInItsTurn() {
    Client client = world.enter("aa");
    byte[] frames = "{\"id\":\"1\",\"op\":\"ping\"}".getBytes(StandardCharsets.UTF_8);
    client.sendBesideOthers(frames);
    client.send("{\"id\":\"2\",\"op\":\"fly\"}");
    assertThat(client.received().get(1)).contains("\"id\":\"1\",\"code\":0");
    assertThat(client.received().get(2)).contains("\"id\":\"2\",\"code\":4000");
  }

  @Test
  void everyLimitOfTheAuthReplyIsDescribedWithItsDefault() throws Exception {
    String reply = world.enter("aa").received().getFirst();
    Map<String, String> told = new TreeMap<>();
    Matcher limits = Pattern.compile("\"limits\":\\{([^}]*)}").matcher(reply);
    assertThat(limits.find()).isTrue();
    for (String each : limits.group(1).split(",")) {
      told.put(each.split(":")[0].replace("\"", ""), each.split(":")[1]);
    }
    Map<String, String> described = new TreeMap<>();
    String page = Files.readString(Path.of("..", "docs", "protocol.md"));
    String section = page.substring(page.indexOf("### Limits"), page.indexOf("### Ops"));
    Matcher rows = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([\\d,]+) \\|").matcher(section);
    while (rows.find()) {
      described.put(rows.group(1), rows.group(2).replace(",", ""));
    }
    assertThat(told).hasSize(7).isEqualTo(described);
  }

  @Test
  void aNumberAsIdIsAnsweredUnderItsText() {
    Client client = world.connect();
    client.send("{\"id\":7,\"op\":\"ping\"}");
    assertThat(client.received().getLast()).contains("\"id\":\"7\",\"code\":4001");
    client.send("{\"id\":8,\"op\":\"auth\",\"token\":\"aa\"}");
    assertThat(client.received().getLast()).contains("\"id\":\"8\",\"code\":4000");
    client.send("{\"id\":\"a\",\"op\":\"auth\",\"token\":\"aa\"}");
    client.send("{\"id\":9,\"op\":\"ping\"}");
    assertThat(client.received().getLast())
        .contains("\"id\":\"9\",\"code\":4000", "\"field\":\"id\"");
  }
}
