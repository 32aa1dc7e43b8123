package im.linnet.client;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A change of a message by its sender: what {@link Messages#change} asks for and pushes tell. */
public sealed interface MessageChange {
  /** The op that asks for it, which is that of its pushes too. */
  String op();

  /** Whether no later change of the message counts. */
  boolean isFinal();

  /** Writes the fields that the request has beside those that name the message. */
  void write(JsonGenerator json) throws IOException;

  /**
   * The message has another text.
   *
   * @param content the text
   */
  record Edit(String content) implements MessageChange {
    private static final String OP = "edit";

    @Override
    public String op() {
      return OP;
    }

    @Override
    public boolean isFinal() {
      return false;
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
      json.writeStringField("content", content);
    }
  }

  /** The message is taken back: it has no text any more. */
  record Recall() implements MessageChange {
    private static final String OP = "recall";

    @Override
    public String op() {
      return OP;
    }

    @Override
    public boolean isFinal() {
      return true;
    }

    @Override
    public void write(JsonGenerator json) {}
  }

  /** The change that a push of that op tells; null where it tells none. */
  static @Nullable MessageChange read(String op, JsonNode frame) {
    return switch (op) {
      case Edit.OP -> new Edit(frame.path("content").asText(""));
      case Recall.OP -> new Recall();
      default -> null;
    };
  }
}
