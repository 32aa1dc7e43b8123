package im.linnet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.client.SessionCore.Phase;
import im.linnet.schemas.Limits;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The transitions in the order of {@link SessionCore}'s table, with a recording fake for effects.
 */
class SessionCoreTest {
  private final RecordedEffects effects = new RecordedEffects();
  private ClientConfig config =
      ClientConfig.of("a.example", 9000)
          .withTimes(
              Duration.ofSeconds(1),
              Duration.ofSeconds(30),
              Duration.ofMillis(100),
              Duration.ofSeconds(10));
  private SessionCore core = new SessionCore(config, new Random(7), effects);
  private long now = 1_000;

  @Test
  void idleToConnecting() {
    core.start(now);

    assertThat(core.phase()).isEqualTo(Phase.CONNECTING);
    assertThat(effects.connects).containsExactly("1 a.example:9000");
  }

  @Test
  void connectingToAuthenticatingSendsTheToken() throws Exception {
    core.start(now);
    core.opened(1, "secret", now);

    JsonNode auth = effects.lastWritten();
    assertThat(auth.path("op").asText()).isEqualTo("auth");
    assertThat(auth.path("token").asText()).isEqualTo("secret");
    assertThat(auth.has("resume")).isFalse();
    assertThat(core.phase()).isEqualTo(Phase.AUTHENTICATING);
  }

  @Test
  void connectingToWaitingOnFailureAndBackWhenThePauseIsOver() {
    core.start(now);
    core.failed(1, "refused", now);

    assertThat(core.phase()).isEqualTo(Phase.WAITING);
    assertThat(core.deadline()).isBetween(now, now + 100);
    core.tick(core.deadline());
    assertThat(core.phase()).isEqualTo(Phase.CONNECTING);
    assertThat(effects.connects).hasSize(2);
  }

  @Test
  void waitingToConnectingAtOnceWhenHastened() {
    core.start(now);
    core.hasten(now);
    assertThat(effects.connects).hasSize(1);
    core.failed(1, "refused", now);
    core.hasten(now);

    assertThat(core.phase()).isEqualTo(Phase.CONNECTING);
    assertThat(effects.connects).hasSize(2);
    core.tick(now + 100);
    assertThat(effects.connects).hasSize(2);
  }

  @Test
  void theNextAddressIsTriedAfterAFailure() {
    config =
        ClientConfig.of(List.of(new ServerAddress("a", 1), new ServerAddress("b", 2)))
            .withTimes(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(1),
                Duration.ofMillis(1));
    core = new SessionCore(config, new Random(1), effects);
    core.start(now);
    core.failed(1, "refused", now);
    core.tick(core.deadline());

    assertThat(effects.connects)
        .map(each -> each.substring(2))
        .containsExactlyInAnyOrder("a:1", "b:2");
  }

  @Test
  void authenticatingToStoppedWhenTheTokenIsRefused() {
    core.start(now);
    core.opened(1, "bad", now);
    core.frame(
        1,
        RecordedEffects.frame("{'id':'auth','code':4001,'message':'unauthenticated: forged'}"),
        now);

    assertThat(core.phase()).isEqualTo(Phase.STOPPED);
    assertThat(effects.events)
        .containsExactly(new ClientEvent.Stopped(3500, "unauthenticated: forged"));
  }

  @Test
  void authenticatingToWaitingWhenTheServerIsUnavailable() {
    core.start(now);
    core.opened(1, "t", now);
    core.frame(
        1,
        RecordedEffects.frame(
            "{'id':'auth','code':5003,'message':'unavailable','data':{'retryAfter':700}}"),
        now);

    assertThat(core.phase()).isEqualTo(Phase.WAITING);
    assertThat(core.deadline()).isBetween(now + 700, now + 800);
  }

  @Test
  void authenticatingToWaitingWithoutAnAnswer() {
    core.start(now);
    core.opened(1, "t", now);
    core.tick(now + 1_000);

    assertThat(core.phase()).isEqualTo(Phase.WAITING);
    assertThat(effects.disconnects).isEqualTo(1);
    assertThat(lost().reason()).isEqualTo("a.example:9000 did not answer within 1 s");
  }

  @Test
  void closeBelow3500ReconnectsAfterWhatTheServerAsksAndJitter() {
    live();
    core.frame(
        1,
        RecordedEffects.frame(
            "{'op':'close','code':3000,'reason':'draining','reconnect':true,'retryAfter':5000}"),
        now);

    assertThat(core.phase()).isEqualTo(Phase.WAITING);
    assertThat(core.deadline()).isBetween(now + 5_000, now + 5_100);
  }

  @Test
  void anExpiredTokenIsFollowedByTheNextOne() throws Exception {
    live();
    core.frame(
        1,
        RecordedEffects.frame(
            "{'op':'close','code':3501,'reason':'token_expired','reconnect':false}"),
        now);
    assertThat(core.phase()).isEqualTo(Phase.WAITING);
    core.tick(core.deadline());
    core.opened(2, "fresh", now);

    assertThat(effects.lastWritten().path("token").asText()).isEqualTo("fresh");
  }

  @Test
  void changesOfAMessageCountInTheOrderOfTheirOriginals() throws Exception {
    live();
    core.frame(1, edit("bb", "aa", "p2p/3/12", "", "second"), now);
    core.frame(1, edit("bb", "aa", "p2p/3/11", "", "first"), now);
    assertThat(changes()).containsExactly("second");

    // An own edit at 21; then the copy of one that another device made before it.
    PendingRequest own =
        new PendingRequest(
            Request.change(
                new ChangeRequest(
                    new MessageId(Stream.P2P, "cc", "u", "aa"), new MessageChange.Edit("mine"))));
    core.submit(own, now);
    assertThat(effects.lastWritten().path("content").asText()).isEqualTo("mine");
    core.frame(
        1,
        RecordedEffects.frame(
            "{'id':'" + own.id() + "','code':0,'data':{'uuid':'u','at':'p2p/5/21'}}"),
        now);
    core.frame(1, edit("aa", "cc", "p2p/3/13", "p2p/5/20", "older"), now);
    core.frame(1, edit("aa", "cc", "p2p/3/14", "p2p/5/22", "newer"), now);
    assertThat(changes()).containsExactly("second", "newer");
    assertThat(last(ClientEvent.MessageChanged.class).at())
        .isEqualTo(new Position(Stream.P2P, 5, 22));
  }

  @Test
  void afterARecallNoChangeCounts() throws Exception {
    live();
    String recall = "{'op':'recall','at':'p2p/3/12','kind':'p2p','uuid':'u','from':'bb','to':'aa'}";
    core.frame(1, RecordedEffects.frame(recall), now);
    assertThat(last(ClientEvent.MessageChanged.class).change())
        .isEqualTo(new MessageChange.Recall());
    core.frame(1, edit("bb", "aa", "p2p/3/13", "", "void"), now);
    core.frame(
        1,
        RecordedEffects.frame(
            "{'op':'message','at':'p2p/3/20','time':5,'kind':'p2p','uuid':'v','from':'bb',"
                + "'to':'aa','type':'text','content':'','recalled':true}"),
        now);
    core.frame(1, RecordedEffects.frame(recall.replace("'u'", "'v'").replace("/12", "/21")), now);
    assertThat(last(ClientEvent.MessageReceived.class).message().recalled()).isTrue();
    assertThat(effects.events.stream().filter(ClientEvent.MessageChanged.class::isInstance))
        .hasSize(1);
  }

  @Test
  void aMessageThatComesAfterItsRecallHasNoText() throws Exception {
    live();
    String of = ",'of':{'at':'p2p/5/%d','time':4}}";
    core.frame(
        1,
        RecordedEffects.frame(
            "{'op':'recall','at':'p2p/3/12','kind':'p2p','uuid':'u','from':'aa','to':'cc'"
                + of.formatted(9)),
        now);
    core.frame(
        1,
        RecordedEffects.frame(
            "{'op':'message','at':'p2p/3/13','time':5,'kind':'p2p','uuid':'u','from':'aa',"
                + "'to':'cc','type':'text','content':'text'"
                + of.formatted(8)),
        now);
    Message message = last(ClientEvent.MessageReceived.class).message();
    assertThat(message.recalled()).isTrue();
    assertThat(message.content()).isEmpty();
  }

  private List<String> changes() {
    return effects.events.stream()
        .filter(ClientEvent.MessageChanged.class::isInstance)
        .map(each -> ((MessageChange.Edit) ((ClientEvent.MessageChanged) each).change()).content())
        .toList();
  }

  private <E extends ClientEvent> E last(Class<E> type) {
    return effects.events.reversed().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  private static ServerFrame edit(String from, String to, String at, String of, String content)
      throws IOException {
    return RecordedEffects.frame(
        "{'op':'edit','at':'%s','time':5,'kind':'p2p','uuid':'u','from':'%s','to':'%s','content':'%s'%s}"
            .formatted(
                at, from, to, content, of.isEmpty() ? "" : ",'of':{'at':'" + of + "','time':4}"));
  }

  @Test
  void aFrameThatWouldEndTheSessionIsNotSent() throws Exception {
    core.start(now);
    PendingRequest early = send(Draft.p2p("bb", "x".repeat(200)).withUuid("u0"));
    core.submit(early, now);
    core.opened(1, "t", now);
    core.frame(
        1,
        RecordedEffects.frame(
            "{'id':'auth','code':0,'data':{'clientId':'aa','log':'L','limits':{'frame':200}}}"),
        now);
    PendingRequest late = send(Draft.p2p("bb", "x".repeat(200)).withUuid("u1"));
    core.submit(late, now);

    assertThat(early.reply().get().code()).isEqualTo(4013);
    assertThat(late.reply().get().code()).isEqualTo(4013);
    assertThat(effects.written).hasSize(1);
    assertThat(core.phase()).isEqualTo(Phase.LIVE);
  }

  @Test
  void theBoundsOfTheServerAreTold() {
    core.start(now);
    core.opened(1, "t", now);
    core.frame(
        1,
        RecordedEffects.frame(
            "{'id':'auth','code':0,'data':{'clientId':'aa','session':'s','edge':'e','log':'L',"
                + "'limits':{'frame':1,'content':2,'sync':3,'page':4,'users':5,'change':7}}}"),
        now);

    assertThat(effects.events)
        .containsExactly(
            new ClientEvent.Connected("aa", "s", "e", "L", new Limits(1, 2, 3, 4, 5, 50, 7)));
  }

  @Test
  void aRequestThatCannotBeWrittenFailsAlone() {
    live();
    PendingRequest broken =
        new PendingRequest(
            Request.signal(
                "x",
                json -> {
                  throw new IOException("no such field");
                }));
    core.submit(broken, now);

    assertThatThrownBy(() -> broken.reply().get()).hasRootCauseMessage("no such field");
    assertThat(core.phase()).isEqualTo(Phase.LIVE);
  }

  @Test
  void closeFrom3500Stops() {
    live();
    PendingRequest left = unread();
    core.submit(left, now);
    core.frame(
        1,
        RecordedEffects.frame("{'op':'close','code':3504,'reason':'replaced','reconnect':false}"),
        now);

    assertThat(core.phase()).isEqualTo(Phase.STOPPED);
    assertThat(effects.last()).isEqualTo(new ClientEvent.Stopped(3504, "replaced"));
    assertThatThrownBy(() -> left.reply().get()).hasCauseInstanceOf(ClientClosedException.class);
    PendingRequest late = unread();
    core.submit(late, now);
    assertThat(late.reply()).isCompletedExceptionally();
  }

  @Test
  void resumesFromPushesAndSyncedNeverFromReplies() throws Exception {
    live();
    PendingRequest send = send(Draft.p2p("bb", "x").withUuid("u1"));
    core.submit(send, now);
    core.frame(
        1,
        RecordedEffects.frame("{'id':'1','code':0,'data':{'uuid':'u1','at':'p2p/9/900','time':5}}"),
        now);
    core.frame(
        1,
        RecordedEffects.frame("{'op':'synced','at':['p2p/3/10','mutual/3/-1','topic/0/4']}"),
        now);
    core.frame(1, message("p2p/3/12", "bb", "aa", "m1"), now);
    core.frame(
        1,
        RecordedEffects.frame(
            "{'op':'read','kind':'p2p','reader':'bb','peer':'aa','upTo':'p2p/9/900','at':'p2p/3/13'}"),
        now);
    reconnect(2);

    JsonNode auth = effects.lastWritten();
    assertThat(texts(auth.path("resume"))).containsExactly("p2p/3/13", "mutual/3/-1", "topic/0/4");
    assertThat(auth.path("log").asText()).isEqualTo("L1");
  }

  @Test
  void aResetReplacesThePlaces() {
    live();
    core.frame(1, RecordedEffects.frame("{'op':'synced','at':['p2p/3/100','topic/1/7']}"), now);
    core.frame(1, RecordedEffects.frame("{'op':'synced','at':['p2p/3/2'],'reset':true}"), now);

    assertThat(core.places()).containsExactly(new Position(Stream.P2P, 3, 2));
    assertThat(effects.last())
        .isEqualTo(new ClientEvent.Synced(List.of(new Position(Stream.P2P, 3, 2)), false, true));
  }

  @Test
  void aCutIsToldToTheListener() {
    live();
    core.frame(1, RecordedEffects.frame("{'op':'synced','at':[],'cut':true}"), now);

    assertThat(effects.last()).isEqualTo(new ClientEvent.Synced(List.of(), true, false));
  }

  @Test
  void placesOfAnotherLogAreForgotten() {
    live();
    core.frame(1, RecordedEffects.frame("{'op':'synced','at':['p2p/3/100']}"), now);
    reconnect(2);
    core.frame(
        2,
        RecordedEffects.frame("{'id':'auth','code':0,'data':{'clientId':'aa','log':'L2'}}"),
        now);

    assertThat(core.places()).isEmpty();
  }

  @Test
  void eachMessageIsShownOnceAcrossConnections() {
    live();
    core.frame(1, message("p2p/3/12", "bb", "aa", "m1"), now);
    reconnect(2);
    core.frame(
        2,
        RecordedEffects.frame("{'id':'auth','code':0,'data':{'clientId':'aa','log':'L1'}}"),
        now);
    core.frame(2, message("p2p/3/14", "bb", "aa", "m1"), now);
    core.frame(2, message("p2p/3/15", "cc", "aa", "m1"), now);

    assertThat(effects.messages()).extracting(Message::sender).containsExactly("bb", "cc");
    assertThat(core.places()).containsExactly(new Position(Stream.P2P, 3, 15));
  }

  @Test
  void whatThisSessionSentIsNotShownAgainAsACopy() {
    live();
    core.submit(send(Draft.p2p("bb", "x").withUuid("u1")), now);
    core.frame(
        1,
        RecordedEffects.frame("{'id':'1','code':0,'data':{'uuid':'u1','at':'p2p/9/900','time':5}}"),
        now);
    core.frame(1, message("p2p/3/20", "aa", "bb", "u1"), now);
    core.frame(1, message("p2p/3/21", "aa", "bb", "u2"), now);

    assertThat(effects.messages()).extracting(Message::uuid).containsExactly("u2");
  }

  @Test
  void unansweredSendsAreRepeatedInOrderAndMarked() throws Exception {
    live();
    core.submit(send(Draft.p2p("bb", "one").withUuid("u1")), now);
    core.submit(send(Draft.p2p("bb", "two").withUuid("u2")), now);
    core.failed(1, "reset by peer", now);
    core.submit(send(Draft.p2p("bb", "three").withUuid("u3")), now);
    effects.written.clear();
    core.tick(core.deadline());
    core.opened(2, "t", now);
    core.frame(
        2,
        RecordedEffects.frame("{'id':'auth','code':0,'data':{'clientId':'aa','log':'L1'}}"),
        now);

    List<JsonNode> sent = effects.allWritten().subList(1, 4);
    assertThat(sent)
        .extracting(each -> each.path("uuid").asText())
        .containsExactly("u1", "u2", "u3");
    assertThat(sent)
        .extracting(each -> each.path("retry").asBoolean())
        .containsExactly(true, true, false);
  }

  @Test
  void typingIsNotRepeated() {
    live();
    PendingRequest typing = new PendingRequest(Request.signal("typing", json -> {}));
    core.submit(typing, now);
    core.failed(1, "gone", now);

    assertThat(typing.reply()).isCompletedExceptionally();
  }

  @Test
  void watchedUsersAreWatchedAgainAndTold() throws Exception {
    live();
    watching("bb", "cc");
    reconnect(2);
    core.frame(
        2,
        RecordedEffects.frame("{'id':'auth','code':0,'data':{'clientId':'aa','log':'L1'}}"),
        now);
    JsonNode watch = effects.lastWritten();
    core.frame(
        2,
        RecordedEffects.frame(
            "{'id':'"
                + watch.path("id").asText()
                + "','code':0,'data':{'presence':"
                + "[{'user':'bb','status':'online','lastSeen':5}]}}"),
        now);

    assertThat(watch.path("op").asText()).isEqualTo("presence.watch");
    assertThat(texts(watch.path("users"))).containsExactly("bb", "cc");
    assertThat(effects.last()).isInstanceOf(ClientEvent.PresenceChanged.class);
  }

  @Test
  void aConnectionWatchesOnceHoweverManyWereCutBeforeTheyWereAnswered() throws Exception {
    live();
    watching("bb");
    int cuts = 5;
    for (int number = 2; number < 2 + cuts; number++) {
      reconnect(number);
      core.frame(
          number,
          RecordedEffects.frame("{'id':'auth','code':0,'data':{'clientId':'aa','log':'L1'}}"),
          now);
    }
    effects.written.clear();
    reconnect(2 + cuts);
    core.frame(
        2 + cuts,
        RecordedEffects.frame("{'id':'auth','code':0,'data':{'clientId':'aa','log':'L1'}}"),
        now);

    assertThat(effects.allWritten())
        .extracting(each -> each.path("op").asText())
        .containsExactly("auth", "presence.watch");
  }

  @Test
  void aRequestIsGivenUpAfterItsTimeout() {
    live();
    PendingRequest unread = unread();
    core.submit(unread, now);
    core.frame(1, RecordedEffects.frame("{'op':'ping'}"), now + 29_999);
    core.tick(now + 29_999);
    assertThat(unread.reply()).isNotDone();
    core.tick(now + 30_000);

    assertThatThrownBy(() -> unread.reply().get())
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void aPingIsAnswered() throws Exception {
    live();
    core.frame(1, RecordedEffects.frame("{'op':'ping'}"), now);

    assertThat(effects.lastWritten().path("op").asText()).isEqualTo("pong");
  }

  @Test
  void aSilentServerIsPingedThenGivenUp() throws Exception {
    live();
    core.tick(now + 2_000);
    assertThat(effects.lastWritten().path("op").asText()).isEqualTo("ping");
    core.tick(now + 4_000);

    assertThat(core.phase()).isEqualTo(Phase.WAITING);
    assertThat(lost().reason()).isEqualTo("a.example:9000 did not answer within 4 s");
  }

  @Test
  void aTokenThatDoesNotComeIsGivenUpAfterTwiceTheTimeout() {
    core.start(now);
    core.tick(now + 1_999);
    assertThat(core.phase()).isEqualTo(Phase.CONNECTING);
    core.tick(now + 2_000);

    assertThat(lost().reason()).isEqualTo("the token for a.example:9000 did not come within 2 s");
  }

  @Test
  void framesOfAnEarlierConnectionArePassedOver() {
    live();
    reconnect(2);
    core.frame(1, message("p2p/3/12", "bb", "aa", "late"), now);

    assertThat(effects.messages()).isEmpty();
    assertThat(core.places()).isEmpty();
  }

  private ClientEvent.Disconnected lost() {
    return (ClientEvent.Disconnected) effects.last();
  }

  private void live() {
    core.start(now);
    core.opened(1, "t", now);
    core.frame(
        1,
        RecordedEffects.frame(
            "{'id':'auth','code':0,'data':{'clientId':'aa','log':'L1','heartbeat':2000}}"),
        now);
    assertThat(core.phase()).isEqualTo(Phase.LIVE);
  }

  /** Asks to be told of these, and is answered; the first request of a session. */
  private void watching(String... users) {
    core.submit(
        new PendingRequest(
            Request.question(
                "presence.watch", json -> JsonValues.write(json, "users", List.of(users)))),
        now);
    String states =
        Arrays.stream(users)
            .map(user -> "{'user':'" + user + "','status':'offline','lastSeen':0}")
            .collect(Collectors.joining(","));
    core.frame(
        1, RecordedEffects.frame("{'id':'1','code':0,'data':{'presence':[" + states + "]}}"), now);
  }

  /** Loses the connection and opens the next one, up to its auth frame. */
  private void reconnect(int number) {
    core.failed(number - 1, "gone", now);
    now = core.deadline();
    core.tick(now);
    core.opened(number, "t", now);
  }

  private static ServerFrame message(String at, String from, String to, String uuid) {
    return RecordedEffects.frame(
        "{'op':'message','at':'"
            + at
            + "','time':1,'kind':'p2p','uuid':'"
            + uuid
            + "','from':'"
            + from
            + "','to':'"
            + to
            + "','type':'text','content':'x'}");
  }

  private static PendingRequest send(Draft draft) {
    return new PendingRequest(Request.send(draft));
  }

  private static PendingRequest unread() {
    return new PendingRequest(Request.question("unread", json -> {}));
  }

  private static List<String> texts(JsonNode array) {
    List<String> all = new ArrayList<>();
    array.forEach(each -> all.add(each.asText()));
    return all;
  }
}
