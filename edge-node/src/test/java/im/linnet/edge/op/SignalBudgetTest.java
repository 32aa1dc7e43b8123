package im.linnet.edge.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SignalBudgetTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private final SignalBudget budget = new SignalBudget(nanos::get);

  @Test
  void takesSomeAtOnceAndThenOneAtATime() {
    for (int i = 0; i < SignalBudget.MOST; i++) {
      assertThat(budget.take()).isZero();
    }
    long wait = budget.take();
    assertThat(wait).isBetween(1L, SignalBudget.EACH_MILLIS + 1);
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(wait));
    assertThat(budget.take()).isZero();
    assertThat(budget.take()).isPositive();
  }

  @Test
  void isWholeAgainAfterAWhile() {
    for (int i = 0; i < SignalBudget.MOST; i++) {
      budget.take();
    }
    nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
    for (int i = 0; i < SignalBudget.MOST; i++) {
      assertThat(budget.take()).isZero();
    }
    assertThat(budget.take()).isPositive();
  }
}
