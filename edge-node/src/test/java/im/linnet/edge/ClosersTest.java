package im.linnet.edge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ClosersTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(Closers.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final List<String> closed = new ArrayList<>();
  private final Closers closers = new Closers(org.slf4j.event.Level.DEBUG);

  @BeforeEach
  void listen() {
    logged.start();
    logger.addAppender(logged);
    closers.add("first", () -> closed.add("first"));
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(logged);
    assertThat(closed).as("one failure does not stop the rest").containsExactly("first");
  }

  private List<String> warnings() {
    return logged.list.stream()
        .filter(each -> each.getLevel().isGreaterOrEqual(Level.WARN))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void tellsAStopAtTheLevelOfAProcessThatServes() {
    closers.tellAt(org.slf4j.event.Level.INFO);

    closers.close();

    assertThat(logged.list)
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.getLevel()).isEqualTo(Level.INFO);
              assertThat(each.getFormattedMessage()).startsWith("stopped first in ");
            });
  }

  @Test
  void saysNothingOfPartsThatAStopInterrupts() {
    closers.add(
        "publisher",
        () -> {
          throw new InterruptException(new InterruptedException());
        });

    closers.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(warnings()).isEmpty();
  }

  @Test
  void tellsAFailureInTheWordsOfTheReasonAlone() {
    closers.add(
        "publisher",
        () -> {
          throw new IllegalStateException("it is busy");
        });

    closers.close();

    assertThat(warnings()).containsExactly("could not stop publisher cleanly: it is busy");
  }
}
