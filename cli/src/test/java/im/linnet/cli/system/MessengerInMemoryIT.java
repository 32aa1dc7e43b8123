package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.records.memory.InMemoryRecordStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The whole messenger on the view in memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessengerInMemoryIT implements GroupCases, PeopleCases, RaceCases, ResumeCases {
  private final Messenger messenger = new Messenger(new InMemoryRecordStore(100_000));

  @Override
  public Messenger messenger() {
    return messenger;
  }

  @AfterAll
  void stop() throws Exception {
    messenger.close();
  }

  @Test
  void aResumedScreenEqualsOneThatNeverLeft() throws Exception {
    assertThat(new ResumedScreen(messenger, SEED).run()).isNotEmpty();
  }
}
