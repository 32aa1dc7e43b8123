package im.linnet.persister.apply;

import im.linnet.records.RecordPlan;
import im.linnet.records.RecordWriter;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.ViewState;
import org.jspecify.annotations.Nullable;

/** A store that can be down. */
final class FlakyWriter implements RecordWriter {
  private final RecordWriter store;
  boolean down;

  FlakyWriter(RecordWriter store) {
    this.store = store;
  }

  @Override
  public @Nullable String apply(RecordPlan plan) {
    if (down) {
      throw new StoreUnavailableException("it is down", new IllegalStateException("down"));
    }
    return store.apply(plan);
  }

  @Override
  public ViewState state() {
    return store.state();
  }
}
