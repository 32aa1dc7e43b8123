package im.linnet.presence;

import im.linnet.schemas.event.EdgeEvent.Heartbeat;
import im.linnet.schemas.event.SessionEvent.Closed;
import im.linnet.schemas.event.SessionEvent.Opened;

/** Short names for what the tests say over and over. */
final class Beats {
  private Beats() {}

  static EdgeSighting beat(String edge, long epoch) {
    return new EdgeSighting.Beat(
        new Heartbeat(edge, epoch, edge + ":9000", edge + ":8080", 1, 0.1));
  }

  static EdgeSighting over(String edge, long epoch) {
    return new EdgeSighting.Over(edge, epoch);
  }

  static EdgeSighting stopped(String edge) {
    return new EdgeSighting.Stopped(edge);
  }

  static EdgeSighting named(String edge, long epoch) {
    return new EdgeSighting.Named(edge, epoch);
  }

  static EdgeSighting readToEnd(long asOf) {
    return new EdgeSighting.ReadToEnd(asOf);
  }

  static Opened opened(String user, String session, String device, String edge, long epoch) {
    return new Opened(user, session, device, edge, epoch, session + ":1", edge + ":9000");
  }

  static Closed closed(String user, String session, String edge) {
    return new Closed(user, session, edge);
  }
}
