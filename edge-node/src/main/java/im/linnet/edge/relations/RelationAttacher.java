package im.linnet.edge.relations;

import im.linnet.edge.presence.FriendWatchers;
import im.linnet.edge.session.Attacher;
import im.linnet.edge.session.LiveSession;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps the relations of the users whose sessions another attacher brings to the tail, and has the
 * friends of these users watched.
 */
public final class RelationAttacher implements Attacher {
  private final Attacher attacher;
  private final RelationBook book;
  private final FriendWatchers friends;

  public RelationAttacher(Attacher attacher, RelationBook book, FriendWatchers friends) {
    this.attacher = attacher;
    this.book = book;
    this.friends = friends;
  }

  @Override
  public CompletableFuture<Void> attach(LiveSession session, Request request) {
    friends.enter(session);
    book.open(session.user());
    return attacher.attach(session, request);
  }

  @Override
  public void detach(LiveSession session) {
    attacher.detach(session);
    book.close(session.user());
    friends.leave(session);
  }
}
