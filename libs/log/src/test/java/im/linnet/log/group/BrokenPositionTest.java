package im.linnet.log.group;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.log.LogPartition;
import im.linnet.schemas.Topic;
import org.junit.jupiter.api.Test;

class BrokenPositionTest {
  private static final LogPartition PARTITION = new LogPartition(Topic.P2P, 3);

  @Test
  void namesTheRecordsThatWereDeleted() {
    assertThat(new BrokenPosition(PARTITION, 2, 6, 9).explained())
        .contains("is to go on at 2 but the log begins at 6")
        .contains("the records 2 to 5 were deleted");
  }

  @Test
  void saysThatALogWhichEndsBeforeIsAnotherOne() {
    assertThat(new BrokenPosition(PARTITION, 12, 6, 9).explained())
        .contains("is to go on at 12 but the log ends at 9: this is another log");
  }
}
