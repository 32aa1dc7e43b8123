package im.linnet.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Leaves one line of Kafka's log out. At a start the controller may try to register with itself a
 * moment before it leads. That fails, and is tried again, but the log has the whole request and a
 * stack trace. Every other line of that logger stays.
 */
public final class KafkaStartNoise extends Filter<ILoggingEvent> {
  private static final String LOGGER = "kafka.server.ControllerApis";
  private static final String REQUEST = "apiKey=CONTROLLER_REGISTRATION";

  @Override
  public FilterReply decide(ILoggingEvent event) {
    return event.getLoggerName().equals(LOGGER) && event.getFormattedMessage().contains(REQUEST)
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }
}
