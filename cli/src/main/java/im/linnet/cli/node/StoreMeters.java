package im.linnet.cli.node;

import im.linnet.records.RecordStore;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;

/** The meters of a store: a view in MongoDB has some, one in memory has none. */
final class StoreMeters {
  private StoreMeters() {}

  static List<MeterBinder> of(RecordStore store) {
    return store instanceof MeterBinder meters ? List.of(meters) : List.of();
  }
}
