package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a {@link SessionCore} asks for. */
final class RecordedEffects implements SessionCore.Effects {
  private static final ObjectMapper JSON = new ObjectMapper();

  final List<String> connects = new ArrayList<>();
  final List<byte[]> written = new ArrayList<>();
  final List<ClientEvent> events = new ArrayList<>();
  int disconnects;

  /** A frame of the server, given with single quotes. */
  static ServerFrame frame(String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    try {
      return FrameReader.read(bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void connect(int connection, ServerAddress address) {
    connects.add(connection + " " + address);
  }

  @Override
  public void write(byte[] frame) {
    written.add(frame);
  }

  @Override
  public void disconnect() {
    disconnects++;
  }

  @Override
  public void emit(ClientEvent event) {
    events.add(event);
  }

  ClientEvent last() {
    return events.get(events.size() - 1);
  }

  List<Message> messages() {
    return events.stream()
        .filter(ClientEvent.MessageReceived.class::isInstance)
        .map(event -> ((ClientEvent.MessageReceived) event).message())
        .toList();
  }

  JsonNode lastWritten() {
    return allWritten().getLast();
  }

  List<JsonNode> allWritten() {
    return written.stream().map(RecordedEffects::json).toList();
  }

  private static JsonNode json(byte[] frame) {
    try {
      return JSON.readTree(frame);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
