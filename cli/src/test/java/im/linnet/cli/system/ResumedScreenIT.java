package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import im.linnet.edge.EdgeNode;
import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.edge.auth.TokenIssuer;
import im.linnet.edge.config.AuthSettings;
import im.linnet.edge.config.EdgeConfig;
import im.linnet.edge.config.ListenerSettings;
import im.linnet.edge.ops.Telemetry;
import im.linnet.log.KafkaSettings;
import im.linnet.persister.Persister;
import im.linnet.persister.PersisterConfig;
import im.linnet.records.RecordStore;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.records.mongo.MongoRecordStore;
import im.linnet.records.mongo.MongoSettings;
import im.linnet.schemas.Position;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.testkit.MongoServer;
import im.linnet.testkit.RawClient;
import im.linnet.testkit.RawTcpClient;
import im.linnet.testkit.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two sessions of one account, one always there, one that comes and goes as a seed decides. After
 * each resume both show the same: messages in both directions, with their edits, recalls and marks.
 * History says the same too.
 */
class ResumedScreenIT {
  private static final int ROUNDS = 8;
  private static final int STEPS = 14;

  private static final SigningSecret SECRET =
      new SigningSecret(
          "a secret of this test alone, of 32 bytes and more".getBytes(StandardCharsets.UTF_8));

  /** A message that one of the two has sent. */
  private record Said(String from, String to, String uuid) {}

  private final Random random = new Random(20_261_126);
  private final List<Said> said = new ArrayList<>();
  private final Set<Said> recalled = new HashSet<>();
  private final Map<Said, List<String>> texts = new HashMap<>();
  private int made;

  @Test
  void ofTheViewInMemory() {
    run(new InMemoryRecordStore(100_000));
  }

  @Test
  @Tag("mongodb")
  void ofTheViewInMongo() {
    MongoServer server = MongoServer.shared();
    String uri = Installation.withDatabase(server.uri(), server.freshDatabase());
    run(new MongoRecordStore(MongoSettings.of(uri)));
    // The own copies of bb, who has several devices, keep their text.
    List<String> gone =
        recalled.stream()
            .filter(each -> each.from().equals("aa"))
            .flatMap(each -> texts.get(each).stream())
            .toList();
    assertThat(gone).hasSizeGreaterThan(recalled.size() / 3);
    String stored = wholeStore(uri);
    assertThat(stored).contains("text-");
    for (String text : gone) {
      assertThat(stored).doesNotContain(text);
    }
  }

  /** Every document of every collection, as text. */
  private static String wholeStore(String uri) {
    StringBuilder all = new StringBuilder();
    String database = new ConnectionString(uri).getDatabase();
    try (MongoClient client = MongoClients.create(uri)) {
      for (String name : client.getDatabase(database).listCollectionNames()) {
        for (RawBsonDocument document :
            client.getDatabase(database).getCollection(name, RawBsonDocument.class).find()) {
          all.append(new String(document.getByteBuffer().array(), StandardCharsets.UTF_8));
        }
      }
    }
    return all.toString();
  }

  private void run(RecordStore store) {
    try (TestBroker broker = TestBroker.start(TopicCatalogue.EMBEDDED);
        store) {
      KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
      store.open(broker.clusterId());
      try (Persister persister =
              new Persister(
                  PersisterConfig.DEFAULT.withCatalogue(TopicCatalogue.EMBEDDED),
                  kafka,
                  store,
                  new SimpleMeterRegistry());
          EdgeNode edge = edge("edge-a", store, kafka)) {
        persister.start();
        edge.start();
        rounds(edge, store, kafka);
      }
    }
  }

  private static EdgeNode edge(String name, RecordStore store, KafkaSettings kafka) {
    EdgeConfig config =
        EdgeConfig.of(name, AuthSettings.ofSecret(SECRET))
            .withListeners(ListenerSettings.DEFAULT.withAddress("127.0.0.1", 0, 0));
    return new EdgeNode(config, store, kafka, TopicCatalogue.EMBEDDED, new Telemetry(), List.of());
  }

  private void rounds(EdgeNode edge, RecordStore store, KafkaSettings kafka) {
    try (RawClient aa = connect(edge, "aa", "only", null);
        RawClient actor = connect(edge, "bb", "actor", null);
        RawClient stays = connect(edge, "bb", "stays", null)) {
      FoldedScreen comer = new FoldedScreen("bb");
      RawClient comes = connect(edge, "bb", "comes", null);
      for (int round = 0; round < ROUNDS; round++) {
        steps(aa, actor);
        FoldedScreen before = fold(stays);
        awaitPlaces(comes, before.places());
        comes.received().forEach(comer::take);
        comes.close();
        steps(aa, actor);
        // An edge that has just started knows nothing but the view; the other one has its rings.
        try (EdgeNode other = edge("edge-b" + round, store, kafka)) {
          other.start();
          comes = connect(round % 3 == 2 ? edge : other, "bb", "comes", comer.places());
          comes.received().forEach(comer::take);
          comes.close();
        }
        awaitPlaces(stays, comer.places());
        FoldedScreen always = fold(stays);
        assertThat(comer.shown()).as("round %s", round).isEqualTo(always.shown());
        assertThat(history(actor)).as("history of round %s", round).isEqualTo(always.shown());
        comes = connect(edge, "bb", "comes", comer.places());
      }
      comes.close();
    }
  }

  private static FoldedScreen fold(RawClient client) {
    FoldedScreen screen = new FoldedScreen("bb");
    client.received().forEach(screen::take);
    return screen;
  }

  /** Until the client has been pushed all that these places cover, or told that it has. */
  private static void awaitPlaces(RawClient client, List<Position> places) {
    for (Position place : places) {
      client.await(
          frame ->
              Stream.concat(
                      Stream.of(frame.path("at")),
                      StreamSupport.stream(frame.path("at").spliterator(), false))
                  .filter(at -> frame.has("op") && at.isTextual())
                  .map(at -> Position.parse(at.asText()))
                  .anyMatch(
                      at ->
                          at != null
                              && at.place().equals(place.place())
                              && at.offset() >= place.offset()));
    }
  }

  private void steps(RawClient aa, RawClient bb) {
    for (int i = 0; i < STEPS; i++) {
      boolean mine = random.nextBoolean();
      RawClient client = mine ? bb : aa;
      String user = mine ? "bb" : "aa";
      String peer = mine ? "aa" : "bb";
      List<Said> own = said.stream().filter(each -> each.from().equals(user)).toList();
      int dice = own.isEmpty() ? 0 : random.nextInt(10);
      if (dice < 4) {
        Said message = new Said(user, peer, "u" + made++);
        said.add(message);
        done(client, message, "send", text(message));
      } else if (dice < 7) {
        change(client, own.get(random.nextInt(own.size())));
      } else if (dice < 8) {
        recall(client, own.get(random.nextInt(own.size())));
      } else {
        read(client, peer, user);
      }
    }
  }

  private void change(RawClient client, Said message) {
    if (recalled.contains(message)) {
      int code = ask(client, message, "edit", "void").path("code").asInt();
      assertThat(code).isEqualTo(4009);
    } else {
      done(client, message, "edit", text(message));
    }
  }

  private void recall(RawClient client, Said message) {
    done(client, message, "recall", null);
    recalled.add(message);
  }

  private void read(RawClient client, String peer, String user) {
    List<String> theirs =
        said.stream().filter(each -> each.from().equals(peer)).map(Said::uuid).toList();
    if (theirs.isEmpty()) {
      return;
    }
    String uuid = theirs.get(random.nextInt(theirs.size()));
    JsonNode push =
        client.awaitPush(
            "message",
            frame ->
                frame.path("uuid").asText().equals(uuid) && frame.path("to").asText().equals(user));
    String extent =
        random.nextBoolean()
            ? "\"uuids\":[\"" + uuid + "\"]"
            : "\"upTo\":\"" + push.path("at").asText() + "\"";
    JsonNode reply =
        client.request(
            "{\"id\":\"r%d\",\"op\":\"read\",\"kind\":\"p2p\",\"peer\":\"%s\",%s}"
                .formatted(made++, peer, extent));
    assertThat(reply.path("code").asInt()).as("%s", reply).isZero();
  }

  /** A text that stands nowhere else. */
  private String text(Said message) {
    String text = "text-" + made++ + "-of-" + message.uuid() + ".";
    texts.computeIfAbsent(message, each -> new ArrayList<>()).add(text);
    return text;
  }

  private void done(RawClient client, Said message, String op, @Nullable String content) {
    JsonNode reply = ask(client, message, op, content);
    assertThat(reply.path("code").asInt()).as("%s", reply).isZero();
  }

  private JsonNode ask(RawClient client, Said message, String op, @Nullable String content) {
    return client.request(
        "{\"id\":\"r%d\",\"op\":\"%s\",\"kind\":\"p2p\",\"to\":\"%s\",\"uuid\":\"%s\"%s}"
            .formatted(
                made++,
                op,
                message.to(),
                message.uuid(),
                content == null ? "" : ",\"content\":\"" + content + "\""));
  }

  /** The whole conversation, as the screen would show it. */
  private Map<String, String> history(RawClient client) {
    Map<String, String> shown = new TreeMap<>();
    String before = "";
    while (before != null) {
      JsonNode page =
          client
              .request(
                  "{\"id\":\"h%d\",\"op\":\"history\",\"kind\":\"p2p\",\"peer\":\"aa\",\"limit\":20%s}"
                      .formatted(made++, before.isEmpty() ? "" : ",\"before\":\"" + before + "\""))
              .path("data");
      for (JsonNode message : page.path("messages")) {
        shown.put(FoldedScreen.key(message), FoldedScreen.textOf(message));
      }
      before = page.path("next").asText(null);
    }
    return shown;
  }

  private static RawClient connect(
      EdgeNode edge, String user, String device, @Nullable List<Position> resume) {
    String token =
        new TokenIssuer(SECRET, ExpectedClaims.ANY, Duration.ofHours(1), Clock.systemUTC())
            .issue(user)
            .token();
    String places =
        resume == null
            ? ""
            : resume.stream()
                .map(each -> "\"" + each + "\"")
                .collect(Collectors.joining(",", ",\"resume\":[", "]"));
    RawClient client = RawTcpClient.connect("127.0.0.1", edge.tcpPort());
    client.request(
        "{\"id\":\"auth\",\"op\":\"auth\",\"device\":\"%s\",\"token\":\"%s\"%s}"
            .formatted(device, token, places));
    JsonNode synced = client.awaitPush("synced");
    assertThat(synced.has("reset")).as("%s", synced).isFalse();
    return client;
  }
}
