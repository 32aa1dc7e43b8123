package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;

class KafkaStartNoiseTest {
  private static final String REGISTRATION =
      "Unexpected error handling request RequestHeader(apiKey=CONTROLLER_REGISTRATION, ...";

  @Test
  void onlyTheRegistrationOfTheControllerIsLeftOut() {
    assertThat(decided("kafka.server.ControllerApis", REGISTRATION)).isEqualTo(FilterReply.DENY);
    assertThat(decided("kafka.server.ControllerApis", "Unexpected error handling request FETCH"))
        .isEqualTo(FilterReply.NEUTRAL);
    assertThat(decided("kafka.server.KafkaApis", REGISTRATION)).isEqualTo(FilterReply.NEUTRAL);
  }

  private static FilterReply decided(String logger, String message) {
    LoggingEvent event =
        new LoggingEvent(
            "test", new LoggerContext().getLogger(logger), Level.ERROR, message, null, null);
    return new KafkaStartNoise().decide(event);
  }
}
