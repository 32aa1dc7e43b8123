package im.linnet.records.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.records.InboxRecord;
import im.linnet.records.InsertInbox;
import im.linnet.records.PresenceDirectory.PresenceEntry;
import im.linnet.records.RecordPlan;
import im.linnet.records.RecordStore;
import im.linnet.records.RecordStoreContract;
import im.linnet.records.StoreUnusableException;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InMemoryRecordStoreTest extends RecordStoreContract {
  @Override
  protected RecordStore create() {
    return new InMemoryRecordStore();
  }

  @Override
  protected @Nullable PresenceEntry presence(RecordStore of, String user) {
    return ((InMemoryRecordStore) of).presence(user);
  }

  @Override
  protected List<String> edges(RecordStore of, String tracker) {
    return ((InMemoryRecordStore) of).edges(tracker);
  }

  @Override
  protected String everything(RecordStore of) {
    return ReachableText.of(of);
  }

  /** A plan is applied as a whole; a crash takes the view with it. */
  @Override
  protected void crash(RecordStore of, RecordPlan plan, int stages) {
    assertThat(of.state().next()).isNotNull();
  }

  @Test
  void aPlanThatDoesNotFitIsRefusedAsAWhole() {
    InMemoryRecordStore store = new InMemoryRecordStore(5);
    store.open("log");
    store.apply(copies(0, 4));
    assertThat(store.fillRatio()).isEqualTo(0.8);

    assertThatThrownBy(() -> store.apply(copies(4, 2)))
        .isInstanceOf(StoreUnusableException.class)
        .hasMessageContainingAll("5 records", "--view-records", "--mongodb");
    assertThat(store.delivered(Stream.P2P, "aa", -1, Long.MAX_VALUE, 10)).hasSize(4);
    assertThat(store.state().next()).containsValue(4L);

    store.apply(copies(4, 1));
    assertThat(store.fillRatio()).isEqualTo(1);
  }

  @Test
  void eachViewHasItsOwnId() {
    assertThat(new InMemoryRecordStore().open("log").id())
        .isNotEqualTo(new InMemoryRecordStore().open("log").id());
  }

  @Test
  void aStoreThatWasNotOpenedHasNoState() {
    assertThatThrownBy(() -> new InMemoryRecordStore().state())
        .isInstanceOf(IllegalStateException.class);
  }

  private static RecordPlan copies(long from, int count) {
    List<InsertInbox> records =
        LongStream.range(from, from + count)
            .mapToObj(offset -> new InboxRecord(Stream.P2P, "aa", 0, offset, 1, new byte[] {1}))
            .map(InsertInbox::new)
            .toList();
    return new RecordPlan(
        List.copyOf(records), Map.of(), Map.of(new StreamPartition(Stream.P2P, 0), from + count));
  }
}
