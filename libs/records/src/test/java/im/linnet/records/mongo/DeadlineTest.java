package im.linnet.records.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.records.StoreUnavailableException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  // Near where such a clock wraps around.
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

  @Test
  void queriesShareWhatIsLeft() {
    Deadline deadline = new Deadline(100, now::get);
    assertThat(deadline.leftMillis()).isEqualTo(100);
    pass(60);
    assertThat(deadline.leftMillis()).isEqualTo(40);
    pass(39);
    assertThat(deadline.leftMillis()).isEqualTo(1);
    pass(1);
    assertThatThrownBy(deadline::leftMillis).isInstanceOf(StoreUnavailableException.class);
    pass(50);
    assertThatThrownBy(deadline::leftMillis).isInstanceOf(StoreUnavailableException.class);
  }

  private void pass(long millis) {
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
