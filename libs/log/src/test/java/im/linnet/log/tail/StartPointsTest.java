package im.linnet.log.tail;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.log.tail.StartPoints.Marks;
import im.linnet.log.tail.StartPoints.StartPoint;
import org.junit.jupiter.api.Test;

class StartPointsTest {
  private final Marks marks = new Marks(1_000, 990, 700, 690, 400);

  @Test
  void aViewAtTheEndBeginsThereAndWarmsThirtySeconds() {
    assertThat(marks.start(1_000)).isEqualTo(new StartPoint(690, 1_000));
    assertThat(marks.start(990)).isEqualTo(new StartPoint(690, 990));
  }

  @Test
  void aViewThatLagsALittleWarmsFurtherBack() {
    assertThat(marks.start(989)).isEqualTo(new StartPoint(400, 989));
  }

  @Test
  void aViewFarBehindBeginsThirtySecondsBeforeTheEnd() {
    assertThat(marks.start(10)).isEqualTo(new StartPoint(400, 700));
  }

  @Test
  void aViewBeyondTheEndBeginsAtTheEnd() {
    assertThat(marks.start(5_000)).isEqualTo(new StartPoint(690, 1_000));
  }

  @Test
  void anEmptyPartitionBeginsAtItsEnd() {
    assertThat(new Marks(7, 7, 7, 7, 7).start(0)).isEqualTo(new StartPoint(7, 7));
  }
}
