package im.linnet.edge.ops;

import im.linnet.schemas.frame.ReplyCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The counts of replies to one op, by code, and their times. Safe on any thread. */
public final class OpMeters {
  private final Timer timer;
  private final Map<ReplyCode, Counter> replies = new EnumMap<>(ReplyCode.class);

  OpMeters(MeterRegistry registry, String op) {
    timer =
        EdgeMetrics.timing("request", "From a request to its reply")
            .tag("op", op)
            .register(registry);
    for (ReplyCode code : ReplyCode.values()) {
      replies.put(
          code,
          Counter.builder("linnet.edge.replies")
              .description("Replies to requests")
              .tag("op", op)
              .tag("code", code.word())
              .register(registry));
    }
  }

  /** Counts an answered request, without a time. */
  public void replied(ReplyCode code) {
    Counter counter = replies.get(code);
    if (counter != null) {
      counter.increment();
    }
  }

  /** Counts an answered request, with the time from its arrival to the answer in ns. */
  public void replied(ReplyCode code, long nanos) {
    replied(code);
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }
}
