package im.linnet.presence;

import java.util.concurrent.atomic.LongAdder;

/** What a tracker counts. Safe on any thread. */
final class PresenceCounters {
  final LongAdder sessionEvents = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder statesPublished = new LongAdder();
  final LongAdder epochsEnded = new LongAdder();
  final LongAdder aborts = new LongAdder();
}
