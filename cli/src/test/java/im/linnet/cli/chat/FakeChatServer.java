package im.linnet.cli.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import im.linnet.client.Draft;
import im.linnet.client.HistoryPage;
import im.linnet.client.Message;
import im.linnet.client.MessageChange;
import im.linnet.client.RefusedException;
import im.linnet.client.Sent;
import im.linnet.client.ServerResponse;
import im.linnet.client.Unread;
import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageId;
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
final class FakeChatServer implements ChatServer {
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

  /** The op and the fields of each question, as JSON. */
  final List<String> asked = new ArrayList<>();

  /** The reply data of ops; without an entry it is empty. */
  final Map<String, String> told = new HashMap<>();

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
  public CompletableFuture<Sent> send(Draft draft) {
    if (late) {
      return CompletableFuture.failedFuture(new TimeoutException());
    }
    if (failure != null) {
      return CompletableFuture.failedFuture(failure);
    }
    if (held != null) {
      return held;
    }
    Message message = says(draft.kind(), draft.type(), "bb", draft.to(), draft.content());
    return CompletableFuture.completedFuture(
        new Sent(message.uuid(), message.at(), message.timeMillis()));
  }

  @Override
  public CompletableFuture<?> change(MessageId message, MessageChange change) {
    if (failure != null) {
      return CompletableFuture.failedFuture(failure);
    }
    changes.put(message.uuid(), change);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<?> watch(String user) {
    watched.add(user);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<HistoryPage> history(
      Stream kind, String peer, @Nullable String before, int limit) {
    if (failure != null) {
      return CompletableFuture.failedFuture(failure);
    }
    List<Message> talk =
        said.stream()
            .filter(each -> each.kind() == kind)
            .filter(
                each ->
                    each.to().equals(peer) || (kind != Stream.TOPIC && each.sender().equals(peer)))
            .toList();
    int end = before == null ? talk.size() : Integer.parseInt(before);
    int begin = Math.max(0, end - Math.min(limit, longestPage));
    List<HistoryPage.Entry> page =
        talk.subList(begin, end).reversed().stream()
            .map(each -> new HistoryPage.Entry(each, read.contains(each.uuid()), 0))
            .toList();
    return CompletableFuture.completedFuture(
        new HistoryPage(page, begin == 0 ? null : Integer.toString(begin)));
  }

  @Override
  public CompletableFuture<Unread> unread() {
    Map<String, Unread.Count> counts = new HashMap<>();
    for (String peer : said.stream().map(Message::sender).distinct().toList()) {
      long count = unreadFrom(Stream.P2P, peer);
      if (count > 0 && !peer.equals("bb")) {
        counts.put(peer, new Unread.Count(Math.min(count, COUNTED), count > COUNTED));
      }
    }
    Map<String, Unread.Count> topics = new HashMap<>();
    for (String topic : said.stream().map(Message::to).distinct().toList()) {
      long count =
          said.stream()
              .filter(each -> each.kind() == Stream.TOPIC && each.to().equals(topic))
              .filter(each -> !each.sender().equals("bb") && !read.contains(each.uuid()))
              .count();
      if (count > 0) {
        topics.put(topic, new Unread.Count(count, false));
      }
    }
    long total =
        java.util.stream.Stream.of(counts, topics)
            .flatMap(each -> each.values().stream())
            .mapToLong(Unread.Count::messages)
            .sum();
    long mutual =
        said.stream()
            .filter(each -> each.kind() == Stream.MUTUAL && !read.contains(each.uuid()))
            .count();
    return CompletableFuture.completedFuture(new Unread(total + mutual, counts, topics, mutual));
  }

  @Override
  public CompletableFuture<?> read(Stream kind, String peer, List<String> uuids) {
    if (failure != null) {
      return CompletableFuture.failedFuture(failure);
    }
    marks.add(uuids);
    read.addAll(uuids);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<JsonNode> ask(String op, boolean repeatable, JsonBytes.Fields fields) {
    asked.add(op + " " + new String(JsonBytes.object(fields), StandardCharsets.UTF_8));
    if (failure != null) {
      return CompletableFuture.failedFuture(failure);
    }
    try {
      return CompletableFuture.completedFuture(
          JSON.readTree(told.getOrDefault(op, "{}").replace('\'', '"')));
    } catch (JsonProcessingException e) {
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
