package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.records.RecordReader;
import java.io.IOException;

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

  /** Reads the answer; called on a worker, so it may block. */
  abstract A ask(RecordReader store, UserSession session, R request);

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
            store -> ask(store, session, request)),
        (answer, failure) -> {
          if (failure == null) {
            reply.ok(json -> write(json, answer));
          } else {
            failures.tell(reply, failure);
          }
        });
  }
}
