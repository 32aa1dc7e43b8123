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
  private static final int MANY = 65_536;
  private static final Shown ONLINE = new Shown(PresenceStatus.ONLINE, 5);

  private final UserTable table = new UserTable(10_000);

  @Test
  void ofAUserWhoNeverCameNothingIsKnown() {
    assertThat(table.shown("aa")).isEqualTo(new Shown(PresenceStatus.OFFLINE, 0));
    assertThat(table.isKnown("aa", "phone", 0)).isFalse();
    assertThat(table.devices("aa", 0)).isZero();
    assertThat(table.isLoaded("aa")).isTrue();
  }

  @Test
  void tellsWhetherOthersSeeAnotherStatus() {
    assertThat(table.settle("aa", 0, ONLINE, List.of())).isTrue();
    assertThat(table.settle("aa", 1, new Shown(PresenceStatus.ONLINE, 6), List.of())).isFalse();
    assertThat(table.settle("aa", 2, PresenceBoard.UNKNOWN, List.of())).isTrue();
  }

  @Test
  void anOlderRecordOfPresenceChangesNothing() {
    table.settle("aa", 7, ONLINE, List.of(new Device("phone", 5)));
    assertThat(table.settle("aa", 6, PresenceBoard.UNKNOWN, List.of())).isFalse();
    assertThat(table.shown("aa")).isEqualTo(ONLINE);
    assertThat(table.isKnown("aa", "phone", 0)).isTrue();
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

  @Test
  void whoFindsNoRoomIsInDoubtAndNotUnknown() {
    UserTable small = new UserTable(2);
    for (String user : List.of("aa", "bb", "cc", "dd")) {
      small.settle(user, 0, ONLINE, List.of());
    }
    assertThat(small.size()).isEqualTo(2);
    assertThat(small.shown("aa")).isEqualTo(ONLINE);
    assertThat(small.shown("dd")).isNull();
    assertThat(small.shown("never came")).isNull();
    assertThat(small.takes("aa")).isTrue();
    assertThat(small.takes("dd")).isFalse();
  }

  @Test
  void whoIsNeededIsTakenInWhateverTheBound() {
    UserTable none = new UserTable(0);
    none.settle("zz", 0, ONLINE, List.of());
    none.need("aa");
    none.need("aa");
    assertThat(none.isLoaded("aa")).isFalse();
    assertThat(none.settle("aa", 1, ONLINE, List.of(new Device("phone", 5))))
        .as("nobody is told of a user who is in doubt")
        .isFalse();
    assertThat(none.shown("aa")).isNull();
    long pass = none.passBegins(Set.of("aa"));
    none.passEnded(pass, Set.of("aa"));
    assertThat(none.shown("aa")).isEqualTo(ONLINE);
    assertThat(none.settle("aa", 2, PresenceBoard.UNKNOWN, List.of())).isTrue();
    none.release("aa");
    assertThat(none.size()).isEqualTo(1);
    none.release("aa");
    assertThat(none.size()).isZero();
    assertThat(none.shown("aa")).isNull();
  }

  @Test
  void ofThoseWhoWereNeededTheLastOnesStay() {
    UserTable small = new UserTable(2);
    for (String user : List.of("aa", "bb", "cc")) {
      small.need(user);
      small.settle(user, 0, ONLINE, List.of());
    }
    small.release("bb");
    small.release("aa");
    small.release("cc");
    assertThat(small.size()).isEqualTo(2);
    assertThat(small.shown("bb")).isNull();
    assertThat(small.shown("aa")).isEqualTo(ONLINE);
    small.need("aa");
    small.release("aa");
    small.need("dd");
    small.settle("dd", 0, ONLINE, List.of());
    small.passEnded(small.passBegins(Set.of("dd")), Set.of("dd"));
    small.release("dd");
    assertThat(small.shown("cc")).isNull();
    assertThat(small.shown("aa")).isEqualTo(ONLINE);
  }

  @Test
  void aUserOfWhomNothingIsKnownDrivesNobodyOut() {
    UserTable small = new UserTable(1);
    small.need("aa");
    small.settle("aa", 0, ONLINE, List.of());
    small.need("bb");
    small.settle("bb", 0, ONLINE, List.of());
    small.release("bb");
    small.release("aa");
    small.need("nobody");
    small.passEnded(small.passBegins(Set.of("nobody")), Set.of("nobody"));
    small.release("nobody");
    assertThat(small.shown("aa")).isEqualTo(ONLINE);
    assertThat(small.shown("nobody")).isNull();
  }

  @Test
  void whoIsNeededAnewDuringAPassWaitsForAnother() {
    UserTable none = new UserTable(0);
    none.opened("zz", "phone", 1);
    none.need("aa");
    long pass = none.passBegins(Set.of("aa"));
    assertThat(none.isRead("aa")).isTrue();
    none.release("aa");
    none.need("aa");
    assertThat(none.isRead("aa")).isFalse();
    none.passEnded(pass, Set.of("aa"));
    assertThat(none.isLoaded("aa")).as("the pass had met its first records already").isFalse();
  }

  @Test
  void questionsForUsersWhoNeverCameFillNothing() {
    for (int i = 0; i < 20_000; i++) {
      table.need("u" + i);
      table.release("u" + i);
    }
    assertThat(table.size()).isZero();
    assertThat(table.isLoaded("somebody else")).isTrue();
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
        Shown before = shown.getOrDefault(user, PresenceBoard.UNKNOWN);
        assertThat(table.settle(user, i, now, devices)).isEqualTo(before.status() != now.status());
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

  @Test
  void costsUnder400BytesPerUserWithADevice() {
    UserTable large = new UserTable(MANY);
    long before = heldBytes();
    for (int i = 0; i < MANY; i++) {
      large.settle(
          ("user-of-a-usual-name-" + i),
          i,
          new Shown(PresenceStatus.OFFLINE, 1_763_755_200_000L + i),
          List.of(new Device(new StringBuilder("default").toString(), 1_763_755_200_000L)));
    }
    long perUser = (heldBytes() - before) / MANY;
    assertThat(large.size()).isEqualTo(MANY);
    System.out.printf("presence of a user with a device: %d bytes%n", perUser);
    assertThat(perUser).isBetween(50L, 400L);
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
