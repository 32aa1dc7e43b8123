package im.linnet.edge.session;

import im.linnet.log.Callbacks;
import im.linnet.schemas.frame.CloseCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A session of an authenticated user. The methods of {@link LiveSession} are safe on any thread;
 * the others belong to the session's event loop.
 */
public final class UserSession implements LiveSession {
  /**
   * The identity of a session.
   *
   * @param session the session's id
   * @param user the user
   * @param device the client's device name
   * @param expiresAtMillis the time when the token ends
   */
  record Identity(String session, String user, String device, long expiresAtMillis) {}

  /**
   * The way in which a session leaves.
   *
   * @param last the last task
   * @param unanswered the number of requests that need no answer first: the request to leave itself
   * @param millis the longest wait for the answers to the others
   */
  private record Leaving(Runnable last, int unanswered, long millis) {}

  private static final long LEAVE_MILLIS = 2_000;
  private static final long LAST_REPLIES_MILLIS = 5_000;

  private static final AtomicIntegerFieldUpdater<UserSession> IN_FLIGHT =
      AtomicIntegerFieldUpdater.newUpdater(UserSession.class, "inFlight");

  private final String id;
  private final String user;
  private final String device;
  private final long expiresAtMillis;
  private final ClientLink line;
  private final SessionParts parts;
  private final SeenOffsets places = new SeenOffsets();
  private final SessionTopics topics = new SessionTopics();
  private volatile int inFlight;
  private volatile boolean paused;
  private volatile @Nullable Leaving leaving;
  // Owned by the event loop.
  private boolean awaitsRoom;
  private boolean slowed;
  private boolean leaveTimed;
  private long leaveBy;
  private volatile boolean metInLog;
  private volatile boolean live;
  private volatile @Nullable CompletableFuture<?> announced;

  UserSession(Identity identity, ClientLink line, SessionParts parts) {
    this.id = identity.session();
    this.user = identity.user();
    this.device = identity.device();
    this.expiresAtMillis = identity.expiresAtMillis();
    this.line = line;
    this.parts = parts;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String user() {
    return user;
  }

  @Override
  public String device() {
    return device;
  }

  /** The client's ip:port. */
  public String peer() {
    return line.connection().peer();
  }

  @Override
  public Executor loop() {
    return line.connection().loop();
  }

  @Override
  public Outbox outbox() {
    return line.outbox();
  }

  /** Offers a frame to the outbox that is built later, on the event loop. Any thread. */
  void offerLate(Supplier<byte[]> frame) {
    line.outbox().offerLate(frame);
  }

  @Override
  public SeenOffsets seenOffsets() {
    return places;
  }

  @Override
  public SessionTopics topics() {
    return topics;
  }

  @Override
  public void close(CloseCode code, String detail, long retryAfterMillis) {
    line.disconnect(code, detail, retryAfterMillis);
  }

  /** Ends the session at its client's request. Any thread. */
  public void hangUp() {
    line.hangUp();
  }

  @Override
  public boolean isClosed() {
    return line.isEnded();
  }

  /**
   * Takes no more requests and ends once those before this one are answered, or {@link
   * #LEAVE_MILLIS} later. On the event loop.
   *
   * @param last the task to run then
   */
  public void leave(Runnable last) {
    leave(new Leaving(last, 1, LEAVE_MILLIS));
  }

  /**
   * Takes the end of the client's input. The session ends once all of its requests are answered, or
   * {@link #LAST_REPLIES_MILLIS} later. On the event loop.
   */
  void inputEnded() {
    leave(new Leaving(this::hangUp, 0, LAST_REPLIES_MILLIS));
  }

  private void leave(Leaving how) {
    if (leaving == null) {
      leaving = how;
      line.connection().pause();
      leaveIfAnswered();
    }
  }

  private void leaveIfAnswered() {
    Leaving how = leaving;
    if (how != null && !isClosed() && inFlight <= how.unanswered()) {
      how.last().run();
    }
  }

  /** Whether the session has stopped taking requests. On the event loop. */
  boolean isLeaving() {
    return leaving != null;
  }

  /** Runs a task on the session's event loop, in the order of the calls. Any thread. */
  public void execute(Runnable task) {
    line.connection().execute(task);
  }

  /**
   * Keeps the future of the session's {@code opened} record, handed to the log now. On the event
   * loop.
   */
  void announced(CompletableFuture<?> opened) {
    announced = opened;
  }

  /**
   * Adds the future of a further announcement, under another epoch. The caller has announced the
   * session before.
   */
  public synchronized void announcedAgain(CompletableFuture<?> opened) {
    CompletableFuture<?> before = announced;
    announced = before == null ? opened : CompletableFuture.allOf(before, opened);
  }

  /** Notes that it has got all that it had missed. */
  void becameLive() {
    live = true;
  }

  /** Whether it has got all that it had missed, {@code synced} among it. */
  public boolean isLive() {
    return live;
  }

  /** The fate of its {@code opened} records, null before the first. */
  public @Nullable CompletableFuture<?> announced() {
    return announced;
  }

  /**
   * Notes that its own {@code opened} record was read in the log: after that, a later record
   * replaces the session.
   */
  public void metInLog() {
    metInLog = true;
  }

  /** Whether its own {@code opened} record was read in the log. */
  public boolean isMetInLog() {
    return metInLog;
  }

  /**
   * Counts a request that begins. At the bound of requests without an answer the socket is not read
   * further. The same holds while answers wait for a client that does not read them, and for a
   * while where the view is late. On the event loop.
   */
  void began() {
    boolean full = IN_FLIGHT.incrementAndGet(this) >= parts.bounds().requestsInFlight();
    if (paused) {
      return;
    }
    long pause = parts.readPauseMillis().getAsLong();
    if (full || pause > 0 || !line.outbox().room().isDone()) {
      paused = true;
      line.connection().pause();
      if (pause > 0) {
        slowed = true;
        line.connection().after(pause, this::goOn);
      }
      resumeIfEased();
    }
  }

  private void goOn() {
    slowed = false;
    if (!isClosed()) {
      resumeIfEased();
    }
  }

  /** Counts a request that was answered. Any thread. */
  void answered() {
    IN_FLIGHT.decrementAndGet(this);
    if (leaving != null) {
      line.connection().execute(this::leaveIfAnswered);
    } else if (paused) {
      line.connection().execute(this::resumeIfEased);
    }
  }

  private void resumeIfEased() {
    if (!paused
        || leaving != null
        || awaitsRoom
        || slowed
        || inFlight > parts.bounds().requestsInFlight() / 2) {
      return;
    }
    CompletableFuture<Void> room = line.outbox().room();
    if (room.isDone()) {
      paused = false;
      line.listening();
      line.connection().resume();
      return;
    }
    awaitsRoom = true;
    Callbacks.whenDone(room, (yes, ended) -> line.connection().execute(this::roomCame));
  }

  private void roomCame() {
    awaitsRoom = false;
    if (!isClosed()) {
      resumeIfEased();
    }
  }

  /**
   * Checks for silence, for a client that takes no bytes, and for the token's end. On the event
   * loop.
   */
  void sweep(long steadyMillis, long wallMillis) {
    Leaving how = leaving;
    if (how != null) {
      if (!leaveTimed) {
        leaveTimed = true;
        leaveBy = steadyMillis + how.millis();
      }
      if (steadyMillis >= leaveBy && !isClosed()) {
        how.last().run();
      }
    } else if (wallMillis >= expiresAtMillis) {
      close(CloseCode.TOKEN_EXPIRED, "", 0);
    } else if (awaitsRoom) {
      line.checkTaking(steadyMillis, parts.bounds().heartbeat().toMillis());
    } else if (!paused) {
      line.checkSilence(steadyMillis, parts.bounds().heartbeat().toMillis());
    }
  }

  @Override
  public String toString() {
    return "session=" + id + " user=" + user;
  }
}
