package im.linnet.edge.presence;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.presence.PresenceBoard.Shown;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.PresenceState.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UserTableTest {
  private static final int MANY = 200_000;

  private final UserTable table = new UserTable(new Random(1));

  @Test
  void ofAUserWhoNeverCameNothingIsKnown() {
    assertThat(table.shown("aa")).isEqualTo(new Shown(PresenceStatus.OFFLINE, 0));
    assertThat(table.isKnown("aa", "phone", 0)).isFalse();
    assertThat(table.devices("aa", 0)).isZero();
  }

  @Test
  void holdsEveryStatusAndTime() {
    for (PresenceStatus status : PresenceStatus.values()) {
      for (long lastSeen : new long[] {0, 1, 1_763_755_200_123L, (1L << 60) - 1}) {
        Shown shown = new Shown(status, lastSeen);
        table.settle("aa", shown, List.of());
        assertThat(table.shown("aa")).isEqualTo(shown);
      }
    }
  }

  @Test
  void tellsWhatPresenceSaidBefore() {
    Shown online = new Shown(PresenceStatus.ONLINE, 5);
    assertThat(table.settle("aa", online, List.of())).isEqualTo(PresenceBoard.UNKNOWN);
    assertThat(table.settle("aa", PresenceBoard.UNKNOWN, List.of())).isEqualTo(online);
  }

  @Test
  void keepsTheNewestOfManyFreshDevices() {
    for (int i = 0; i < 100; i++) {
      table.opened("aa", "d" + i, i);
    }
    assertThat(table.devices("aa", 0)).isEqualTo(16);
    assertThat(table.isKnown("aa", "d99", 0)).isTrue();
    assertThat(table.isKnown("aa", "d83", 0)).isFalse();
  }

  /** The same calls as on plain maps give the same answers. */
  @Test
  void equalsPlainMaps() {
    Random random = new Random(7);
    Map<String, Shown> shown = new HashMap<>();
    Map<String, Map<String, Long>> settled = new HashMap<>();
    Map<String, Map<String, Long>> fresh = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      String user = "u" + random.nextInt(3_000);
      if (random.nextBoolean()) {
        String device = "d" + random.nextInt(4);
        table.opened(user, device, i);
        fresh.computeIfAbsent(user, u -> new HashMap<>()).put(device, (long) i);
      } else {
        Map<String, Long> known = new HashMap<>();
        List<Device> devices = new ArrayList<>();
        for (int d = random.nextInt(4); d > 0; d--) {
          known.put("d" + d, (long) i - random.nextInt(20_000));
        }
        known.forEach((device, seen) -> devices.add(new Device(device, seen)));
        Shown now = new Shown(PresenceStatus.values()[random.nextInt(4)], 1_763_755_200_000L + i);
        assertThat(table.settle(user, now, devices))
            .isEqualTo(shown.getOrDefault(user, PresenceBoard.UNKNOWN));
        shown.put(user, now);
        settled.put(user, known);
        fresh
            .getOrDefault(user, new HashMap<>())
            .entrySet()
            .removeIf(each -> known.getOrDefault(each.getKey(), -1L) >= each.getValue());
      }
    }
    for (int i = 0; i < 3_000; i++) {
      String user = "u" + i;
      Set<String> known = new HashSet<>(settled.getOrDefault(user, Map.of()).keySet());
      known.addAll(fresh.getOrDefault(user, Map.of()).keySet());
      assertThat(table.shown(user)).isEqualTo(shown.getOrDefault(user, PresenceBoard.UNKNOWN));
      assertThat(table.devices(user, Long.MIN_VALUE / 4)).as(user).isEqualTo(known.size());
      for (int d = 0; d < 5; d++) {
        assertThat(table.isKnown(user, "d" + d, Long.MIN_VALUE / 4))
            .isEqualTo(known.contains("d" + d));
      }
    }
  }

  /** A map of states took some 400 bytes for each. */
  @Test
  void costsUnderAHundredBytesPerUserWithADevice() {
    long before = heldBytes();
    for (int i = 0; i < MANY; i++) {
      table.settle(
          "user-of-a-usual-name-" + i,
          new Shown(PresenceStatus.OFFLINE, 1_763_755_200_000L + i),
          List.of(new Device("default", 1_763_755_200_000L)));
    }
    long perUser = (heldBytes() - before) / MANY;
    assertThat(table.devices("user-of-a-usual-name-0", 0)).isEqualTo(1);
    System.out.printf("presence of a user with a device: %d bytes%n", perUser);
    assertThat(perUser).isLessThan(120);
  }

  /** The least of several looks, each after a collection. */
  private static long heldBytes() {
    long[] looks = new long[4];
    for (int i = 0; i < looks.length; i++) {
      System.gc();
      looks[i] = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
    return Arrays.stream(looks).min().orElseThrow();
  }
}
