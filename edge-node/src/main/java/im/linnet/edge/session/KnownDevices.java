package im.linnet.edge.session;

import java.util.concurrent.CompletableFuture;

/** The known devices of users. Safe on any thread, never blocks. */
public interface KnownDevices {
  /** Keeps the devices of a user until {@link #release}, because a session of the user begins. */
  void need(String user);

  /** Takes back one {@link #need}, because a session of the user has left. */
  void release(String user);

  /**
   * Whether a device was known before this moment, by all records that the log holds now. The user
   * must be needed.
   *
   * @return fails if the answer cannot be found in time; never left open
   */
  CompletableFuture<Boolean> isKnown(String user, String device);
}
