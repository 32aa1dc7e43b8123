package im.linnet.records.memory;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.records.RecordPlan;
import im.linnet.records.RecordStore;
import im.linnet.records.TopicContract;

class InMemoryTopicsTest extends TopicContract {
  @Override
  protected RecordStore create() {
    return new InMemoryRecordStore();
  }

  /** A plan is applied as a whole; a crash takes the view with it. */
  @Override
  protected void crash(RecordStore of, RecordPlan plan, int stages) {
    assertThat(of.state().next()).isNotNull();
  }
}
