package im.linnet.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingsTest {
  record House(
      String street,
      @Setting(flag = "--rooms", value = "3", least = "1", most = "9", doc = "Rooms.") int rooms,
      Garden garden,
      @Nullable Garden second) {
    House {
      Settings.check(House.class, street, rooms, garden, second);
      if (garden.trees() > rooms) {
        throw new SettingException("too many trees", "--trees", "give fewer");
      }
    }
  }

  record Garden(
      @Setting(flag = "--trees", value = "2", least = "0", most = "1000", doc = "Trees.")
          long trees,
      @Setting(flag = "--rain", value = "5m", least = "1s", most = "1h", doc = "Rain.")
          Duration rain) {
    Garden {
      Settings.check(Garden.class, trees, rain);
    }
  }

  record Cores(
      @Setting(flag = "--threads", value = Setting.CORES, least = "1", most = "9999", doc = "-")
          int threads) {}

  private static final Garden GARDEN = Settings.defaults(Garden.class);
  private static final House HOUSE = Settings.defaults(House.class, "here", GARDEN, null);

  @Test
  void whatIsNotGivenIsTheDefault() {
    assertThat(GARDEN).isEqualTo(new Garden(2, Duration.ofMinutes(5)));
    assertThat(HOUSE).isEqualTo(new House("here", 3, GARDEN, null));
    assertThat(Settings.defaults(Cores.class).threads())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void theSettingsOfARecordAreThoseOfItsPartsToo() {
    assertThat(Settings.of(House.class))
        .extracting(each -> each.about().flag() + " " + each.value() + " " + each.most())
        .startsWith("--rooms 3 9", "--trees 2 1000", "--rain PT5M PT1H");
  }

  @Test
  void valuesArriveInTheRecordAndItsParts() {
    assertThat(Settings.with(HOUSE, Map.of("--trees", 1L, "--rooms", 4)::get))
        .isEqualTo(new House("here", 4, new Garden(1, Duration.ofMinutes(5)), null));
    assertThat(Settings.with(HOUSE, flag -> null)).isEqualTo(HOUSE);
  }

  @Test
  void aValueOutOfBoundsIsRefusedWithWhatToGive() {
    assertThatThrownBy(() -> new Garden(1001, Duration.ofSeconds(1)))
        .isInstanceOf(SettingException.class)
        .hasMessage("1001 is too large (--trees): give 0 to 1000");
    assertThatThrownBy(() -> new Garden(-1, Duration.ofSeconds(1)))
        .hasMessage("-1 is too small (--trees): give 0 to 1000");
    assertThatThrownBy(() -> new Garden(1, Duration.ofMillis(999)))
        .hasMessage("999ms is too short (--rain): give 1s to 1h");
    assertThatThrownBy(() -> Settings.with(HOUSE, Map.of("--rain", Duration.ofHours(2))::get))
        .hasMessage("2h is too long (--rain): give 1s to 1h");
  }

  @Test
  void valuesThatDoNotGoTogetherAreRefused() {
    assertThatThrownBy(() -> Settings.with(HOUSE, Map.of("--trees", 4L)::get))
        .isInstanceOf(SettingException.class)
        .hasMessage("too many trees (--trees): give fewer");
  }

  @Test
  void aCheckOfOtherComponentsIsAMistake() {
    assertThatThrownBy(() -> Settings.check(Garden.class, 1L))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theSettingMayBeNamedByItsSource() {
    assertThat(new SettingException("wrong", "--a", "mend it").named("LINNET_A"))
        .hasMessage("wrong (LINNET_A): mend it");
  }
}
