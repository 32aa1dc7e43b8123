package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import im.linnet.testkit.RawClient;
import im.linnet.testkit.RawTcpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One session of a user on a plain socket. Requests are given as an op and its fields, a name and a
 * value in turn. It hides nothing but 5003: it repeats such a request after the time that it was
 * told, as the protocol asks.
 */
final class Talker implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A repeat has the same uuid, or it is another request. */
  private static final Pattern REPEATABLE = Pattern.compile("send|topic\\.|block\\.");

  private final String name;
  private final RawTcpClient client;
  private Request auth;
  private int asked;
  private int repeats;

  /** A request that is under way. */
  record Request(ObjectNode frame) {}

  private Talker(String name, RawTcpClient client) {
    this.name = name;
    this.client = client;
  }

  /** Connects to a port of this machine and asks to be let in; does not wait for the answer. */
  static Talker arrive(int port, String name, String token, String device, List<String> places) {
    Talker talker = new Talker(name, RawTcpClient.connect("127.0.0.1", port));
    talker.auth =
        places.isEmpty()
            ? talker.begin("auth", "token", token, "device", device)
            : talker.begin("auth", "token", token, "device", device, "resume", places);
    return talker;
  }

  /** Logs in, and returns when the session is told that it has everything. */
  static Talker login(int port, String name, String token, String device, List<String> places) {
    Talker talker = arrive(port, name, token, device, places);
    talker.isLetIn();
    return talker;
  }

  /** Waits until the session is told that it has everything. */
  void isLetIn() {
    JsonNode reply = answer(auth);
    assertThat(reply.path("code").asInt(-1)).as("%s: %s", name, reply).isZero();
    JsonNode synced = push(op("synced"));
    assertThat(synced.has("reset")).as("%s after %s", synced, auth.frame()).isFalse();
  }

  /** The code that the server closed the session with; -1 while it is open. */
  int closeCode() {
    return client.closed().map(RawClient.Closed::code).orElse(-1);
  }

  String name() {
    return name;
  }

  /** This end of its connection, as the server sees it. */
  String address() {
    return "127.0.0.1:" + client.localPort();
  }

  /** Sends a request and does not wait. */
  Request begin(String op, Object... fields) {
    ObjectNode frame = JSON.createObjectNode().put("op", op);
    for (int i = 0; i < fields.length; i += 2) {
      frame.set((String) fields[i], JSON.valueToTree(fields[i + 1]));
    }
    if (REPEATABLE.matcher(op).lookingAt() && !frame.has("uuid")) {
      frame.put("uuid", UUID.randomUUID().toString());
    }
    Request request = new Request(frame);
    write(request);
    return request;
  }

  /** The reply to a request that was begun. */
  JsonNode answer(Request request) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode reply = client.awaitReply(request.frame().path("id").asText());
    while (reply.path("code").asInt() == 5003 && System.nanoTime() < deadline) {
      repeats++;
      // As long as the server asks for.
      LockSupport.parkNanos(reply.path("data").path("retryAfter").asLong() * 1_000_000);
      request.frame().put("retry", true);
      write(request);
      reply = client.awaitReply(request.frame().path("id").asText());
    }
    return reply;
  }

  /** How often a request was answered 5003, and so repeated. */
  int repeats() {
    return repeats;
  }

  /** The data of a request that must succeed. */
  JsonNode does(String op, Object... fields) {
    return answered(begin(op, fields));
  }

  /** The data of a request that was begun and must succeed. */
  JsonNode answered(Request request) {
    JsonNode reply = answer(request);
    assertThat(reply.path("code").asInt(-1))
        .as("%s: %s to %s", name, reply, request.frame())
        .isZero();
    return reply.path("data");
  }

  /** Sends a request that must be answered with that code. */
  void isRefused(int code, String op, Object... fields) {
    JsonNode reply = answer(begin(op, fields));
    assertThat(reply.path("code").asInt(-1)).as("%s: %s", name, reply).isEqualTo(code);
  }

  /** The first push that matches, now or later. */
  JsonNode push(Predicate<JsonNode> matching) {
    return client.await(frame -> frame.has("op") && matching.test(frame));
  }

  /** The pushes so far that match, in their order. */
  List<JsonNode> pushes(Predicate<JsonNode> matching) {
    return client.received().stream().filter(f -> f.has("op")).filter(matching).toList();
  }

  /** The positions that this session has seen: of each partition the last one. */
  List<String> places() {
    return placesOf(pushes(frame -> true));
  }

  /** The last position of each partition that these pushes name. */
  static List<String> placesOf(List<JsonNode> pushes) {
    Map<String, Long> last = new HashMap<>();
    for (JsonNode frame : pushes) {
      if (!frame.has("at")) {
        continue;
      }
      List<JsonNode> all = new ArrayList<>();
      frame.path("at").forEach(all::add);
      (all.isEmpty() ? List.of(frame.path("at")) : all)
          .forEach(
              at -> {
                String text = at.asText();
                int slash = text.lastIndexOf('/');
                last.put(text.substring(0, slash), Long.parseLong(text.substring(slash + 1)));
              });
    }
    return last.entrySet().stream().map(each -> each.getKey() + "/" + each.getValue()).toList();
  }

  /** A push with that op. */
  static Predicate<JsonNode> op(String op) {
    return frame -> frame.path("op").asText().equals(op);
  }

  /** A push with that text in that field. */
  static Predicate<JsonNode> with(String field, String value) {
    return frame -> frame.path(field).asText().equals(value);
  }

  /** A topic's push of that event. */
  static Predicate<JsonNode> event(String topic, String event) {
    return op("topic").and(with("topic", topic)).and(with("event", event));
  }

  /** A push, or a message, with that uuid. */
  static Predicate<JsonNode> uuid(String op, String uuid) {
    return op(op).and(with("uuid", uuid));
  }

  /** Those texts. */
  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /** The texts in that field of each. */
  static List<String> texts(Iterable<JsonNode> nodes, String field) {
    List<String> texts = new ArrayList<>();
    nodes.forEach(each -> texts.add(each.path(field).asText()));
    return texts;
  }

  /** JSON of a text with single quotes. */
  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private void write(Request request) {
    client.send(request.frame().put("id", "r" + asked++).toString());
  }

  @Override
  public void close() {
    client.close();
  }
}
