package im.linnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CompilerCpuTest {
  @Test
  void theCompilersOfThisJvmHaveUsedLessThanAllOfIt() {
    long self = ProcessHandle.current().pid();

    Duration compilers = CompilerCpu.of(self);

    // The kernel counts a process in ticks of 10 ms, and its threads to the nanosecond.
    assertThat(compilers).isPositive().isLessThan(ProcessCpu.of(self).plusMillis(100));
  }

  @Test
  void aProcessThatIsNotThereHasUsedNone() {
    assertThat(CompilerCpu.of(Long.MAX_VALUE)).isZero();
  }
}
