package im.linnet.edge.delivery;

import im.linnet.edge.session.LiveSession;

/** Told the outcome of pushes, on the tail's thread and on event loops. */
interface PushListener {
  /** A record of that type was pushed to that many sessions. */
  void pushed(String type, int sessions);

  /** A session misses records. It must be closed, and gets them when it comes back. */
  void misses(LiveSession session, String why);
}
