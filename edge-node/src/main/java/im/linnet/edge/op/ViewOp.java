package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.records.RecordReader;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * An op that reads its answer from the view, once the view holds the records that the session has
 * seen.
 *
 * @param <R> the request
 * @param <A> the answer
 */
abstract class ViewOp<R, A> implements Op<R> {
  private final ViewReads reads;
  private final Failures failures;

  ViewOp(ViewReads reads, Failures failures) {
    this.reads = reads;
    this.failures = failures;
  }

  /**
   * Reads the answer; called on a worker, so it may block.
   *
   * @throws RefusedException if the session's user may not have it, or if there is none
   */
  abstract A ask(RecordReader store, UserSession session, R request) throws RefusedException;

  /** Writes the fields of the reply's {@code data}. */
  abstract void write(JsonGenerator json, A answer) throws IOException;

  @Override
  public void serve(Caller caller, R request, Responder reply) {
    answer(caller, request, reply);
  }

  /** Gives the answer, also as that to another op; safe on any thread. */
  final void answer(Caller caller, R request, Responder reply) {
    UserSession session = caller.session();
    reply.when(
        reads.read(
            session.seenOffsets(),
            waitsFor(caller, request),
            store -> found(store, session, request)),
        (found, failure) -> {
          if (failure != null) {
            failures.tell(reply, failure);
          } else {
            found.accept(reply);
          }
        });
  }

  /** The answer or the refusal: the store has to prove both. */
  private Consumer<Responder> found(RecordReader store, UserSession session, R request) {
    try {
      A answer = ask(store, session, request);
      return reply -> reply.ok(json -> write(json, answer));
    } catch (RefusedException refused) {
      return refused::tell;
    }
  }
}
