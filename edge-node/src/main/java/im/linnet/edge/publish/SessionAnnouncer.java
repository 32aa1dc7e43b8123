package im.linnet.edge.publish;

import im.linnet.edge.session.Announcements;
import im.linnet.edge.session.UserSession;
import im.linnet.log.Appended;
import im.linnet.log.Callbacks;
import im.linnet.log.OutgoingRecord;
import im.linnet.log.Publisher;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.SessionEvent;
import im.linnet.schemas.event.SessionEventCodec;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tells {@code im.session.v1} about the sessions of this edge. What could not be published stays in
 * a queue and is tried again by {@link #retry}, except a first {@code opened}, whose session is
 * closed instead. Safe on any thread, never blocks.
 */
public final class SessionAnnouncer implements Announcements {
  private final String edge;
  private final Supplier<String> edgeAddress;
  private final LongSupplier epoch;
  private final Publisher publisher;
  private final Opened listener;
  private final Queue<Runnable> again = new ConcurrentLinkedQueue<>();
  private final AtomicInteger underWay = new AtomicInteger();

  /** Told of what is durable, on the publisher's thread. */
  @FunctionalInterface
  public interface Opened {
    /** A user has that device since then, ms. */
    void opened(String user, String device, long millis);
  }

  /**
   * Makes one.
   *
   * @param edgeAddress the ip:port where this edge serves clients
   * @param epoch the edge's epoch now
   * @param listener told of a session's device before its client is
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
        .thenApply(
            appended -> {
              listener.opened(session.user(), session.device(), appended.timestamp());
              if (epoch.getAsLong() != current) {
                // The epoch began before this session was among those that are announced again.
                openedAgain(List.of(session));
              }
              return appended;
            });
  }

  @Override
  public void closed(UserSession session) {
    insist(() -> closedOnce(session));
  }

  /** Announces sessions again, under the epoch of now; those that end meanwhile are left out. */
  public void openedAgain(Collection<UserSession> sessions) {
    for (UserSession session : sessions) {
      insist(
          () ->
              session.isClosed() || session.announced() == null
                  ? CompletableFuture.completedFuture(null)
                  : opened(session).whenComplete((done, failure) -> closedAgain(session)));
    }
  }

  /** Its {@code closed} may stand before the repeated {@code opened}, which it is to outlive. */
  private void closedAgain(UserSession session) {
    if (session.isClosed()) {
      closed(session);
    }
  }

  /** Tries again what failed. */
  public void retry() {
    for (int i = again.size(); i > 0; i--) {
      Runnable next = again.poll();
      if (next == null) {
        return;
      }
      next.run();
    }
  }

  /** Announcements that are not durable yet. */
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

  private CompletableFuture<Appended> closedOnce(UserSession session) {
    return publish(
        new SessionEvent.Closed(session.user(), session.id(), edge), session.id() + "/closed");
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
