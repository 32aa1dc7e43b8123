package im.linnet.edge.session;

import im.linnet.log.Callbacks;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says {@code closed} of sessions that have left, no sooner than it can mean an absence. While
 * another session of the user stands in the log, that is at once. The last one that stands there
 * lingers: a user who comes back within {@link #LINGER_MILLIS}, here or on another edge, was never
 * away; and for a user who has authenticated again here, {@code opened} stands in the log before
 * {@code closed} does, unless the log takes {@link #ARRIVAL_MILLIS} longer. Safe on any thread,
 * never blocks.
 *
 * <p>So one session of a user lingers, however many come and go. Beside it wait those whose own
 * {@code opened} record is not decided or has failed; all of them together are {@link
 * #MOST_WAITING} at most. Those whose {@code closed} the log did not take are tried again until it
 * does, {@link #MOST_FAILED} of a user at most: above that one is given up, first of those whose
 * {@code opened} record failed, too. A session that was given up and stands in the log counts as
 * present until the edge takes a new epoch or ends.
 */
public final class Departures {
  /** A client whose socket died has come back by then, if it tries at once. */
  public static final long LINGER_MILLIS = 2_000;

  /** How long, after that, a user's newer session is waited for. */
  static final long ARRIVAL_MILLIS = 10_000;

  /** Of one user; above that the oldest is said at once. */
  static final int MOST_WAITING = 16;

  /** Of one user; above that one is given up. */
  static final int MOST_FAILED = 16;

  private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
  private static final long AGAIN_MILLIS = 1_000;

  private final LocalSessions sessions;
  private final Announcements announcements;
  private final Delay delay;
  // By user, in the order of leaving. A list is read and changed within the map's lock only.
  private final ConcurrentHashMap<String, List<Departure>> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  // Those whose closed record was not taken, by user, until it is time to try again. The same rule.
  private final ConcurrentHashMap<String, List<Departure>> failed = new ConcurrentHashMap<>();
  private final AtomicInteger failedCount = new AtomicInteger();
  private final LongAdder givenUp = new LongAdder();
  private volatile boolean hurried;

  /** A session that has left, and what is known of it since. */
  private static final class Departure {
    private final UserSession session;
    // The fate of its own opened records is known.
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

  public Departures(LocalSessions sessions, Announcements announcements, Delay delay) {
    this.sessions = sessions;
    this.announcements = announcements;
    this.delay = delay;
  }

  /** A session that was announced has left. */
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
        // Its opened record may stand in the log all the same, and after its closed one.
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

  /** Says what can be said of a user by now; for whoever has changed something that counts. */
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
      // The one that stands in the log is all that shows the user as present.
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

  /** Whether that one is tried again; another one may be given up for it. */
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

  /** Nobody sees a session whose opened record failed; of the others the oldest goes. */
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

  /** As the oldest of its user, who may have come back since. */
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

  /** The edge stops: all is said now, and what leaves from here on at once. */
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

  /** Sessions whose {@code closed} is not tried again, since too many of their user wait for it. */
  public long givenUp() {
    return givenUp.sum();
  }

  /** Sessions that have left, and whose {@code closed} is not on its way to the log. */
  public int waiting() {
    return count.get() + failedCount.get();
  }
}
