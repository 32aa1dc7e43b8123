package im.linnet.edge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.ops.EdgeBeacon.Judgement;
import im.linnet.edge.publish.FakePublisher;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.EdgeEvent;
import im.linnet.schemas.event.EdgeEventCodec;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EdgeBeaconTest {
  private static final long NOW = 1_000;

  private final FakePublisher publisher = new FakePublisher();
  private final EdgeBeacon beacon =
      new EdgeBeacon(
          "me",
          "mark",
          publisher,
          Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC),
          () -> 3,
          () -> 0.5);

  private boolean take(EdgeEvent event) {
    return take(event, "other/1/1");
  }

  private boolean take(EdgeEvent event, String id) {
    return beacon.take(record(event.edge(), event.type(), EdgeEventCodec.encode(event), id));
  }

  private boolean stopped(long epoch) {
    return beacon.take(record("me", EdgeEvent.STOPPED, null, "other/" + epoch + "/stopped"));
  }

  private static LogRecord record(String edge, String type, byte[] value, String id) {
    return new LogRecord(
        Topic.EDGE,
        0,
        0,
        0,
        edge.getBytes(StandardCharsets.UTF_8),
        value,
        new EventHeaders(
            type.getBytes(StandardCharsets.UTF_8),
            id.getBytes(StandardCharsets.UTF_8),
            null,
            null,
            null));
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
    assertThat(beacon.getAsLong()).isEqualTo(NOW);
    assertThat(beacon.judge()).isEqualTo(Judgement.NEW_EPOCH);
    assertThat(beacon.getAsLong()).isEqualTo(NOW + 1);
    assertThat(take(new EdgeEvent.Ended("me", NOW))).isFalse();
    assertThat(take(new EdgeEvent.Ended("other", 9_999))).isFalse();
    assertThat(beacon.judge()).isEqualTo(Judgement.GOES_ON);
    assertThat(beacon.check()).isEmpty();
  }

  @Test
  void stopsWhereAnotherProcessLivesInAHigherEpoch() {
    beacon.begin();
    assertThat(take(new EdgeEvent.Ended("me", NOW))).isTrue();
    take(beat("me", NOW + 5_000));
    assertThat(beacon.judge()).isEqualTo(Judgement.FENCED);
    assertThat(beacon.getAsLong()).isEqualTo(NOW);
    assertThat(beacon.check()).isPresent();
    assertThat(beacon.isDoubtful()).isFalse();
    beacon.beat(new EdgeBeacon.Addresses("h:1", "h:2"));
    beacon.farewell();
    assertThat(publisher.published).isEmpty();
  }

  @Test
  void stopsForASuccessorAlsoWhereItsOwnEpochWasNotEnded() {
    beacon.begin();
    assertThat(take(beat("me", NOW + 1))).isTrue();
    assertThat(beacon.judge()).isEqualTo(Judgement.FENCED);
  }

  @Test
  void goesOnAboveASuccessorThatHasEnded() {
    beacon.begin();
    take(new EdgeEvent.Ended("me", NOW));
    take(beat("me", NOW + 5_000));
    take(new EdgeEvent.Ended("me", NOW + 5_000));
    assertThat(beacon.judge()).isEqualTo(Judgement.NEW_EPOCH);
    assertThat(beacon.getAsLong()).isEqualTo(NOW + 5_001);
  }

  @Test
  void goesOnWhereTheSuccessorStoppedByItself() {
    beacon.begin();
    take(beat("me", NOW + 5));
    stopped(NOW + 5);
    assertThat(beacon.judge()).isEqualTo(Judgement.GOES_ON);
    assertThat(beacon.getAsLong()).isEqualTo(NOW);
  }

  @Test
  void theFarewellOfAnOlderProcessEndsNoYoungerOne() {
    beacon.begin();
    take(beat("me", NOW + 5));
    stopped(NOW - 5);
    assertThat(beacon.judge()).isEqualTo(Judgement.FENCED);
  }

  @Test
  void aProcessInALowerEpochDoesNotMatter() {
    beacon.begin();
    assertThat(take(beat("me", NOW - 1))).isFalse();
    assertThat(beacon.check()).isEmpty();
  }

  @Test
  void ofTwoInOneEpochTheFirstInTheLogStays() {
    beacon.begin();
    assertThat(take(beat("me", NOW), "mark/1000/1")).isFalse();
    assertThat(take(beat("me", NOW))).isFalse();
  }

  @Test
  void theSecondInOneEpochStops() {
    beacon.begin();
    assertThat(take(beat("me", NOW))).isTrue();
    take(beat("me", NOW), "mark/1000/1");
    assertThat(beacon.judge()).isEqualTo(Judgement.FENCED);
  }

  @Test
  void nobodyHasAnIdThatTheLogSaysIsFree() {
    assertThat(beacon.occupied()).isCompletedWithValue(false);
    take(beat("me", 7));
    take(new EdgeEvent.Ended("me", 7));
    assertThat(beacon.occupied()).isCompletedWithValue(false);
    take(beat("me", 7));
    assertThat(beacon.occupied()).isCompletedWithValue(false);
    take(beat("me", 8));
    stopped(8);
    assertThat(beacon.occupied()).isCompletedWithValue(false);
  }

  @Test
  void anIdIsTakenOnceItsProcessBeatsAgain() {
    take(beat("me", 7));
    CompletableFuture<Boolean> occupied = beacon.occupied();
    assertThat(occupied).isNotDone();
    take(beat("me", 7));
    assertThat(occupied).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(true);
    assertThat(beacon.rivalAddress()).isEqualTo("a:1");
  }

  @Test
  void aHeartbeatThatComesAfterTheFarewellOfItsProcessIsNoSignOfLife() {
    take(beat("me", 7));
    stopped(7);
    take(beat("me", 7));
    assertThat(beacon.occupied()).isCompletedWithValue(false);
    take(beat("me", 8));
    assertThat(beacon.occupied()).isNotDone();
  }

  @Test
  void theFarewellOfAYoungerProcessEndsNoOlderOne() {
    take(beat("me", 7));
    take(beat("me", 9));
    stopped(9);
    take(beat("me", 7));
    assertThat(beacon.occupied()).isNotDone();
  }

  @Test
  void aFarewellWithoutAnEpochIsOfTheProcessThatWasSeenLast() {
    take(beat("me", 7));
    beacon.take(record("me", EdgeEvent.STOPPED, null, "an id of another form"));
    take(beat("me", 7));
    assertThat(beacon.occupied()).isCompletedWithValue(false);
  }

  @Test
  void beginsAboveAnEpochThatOnlyAFarewellNames() {
    stopped(NOW + 5);
    beacon.begin();
    assertThat(beacon.getAsLong()).isEqualTo(NOW + 6);
  }

  @Test
  void anIdIsFreeOnceItsProcessStops() {
    take(beat("me", 7));
    CompletableFuture<Boolean> occupied = beacon.occupied();
    stopped(7);
    assertThat(occupied).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(false);
  }

  @Test
  void beatsAndSaysFarewell() {
    beacon.begin();
    beacon.beat(new EdgeBeacon.Addresses("h:1", "h:2"));
    beacon.farewell();
    assertThat(new String(publisher.published.get(0).record().value(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"edge\":\"me\",\"epoch\":1000,\"address\":\"h:1\",\"http\":\"h:2\",\"sessions\":3,\"load\":0.5}");
    assertThat(publisher.published.get(1).record().value()).isNull();
  }
}
