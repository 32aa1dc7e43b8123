package im.linnet.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.linnet.records.PresenceDirectory.PresenceEntry;
import im.linnet.schemas.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoreMirrorTest {
  private final FakeDirectory directory = new FakeDirectory();
  private final StoreMirror mirror =
      new StoreMirror(
          directory,
          new PresenceConfig(
              "p",
              TopicCatalogue.EMBEDDED,
              "tracker:1",
              Duration.ofSeconds(5),
              Duration.ofSeconds(2),
              1_000,
              2,
              Duration.ofMillis(5)));

  @AfterEach
  void stop() {
    mirror.close();
  }

  private static PresenceEntry entry(String user, long guard) {
    return new PresenceEntry(user, "", "", false, guard, guard);
  }

  @Test
  void writesWhatIsOffered() {
    mirror.start();
    mirror.offer(entry("aa", 1));
    mirror.offerEdges(List.of("e1:9000"));
    await().until(() -> directory.entries.containsKey("aa"));
    await().until(() -> List.of("e1:9000").equals(directory.edges.get("tracker:1")));
    assertThat(mirror.check()).isEmpty();
  }

  @Test
  void keepsTheNewestPerUserWhileTheStoreIsDown() {
    directory.down = true;
    mirror.start();
    for (int guard = 1; guard <= 100; guard++) {
      mirror.offer(entry("aa", guard));
      mirror.offer(entry("bb", guard));
    }
    await().until(() -> directory.refusals.get() >= 2);
    assertThat(mirror.waiting()).isLessThanOrEqualTo(2);
    assertThat(mirror.check()).hasValueSatisfying(line -> assertThat(line).contains("it is down"));
    directory.down = false;
    await().until(() -> directory.entries.size() == 2 && mirror.waiting() == 0);
    assertThat(directory.entries.get("aa").guard()).isEqualTo(100);
    await().until(() -> mirror.check().isEmpty());
  }

  @Test
  void anOlderStateNeverReplacesANewerOneThatWaits() {
    directory.down = true;
    mirror.start();
    mirror.offer(entry("aa", 7));
    mirror.offer(entry("aa", 3));
    directory.down = false;
    await().until(() -> directory.entries.containsKey("aa") && mirror.waiting() == 0);
    assertThat(directory.entries.get("aa").guard()).isEqualTo(7);
  }

  @Test
  void closeWritesWhatWaits() {
    for (int i = 0; i < 5; i++) {
      mirror.offer(entry("u" + i, 1));
    }
    mirror.start();
    mirror.close();
    assertThat(directory.entries).hasSize(5);
  }

  @Test
  void closeDoesNotWaitForAStoreThatIsDown() {
    directory.down = true;
    mirror.start();
    mirror.offer(entry("aa", 1));
    await().until(() -> directory.refusals.get() > 0);
    long began = System.nanoTime();
    mirror.close();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
    assertThat(mirror.check()).isPresent();
  }
}
