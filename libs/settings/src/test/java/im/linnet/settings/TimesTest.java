package im.linnet.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S, 500ms",
    "25s, PT25S, 25s",
    "90s, PT90S, 90s",
    "60s, PT60S, 1m",
    "2h, PT2H, 2h",
    "30d, P30D, 30d",
    "48h, P2D, 2d",
    "0ms, PT0S, 0s",
    "1500ms, PT1.5S, 1500ms"
  })
  void aTimeIsReadAndWrittenInOneForm(String text, Duration time, String again) {
    assertThat(Times.parse(text)).isEqualTo(time);
    assertThat(Times.text(time)).isEqualTo(again);
    assertThat(Times.parse(again)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "s",
        "-1s",
        "+1s",
        "01s",
        "1.5s",
        "1 s",
        "1S",
        "1w",
        "PT1S",
        "1000000000s"
      })
  void anythingElseIsNoTime(String text) {
    assertThatThrownBy(() -> Times.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "' is not a time such as 500ms, 25s, 10m, 2h or 30d");
  }
}
