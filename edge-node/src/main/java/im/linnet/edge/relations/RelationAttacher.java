package im.linnet.edge.relations;

import im.linnet.edge.session.Attacher;
import im.linnet.edge.session.LiveSession;
import java.util.concurrent.CompletableFuture;

/** Keeps the relations of the users whose sessions another attacher brings to the tail. */
public final class RelationAttacher implements Attacher {
  private final Attacher attacher;
  private final RelationBook book;

  public RelationAttacher(Attacher attacher, RelationBook book) {
    this.attacher = attacher;
    this.book = book;
  }

  @Override
  public CompletableFuture<Void> attach(LiveSession session, Request request) {
    book.open(session.user());
    return attacher.attach(session, request);
  }

  @Override
  public void detach(LiveSession session) {
    attacher.detach(session);
    book.close(session.user());
  }
}
