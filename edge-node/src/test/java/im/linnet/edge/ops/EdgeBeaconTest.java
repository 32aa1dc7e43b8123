package im.linnet.edge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.publish.FakePublisher;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.EdgeEvent;
import im.linnet.schemas.event.EdgeEventCodec;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class EdgeBeaconTest {
  private static final long NOW = 1_000;

  private final FakePublisher publisher = new FakePublisher();
  private final EdgeBeacon beacon =
      new EdgeBeacon(
          "me",
          publisher,
          Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC),
          () -> 3,
          () -> 0.5);

  private boolean take(EdgeEvent event) {
    return beacon.take(
        new LogRecord(
            Topic.EDGE,
            0,
            0,
            0,
            event.edge().getBytes(StandardCharsets.UTF_8),
            EdgeEventCodec.encode(event),
            new EventHeaders(
                event.type().getBytes(StandardCharsets.UTF_8), null, null, null, null)));
  }

  private static EdgeEvent beat(String edge, long epoch) {
    return new EdgeEvent.Heartbeat(edge, epoch, "a:1", "a:2", 0, 0);
  }

  @Test
  void beginsAtItsStartTimeOrAboveTheLastKnown() {
    beacon.begin();
    assertThat(beacon.getAsLong()).isEqualTo(NOW);
    take(beat("me", 5_000));
    beacon.begin();
    assertThat(beacon.getAsLong()).isEqualTo(5_001);
  }

  @Test
  void takesAHigherEpochWhenItsOwnWasEnded() {
    beacon.begin();
    assertThat(take(new EdgeEvent.Ended("me", NOW))).isTrue();
    assertThat(beacon.getAsLong()).isEqualTo(NOW + 1);
    assertThat(take(new EdgeEvent.Ended("me", NOW))).isFalse();
    assertThat(take(new EdgeEvent.Ended("other", 9_999))).isFalse();
    assertThat(beacon.check()).isEmpty();
  }

  @Test
  void tellsOfAnotherProcessOfItsName() {
    beacon.begin();
    take(beat("me", NOW));
    assertThat(beacon.check()).isEmpty();
    take(beat("me", NOW + 1));
    assertThat(beacon.check()).isPresent();
  }

  @Test
  void beatsAndSaysFarewell() {
    beacon.begin();
    beacon.beat(new EdgeBeacon.Face("me", "h:1", "h:2"));
    beacon.farewell();
    assertThat(new String(publisher.published.get(0).record().value(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"edge\":\"me\",\"epoch\":1000,\"address\":\"h:1\",\"http\":\"h:2\",\"sessions\":3,\"load\":0.5}");
    assertThat(publisher.published.get(1).record().value()).isNull();
  }
}
