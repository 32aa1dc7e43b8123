package im.linnet.log.publish;

import im.linnet.schemas.LogRecord;
import java.util.concurrent.CompletableFuture;

/** Takes records that cannot be read, so that the rest of their partition can go on. */
@FunctionalInterface
public interface DeadLetters {
  /** Header: the reason. */
  String ERROR = "linnet_error";

  /** Header: the topic that it came from. */
  String SOURCE_TOPIC = "linnet_source_topic";

  /** Header: the partition that it came from. */
  String SOURCE_PARTITION = "linnet_source_partition";

  /** Header: its offset there. */
  String SOURCE_OFFSET = "linnet_source_offset";

  /**
   * Header: the number of bytes of the original value. Only of a record that was too large for the
   * dead-letter topic, so that its key, value and headers are cut.
   */
  String SOURCE_SIZE = "linnet_source_size";

  /**
   * Publishes the record's bytes to the dead-letter topic of its topic; only the first bytes of a
   * record that is too large. Never blocks.
   *
   * @param error the fault, with the name of the field
   * @return completes once the record is durable there; fails with a {@link PublishException}, and
   *     then the caller must try again before it goes on
   */
  CompletableFuture<Appended> bury(LogRecord record, String error);
}
