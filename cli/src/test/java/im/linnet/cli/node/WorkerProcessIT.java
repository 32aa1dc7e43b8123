package im.linnet.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.cli.config.HttpAddress;
import im.linnet.log.KafkaSettings;
import im.linnet.log.LogWorker;
import im.linnet.log.group.GroupLoop;
import im.linnet.log.group.InstanceInUseException;
import im.linnet.log.group.TransactionalLoop;
import im.linnet.persister.Persister;
import im.linnet.persister.PersisterConfig;
import im.linnet.presence.PresenceConfig;
import im.linnet.presence.PresenceTracker;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.testkit.FreePort;
import im.linnet.testkit.PrometheusLint;
import im.linnet.testkit.TestBroker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers of a cluster: what each shows, and that a name is one process's. */
@Timeout(120)
class WorkerProcessIT {
  private static final TopicCatalogue CATALOGUE = new TopicCatalogue(2, 1, 1);
  private static TestBroker broker;

  private final int port = FreePort.next();

  @BeforeAll
  static void start() {
    broker = TestBroker.start(CATALOGUE);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void aSecondPersisterOfTheSameNameIsRefusedAndTheFirstGoesOn() throws Exception {
    try (WorkerProcess<Persister> first = persister(Optional.of(port));
        WorkerProcess<Persister> second = persister(Optional.empty())) {
      refuses(first, second, "persister");
    }
  }

  @Test
  void aSecondPresenceTrackerOfTheSameNameIsRefusedAndTheFirstGoesOn() throws Exception {
    try (WorkerProcess<PresenceTracker> first = presence(Optional.of(port));
        WorkerProcess<PresenceTracker> second = presence(Optional.empty())) {
      refuses(first, second, "presence-tracker");
    }
  }

  private <W extends LogWorker> void refuses(
      WorkerProcess<W> first, WorkerProcess<W> second, String kind) throws Exception {
    first.start();
    assertThatThrownBy(second::start)
        .isInstanceOfSatisfying(
            InstanceInUseException.class, why -> assertThat(why.atStart()).isTrue())
        .hasMessageContaining("'one'")
        .hasMessageContaining("--instance");
    assertThat(first.check()).isEmpty();
    assertThat(first.failure()).isNotDone();

    String metrics = get("/metrics");
    assertThat(PrometheusLint.of(metrics)).isEmpty();
    assertThat(metrics)
        .contains("linnet_check_ok{check=\"" + kind + "\"} 1")
        .contains("linnet_build_info{")
        .contains("process_files_max_files");
  }

  private static WorkerProcess<Persister> persister(Optional<Integer> http) {
    WorkerProcess.Settings settings = settings(http);
    return new WorkerProcess<>(
        "persister",
        new WorkerProcess.Group(Persister.GROUP, GroupLoop.SESSION),
        settings,
        (catalogue, registry) ->
            new Persister(
                PersisterConfig.DEFAULT.withInstance("one").withCatalogue(catalogue),
                KafkaSettings.of(broker.bootstrapServers()),
                settings.store(),
                registry));
  }

  private static WorkerProcess<PresenceTracker> presence(Optional<Integer> http) {
    WorkerProcess.Settings settings = settings(http);
    return new WorkerProcess<>(
        "presence-tracker",
        new WorkerProcess.Group(PresenceTracker.GROUP, TransactionalLoop.SESSION),
        settings,
        (catalogue, registry) ->
            new PresenceTracker(
                PresenceConfig.DEFAULT.withInstance("one").withCatalogue(catalogue),
                KafkaSettings.of(broker.bootstrapServers()),
                settings.store(),
                registry));
  }

  private static WorkerProcess.Settings settings(Optional<Integer> http) {
    return new WorkerProcess.Settings(
        "one",
        KafkaSettings.of(broker.bootstrapServers()),
        new InMemoryRecordStore(),
        Optional.of(CATALOGUE),
        http.map(port -> new HttpAddress("127.0.0.1", port)));
  }

  private String get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
