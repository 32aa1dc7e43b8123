package im.linnet.schemas.event;

/**
 * What stands in {@code im.edge.v1}, keyed by the edge's id: who serves clients now. A tombstone
 * says that the edge stopped cleanly.
 */
public sealed interface EdgeEvent {
  /** The {@code ce_type} of the tombstone. */
  String STOPPED = "stopped";

  /** The edge's id. */
  String edge();

  /** The life of the edge that this is about: its start in ms, or higher than the last one. */
  long epoch();

  /** The {@code ce_type} of the record. */
  String type();

  /**
   * The edge lives; published each second.
   *
   * @param edge the edge's id
   * @param epoch its epoch
   * @param address the ip:port of its TCP listener
   * @param http the ip:port of its WebSocket and HTTP listener
   * @param sessions authenticated sessions on it
   * @param load process CPU over all cores, 0 to 1; what a machine cannot tell (it says NaN or
   *     below 0) is 0
   */
  record Heartbeat(String edge, long epoch, String address, String http, int sessions, double load)
      implements EdgeEvent {
    public static final String TYPE = "heartbeat";

    public Heartbeat {
      load = load > 0 ? Math.min(load, 1) : 0;
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * The presence-tracker ended the epoch: no heartbeat came in time, its sessions are gone.
   *
   * @param edge the edge's id
   * @param epoch the epoch that is over, and every lower one
   */
  record Ended(String edge, long epoch) implements EdgeEvent {
    public static final String TYPE = "ended";

    @Override
    public String type() {
      return TYPE;
    }
  }
}
