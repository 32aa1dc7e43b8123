package im.linnet.edge.attach;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.schemas.event.InboxEventCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class AttachMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AttachMeters meters = new AttachMeters(new EdgeMetrics(registry));

  @Test
  void everyKindOfPushIsThereFromTheStart() {
    for (String type : InboxEventCodec.types()) {
      assertThat(pushes(type)).as(type).isZero();
    }
    assertThat(pushes(AttachMeters.SYNCED)).isZero();
  }

  @Test
  void aPushOfAnotherKindIsCountedToo() {
    meters.pushed("another", 2);
    meters.pushed("another", 3);
    assertThat(pushes("another")).isEqualTo(5);
  }

  private double pushes(String kind) {
    return registry.get("linnet.edge.pushes").tag("kind", kind).counter().count();
  }
}
