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
 * Runs the steps of one attach: each on its thread, each after the one before it. A failed step
 * closes the session. After the session was closed no step begins. Safe on any thread.
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

  /** Runs a step on the tail's thread. */
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

  /** Runs a step that blocks, on a worker. */
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

  /** Goes on with the result of a future, or fails, on the thread that completes it. */
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

  /** Goes on once the future completes, or fails if that takes too long. */
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

  /** An empty page for that session. */
  Page page() {
    return new Page(session, context.settings().pageFrames(), context.settings().pageBytes());
  }

  /** Notes that a page was sent. */
  void sent(Page page) {
    context.meters().backlogFrames.increment(page.frames());
  }

  /** Whether no more steps may begin. */
  boolean over() {
    if (session.isClosed()) {
      end.over();
    }
    return end.isOver();
  }

  /** Closes the session; if it was closed meanwhile, the attach ends quietly. */
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
