package im.linnet.cli.node;

import im.linnet.records.RecordStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** The meters of a store: a view in MongoDB has some, a view in memory has none. */
final class StoreMeters {
  private StoreMeters() {}

  static void show(RecordStore store, MeterRegistry registry) {
    if (store instanceof MeterBinder meters) {
      meters.bindTo(registry);
    }
  }
}
