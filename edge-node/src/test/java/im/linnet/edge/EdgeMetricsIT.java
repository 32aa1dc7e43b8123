package im.linnet.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.linnet.edge.auth.AuthFailure;
import im.linnet.edge.ops.Telemetry;
import im.linnet.log.KafkaSettings;
import im.linnet.records.mongo.MongoRecordStore;
import im.linnet.records.mongo.MongoSettings;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.EventTime;
import im.linnet.schemas.Stream;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.testkit.MongoServer;
import im.linnet.testkit.PrometheusLint;
import im.linnet.testkit.RawClient;
import im.linnet.testkit.TestBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an edge on a real broker and a real MongoDB shows of itself, and that it moves. */
@Tag(MongoServer.TAG)
@Timeout(180)
class EdgeMetricsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final TopicCatalogue CATALOGUE = new TopicCatalogue(2, 2, 2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static TestBroker broker;
  private static MongoServer mongo;
  private static MongoRecordStore store;
  private static EdgeNode edge;

  @BeforeAll
  static void start() {
    broker = TestBroker.start(CATALOGUE);
    mongo = MongoServer.own();
    store = new MongoRecordStore(MongoSettings.of(uri(mongo)));
    store.open(broker.clusterId());
    Telemetry telemetry = new Telemetry();
    store.bindTo(telemetry.registry());
    edge =
        new EdgeNode(
            EdgeWorld.config("e1"),
            store,
            KafkaSettings.of(broker.bootstrapServers()),
            CATALOGUE,
            telemetry,
            List.of());
    edge.start();
  }

  private static String uri(MongoServer server) {
    String uri = server.uri();
    int query = uri.indexOf('?');
    return uri.substring(0, query).replaceAll("/$", "") + "/metrics" + uri.substring(query);
  }

  @AfterAll
  static void stop() {
    edge.close();
    store.close();
    mongo.close();
    broker.close();
    HTTP.close();
  }

  @Test
  void everyMetricIsThereAndMoves() throws Exception {
    await().atMost(PATIENCE).until(() -> get("/health/ready").statusCode() == 200);
    assertThat(PrometheusLint.of(scrape())).isEmpty();
    for (AuthFailure each : AuthFailure.values()) {
      String series = "linnet_edge_auth_failures_total{reason=\"" + each.word() + "\"}";
      assertThat(value(series)).as(series).isZero();
    }
    double skipped = value("linnet_edge_skipped_records_total{topic=\"im.presence.v1\"}");

    try (RawClient aa = EdgeWorld.live(edge, EdgeWorld.Transport.TCP, "aa", "d");
        RawClient bb = EdgeWorld.live(edge, EdgeWorld.Transport.WEBSOCKET, "bb", "d");
        RawClient stranger = EdgeWorld.connect(edge, EdgeWorld.Transport.TCP)) {
      aa.request(send("1", "before"));
      bb.awaitPush("message");
      aa.send("{\"id\":\"2\",\"op\":\"no.such.op\"}");
      aa.send("{\"id\":\"3\",\"op\":\"send\",\"kind\":\"p2p\"}");
      aa.send("{\"id\":\"5\",\"op\":\"history\",\"kind\":\"p2p\",\"peer\":\"bb\"}");
      aa.send("{\"id\":\"6\",\"op\":\"unread\"}");
      aa.send("{\"id\":\"7\",\"op\":\"presence.watch\",\"users\":[\"cc\"]}");
      stranger.send("{\"id\":\"1\",\"op\":\"unread\"}");
      stranger.send("{\"id\":\"2\",\"op\":\"auth\",\"token\":\"x\"}");
      spoilTopics();
      spoilInbox();

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                String text = scrape();
                for (String moved :
                    List.of(
                        "linnet_edge_push_seconds_count",
                        "linnet_edge_attach_seconds_count",
                        "linnet_edge_event_loop_delay_seconds_count",
                        "linnet_edge_tail_records_total",
                        "linnet_edge_tail_delivered_total",
                        "linnet_edge_tail_stale_total",
                        "linnet_edge_tail_malformed_total",
                        "linnet_edge_tail_duplicates_total",
                        "linnet_edge_tail_partitions",
                        "linnet_edge_tail_ring_bytes",
                        "linnet_edge_tail_filter_bytes",
                        "linnet_edge_attach_live_total",
                        "linnet_edge_pushes_total{kind=\"message\"}",
                        "linnet_edge_pushes_total{kind=\"synced\"}",
                        "linnet_edge_request_seconds_count{op=\"send\"}",
                        "linnet_edge_request_seconds_count{op=\"history\"}",
                        "linnet_edge_request_seconds_count{op=\"unread\"}",
                        "linnet_edge_replies_total{code=\"ok\",op=\"send\"}",
                        "linnet_edge_replies_total{code=\"bad_request\",op=\"send\"}",
                        "linnet_edge_replies_total{code=\"ok\",op=\"auth\"}",
                        "linnet_edge_auth_failures_total{reason=\"missing\"}",
                        "linnet_edge_auth_failures_total{reason=\"malformed\"}",
                        "linnet_edge_users_kept",
                        "process_files_open_files",
                        "process_files_max_files",
                        "linnet_check_ok{check=\"filters\"}",
                        "linnet_check_ok{check=\"store\"}",
                        "linnet_check_ok{check=\"kafka\"}")) {
                  assertThat(value(text, moved)).as(moved).isPositive();
                }
                for (String quiet :
                    List.of(
                        "linnet_edge_tail_evicted_total",
                        "linnet_edge_tail_restarts_total",
                        "linnet_edge_tail_failures_total",
                        "linnet_edge_tail_broken_total",
                        "linnet_edge_tail_forgotten_total",
                        "linnet_edge_attaching",
                        "linnet_edge_attach_waiting",
                        "linnet_edge_attach_refused_total",
                        "linnet_edge_attach_failed_total",
                        "linnet_edge_attach_resets_total",
                        "linnet_edge_attach_store_rounds_total",
                        "linnet_edge_attach_log_passes_total",
                        "linnet_edge_attach_backlog_frames_total",
                        "linnet_edge_pushes_total{kind=\"presence\"}",
                        "linnet_edge_pushes_total{kind=\"read\"}",
                        "linnet_check_ok{check=\"topics\"}",
                        "linnet_check_ok{check=\"applied\"}",
                        "linnet_check_ok{check=\"epoch\"}",
                        "linnet_check_ok{check=\"view\"}",
                        "linnet_check_ok{check=\"tail\"}",
                        "linnet_check_ok{check=\"clock\"}")) {
                  assertThat(value(text, quiet)).as(quiet).isNotNaN();
                }
                assertThat(
                        value(text, "linnet_edge_skipped_records_total{topic=\"im.presence.v1\"}"))
                    .isEqualTo(skipped + 3);
                assertThat(text)
                    .contains("op=\"other\"")
                    .doesNotContain("no.such.op")
                    .containsPattern("linnet_edge_tail_lag\\{partition=\"p2p/\\d\"} 0")
                    .containsPattern("(?m)^kafka_producer_record_send_total\\{.*} [1-9]")
                    .containsPattern("(?m)^mongodb_driver_pool_size\\{.*} [1-9]")
                    .containsPattern("(?m)^linnet_build_info\\{.*version=.*} 1")
                    .contains("linnet_edge_push_seconds_bucket{le=\"0.1\"}")
                    .contains("linnet_edge_push_seconds_bucket{le=\"0.5\"}");
              });
      // Bad records of any producer take no edge out of service.
      assertThat(get("/health/ready").statusCode()).isEqualTo(200);
      assertThat(PrometheusLint.of(scrape())).isEmpty();

      mongo.kill();
      await().atMost(PATIENCE).until(() -> value("linnet_check_ok{check=\"store\"}") == 0);
      assertThat(get("/health/reads").statusCode()).isEqualTo(503);
      HttpResponse<String> ready = get("/health/ready");
      assertThat(ready.statusCode()).isEqualTo(200);
      JsonNode said = JSON.readTree(ready.body());
      assertThat(said.path("ready").asBoolean()).isTrue();
      assertThat(said.path("reads").asText()).isEqualTo("down");
      assertThat(said.path("checks").path("store").path("reason").asText())
          .isNotBlank()
          .doesNotContain("Exception");
      aa.request(send("4", "while the store is away"));
      bb.awaitPush("message");

      mongo.startAgain();
      await().atMost(PATIENCE).until(() -> get("/health/reads").statusCode() == 200);
      assertThat(value("linnet_check_ok{check=\"store\"}")).isOne();
    }
  }

  private static String send(String id, String content) {
    return "{\"id\":\"%s\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"bb\",\"content\":\"%s\"}"
        .formatted(id, content);
  }

  /** What another producer may write: no JSON, a wrong key, none. */
  private static void spoilTopics() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] state =
          ("{\"user\":\"zz\",\"status\":\"online\",\"chosen\":\"online\",\"lastSeen\":1,"
                  + "\"devices\":[],\"sessions\":[]}")
              .getBytes(StandardCharsets.UTF_8);
      for (String topic : List.of(Topic.PRESENCE, Topic.SESSION, Topic.EDGE, Topic.APPLIED)) {
        producer.send(new ProducerRecord<>(topic, 0, bytes("e1"), bytes("no JSON"))).get();
        producer.send(new ProducerRecord<>(topic, 0, bytes("xx"), state)).get();
        producer.send(new ProducerRecord<>(topic, 0, bytes("e1"), bytes("{}"))).get();
      }
    }
  }

  /** What somebody else may write for a user who is here: late, unreadable, twice, misnamed. */
  private static void spoilInbox() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      long now = System.currentTimeMillis();
      for (ProducerRecord<byte[], byte[]> each :
          List.of(
              inbox(message("twice"), "twice", now),
              inbox(message("twice"), "twice", now),
              inbox(message("late"), "late", now - 60_000),
              inbox(bytes("no JSON"), "unreadable", now),
              inbox(message("true"), "other", now))) {
        producer.send(each).get();
      }
    }
  }

  private static byte[] message(String uuid) {
    return InboxEventCodec.encode(new MessageEvent(Stream.P2P, uuid, "aa", "bb", "text", "hello"));
  }

  private static ProducerRecord<byte[], byte[]> inbox(byte[] value, String id, long published) {
    ProducerRecord<byte[], byte[]> inbox =
        new ProducerRecord<>(Topic.P2P, null, bytes("bb"), value);
    inbox
        .headers()
        .add(EventHeaders.TYPE, bytes(MessageEvent.TYPE))
        .add(EventHeaders.ID, bytes(id))
        .add(EventHeaders.SOURCE, bytes("/p2p/aa/bb"))
        .add(EventHeaders.TIME, EventTime.format(published));
    return inbox;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static double value(String series) throws IOException, InterruptedException {
    return value(scrape(), series);
  }

  private static double value(String text, String series) {
    Matcher line = Pattern.compile("(?m)^" + Pattern.quote(series) + " (\\S+)$").matcher(text);
    return line.find() ? Double.parseDouble(line.group(1)) : Double.NaN;
  }

  private static String scrape() throws IOException, InterruptedException {
    return get("/metrics").body();
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.httpPort() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
