package im.linnet.persister.decide;

import im.linnet.log.group.TransientFailureException;
import im.linnet.schemas.StreamPartition;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeoutException;

/** A view that comes to what is awaited, or does not come in time. */
final class LaggingView implements ViewProgress {
  private final SimulatedCommands log;
  private final Random random;

  LaggingView(SimulatedCommands log, Random random) {
    this.log = log;
    this.random = random;
  }

  @Override
  public void await(Map<StreamPartition, Long> ends) throws TransientFailureException {
    if (!isReached(ends) && random.nextInt(4) == 0) {
      throw new TransientFailureException("the view lags", new TimeoutException());
    }
    while (!isReached(ends)) {
      log.apply(1 + random.nextInt(3));
    }
  }

  private boolean isReached(Map<StreamPartition, Long> ends) {
    Map<StreamPartition, Long> next = log.store.state().next();
    return ends.entrySet().stream()
        .allMatch(each -> next.getOrDefault(each.getKey(), 0L) >= each.getValue());
  }
}
