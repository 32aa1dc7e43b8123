package im.linnet.edge.presence;

import im.linnet.edge.session.KnownDevices;
import im.linnet.log.Callbacks;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers from a directory that has read the log to its end at the moment of the question. All
 * questions during one look at the end share the next look. So a storm of sessions asks Kafka a few
 * times, not once for each session. Safe on any thread.
 */
public final class FreshDevices implements KnownDevices {
  private final DeviceDirectory directory;
  private final LookUps lookUps;
  private final Supplier<CompletableFuture<Void>> readToEnd;
  private @Nullable CompletableFuture<Void> running;
  private @Nullable CompletableFuture<Void> next;

  /**
   * @param lookUps reads users in doubt
   * @param readToEnd completes once all records that are in the log now have reached the directory;
   *     bounded
   */
  public FreshDevices(
      DeviceDirectory directory, LookUps lookUps, Supplier<CompletableFuture<Void>> readToEnd) {
    this.directory = directory;
    this.lookUps = lookUps;
    this.readToEnd = readToEnd;
  }

  @Override
  public CompletableFuture<Boolean> isKnown(String user, String device) {
    return fresh()
        .thenCompose(read -> lookUps.known(List.of(user)))
        .thenApply(known -> directory.isKnown(user, device));
  }

  @Override
  public void need(String user) {
    lookUps.need(user);
  }

  @Override
  public void release(String user) {
    lookUps.release(user);
  }

  private CompletableFuture<Void> fresh() {
    CompletableFuture<Void> mine;
    synchronized (this) {
      if (running != null) {
        if (next == null) {
          next = new CompletableFuture<>();
        }
        return next;
      }
      mine = new CompletableFuture<>();
      running = mine;
    }
    look(mine);
    return mine;
  }

  private void look(CompletableFuture<Void> round) {
    CompletableFuture<Void> read;
    try {
      read = readToEnd.get();
    } catch (RuntimeException e) {
      read = CompletableFuture.failedFuture(e);
    }
    Callbacks.whenDone(
        read,
        (done, failure) -> {
          CompletableFuture<Void> following;
          synchronized (this) {
            following = next;
            running = following;
            next = null;
          }
          if (following != null) {
            look(following);
          }
          if (failure == null) {
            round.complete(null);
          } else {
            round.completeExceptionally(failure);
          }
        },
        round::completeExceptionally);
  }
}
