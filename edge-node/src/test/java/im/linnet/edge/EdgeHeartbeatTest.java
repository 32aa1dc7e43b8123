package im.linnet.edge;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.ops.EdgeBeacon;
import im.linnet.edge.publish.SessionAnnouncer;
import im.linnet.log.publish.Appended;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.log.publish.Publisher;
import im.linnet.schemas.event.EdgeEvent;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EdgeHeartbeatTest {
  private static final long MILLIS_TO_OVERTAKE = 200;

  private final List<String> published = new CopyOnWriteArrayList<>();
  private final CountDownLatch farewell = new CountDownLatch(1);
  private final CountDownLatch beating = new CountDownLatch(1);

  private final Publisher publisher =
      new Publisher() {
        @Override
        public CompletableFuture<Appended> publish(OutgoingRecord record) {
          published.add(record.type());
          if (record.type().equals(EdgeEvent.STOPPED)) {
            farewell.countDown();
          }
          return CompletableFuture.completedFuture(new Appended(0, 0, 0));
        }

        @Override
        public int partition(String topic, String key) {
          return 0;
        }

        @Override
        public void close() {}
      };

  /** Takes until the edge stops, and then as long as a farewell that does not wait would take. */
  private EdgeBeacon.Addresses addresses() {
    beating.countDown();
    try {
      farewell.await();
    } catch (InterruptedException stopping) {
      awaitFarewell();
    }
    return new EdgeBeacon.Addresses("h:1", "h:2");
  }

  private void awaitFarewell() {
    try {
      assertThat(farewell.await(MILLIS_TO_OVERTAKE, TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void theFarewellComesAfterTheLastHeartbeat() throws InterruptedException {
    EdgeBeacon beacon = new EdgeBeacon("e", "mark", publisher, Clock.systemUTC(), () -> 0, () -> 0);
    beacon.begin();
    EdgeHeartbeat heartbeat =
        new EdgeHeartbeat(
            beacon,
            new SessionAnnouncer("e", () -> "h:1", beacon, publisher, (user, device, at) -> {}),
            this::addresses);
    heartbeat.start();
    assertThat(beating.await(10, TimeUnit.SECONDS)).isTrue();
    heartbeat.stop();
    assertThat(published).containsExactly(EdgeEvent.Heartbeat.TYPE, EdgeEvent.STOPPED);
  }
}
