package im.linnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimeOrderedUuidTest {
  // The example of RFC 9562, appendix A.6.
  private static final long EXAMPLE_MILLIS = 0x017F22E279B0L;

  @Test
  void beginsWithItsTimeAndNamesItsVersion() {
    String text = TimeOrderedUuid.at(EXAMPLE_MILLIS);
    assertThat(text).startsWith("017f22e2-79b0-7");
    UUID uuid = UUID.fromString(text);
    assertThat(uuid.version()).isEqualTo(7);
    assertThat(uuid.variant()).isEqualTo(2);
  }

  @Test
  void aLaterOneSortsBehind() {
    assertThat(TimeOrderedUuid.at(EXAMPLE_MILLIS + 1))
        .isGreaterThan(TimeOrderedUuid.at(EXAMPLE_MILLIS));
  }

  @Test
  void noneComesTwiceInOneMillisecond() {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      made.add(TimeOrderedUuid.at(EXAMPLE_MILLIS));
    }
    assertThat(made).hasSize(10_000);
  }
}
