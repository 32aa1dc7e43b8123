package im.linnet.edge.session;

import java.util.concurrent.CompletableFuture;

/** Says which devices users have. Safe on any thread, never blocks. */
public interface KnownDevices {
  /**
   * Whether a device was known before this moment, judged on all that the log holds now.
   *
   * @return fails where that cannot be known in time; never left open
   */
  CompletableFuture<Boolean> isKnown(String user, String device);
}
