package im.linnet.edge.attach;

import im.linnet.edge.session.LiveSession;
import im.linnet.edge.session.Outbox;
import im.linnet.edge.session.SeenOffsets;

/** A session without a socket, which is its own outbox. */
abstract class TestSession implements LiveSession, Outbox {
  private final String id;
  private final String user;
  private final SeenOffsets places = new SeenOffsets();

  TestSession(String id, String user) {
    this.id = id;
    this.user = user;
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final String user() {
    return user;
  }

  @Override
  public final String device() {
    return "default";
  }

  @Override
  public final Outbox outbox() {
    return this;
  }

  @Override
  public final SeenOffsets places() {
    return places;
  }
}
