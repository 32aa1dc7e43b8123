package im.linnet.log.topics;

import java.util.List;
import java.util.stream.Collectors;

/** The topics differ from the catalogue so that no process may start. */
public final class TopicMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TopicMismatchException(List<TopicDrift> drifts) {
    super(
        "the log does not match the topic catalogue:\n"
            + drifts.stream()
                .map(drift -> "  " + drift.message())
                .collect(Collectors.joining("\n")));
  }
}
