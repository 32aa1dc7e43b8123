package im.linnet.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.linnet.broker.EmbeddedBrokerConfig;
import im.linnet.cli.config.Instance;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.edge.config.AuthSettings;
import im.linnet.edge.config.EdgeConfig;
import im.linnet.edge.config.ListenerSettings;
import im.linnet.log.KafkaSettings;
import im.linnet.log.publish.KafkaPublisher;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.records.RecordStore;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.testkit.FreePort;
import im.linnet.testkit.PrometheusLint;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code up} says about the parts that have a process of their own elsewhere. */
class UpHealthIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path MANUAL = Path.of("..", "docs", "operations.md");

  /** A name in backticks, with or without labels. A name with an asterisk is a family. */
  private static final Pattern NAME = Pattern.compile("`(\\w+)(?:\\{[^}`]*})?`");

  private static final Path RULES = Path.of("..", "docker", "alerts.yml");

  @TempDir Path folder;

  private final AtomicBoolean writesFail = new AtomicBoolean();
  private final int http = FreePort.next();
  private final int kafka = FreePort.next();
  private UpNode up;

  @BeforeEach
  void start() {
    up =
        new UpNode(
            new UpSettings(
                Instance.of("up"),
                false,
                folder,
                EmbeddedBrokerConfig.in(folder.resolve("kafka")).withPort(kafka),
                null,
                1,
                1,
                Optional.empty(),
                EdgeConfig.of(
                        "e1",
                        AuthSettings.ofSecret(
                            new SigningSecret(
                                "a secret of this test alone, 32 bytes"
                                    .getBytes(StandardCharsets.US_ASCII))))
                    .withListeners(ListenerSettings.DEFAULT.withAddress("127.0.0.1", 0, http)),
                UpSettings.Workers.DEFAULT,
                false,
                null),
            store(),
            line -> {});
    up.start();
  }

  @AfterEach
  void stop() {
    up.close();
  }

  @Test
  void eachPartHasItsMetersAndItsCheck() throws Exception {
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(check("broker").path("ok").asBoolean()).isTrue();
    assertThat(check("persister").path("ok").asBoolean()).isTrue();
    assertThat(check("presence-tracker").path("ok").asBoolean()).isTrue();
    assertThat(get("/metrics").body())
        .contains("linnet_edge_sessions ")
        .contains("linnet_persister_records_total ")
        .contains("linnet_persister_ready 1")
        .contains("linnet_presence_ready 1")
        .contains("linnet_presence_store_waiting ");

    assertThat(PrometheusLint.of(get("/metrics").body())).isEmpty();

    // The view falls behind, and the part that keeps it says so.
    writesFail.set(true);
    publish();
    await().atMost(PATIENCE).until(() -> !check("persister").path("ok").asBoolean(true));
    // Sessions need none of it, so that is no reason to send clients away.
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").body()).contains("\"reads\":\"down\"");
    assertThat(get("/health/reads").statusCode()).isEqualTo(503);
    assertThat(check("persister").path("reason").asText()).contains("the disk is full");
    assertThat(check("presence-tracker").path("ok").asBoolean()).isTrue();
    assertThat(up.check()).isEmpty();
    assertThat(get("/metrics").body()).contains("linnet_check_ok{check=\"persister\"} 0");
    assertThat(get("/metrics").body()).contains("linnet_persister_ready 0");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                get("/metrics")
                    .body()
                    .matches(
                        "(?s).*\\nlinnet_persister_lag\\{partition=\"p2p/\\d+\"} 1(\\.0)?\\n.*"));

    writesFail.set(false);
    await().atMost(PATIENCE).until(() -> get("/health/reads").statusCode() == 200);
    assertThat(check("persister").path("ok").asBoolean()).isTrue();
    await()
        .atMost(PATIENCE)
        .until(() -> get("/metrics").body().contains("linnet_persister_ready 1"));
  }

  @Test
  void everyMetricOfTheAlertsIsThere() throws Exception {
    List<String> asked =
        Pattern.compile("\\b(?:linnet|process)_[a-z_]+")
            .matcher(Files.readString(RULES))
            .results()
            .map(MatchResult::group)
            .distinct()
            .toList();
    assertThat(asked).hasSizeGreaterThan(10);
    // Some are measured every few seconds only.
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              String scrape = get("/metrics").body();
              assertThat(asked)
                  .allSatisfy(name -> assertThat(scrape).containsPattern("(?m)^" + name + "[{ ]"));
            });
  }

  @Test
  void theManualHasARowForEachMetric() throws Exception {
    Set<String> rows = rows();
    // Some are measured every few seconds only.
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(shown(get("/metrics").body())).containsAll(rows));
    assertThat(rows)
        .containsAll(
            shown(get("/metrics").body()).stream()
                .filter(name -> name.startsWith("linnet_"))
                .toList());
  }

  /** The names in the first column of the manual's table, except those of whole families. */
  private static Set<String> rows() throws IOException {
    List<String> table =
        Files.readAllLines(MANUAL).stream()
            .dropWhile(line -> !line.startsWith("| metric |"))
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    assertThat(table).hasSizeGreaterThan(40);
    return table.stream()
        .flatMap(row -> NAME.matcher(row.split("\\|", 3)[1]).results())
        .map(name -> name.group(1))
        .collect(Collectors.toSet());
  }

  /** The names of a scrape, without the maximum that Micrometer adds to each histogram. */
  private static Set<String> shown(String scrape) {
    return Pattern.compile("(?m)^# TYPE (\\S+) ")
        .matcher(scrape)
        .results()
        .map(name -> name.group(1))
        .filter(name -> !name.endsWith("_seconds_max"))
        .collect(Collectors.toSet());
  }

  @Test
  @Tag("promtool")
  void prometheusHasNothingToSayOfTheMetricsAndTheRules() throws Exception {
    Promtool.hasNothingToSay(get("/metrics").body());
    Promtool.passes(RULES, Path.of("..", "docker", "alerts-test.yml"));
  }

  private void publish() {
    try (KafkaPublisher publisher =
        new KafkaPublisher(
            KafkaSettings.of("127.0.0.1:" + kafka),
            TopicCatalogue.EMBEDDED,
            "test",
            Clock.systemUTC())) {
      publisher.start();
      publisher
          .publish(
              new OutgoingRecord(
                  Topic.P2P,
                  "bb",
                  "no message, which the view passes all the same"
                      .getBytes(StandardCharsets.US_ASCII),
                  "message",
                  "1",
                  "/test",
                  null))
          .join();
    }
  }

  private JsonNode check(String name) throws IOException, InterruptedException {
    return JSON.readTree(get("/health/ready").body()).path("checks").path(name);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  /** A view in memory whose writes can be made to fail. */
  private RecordStore store() {
    RecordStore memory = new InMemoryRecordStore();
    return (RecordStore)
        Proxy.newProxyInstance(
            RecordStore.class.getClassLoader(),
            new Class<?>[] {RecordStore.class},
            (proxy, method, arguments) -> {
              if (writesFail.get() && method.getName().equals("apply")) {
                throw new StoreUnavailableException(
                    "the disk is full", new IOException("no space left"));
              }
              try {
                return method.invoke(memory, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
