package im.linnet.edge.session;

import im.linnet.log.Callbacks;
import im.linnet.schemas.frame.CloseCode;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps around a session. It enters, its device is looked up, its {@code opened} record is
 * published, it replaces the older session of its device, and it is attached. At its end all these
 * steps are undone. The device is judged before {@code opened} is published, since that record
 * makes it known. Every step that changes a session runs on its event loop, so it notices a session
 * that has ended meanwhile.
 */
public final class SessionLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(SessionLifecycle.class);

  private final LocalSessions sessions;
  private final KnownDevices devices;
  private final Announcements announcements;
  private final Departures departures;
  private final Attacher attacher;
  private final LongSupplier retryAfterMillis;

  /**
   * @param retryAfterMillis the time after which a client that cannot be served now shall come
   *     back, with jitter
   */
  public SessionLifecycle(
      LocalSessions sessions,
      KnownDevices devices,
      Announcements announcements,
      Departures departures,
      Attacher attacher,
      LongSupplier retryAfterMillis) {
    this.sessions = sessions;
    this.devices = devices;
    this.announcements = announcements;
    this.departures = departures;
    this.attacher = attacher;
    this.retryAfterMillis = retryAfterMillis;
  }

  /** Begins the steps of a session after its {@code auth} reply was sent. On the event loop. */
  void entered(UserSession session, AuthRequest request) {
    // The client chose the name, which must not begin a line of the log.
    String device = session.device().replaceAll("\\p{Cntrl}", "?");
    LOG.debug("{} device={} peer={} entered", session, device, session.peer());
    sessions.enter(session);
    devices.need(session.user());
    Callbacks.whenDone(
        devices.isKnown(session.user(), session.device()),
        (known, failure) ->
            session.execute(
                () -> {
                  if (failure == null) {
                    attachOrClose(session, request, known);
                  } else {
                    overloaded(session, failure);
                  }
                }),
        broken -> overloaded(session, broken));
  }

  private void attachOrClose(UserSession session, AuthRequest request, boolean known) {
    try {
      attach(session, request, known);
    } catch (RuntimeException e) {
      LOG.error("{} could not be attached", session, e);
      overloaded(session, e);
    }
  }

  private void attach(UserSession session, AuthRequest request, boolean known) {
    if (session.isClosed()) {
      return;
    }
    CompletableFuture<?> opened = announcements.opened(session);
    session.announced(opened);
    Callbacks.whenDone(
        opened,
        (acked, failure) -> {
          try {
            if (failure != null) {
              overloaded(session, failure);
            } else if (!session.isClosed()) {
              sessions.replaceOlder(session);
            }
          } finally {
            arrived(session, failure == null);
          }
        },
        broken -> overloaded(session, broken));
    Callbacks.whenDone(
        attacher.attach(
            session, new Attacher.Request(request.resume(), request.log(), known, opened)),
        (live, failure) -> {
          if (failure != null) {
            overloaded(session, failure);
          } else {
            session.becameLive();
          }
        });
  }

  private void arrived(UserSession session, boolean durable) {
    sessions.arrived(session, durable);
    departures.lookAgain(session.user());
  }

  private void overloaded(UserSession session, Throwable failure) {
    if (!session.isClosed()) {
      LOG.debug("{} cannot be served: {}", session, failure.toString());
      session.close(CloseCode.OVERLOADED, "", retryAfterMillis.getAsLong());
    }
  }

  /** Undoes the steps of a session after its socket is gone. On the event loop, once. */
  void left(UserSession session) {
    LOG.debug("{} left", session);
    sessions.leave(session);
    if (session.announced() == null) {
      arrived(session, false);
    } else {
      attacher.detach(session);
      departures.left(session);
    }
    devices.release(session.user());
  }
}
