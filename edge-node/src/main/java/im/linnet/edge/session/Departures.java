package im.linnet.edge.session;

import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.log.Callbacks;
import io.micrometer.core.instrument.Counter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes {@code closed} for sessions that have left, but not before it can mean an absence.
 * While the log holds another session of the user, {@code closed} is published at once. The last
 * session of a user in the log lingers: a user who comes back within {@link #LINGER_MILLIS}, here
 * or on another edge, was never away. If the user has authenticated again here, {@code opened}
 * stands in the log before {@code closed}, unless the log takes {@link #ARRIVAL_MILLIS} longer.
 * Safe on any thread, never blocks.
 *
 * <p>So only one session of a user lingers, however many come and go. Sessions with an undecided or
 * failed {@code opened} record wait too. At most {@link #MOST_WAITING} sessions of a user wait. If
 * the log did not take a {@code closed} record, it is tried again until it succeeds, for at most
 * {@link #MOST_FAILED} sessions of a user. Above that bound one session is given up, first one with
 * a failed {@code opened} record. A session that was given up but stands in the log counts as
 * present until the edge takes a new epoch or ends.
 */
public final class Departures {
  /** A client with a broken socket comes back within this time, if it tries at once. */
  public static final long LINGER_MILLIS = 2_000;

  /** The additional wait for a newer session of the user that is arriving. */
  static final long ARRIVAL_MILLIS = 10_000;

  /**
   * The most waiting sessions of one user. Above that, {@code closed} of the oldest is published at
   * once.
   */
  static final int MOST_WAITING = 16;

  /** The most failed records of one user. Above that one is given up. */
  static final int MOST_FAILED = 16;

  private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
  private static final long AGAIN_MILLIS = 1_000;

  private final LocalSessions sessions;
  private final Announcements announcements;
  private final Delay delay;
  // By user, in the order of leaving. A list is read and changed within the map's lock only.
  private final ConcurrentHashMap<String, List<Departure>> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  // Sessions with a failed closed record, by user, until the next try. The same lock rule.
  private final ConcurrentHashMap<String, List<Departure>> failed = new ConcurrentHashMap<>();
  private final AtomicInteger failedCount = new AtomicInteger();
  private final Counter givenUp;
  private volatile boolean hurried;

  /** A session that has left, and its state since then. */
  private static final class Departure {
    private final UserSession session;
    // Whether the fate of its own opened records is known.
    private volatile boolean decided;
    private volatile boolean lingered;
    private volatile boolean overdue;
    private volatile boolean said;

    Departure(UserSession session) {
      this.session = session;
    }

    String user() {
      return session.user();
    }

    boolean isInLog() {
      return decided && !hasFailed();
    }

    boolean hasFailed() {
      CompletableFuture<?> opened = session.announced();
      return opened == null || opened.isCompletedExceptionally();
    }
  }

  public Departures(
      LocalSessions sessions, Announcements announcements, Delay delay, EdgeMetrics metrics) {
    this.sessions = sessions;
    this.announcements = announcements;
    this.delay = delay;
    // Their closed record is not tried again: too many of their user wait for it.
    this.givenUp =
        metrics.counter("departures.given.up", "Sessions whose end the log refused too often");
  }

  /** Takes an announced session that has left. */
  void left(UserSession session) {
    Departure departure = new Departure(session);
    count.incrementAndGet();
    waiting.compute(
        session.user(),
        (user, known) -> {
          List<Departure> all = known == null ? new ArrayList<>(1) : known;
          all.add(departure);
          return all;
        });
    awaitOwn(departure);
    if (!departure.said) {
      delay.run(LINGER_MILLIS, () -> lingered(departure));
    }
  }

  private void awaitOwn(Departure departure) {
    CompletableFuture<?> opened = departure.session.announced();
    if (opened != null && !opened.isDone()) {
      // It may have been announced once more by then.
      Callbacks.whenDone(opened, (done, failure) -> awaitOwn(departure));
    } else {
      departure.decided = true;
      if (departure.said && departure.hasFailed()) {
        // Its opened record may still reach the log, even after its closed record.
        say(departure);
      }
    }
    lookAgain(departure.user());
  }

  private void lingered(Departure departure) {
    departure.lingered = true;
    lookAgain(departure.user());
    if (!departure.said) {
      delay.run(
          ARRIVAL_MILLIS,
          () -> {
            departure.overdue = true;
            lookAgain(departure.user());
          });
    }
  }

  /**
   * Publishes all {@code closed} records of a user that are due now. Called after each relevant
   * change.
   */
  void lookAgain(String user) {
    List<Departure> due = new ArrayList<>(1);
    waiting.computeIfPresent(
        user,
        (name, all) -> {
          takeDue(all, due);
          takeExcess(all, due);
          due.forEach(each -> each.said = true);
          return all.isEmpty() ? null : all;
        });
    count.addAndGet(-due.size());
    due.forEach(this::say);
  }

  private void takeDue(List<Departure> all, List<Departure> due) {
    String user = all.getFirst().user();
    // A session that leaves after these questions comes here, and lingers itself.
    boolean arriving = sessions.isArriving(user);
    boolean held = sessions.isInLog(user);
    for (Departure each : all.reversed()) {
      boolean over = each.overdue || (each.lingered && !arriving);
      if (each.decided && (hurried || held || over)) {
        due.addFirst(each);
      } else {
        held |= each.isInLog();
      }
    }
    all.removeAll(due);
  }

  private static void takeExcess(List<Departure> all, List<Departure> due) {
    int excess = all.size() - MOST_WAITING;
    for (Iterator<Departure> i = all.iterator(); excess > 0 && i.hasNext(); ) {
      Departure oldest = i.next();
      // Only the session in the log shows the user as present.
      if (!oldest.isInLog()) {
        i.remove();
        due.add(oldest);
        excess--;
      }
    }
  }

  private void say(Departure departure) {
    Callbacks.whenDone(
        announcements.closed(departure.session),
        (acked, failure) -> {
          if (failure != null && keepForAgain(departure)) {
            delay.run(AGAIN_MILLIS, () -> sayAgain(departure));
          }
        });
  }

  /** Whether the departure is tried again; another one may be given up for it. */
  private boolean keepForAgain(Departure departure) {
    List<Departure> left = new ArrayList<>(0);
    failed.compute(
        departure.user(),
        (user, known) -> {
          List<Departure> all = known == null ? new ArrayList<>(1) : known;
          all.add(departure);
          if (all.size() > MOST_FAILED) {
            left.add(all.remove(leastMissed(all)));
          }
          return all;
        });
    failedCount.addAndGet(1 - left.size());
    for (Departure each : left) {
      givenUp.increment();
      LOG.debug("{}: closed is not said any more, the log has refused it too often", each.session);
    }
    return !left.contains(departure);
  }

  /**
   * The index of the least useful one: others do not see a session with a failed opened record.
   * Without such a session it is the oldest.
   */
  private static int leastMissed(List<Departure> all) {
    for (int i = 0; i < all.size(); i++) {
      if (!all.get(i).isInLog()) {
        return i;
      }
    }
    return 0;
  }

  private boolean takeFailed(Departure departure) {
    boolean[] taken = {false};
    failed.computeIfPresent(
        departure.user(),
        (user, all) -> {
          taken[0] = all.remove(departure);
          return all.isEmpty() ? null : all;
        });
    return taken[0];
  }

  /** Tries again, as the oldest session of its user. The user may have come back since. */
  private void sayAgain(Departure departure) {
    if (!takeFailed(departure)) {
      return;
    }
    failedCount.decrementAndGet();
    departure.said = false;
    count.incrementAndGet();
    waiting.compute(
        departure.user(),
        (user, known) -> {
          List<Departure> all = known == null ? new ArrayList<>(1) : known;
          all.addFirst(departure);
          return all;
        });
    lingered(departure);
  }

  /**
   * Publishes all waiting {@code closed} records now, and later ones at once, because the edge
   * stops.
   */
  public void hurry() {
    hurried = true;
    waiting.keySet().forEach(this::lookAgain);
    List<Departure> again = new ArrayList<>();
    for (String user : failed.keySet()) {
      failed.computeIfPresent(
          user,
          (name, all) -> {
            again.addAll(all);
            return all;
          });
    }
    again.forEach(this::sayAgain);
  }

  /** Sessions that have left, and whose {@code closed} is not on its way to the log. */
  public int waiting() {
    return count.get() + failedCount.get();
  }
}
