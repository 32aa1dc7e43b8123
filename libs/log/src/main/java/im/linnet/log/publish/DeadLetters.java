package im.linnet.log.publish;

import im.linnet.schemas.LogRecord;
import java.util.concurrent.CompletableFuture;

/** Takes records that cannot be read, so that the rest of their partition can go on. */
@FunctionalInterface
public interface DeadLetters {
  /** Header: why the record is here. */
  String ERROR = "linnet_error";

  /** Header: the topic that it came from. */
  String SOURCE_TOPIC = "linnet_source_topic";

  /** Header: the partition that it came from. */
  String SOURCE_PARTITION = "linnet_source_partition";

  /** Header: its offset there. */
  String SOURCE_OFFSET = "linnet_source_offset";

  /**
   * Header: how many bytes the value had there. Only where the record was too large for the
   * dead-letter topic, so that key, value and headers are cut here.
   */
  String SOURCE_SIZE = "linnet_source_size";

  /**
   * Publishes the record's bytes to the dead-letter topic of its topic; the first ones where it is
   * too large. Never blocks.
   *
   * @param error what is wrong, naming the field
   * @return completes once it is durable there, or fails with a {@link PublishException}: then the
   *     caller tries again before it goes on
   */
  CompletableFuture<Appended> bury(LogRecord record, String error);
}
