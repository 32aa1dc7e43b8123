package im.linnet.cli.system;

import org.junit.jupiter.api.Test;

/** People who were away, and find what they would have had. */
interface ResumeCases {
  /** Another one gives another story. */
  long SEED = 20_261_127;

  Messenger messenger();

  @Test
  default void aMemberOfManyTopicsGetsEachRecordOnceAndInOrder() throws Exception {
    new MemberOfManyTopics(messenger(), SEED).run();
  }
}
