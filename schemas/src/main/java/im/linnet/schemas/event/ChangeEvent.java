package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Stream;
import im.linnet.schemas.TopicCatalogue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The change of a message by its sender. The original stands under the recipient's key, so after
 * the message. A copy, for the sender's other devices, stands under the sender's key; it changes
 * nothing in the view.
 */
public sealed interface ChangeEvent extends InboxEvent permits EditEvent, RecallEvent {
  /** The message that is changed: the newest one of that identity before the original. */
  MessageId message();

  /** Where the original stands; null for the original. */
  @Override
  @Nullable Origin of();

  /**
   * The message after the change. Pure: every reader that folds the changes of a message in their
   * order has the same message.
   *
   * @param before the message before it
   * @param timeMillis the broker's time of the original
   */
  MessageState apply(MessageState before, long timeMillis);

  /** Writes the fields of its own. */
  default void writeChange(JsonGenerator json) throws IOException {}

  @Override
  default Stream kind() {
    return message().kind();
  }

  @Override
  default String owner() {
    return of() == null ? message().to() : message().from();
  }

  @Override
  default String source() {
    return message().source() + "/" + type() + (of() == null ? "" : "/sent");
  }

  @Override
  default String id(String drawn) {
    return drawn;
  }

  @Override
  default void write(JsonGenerator json) throws IOException {
    json.writeStringField("op", type());
    message().write(json);
    writeChange(json);
    Origin original = of();
    if (original != null) {
      original.write(json);
    }
  }

  @Override
  default @Nullable String misplaced(TopicCatalogue catalogue, int partition) {
    Origin original = of();
    return original == null ? null : original.outside(message().home(catalogue));
  }
}
