package im.linnet.edge;

import im.linnet.edge.ops.EdgeBeacon;
import im.linnet.edge.ops.Readiness;
import im.linnet.edge.ops.Readiness.Scope;
import im.linnet.edge.ops.ViewCheck;
import im.linnet.log.publish.KafkaPublisher;
import im.linnet.log.tail.TailReader;
import im.linnet.records.RecordReader;
import java.util.Optional;
import java.util.function.Supplier;

/** The checks of an edge's own parts, each with the part of the service that fails with it. */
final class EdgeChecks {
  private static final long MOST_SKEW_MILLIS = 5_000;

  private final Readiness readiness;

  EdgeChecks(Readiness readiness) {
    this.readiness = readiness;
  }

  EdgeChecks add(TailReader tail) {
    readiness.add("tail", Scope.SESSIONS, () -> told(tail::check));
    // Only advice: the load of an edge that is taken out goes to others, and fills their filters
    // next.
    readiness.add("filters", Scope.ADVICE, tail::checkFilters);
    return this;
  }

  EdgeChecks add(EdgeLog log, EdgePresence presence, EdgeBeacon beacon) {
    readiness.add("kafka", Scope.SESSIONS, log.publisher()::check);
    readiness.add("topics", Scope.SESSIONS, presence::check);
    readiness.add("applied", Scope.SESSIONS, log.applied()::check);
    readiness.add("epoch", Scope.SESSIONS, beacon::check);
    return this;
  }

  EdgeChecks add(EdgeSignals signals) {
    // Without signals nothing is lost that anybody keeps.
    readiness.add("signals", Scope.ADVICE, signals::check);
    return this;
  }

  EdgeChecks add(EdgeLog log, RecordReader store) {
    ViewCheck view = new ViewCheck(store, log.applied().view());
    readiness.add("view", Scope.SESSIONS, view::isSame);
    readiness.add("store", Scope.READS, view::answers);
    return this;
  }

  EdgeChecks add(KafkaPublisher publisher) {
    // A skew below the bound does no harm yet.
    readiness.add("clock", Scope.SESSIONS, () -> checkClock(publisher));
    return this;
  }

  EdgeChecks add(EdgeTokens tokens) {
    Supplier<Optional<String>> keys = tokens.check();
    if (keys != null) {
      // Known keys stay good for a time.
      readiness.add("keys", Scope.ADVICE, keys);
    }
    return this;
  }

  private static Optional<String> checkClock(KafkaPublisher publisher) {
    long skew = publisher.clockSkew().toMillis();
    return Math.abs(skew) > MOST_SKEW_MILLIS
        ? Optional.of("the broker's clock is " + skew + " ms ahead of this one")
        : Optional.empty();
  }

  private static Optional<String> told(Runnable check) {
    check.run();
    return Optional.empty();
  }
}
