package im.linnet.log.group;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.log.LoopThread;
import org.junit.jupiter.api.Test;

class LoopTroubleTest {
  private final LoopThread thread = new LoopThread("loop", () -> {});
  private final LoopTrouble trouble = new LoopTrouble(thread);

  @Test
  void aHandlerThatWorksAgainWhilePollsFailIsNotInTheLineAfterThem() {
    trouble.ofHandler("not now");
    trouble.ofPolls("lost");
    trouble.ofHandler("");
    assertThat(thread.check()).contains("loop: lost");

    trouble.ofPolls("");

    assertThat(thread.check()).isEmpty();
  }

  @Test
  void aHandlerThatStillFailsShowsOncePollsWorkAgain() {
    trouble.ofPolls("lost");
    trouble.ofHandler("not now");
    trouble.ofHandler("still not");
    assertThat(thread.check()).contains("loop: lost");

    trouble.ofPolls("");

    assertThat(thread.check()).contains("loop: still not");
  }
}
