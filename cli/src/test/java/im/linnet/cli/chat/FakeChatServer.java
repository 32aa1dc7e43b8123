package im.linnet.cli.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import im.linnet.client.ChatOps;
import im.linnet.client.Draft;
import im.linnet.client.Message;
import im.linnet.client.MessageChange;
import im.linnet.client.RefusedException;
import im.linnet.client.Request;
import im.linnet.client.Sent;
import im.linnet.client.ServerResponse;
import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One user's inbox, answering at once; page ends and failures are up to the test. */
final class FakeChatServer extends ChatOps {
  private static final ObjectMapper JSON = new ObjectMapper();

  static final int COUNTED = 1_000;

  /** What a server in trouble answers. */
  static final RefusedException UNAVAILABLE =
      new RefusedException(
          new ServerResponse(5003, JsonNodeFactory.instance.objectNode(), "unavailable"));

  final List<Message> said = new ArrayList<>();
  final Set<String> read = new LinkedHashSet<>();
  final List<List<String>> marks = new ArrayList<>();
  final List<String> watched = new ArrayList<>();
  final Map<String, MessageChange> changes = new LinkedHashMap<>();

  /** The op and the fields of each other request, as JSON. */
  final List<String> asked = new ArrayList<>();

  /** The reply data of these other ops; without an entry it is empty. */
  final Map<String, String> told =
      new HashMap<>(Map.of("contact.set", "{'contacts':[{}]}", "profile.set", "{'profiles':[{}]}"));

  /** The answer to the next sends, if a test gives it. */
  @Nullable CompletableFuture<Sent> held;

  boolean late;
  int longestPage = 200;
  @Nullable RuntimeException failure;

  Message says(String from, String to, String content) {
    return says(Stream.P2P, Draft.TEXT, from, to, content);
  }

  Message says(Stream kind, String type, String from, String to, String content) {
    int place = said.size();
    Message message =
        new Message(
            content,
            from,
            type,
            kind,
            to,
            "u" + place,
            new Position(kind, 0, place),
            place * 1_000L,
            null,
            0,
            false);
    said.add(message);
    return message;
  }

  void says(String from, String to, int count) {
    for (int i = 1; i <= count; i++) {
      says(from, to, "m" + i);
    }
  }

  @Override
  protected CompletableFuture<ServerResponse> submit(Request request) {
    JsonNode fields = json(JsonBytes.object(request.fields()));
    return switch (request.op()) {
      case "send" -> send(request.draft());
      case "edit" -> change(fields, new MessageChange.Edit(fields.path("content").asText()));
      case "recall" -> change(fields, new MessageChange.Recall());
      case "presence.watch" -> {
        fields.path("users").forEach(each -> watched.add(each.asText()));
        yield ok("{}");
      }
      case "history" -> history(fields);
      case "unread" -> CompletableFuture.completedFuture(unread());
      case "read" -> read(fields);
      default -> {
        asked.add(request.op() + " " + fields);
        yield failure == null ? ok(told.getOrDefault(request.op(), "{}")) : failed();
      }
    };
  }

  private CompletableFuture<ServerResponse> send(Draft draft) {
    if (late) {
      return CompletableFuture.failedFuture(new TimeoutException());
    }
    if (failure != null) {
      return failed();
    }
    if (held != null) {
      return held.thenApply(FakeChatServer::sent);
    }
    Message message = says(draft.kind(), draft.type(), "bb", draft.to(), draft.content());
    return CompletableFuture.completedFuture(
        sent(new Sent(message.uuid(), message.at(), message.timeMillis())));
  }

  /** What a server answers to a message that it took. */
  static ServerResponse sent(Sent sent) {
    ObjectNode data = JSON.createObjectNode();
    data.put("uuid", sent.uuid()).put("at", sent.at() + "").put("time", sent.timeMillis());
    return new ServerResponse(0, data, "ok");
  }

  private CompletableFuture<ServerResponse> change(JsonNode fields, MessageChange change) {
    if (failure != null) {
      return failed();
    }
    changes.put(fields.path("uuid").asText(), change);
    return ok("{}");
  }

  private CompletableFuture<ServerResponse> history(JsonNode fields) {
    if (failure != null) {
      return failed();
    }
    String peer = fields.path("peer").asText();
    Stream kind = Stream.ofWire(fields.path("kind").asText());
    List<Message> talk =
        said.stream()
            .filter(each -> each.kind() == kind)
            .filter(
                each ->
                    each.to().equals(peer) || (kind != Stream.TOPIC && each.sender().equals(peer)))
            .toList();
    int end = fields.path("before").asInt(talk.size());
    int begin = Math.max(0, end - Math.min(fields.path("limit").asInt(), longestPage));
    ObjectNode data = JSON.createObjectNode();
    talk.subList(begin, end)
        .reversed()
        .forEach(each -> data.withArray("messages").add(stored(each)));
    if (begin > 0) {
      data.put("next", Integer.toString(begin));
    }
    return CompletableFuture.completedFuture(new ServerResponse(0, data, "ok"));
  }

  private ObjectNode stored(Message message) {
    return JSON.createObjectNode()
        .put("at", message.at().toString())
        .put("time", message.timeMillis())
        .put("kind", message.kind().wire())
        .put("uuid", message.uuid())
        .put("from", message.sender())
        .put("to", message.to())
        .put("type", message.type())
        .put("content", message.content())
        .put("read", read.contains(message.uuid()));
  }

  private ServerResponse unread() {
    ObjectNode data = JSON.createObjectNode();
    long total = 0;
    for (String peer : said.stream().map(Message::sender).distinct().toList()) {
      long count = unreadFrom(Stream.P2P, peer);
      if (count > 0 && !peer.equals("bb")) {
        total += Math.min(count, COUNTED);
        data.withArray("p2p")
            .addObject()
            .put("peer", peer)
            .put("count", Math.min(count, COUNTED))
            .put("more", count > COUNTED);
      }
    }
    for (String topic : said.stream().map(Message::to).distinct().toList()) {
      long count =
          said.stream()
              .filter(each -> each.kind() == Stream.TOPIC && each.to().equals(topic))
              .filter(each -> !each.sender().equals("bb") && !read.contains(each.uuid()))
              .count();
      if (count > 0) {
        total += count;
        data.withArray("topic").addObject().put("topic", topic).put("count", count);
      }
    }
    long mutual =
        said.stream()
            .filter(each -> each.kind() == Stream.MUTUAL && !read.contains(each.uuid()))
            .count();
    data.put("mutual", mutual).put("total", total + mutual);
    return new ServerResponse(0, data, "ok");
  }

  private CompletableFuture<ServerResponse> read(JsonNode fields) {
    if (failure != null) {
      return failed();
    }
    List<String> uuids = uuids(fields);
    marks.add(uuids);
    read.addAll(uuids);
    return ok("{}");
  }

  private CompletableFuture<ServerResponse> failed() {
    return failure instanceof RefusedException refused
        ? CompletableFuture.completedFuture(refused.response())
        : CompletableFuture.failedFuture(failure);
  }

  /** The messages that a mark names. */
  static List<String> uuids(JsonNode fields) {
    List<String> uuids = new ArrayList<>();
    fields.path("uuids").forEach(each -> uuids.add(each.asText()));
    return uuids;
  }

  /** A good answer with this data, given with single quotes. */
  static CompletableFuture<ServerResponse> ok(String data) {
    return CompletableFuture.completedFuture(
        new ServerResponse(
            0, json(data.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), "ok"));
  }

  static JsonNode json(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a server answers that refuses. */
  static RefusedException refusal(int code, String message) {
    return new RefusedException(
        new ServerResponse(code, JsonNodeFactory.instance.objectNode(), message));
  }

  long unreadFrom(String peer) {
    return unreadFrom(Stream.P2P, peer);
  }

  long unreadFrom(Stream kind, String peer) {
    return said.stream()
        .filter(each -> each.kind() == kind)
        .filter(each -> each.sender().equals(peer) && !read.contains(each.uuid()))
        .count();
  }
}
