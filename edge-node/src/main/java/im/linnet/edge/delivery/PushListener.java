package im.linnet.edge.delivery;

import im.linnet.edge.session.LiveSession;

/** Told what became of pushes, on the tail's thread and on event loops. */
interface PushListener {
  /** So many sessions were pushed a record of that type. */
  void pushed(String type, int sessions);

  /** A session misses records: it is closed, and gets them on coming back. */
  void misses(LiveSession session, String why);
}
