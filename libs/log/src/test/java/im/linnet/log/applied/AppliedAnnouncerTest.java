package im.linnet.log.applied;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.linnet.log.publish.Appended;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.log.publish.Publisher;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.Applied;
import im.linnet.schemas.event.AppliedCodec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppliedAnnouncerTest {
  private static final StreamPartition A = new StreamPartition(Stream.P2P, 0);
  private static final StreamPartition B = new StreamPartition(Stream.P2P, 1);

  private final List<OutgoingRecord> published = new CopyOnWriteArrayList<>();
  private final AppliedAnnouncer announcer = new AppliedAnnouncer(new Recorder(), "p1-apply", "v1");

  @AfterEach
  void close() {
    announcer.close();
  }

  @Test
  void theFirstIsAnnouncedAtOnce() throws Exception {
    announcer.applied(Map.of(A, 3L, B, 4L), "t1");
    assertThat(published).hasSize(1);
    assertThat(published.getFirst().topic()).isEqualTo(Topic.APPLIED);
    assertThat(published.getFirst().key()).isEqualTo("p1-apply");
    assertThat(announced(0)).isEqualTo(new Applied("v1", Map.of(A, 3L, B, 4L), "t1"));
  }

  @Test
  void manyBatchesMakeFewAnnouncementsAndTheLastIsAmongThem() throws Exception {
    long began = System.nanoTime();
    for (long next = 1; next <= 10_000; next++) {
      announcer.applied(Map.of(A, next), null);
    }
    long tens = (System.nanoTime() - began) / 10_000_000;
    assertThat(published.size()).isLessThanOrEqualTo((int) tens + 2);
    await().until(() -> announced(published.size() - 1).offsets().get(A) == 10_000);
  }

  @Test
  void repeatsAllThatIsOursAndNothingElse() throws Exception {
    announcer.start();
    announcer.applied(Map.of(A, 3L, B, 4L), null);
    announcer.revoked(Set.of(B));
    await().until(() -> published.size() >= 2);
    assertThat(announced(1).offsets()).isEqualTo(Map.of(A, 3L));
    assertThat(published.get(1).id()).isNotEqualTo(published.get(0).id());
  }

  private Applied announced(int number) throws Exception {
    return AppliedCodec.decode(published.get(number).value());
  }

  private final class Recorder implements Publisher {
    @Override
    public CompletableFuture<Appended> publish(OutgoingRecord record) {
      published.add(record);
      return CompletableFuture.completedFuture(new Appended(0, published.size(), 0));
    }

    @Override
    public int partition(String topic, String key) {
      return 0;
    }

    @Override
    public void close() {}
  }
}
