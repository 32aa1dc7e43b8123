package im.linnet.edge.attach;

import im.linnet.edge.session.LiveSession;
import im.linnet.edge.session.Outbox;
import im.linnet.edge.session.SeenOffsets;
import im.linnet.edge.session.SessionTopics;
import java.util.concurrent.Executor;

/** A session without a socket, which is its own outbox. */
abstract class TestSession implements LiveSession, Outbox {
  private final Executor loop;
  private final String id;
  private final String user;
  private final SeenOffsets places = new SeenOffsets();
  private final SessionTopics topics = new SessionTopics();

  /**
   * @param loop its event loop
   */
  TestSession(Executor loop, String id, String user) {
    this.loop = loop;
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
  public final Executor loop() {
    return loop;
  }

  @Override
  public final Outbox outbox() {
    return this;
  }

  @Override
  public final SeenOffsets seenOffsets() {
    return places;
  }

  @Override
  public final SessionTopics topics() {
    return topics;
  }
}
