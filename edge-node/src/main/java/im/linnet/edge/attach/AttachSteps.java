package im.linnet.edge.attach;

import im.linnet.edge.session.LiveSession;
import im.linnet.log.Callbacks;
import im.linnet.log.tail.TailTask;
import im.linnet.schemas.frame.CloseCode;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the steps of one attach run, how one waits for the next, and how they end: whatever fails
 * closes the session; whoever closed it, no further step is to begin. Safe on any thread.
 */
final class AttachSteps {
  private static final Logger LOG = LoggerFactory.getLogger(AttachSteps.class);

  private final AttachContext context;
  private final LiveSession session;
  private final AttachEnd end;

  AttachSteps(AttachContext context, LiveSession session, AttachEnd end) {
    this.context = context;
    this.session = session;
    this.end = end;
  }

  /** A task of the tail. */
  void onTail(TailTask step) {
    context
        .tail()
        .execute(
            tail -> {
              try {
                step.run(tail);
              } catch (RuntimeException e) {
                fail(e);
              }
            });
  }

  /** A step that blocks. */
  void onWorker(Runnable step) {
    try {
      context
          .workers()
          .execute(
              () -> {
                try {
                  step.run();
                } catch (RuntimeException e) {
                  fail(e);
                }
              });
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /** Goes on with what comes, or fails; on the thread that completes the future. */
  <T> void when(CompletableFuture<T> future, Consumer<? super T> then) {
    Callbacks.whenDone(
        future,
        (found, failure) -> {
          if (failure != null) {
            fail(failure);
          } else {
            then.accept(found);
          }
        },
        this::fail);
  }

  /** Goes on once that has happened, or fails where it takes too long. */
  <T> void within(CompletableFuture<T> future, Consumer<? super T> then) {
    when(future.orTimeout(context.settings().patience().toMillis(), TimeUnit.MILLISECONDS), then);
  }

  /** Goes on once the session's outbox has room for a page. */
  void whenRoom(Runnable then) {
    CompletableFuture<Void> room = session.outbox().room();
    if (room.isDone()) {
      when(room, yes -> then.run());
    } else {
      within(room.copy(), yes -> then.run());
    }
  }

  /** A page for that session, empty. */
  Page page() {
    return new Page(session, context.settings().pageFrames(), context.settings().pageBytes());
  }

  /** A page is on its way. */
  void sent(Page page) {
    context.meters().backlogFrames.increment(page.frames());
  }

  /** Whether no further step is to begin. */
  boolean over() {
    if (session.isClosed()) {
      end.over();
    }
    return end.isOver();
  }

  /** A session that was closed meanwhile ends quietly, another one is closed. */
  void fail(Throwable failure) {
    Throwable cause = Callbacks.cause(failure);
    if (!session.isClosed() && !(cause instanceof CancellationException)) {
      close(AttachEnd.reason(cause), cause);
    }
    end.over();
  }

  private void close(String why, Throwable cause) {
    if (end.failed(cause)) {
      context.meters().failed.increment();
      if (AttachEnd.isOurs(cause)) {
        LOG.error("session={} user={} attach failed", session.id(), session.user(), cause);
      } else {
        LOG.debug("session={} user={} not attached: {}", session.id(), session.user(), why);
      }
      session.close(CloseCode.OVERLOADED, why, context.retryAfterMillis().getAsLong());
    }
  }
}
