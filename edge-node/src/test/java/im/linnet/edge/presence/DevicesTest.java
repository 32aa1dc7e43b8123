package im.linnet.edge.presence;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.event.PresenceState.Device;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DevicesTest {
  private static final long NOW = Duration.ofDays(100).toMillis();

  private final DeviceDirectory devices =
      new DeviceDirectory(Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC), 1_000);

  private long offset;

  private void settled(String user, Device... known) {
    devices
        .users()
        .settle(user, offset++, PresenceBoard.UNKNOWN, devices.remembered(List.of(known)));
  }

  @Test
  void aDeviceCountsFromItsOpenedRecord() {
    assertThat(devices.isKnown("aa", "phone")).isFalse();
    devices.opened("aa", "phone", NOW);
    assertThat(devices.isKnown("aa", "phone")).isTrue();
    assertThat(devices.hasSeveral("aa")).isFalse();
    devices.opened("aa", "desk", NOW);
    assertThat(devices.hasSeveral("aa")).isTrue();
  }

  @Test
  void oneDeviceKnownTwiceIsOne() {
    devices.opened("aa", "phone", NOW);
    settled("aa", new Device("phone", NOW - 1));
    assertThat(devices.hasSeveral("aa")).isFalse();
    settled("aa", new Device("phone", NOW));
    assertThat(devices.isKnown("aa", "phone")).isTrue();
    assertThat(devices.hasSeveral("aa")).isFalse();
  }

  @Test
  void aFreshDeviceStaysUntilPresenceHasIt() {
    settled("aa", new Device("desk", NOW - 9));
    devices.opened("aa", "phone", NOW);
    settled("aa", new Device("desk", NOW - 5));
    assertThat(devices.hasSeveral("aa")).isTrue();
    settled("aa", new Device("phone", NOW));
    settled("aa", new Device("desk", NOW + 1));
    assertThat(devices.isKnown("aa", "phone")).as("presence had it and dropped it").isFalse();
    assertThat(devices.isKnown("aa", "desk")).isTrue();
  }

  @Test
  void aDeviceIsForgottenAfterThirtyDays() {
    long old = NOW - Duration.ofDays(30).toMillis() - 1;
    settled("aa", new Device("desk", NOW), new Device("phone", old));
    devices.opened("aa", "tablet", old);
    assertThat(devices.isKnown("aa", "phone")).isFalse();
    assertThat(devices.isKnown("aa", "tablet")).isFalse();
    assertThat(devices.hasSeveral("aa")).isFalse();
  }

  @Test
  void whatComesWhileALookIsUnderWaySharesTheNext() {
    List<CompletableFuture<Void>> looks = new ArrayList<>();
    FreshDevices fresh =
        new FreshDevices(
            devices,
            new LookUps(devices, user -> 0, partition -> {}, Runnable::run),
            () -> {
              looks.add(new CompletableFuture<>());
              return looks.getLast();
            });
    CompletableFuture<Boolean> first = fresh.isKnown("aa", "phone");
    CompletableFuture<Boolean> second = fresh.isKnown("aa", "phone");
    CompletableFuture<Boolean> third = fresh.isKnown("bb", "phone");
    assertThat(looks).hasSize(1);
    looks.get(0).complete(null);
    assertThat(first).isCompletedWithValue(false);
    assertThat(second).isNotDone();
    assertThat(looks).hasSize(2);
    devices.opened("aa", "phone", NOW);
    looks.get(1).complete(null);
    assertThat(second).isCompletedWithValue(true);
    assertThat(third).isCompletedWithValue(false);
    assertThat(fresh.isKnown("aa", "phone")).isNotDone();
    looks.get(2).completeExceptionally(new IllegalStateException("down"));
    assertThat(looks).hasSize(3);
  }
}
