package im.linnet.schemas.event;

/**
 * The events of {@code im.edge.v1}, keyed by the edge's id: the edges that serve clients now. A
 * tombstone means that the edge stopped cleanly.
 */
public sealed interface EdgeEvent {
  /** The {@code ce_type} of the tombstone. */
  String STOPPED = "stopped";

  /** The edge's id. */
  String edge();

  /** The epoch of the edge: its start in ms, or a higher number if the last epoch was not lower. */
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
   * @param load process CPU over all cores, 0 to 1; 0 if the machine cannot tell (it gives NaN or a
   *     number below 0)
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
   * @param epoch the epoch that is over; every lower one is over too
   */
  record Ended(String edge, long epoch) implements EdgeEvent {
    public static final String TYPE = "ended";

    @Override
    public String type() {
      return TYPE;
    }
  }
}
