package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.log.KafkaSettings;
import im.linnet.persister.Persister;
import im.linnet.persister.PersisterConfig;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.testkit.OsProcess;
import im.linnet.testkit.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code linnet up --kafka}, as processes, on a cluster that others use. */
class UpBesidePersisterIT {
  private static final TopicCatalogue CATALOGUE = new TopicCatalogue(2, 1, 1);
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration END = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void withoutMongoDbItSaysWhoseClusterItIsAndEnds() {
    try (TestBroker broker = TestBroker.start(CATALOGUE);
        InMemoryRecordStore view = new InMemoryRecordStore();
        Persister persister =
            new Persister(
                PersisterConfig.DEFAULT.withCatalogue(CATALOGUE),
                KafkaSettings.of(broker.bootstrapServers()),
                view,
                new SimpleMeterRegistry())) {
      persister.start();

      try (OsProcess up = up("up", broker, "data")) {
        assertThat(up.awaitExit(END)).isEqualTo(2);
        assertThat(up.tailOfOutput().lines()).as(up.tailOfOutput()).hasSize(1);
        assertThat(up.tailOfOutput()).contains("--mongodb").contains("persister-1");
      }
      assertThat(persister.check()).isEmpty();
    }
  }

  @Test
  void twoRunTogetherIfEachHasADataDirectoryAndAName() throws Exception {
    try (TestBroker broker = TestBroker.start(CATALOGUE);
        OsProcess first = up("first", broker, "data-1");
        OsProcess second = up("second", broker, "data-2")) {
      first.awaitLine(Pattern.compile("^ready"), START);
      second.awaitLine(Pattern.compile("^ready"), START);

      try (OsProcess third = up("third", broker, "data-1")) {
        assertThat(third.awaitExit(END)).isEqualTo(2);
        assertThat(third.tailOfOutput()).contains("--data").contains("data-1");
      }
      String name = Files.readString(folder.resolve("data-1").resolve("instance")).strip();
      try (OsProcess twin = up("twin", broker, "data-3", "--instance", name)) {
        assertThat(twin.awaitExit(END)).isEqualTo(2);
        assertThat(twin.tailOfOutput().lines()).as(twin.tailOfOutput()).hasSize(1);
        assertThat(twin.tailOfOutput()).contains("--instance").contains(name);
      }
      assertThat(first.terminate(Duration.ofSeconds(10))).isZero();
      assertThat(second.isAlive()).isTrue();
    }
  }

  private OsProcess up(String name, TestBroker broker, String data, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "up",
                "--kafka",
                broker.bootstrapServers(),
                "--data",
                folder.resolve(data).toString(),
                "--http-port",
                "0",
                "--tcp-port",
                "0",
                "--replication",
                "1",
                "--min-insync",
                "1"));
    arguments.addAll(List.of(more));
    return OsProcess.java(name, folder, List.of("-Xmx384m"), Main.class.getName(), arguments);
  }
}
