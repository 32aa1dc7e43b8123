package im.linnet.edge.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.edge.ReplaceableStore;
import im.linnet.records.StoreUnavailableException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoreBacklogTest {
  private static final int PAGE = 8;

  private final ReplaceableStore store = new ReplaceableStore();
  private final SimSession session = new SimSession("s", "aa");
  private final PartitionCursor lane = new UserCursor(ReplaceableStore.PLACE, "aa");

  private StoreBacklog backlog(String view, long below) {
    return new StoreBacklog(
        store.reader(), view, "aa", 20_000, List.of(new StoreBacklog.Part(lane, below, true)));
  }

  /** Sends a page and takes it off the outbox. */
  private boolean send(StoreBacklog backlog) {
    boolean done = backlog.send(new Page(session, PAGE, 1 << 20));
    int sent = 0;
    while (session.take() != null) {
      sent++;
    }
    assertThat(sent).isLessThanOrEqualTo(PAGE);
    return done;
  }

  @Test
  void aShortBacklogAsksOnceHowFarTheStoreIs() {
    store.fill(0, 30);
    StoreBacklog backlog = backlog(store.view(), 30);
    while (!send(backlog)) {
      assertThat(lane.place()).isZero();
    }
    assertThat(lane.place()).isEqualTo(30);
    assertThat(store.asked()).containsExactly("unreadMessages", "requireView");
  }

  @Test
  void aLongOneAsksOnceMoreAtTheEnd() {
    store.fill(0, 1_000);
    lane.reach(0);
    StoreBacklog backlog = backlog(store.view(), 1_000);
    while (!send(backlog)) {
      assertThat(session.isClosed()).isFalse();
    }
    assertThat(lane.place()).isEqualTo(1_000);
    assertThat(store.asked())
        .startsWith("delivered", "requireView", "delivered")
        .endsWith("requireView");
    assertThat(Collections.frequency(store.asked(), "requireView")).isEqualTo(2);
  }

  @Test
  void aStoreThatWasEmptiedDoesNotMoveThePlace() {
    String view = store.view();
    store.replace();
    lane.reach(0);
    isRefused(backlog(view, 30));
    assertThat(lane.place()).isZero();
  }

  @Test
  void anOlderCopyIsNotSentAsIfItWereWhole() {
    store.fill(0, 10);
    isRefused(backlog(store.view(), 30));
    assertThat(lane.place()).isZero();
    assertThat(session.seenOffsets().seen(Set.of(ReplaceableStore.PLACE)))
        .as("nothing was sent")
        .isEmpty();
  }

  @Test
  void aStoreThatIsEmptiedBetweenTwoPagesIsNoticed() {
    store.fill(0, 1_000);
    lane.reach(0);
    StoreBacklog backlog = backlog(store.view(), 1_000);
    assertThat(send(backlog)).isFalse();
    store.replace();
    assertThatThrownBy(
            () -> {
              while (!send(backlog)) {
                assertThat(session.isClosed()).isFalse();
              }
            })
        .isInstanceOf(StoreUnavailableException.class);
  }

  private void isRefused(StoreBacklog backlog) {
    assertThatThrownBy(() -> send(backlog)).isInstanceOf(StoreUnavailableException.class);
    assertThat(session.take()).isNull();
  }
}
