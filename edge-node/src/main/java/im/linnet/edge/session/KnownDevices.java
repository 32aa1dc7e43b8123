package im.linnet.edge.session;

import java.util.concurrent.CompletableFuture;

/** Says which devices users have. Safe on any thread, never blocks. */
public interface KnownDevices {
  /** A session of that user begins; its devices are kept until {@link #release}. */
  void need(String user);

  /** A session of that user has left. Once for each {@link #need}. */
  void release(String user);

  /**
   * Whether a device was known before this moment, judged on all that the log holds now. Of a user
   * who is needed.
   *
   * @return fails where that cannot be known in time; never left open
   */
  CompletableFuture<Boolean> isKnown(String user, String device);
}
