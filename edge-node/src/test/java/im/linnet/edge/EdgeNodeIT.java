package im.linnet.edge;

import static im.linnet.edge.EdgeWorld.auth;
import static im.linnet.edge.EdgeWorld.connect;
import static im.linnet.edge.EdgeWorld.live;
import static im.linnet.edge.EdgeWorld.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.edge.EdgeWorld.Transport;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.settings.Settings;
import im.linnet.testkit.RawClient;
import im.linnet.testkit.RawTcpClient;
import im.linnet.testkit.RawWebSocketClient;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EdgeNodeIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration AUTH = Duration.ofSeconds(2);

  private static EdgeWorld world;
  private static EdgeNode edge;

  @BeforeAll
  static void start() {
    world = new EdgeWorld();
    edge = world.start(EdgeWorld.config("edge-a"));
    // The first clients wait for classes to be loaded; a token of seconds would not outlast that.
    for (Transport transport : Transport.values()) {
      live(edge, transport, "first", "d").close();
    }
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  /** Whatever a client did to it, the process serves the next one. */
  @AfterEach
  void isUnharmed() {
    try (RawClient client = connect(edge, Transport.TCP)) {
      assertThat(client.request(auth("witness", "d")).path("code").asInt()).isZero();
      assertThat(client.request("{\"id\":\"p\",\"op\":\"ping\"}").path("code").asInt()).isZero();
    }
    await().atMost(PATIENCE).until(() -> edge.check().isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void carriesMessageFromSocketToSocketAndBackAsRead(Transport transport) {
    String a = "aa-" + transport;
    String b = "bb-" + transport;
    try (RawClient sender = live(edge, transport, a, "d");
        RawClient reader = live(edge, transport, b, "d")) {
      JsonNode sent =
          sender.request(
              "{\"id\":\"1\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"%s\",\"content\":\"hé\",\"uuid\":\"u1\"}"
                  .formatted(b));
      assertThat(sent.path("code").asInt()).isZero();
      JsonNode push = reader.awaitPush("message");
      assertThat(push.path("from").asText()).isEqualTo(a);
      assertThat(push.path("content").asText()).isEqualTo("hé");
      assertThat(push.path("type").asText()).isEqualTo("text");
      assertThat(push.path("at")).isEqualTo(sent.path("data").path("at"));
      assertThat(push.path("time")).isEqualTo(sent.path("data").path("time"));

      JsonNode unread = reader.request("{\"id\":\"2\",\"op\":\"unread\"}").path("data");
      assertThat(unread.path("total").asInt()).isEqualTo(1);
      assertThat(unread.path("p2p").path(0).path("peer").asText()).isEqualTo(a);

      JsonNode read =
          reader.request(
              "{\"id\":\"3\",\"op\":\"read\",\"kind\":\"p2p\",\"peer\":\"%s\",\"upTo\":\"%s\"}"
                  .formatted(a, push.path("at").asText()));
      assertThat(read.path("code").asInt()).isZero();
      JsonNode tick = sender.awaitPush("read");
      assertThat(tick.path("reader").asText()).isEqualTo(b);
      assertThat(tick.path("upTo").asText()).isEqualTo(push.path("at").asText());

      // What the session was acked is in its next reply from the store.
      assertThat(
              reader.request("{\"id\":\"4\",\"op\":\"unread\"}").path("data").path("total").asInt())
          .isZero();
      JsonNode history =
          sender
              .request(
                  "{\"id\":\"5\",\"op\":\"history\",\"kind\":\"p2p\",\"peer\":\"%s\"}".formatted(b))
              .path("data")
              .path("messages");
      assertThat(history).hasSize(1);
      assertThat(history.path(0).path("uuid").asText()).isEqualTo("u1");
      assertThat(history.path(0).path("read").isBoolean()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsTheFirstOutcomeOfARepeatHereAndOnAnotherConnection(Transport transport) {
    String a = "rep-" + transport;
    String send =
        "{\"id\":\"%s\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"sink\",\"content\":\"x\",\"uuid\":\"once\"%s}";
    String other = send.replace("\"x\"", "\"y\"");
    JsonNode first;
    try (RawClient sender = live(edge, transport, a, "d")) {
      first = sender.request(send.formatted("1", "")).path("data");
      assertThat(sender.request(send.formatted("2", "")).path("data")).isEqualTo(first);
      assertThat(sender.request(other.formatted("4", "")).path("code").asInt()).isEqualTo(4009);
    }
    try (RawClient sender = live(edge, transport, a, "d")) {
      JsonNode conflict = sender.request(other.formatted("5", ",\"retry\":true"));
      assertThat(conflict.path("code").asInt()).isEqualTo(4009);
      assertThat(conflict.path("data").path("field").asText()).isEqualTo("uuid");
      assertThat(sender.request(send.formatted("3", ",\"retry\":true")).path("data"))
          .isEqualTo(first);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsOrderBehindARepeatThatIsLookedUp(Transport transport) {
    String b = "ordered-" + transport;
    try (RawClient reader = live(edge, transport, b, "d");
        RawClient sender = live(edge, transport, "orderer-" + transport, "d")) {
      for (int i = 0; i < 50; i++) {
        sender.send(
            "{\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"%s\",\"content\":\"%d\",\"uuid\":\"o%d\"%s}"
                .formatted(b, i, i, i % 10 == 0 ? ",\"retry\":true" : ""));
      }
      List<String> contents =
          reader.awaitPushes("message", 50, PATIENCE).stream()
              .map(push -> push.path("content").asText())
              .toList();
      for (int i = 0; i < 50; i++) {
        assertThat(contents.get(i)).isEqualTo(Integer.toString(i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void copiesOwnMessagesToTheSendersOtherDevice(Transport transport) {
    String a = "two-" + transport;
    try (RawClient phone = live(edge, transport, a, "phone");
        RawClient desk = live(edge, transport, a, "desk")) {
      JsonNode sent =
          phone.request(
              "{\"id\":\"1\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"sink\",\"content\":\"x\",\"uuid\":\"copy\"}");
      JsonNode copy = desk.awaitPush("message");
      assertThat(copy.path("uuid").asText()).isEqualTo("copy");
      assertThat(copy.path("of").path("at")).isEqualTo(sent.path("data").path("at"));
      assertThat(phone.pushes("message")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void showsProfilesToEverybody(Transport transport) {
    String a = "shown-" + transport;
    try (RawClient shown = live(edge, transport, a, "d");
        RawClient other = live(edge, transport, "viewer-" + transport, "d")) {
      shown.request("{'id':'1','op':'profile.set','nickname':'Anna'}".replace('\'', '"'));
      JsonNode set =
          shown.request(
              "{'id':'2','op':'profile.set','avatar':'https://example.org/a'}".replace('\'', '"'));
      String profile =
          "{'user':'%s','nickname':'Anna','avatar':'https://example.org/a'}".formatted(a);
      assertThat(set.path("data").toString())
          .isEqualTo("{'profiles':[%s]}".formatted(profile).replace('\'', '"'));
      JsonNode got =
          other.request(
              "{'id':'3','op':'profile.get','users':['nobody','%s']}"
                  .formatted(a)
                  .replace('\'', '"'));
      assertThat(got.path("data").toString())
          .isEqualTo(
              "{'profiles':[{'user':'nobody','nickname':'','avatar':''},%s]}"
                  .formatted(profile)
                  .replace('\'', '"'));
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsContactsForTheirOwnerAlone(Transport transport) {
    String a = "owner-" + transport;
    try (RawClient owner = live(edge, transport, a, "d");
        RawClient other = live(edge, transport, "other-" + transport, "d")) {
      JsonNode both =
          owner.request(
              "{'id':'1','op':'contact.set','user':'bb','remark':'Bob','labels':['work']}"
                  .replace('\'', '"'));
      assertThat(both.path("data").toString())
          .isEqualTo(
              "{'contacts':[{'user':'bb','remark':'Bob','labels':['work']}]}".replace('\'', '"'));
      JsonNode one =
          owner.request("{'id':'2','op':'contact.set','user':'bb','labels':[]}".replace('\'', '"'));
      assertThat(one.path("data").path("contacts").path(0).path("remark").asText())
          .isEqualTo("Bob");
      owner.request("{'id':'3','op':'contact.set','user':'cc'}".replace('\'', '"'));
      JsonNode page =
          owner.request("{'id':'4','op':'contact.list','limit':1}".replace('\'', '"')).path("data");
      assertThat(page.path("next").asText()).isEqualTo("bb");
      JsonNode rest =
          owner
              .request("{'id':'5','op':'contact.list','after':'bb'}".replace('\'', '"'))
              .path("data");
      assertThat(rest.toString())
          .isEqualTo("{'contacts':[{'user':'cc','remark':'','labels':[]}]}".replace('\'', '"'));
      assertThat(
              other
                  .request("{'id':'6','op':'contact.list'}".replace('\'', '"'))
                  .path("data")
                  .path("contacts"))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void listsConversationsAndTellsWhoHasRead(Transport transport) {
    String a = "lister-" + transport;
    String b = "listed-" + transport;
    try (RawClient sender = live(edge, transport, a, "d");
        RawClient reader = live(edge, transport, b, "d")) {
      sender.request(
          "{'id':'1','op':'send','kind':'p2p','to':'%s','content':'Hello','uuid':'u1'}"
              .formatted(b)
              .replace('\'', '"'));
      JsonNode push = reader.awaitPush("message");
      assertThat(sender.request(receipts("2", b)).path("data").path("count").asInt()).isZero();
      for (RawClient each : new RawClient[] {sender, reader}) {
        JsonNode listed =
            each.request("{'id':'3','op':'conversations'}".replace('\'', '"'))
                .path("data")
                .path("conversations");
        assertThat(listed).hasSize(1);
        assertThat(listed.path(0).path("peer").asText()).isEqualTo(each == sender ? b : a);
        assertThat(listed.path(0).path("last").path("content").asText()).isEqualTo("Hello");
        assertThat(listed.path(0).path("unread").asInt()).isEqualTo(each == sender ? 0 : 1);
      }
      reader.request(
          "{'id':'4','op':'read','kind':'p2p','peer':'%s','upTo':'%s'}"
              .formatted(a, push.path("at").asText())
              .replace('\'', '"'));
      sender.awaitPush("read");
      assertThat(sender.request(receipts("5", b)).path("data").toString())
          .isEqualTo("{\"readers\":[\"" + b + "\"],\"count\":1}");
      assertThat(reader.request(receipts("6", b)).path("data").path("count").asInt()).isEqualTo(1);
      try (RawClient stranger = live(edge, transport, "stranger-" + transport, "d")) {
        assertThat(stranger.request(receipts("7", b)).path("code").asInt()).isEqualTo(4004);
      }
    }
  }

  private static String receipts(String id, String to) {
    return "{'id':'%s','op':'receipts','kind':'p2p','to':'%s','uuid':'u1'}"
        .formatted(id, to)
        .replace('\'', '"');
  }

  private static String typing(String id, String to) {
    return "{'id':'%s','op':'typing','kind':'p2p','to':'%s'}".formatted(id, to).replace('\'', '"');
  }

  @ParameterizedTest
  @EnumSource
  void pushesTypingToThoseWhoAreThere(Transport transport) {
    String a = "typist-" + transport;
    String b = "watched-" + transport;
    try (RawClient typist = live(edge, transport, a, "d");
        RawClient phone = live(edge, transport, b, "phone");
        RawClient web = live(edge, transport, b, "web")) {
      assertThat(typist.request(typing("1", b)).path("code").asInt()).isZero();
      for (RawClient each : new RawClient[] {phone, web}) {
        assertThat(each.awaitPush("typing").toString())
            .isEqualTo(
                "{'op':'typing','kind':'p2p','from':'%s','to':'%s'}"
                    .formatted(a, b)
                    .replace('\'', '"'));
      }
      JsonNode last = typist.request(typing("2", b));
      for (int i = 3; i < 60 && last.path("code").asInt() == 0; i++) {
        last = typist.request(typing(String.valueOf(i), b));
      }
      assertThat(last.path("code").asInt()).isEqualTo(4029);
      assertThat(last.path("data").path("retryAfter").asInt()).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource
  void closesALineThatIsNoJsonObjectWith3502(Transport transport) {
    for (String line : List.of("{\"op\":", "[1]", "hello", "{} {}")) {
      try (RawClient client = live(edge, transport, "broken-" + transport, "d")) {
        client.send(line);
        assertThat(client.awaitClosed(PATIENCE).code()).as(line).isEqualTo(3502);
      }
      try (RawClient guest = connect(edge, transport)) {
        guest.send(line);
        assertThat(guest.awaitClosed(PATIENCE).code()).as(line).isEqualTo(3502);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersAnUnknownOpWith4000AndGoesOn(Transport transport) {
    try (RawClient client = live(edge, transport, "unknown-" + transport, "d")) {
      JsonNode reply = client.request("{\"id\":\"1\",\"op\":\"nonsense\"}");
      assertThat(reply.path("code").asInt()).isEqualTo(4000);
      assertThat(reply.path("data").path("field").asText()).isEqualTo("op");
      assertThat(client.request("{\"id\":\"2\",\"op\":\"ping\"}").path("code").asInt()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersAMissingFieldWith4000AndItsName(Transport transport) {
    try (RawClient client = live(edge, transport, "missing-" + transport, "d")) {
      JsonNode reply =
          client.request("{\"id\":\"1\",\"op\":\"send\",\"kind\":\"p2p\",\"content\":\"x\"}");
      assertThat(reply.path("code").asInt()).isEqualTo(4000);
      assertThat(reply.path("data").path("field").asText()).isEqualTo("to");
    }
  }

  @ParameterizedTest
  @EnumSource
  void closesALineOf1MiBWith3503(Transport transport) {
    String line = "{\"op\":\"ping\",\"x\":\"" + "x".repeat(1 << 20) + "\"}";
    try (RawClient client = live(edge, transport, "long-" + transport, "d")) {
      client.send(line);
      assertThat(client.awaitClosed(PATIENCE).code()).isEqualTo(3503);
    }
  }

  @ParameterizedTest
  @EnumSource
  void closesAGuestWithoutAuthWith3500AfterItsTime(Transport transport) {
    EdgeNode hasty =
        world.start(
            Settings.with(
                EdgeWorld.config("edge-hasty-" + transport), Map.of("--auth-timeout", AUTH)::get));
    try (RawClient guest = connect(hasty, transport)) {
      JsonNode reply = guest.request("{\"id\":\"1\",\"op\":\"unread\"}");
      assertThat(reply.path("code").asInt()).isEqualTo(4001);
      assertThat(guest.awaitClosed(PATIENCE).code()).isEqualTo(3500);
    }
  }

  @ParameterizedTest
  @EnumSource
  void letsAGuestAuthenticateAfterA4001(Transport transport) {
    try (RawClient guest = connect(edge, transport)) {
      assertThat(guest.request("{\"id\":\"1\",\"op\":\"send\"}").path("code").asInt())
          .isEqualTo(4001);
      assertThat(guest.request("{\"id\":\"2\",\"op\":\"auth\",\"token\":7}").path("code").asInt())
          .isEqualTo(4000);
      JsonNode reply = guest.request(auth("late-" + transport, "d"));
      assertThat(reply.path("code").asInt()).isZero();
      assertThat(reply.path("data").path("clientId").asText()).isEqualTo("late-" + transport);
      assertThat(reply.path("data").path("limits").path("frame").asInt()).isEqualTo(65_536);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesTokensThatAreNoGoodWith4001And3500(Transport transport) throws Exception {
    String good = token("aa");
    String expired = token("aa", Duration.ofMinutes(-1));
    String forged = good.substring(0, good.length() - 4) + "AAAA";
    String wrongSub = token("not a user");
    String none =
        base64("{\"alg\":\"none\"}") + "." + base64("{\"sub\":\"aa\",\"exp\":99999999999}") + ".";
    for (String token :
        List.of(
            expired,
            forged,
            wrongSub,
            none,
            "x",
            "",
            signed("{\"sub\":18446744073709551001,\"exp\":99999999999}"),
            signed("{\"sub\":\"aa\",\"sub\":\"bb\",\"exp\":99999999999}"),
            signed("{\"sub\":\"aa\",\"exp\":-1e16}"),
            signed("{\"sub\":\"aa\",\"exp\":\"99999999999\"}"),
            signed("{\"sub\":\"aa\",\"exp\":99999999999,\"nbf\":1e30}"))) {
      try (RawClient guest = connect(edge, transport)) {
        JsonNode reply =
            guest.request("{\"id\":\"1\",\"op\":\"auth\",\"token\":\"%s\"}".formatted(token));
        assertThat(reply.path("code").asInt()).as(token).isEqualTo(4001);
        assertThat(guest.awaitClosed(PATIENCE).code()).as(token).isEqualTo(3500);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTokenThatEndsNeverKeepsItsSession(Transport transport) throws Exception {
    for (String exp : List.of("9223372036854775807", "1e300")) {
      try (RawClient client = connect(edge, transport)) {
        String token = signed("{\"sub\":\"ever-%s\",\"exp\":%s}".formatted(transport, exp));
        assertThat(
                client
                    .request("{\"id\":\"1\",\"op\":\"auth\",\"token\":\"%s\"}".formatted(token))
                    .path("code")
                    .asInt())
            .isZero();
        client.awaitPush("synced");
        assertThat(client.request("{\"id\":\"2\",\"op\":\"ping\"}").path("code").asInt()).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void closesASessionWhoseTokenEndsWith3501(Transport transport) {
    try (RawClient client = connect(edge, transport)) {
      client.request(
          "{\"id\":\"1\",\"op\":\"auth\",\"token\":\"%s\"}"
              .formatted(token("short-" + transport, Duration.ofSeconds(3))));
      assertThat(client.awaitClosed(PATIENCE).code()).isEqualTo(3501);
    }
  }

  @ParameterizedTest
  @EnumSource
  void replacesTheOlderSessionOfADeviceWith3504(Transport transport) {
    try (RawClient older = live(edge, transport, "twice-" + transport, "d");
        RawClient newer = live(edge, transport, "twice-" + transport, "d")) {
      assertThat(older.awaitClosed(PATIENCE).code()).isEqualTo(3504);
      assertThat(newer.request("{\"id\":\"1\",\"op\":\"ping\"}").path("code").asInt()).isZero();
    }
  }

  @Test
  void replacesTheOlderSessionOfADeviceOnAnotherEdge() {
    EdgeNode other = world.start(EdgeWorld.config("edge-b"));
    try (RawClient older = live(edge, Transport.TCP, "mover", "d");
        RawClient newer = live(other, Transport.TCP, "mover", "d")) {
      assertThat(older.awaitClosed(PATIENCE).code()).isEqualTo(3504);
      try (RawClient newest = live(edge, Transport.TCP, "mover", "d")) {
        assertThat(newer.awaitClosed(PATIENCE).code()).isEqualTo(3504);
        assertThat(newest.request("{\"id\":\"1\",\"op\":\"ping\"}").path("code").asInt()).isZero();
      }
    }
  }

  /** What it does not keep stands in the log. */
  @Test
  void anEdgeThatKeepsNobodyKnowsThoseWhomItNeeds() {
    world.presence("seen", PresenceStatus.BUSY);
    EdgeNode bare =
        world.start(Settings.with(EdgeWorld.config("edge-bare"), Map.of("--spare-users", 0)::get));
    try (RawClient phone = live(edge, Transport.TCP, "spread", "phone");
        RawClient desk = live(bare, Transport.TCP, "spread", "desk");
        RawClient older = live(bare, Transport.TCP, "roamer", "d")) {
      desk.request(
          "{\"id\":\"1\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"sink\",\"content\":\"x\",\"uuid\":\"bare\"}");
      assertThat(phone.awaitPush("message").path("uuid").asText()).isEqualTo("bare");
      JsonNode watched =
          desk.request("{\"id\":\"2\",\"op\":\"presence.watch\",\"users\":[\"seen\",\"nobody\"]}")
              .path("data")
              .path("presence");
      assertThat(watched.path(0).path("status").asText()).isEqualTo("busy");
      assertThat(watched.path(1).path("status").asText()).isEqualTo("offline");
      world.presence("seen", PresenceStatus.AWAY);
      assertThat(desk.awaitPush("presence").path("status").asText()).isEqualTo("away");
      try (RawClient newer = live(edge, Transport.TCP, "roamer", "d")) {
        assertThat(older.awaitClosed(PATIENCE).code()).isEqualTo(3504);
        assertThat(newer.request("{\"id\":\"1\",\"op\":\"ping\"}").path("code").asInt()).isZero();
      }
    }
  }

  @Test
  void sendsClientsAwayWhenItStopsWithinTenSeconds() {
    EdgeNode other = world.start(EdgeWorld.config("edge-c"));
    try (RawClient tcp = live(other, Transport.TCP, "drained", "t");
        RawClient web = live(other, Transport.WEBSOCKET, "drained", "w")) {
      long began = System.nanoTime();
      other.close();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
      for (RawClient client : List.of(tcp, web)) {
        assertThat(client.awaitClosed(PATIENCE).code()).isEqualTo(3000);
        JsonNode last = client.awaitPush("close");
        assertThat(last.path("reconnect").asBoolean()).isTrue();
        assertThat(last.path("retryAfter").asLong()).isPositive();
      }
    }
  }

  @Test
  void takesAnyNumberOfFramesInOneWebSocketMessage() {
    String send =
        "{\"id\":\"%d\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"zz\",\"content\":\"%s\"}\n";
    try (RawClient client = live(edge, Transport.WEBSOCKET, "batch", "d")) {
      StringBuilder message = new StringBuilder();
      for (int i = 0; i < 3_000; i++) {
        message.append(send.formatted(i, "x".repeat(40)));
      }
      for (int i = 0; i < 20; i++) {
        message.append(
            "{\"id\":\"p\",\"op\":\"ping\",\"x\":\"%s\"}\n".formatted("x".repeat(60 << 10)));
      }
      client.send(message.toString());
      List<JsonNode> replies =
          client.await(3_020, frame -> frame.path("code").isInt(), Duration.ofSeconds(60));
      assertThat(replies).allMatch(reply -> reply.path("code").asInt() == 0);
    }
  }

  @Test
  void closesABinaryMessageWith3502() {
    URI uri = URI.create("ws://127.0.0.1:" + edge.httpPort() + "/v1/ws");
    try (RawWebSocketClient client = RawWebSocketClient.connect(uri)) {
      client.sendFrame(2, "{\"op\":\"ping\"}".getBytes(StandardCharsets.UTF_8));
      assertThat(client.awaitClosed(PATIENCE).code()).isEqualTo(3502);
    }
  }

  @Test
  void takesTheTokenOfTheHandshake() {
    URI uri = URI.create("ws://127.0.0.1:" + edge.httpPort() + "/v1/ws");
    try (RawWebSocketClient client =
        RawWebSocketClient.connect(uri, Map.of("Authorization", "Bearer " + token("header")))) {
      JsonNode reply = client.request("{\"id\":\"1\",\"op\":\"auth\"}");
      assertThat(reply.path("data").path("clientId").asText()).isEqualTo("header");
    }
  }

  @Test
  void closesAfterLogout() {
    for (Transport transport : Transport.values()) {
      try (RawClient client = live(edge, transport, "leaver-" + transport, "d")) {
        assertThat(client.request("{\"id\":\"1\",\"op\":\"logout\"}").path("code").asInt())
            .isZero();
        client.awaitClosed(PATIENCE);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void answersWhatIsUnderWayBeforeALogout(Transport transport) {
    try (RawClient client = live(edge, transport, "hasty-" + transport, "d")) {
      client.send(
          "{\"id\":\"1\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"zz\",\"content\":\"last\"}"
              + "\n{\"id\":\"2\",\"op\":\"logout\"}");
      assertThat(client.awaitReply("1").path("code").asInt()).isZero();
      assertThat(client.awaitReply("2").path("code").asInt()).isZero();
      client.awaitClosed(PATIENCE);
    }
  }

  @Test
  void answersTenThousandSendsThatComeAtOnce() {
    try (RawClient client = live(edge, Transport.TCP, "flood", "d")) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 10_000; i++) {
        lines.append(
            "{\"id\":\"%d\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"zz\",\"content\":\"x\"}\n"
                .formatted(i));
      }
      ((RawTcpClient) client).sendBytes(lines.toString().getBytes(StandardCharsets.UTF_8));
      List<JsonNode> replies =
          client.await(10_000, frame -> frame.path("code").isInt(), Duration.ofSeconds(60));
      assertThat(replies).allMatch(reply -> reply.path("code").asInt() == 0);
    }
  }

  @Test
  void servesHealthMetricsAndTokensToThisMachineOnly() throws Exception {
    await()
        .atMost(PATIENCE)
        .until(() -> get("/health/ready").body(), body -> body.contains("\"ready\":true"));
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/metrics").body()).contains("linnet_edge_sessions", "jvm_memory");
    assertThat(post("{\"clientId\":\"aa\"}", "X-None", "x").body()).contains("\"token\":\"ey");
    HttpResponse<String> refused = post("{\"clientId\":\"a b\"}", "X-None", "x");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("\"code\":4000", "\"data\":{\"field\":\"clientId\"}");
    assertThat(post("{\"clientId\":\"aa\"}", "Origin", "http://evil.example").statusCode())
        .isEqualTo(403);
    for (String header : List.of("X-Forwarded-For", "X-Real-IP", "Via", "Forwarded")) {
      assertThat(post("{\"clientId\":\"aa\"}", header, "10.0.0.1").statusCode())
          .as(header)
          .isEqualTo(403);
    }
    assertThat(postAsAProxyDoes()).startsWith("HTTP/1.0 403");
    assertThat(post("{\"clientId\":\"" + "a".repeat(9_000) + "\"}", "X-None", "x").statusCode())
        .isEqualTo(413);
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).GET());
  }

  private static HttpResponse<String> post(String body, String header, String value)
      throws Exception {
    return send(
        HttpRequest.newBuilder(uri("/v1/token"))
            .header(header, value)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Without any header that tells, and the name rewritten, as some proxies do by default. */
  private static String postAsAProxyDoes() throws Exception {
    String body = "{\"clientId\":\"aa\"}";
    try (Socket socket = new Socket("127.0.0.1", edge.httpPort())) {
      socket
          .getOutputStream()
          .write(
              "POST /v1/token HTTP/1.0\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(edge.httpPort(), body.length(), body)
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + edge.httpPort() + path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String signed(String claims) throws Exception {
    String input = base64("{\"alg\":\"HS256\"}") + "." + base64(claims);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(EdgeWorld.SECRET.bytes(), "HmacSHA256"));
    byte[] signature = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
