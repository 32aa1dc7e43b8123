package im.linnet.edge.publish;

import im.linnet.edge.session.Announcements;
import im.linnet.edge.session.UserSession;
import im.linnet.log.Callbacks;
import im.linnet.log.publish.Appended;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.log.publish.Publisher;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.SessionEvent;
import im.linnet.schemas.event.SessionEventCodec;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Publishes the sessions of this edge in {@code im.session.v1}. The futures of {@code opened} and
 * {@code closed} report failures to the caller. A session to announce again stays in a queue until
 * it succeeds, and {@link #retry} tries it once more. Safe on any thread, never blocks.
 */
public final class SessionAnnouncer implements Announcements {
  private final String edge;
  private final Supplier<String> edgeAddress;
  private final LongSupplier epoch;
  private final Publisher publisher;
  private final Opened listener;
  private final Queue<Runnable> again = new ConcurrentLinkedQueue<>();
  private final AtomicInteger underWay = new AtomicInteger();

  /** Called for each durable {@code opened} record, on the publisher's thread. */
  @FunctionalInterface
  public interface Opened {
    /** Takes a user's device and its time, ms. */
    void opened(String user, String device, long millis);
  }

  /**
   * @param edgeAddress the ip:port at which this edge serves clients
   * @param epoch the edge's epoch now
   * @param listener gets a session's device before the session's own future completes
   */
  public SessionAnnouncer(
      String edge,
      Supplier<String> edgeAddress,
      LongSupplier epoch,
      Publisher publisher,
      Opened listener) {
    this.edge = edge;
    this.edgeAddress = edgeAddress;
    this.epoch = epoch;
    this.publisher = publisher;
    this.listener = listener;
  }

  @Override
  public CompletableFuture<?> opened(UserSession session) {
    long current = epoch.getAsLong();
    return publish(
            new SessionEvent.Opened(
                session.user(),
                session.id(),
                session.device(),
                edge,
                current,
                session.peer(),
                edgeAddress.get()),
            session.id() + "/" + current)
        .thenAccept(
            appended -> {
              listener.opened(session.user(), session.device(), appended.timestamp());
              if (epoch.getAsLong() != current) {
                // The epoch began before this session was in the list of sessions to announce
                // again.
                insist(() -> openedAgain(session));
              }
            });
  }

  @Override
  public CompletableFuture<?> closed(UserSession session) {
    return publish(
        new SessionEvent.Closed(session.user(), session.id(), edge), session.id() + "/closed");
  }

  /**
   * Announces sessions again, under the present epoch; sessions that end meanwhile are left out.
   */
  public void openedAgain(Collection<UserSession> sessions) {
    for (UserSession session : sessions) {
      // The others announce themselves later, under the epoch of that time.
      if (session.announced() != null) {
        insist(() -> openedAgain(session));
      }
    }
  }

  private CompletableFuture<?> openedAgain(UserSession session) {
    if (session.isClosed()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<?> opened = opened(session);
    // Its closed record shall come after this one too.
    session.announcedAgain(opened);
    return opened;
  }

  /** Tries failed announcements again. */
  public void retry() {
    for (int i = again.size(); i > 0; i--) {
      Runnable next = again.poll();
      if (next == null) {
        return;
      }
      next.run();
    }
  }

  /** The number of sessions with a repeated announcement that is not durable yet. */
  public int pending() {
    return again.size() + underWay.get();
  }

  private void insist(Supplier<CompletableFuture<?>> step) {
    underWay.incrementAndGet();
    Callbacks.whenDone(
        step.get(),
        (done, failure) -> {
          if (failure != null) {
            again.add(() -> insist(step));
          }
          underWay.decrementAndGet();
        });
  }

  private CompletableFuture<Appended> publish(SessionEvent event, String id) {
    return publisher.publish(
        new OutgoingRecord(
            Topic.SESSION,
            event.user(),
            SessionEventCodec.encode(event),
            event.type(),
            id,
            "/edge/" + edge,
            null));
  }
}
