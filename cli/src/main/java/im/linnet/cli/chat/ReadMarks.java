package im.linnet.cli.chat;

import im.linnet.client.ChatOps;
import im.linnet.schemas.Stream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Marks the shown messages as read, one by one: a mark up to a place would cover older messages
 * that were not shown. One request is under way at a time; messages that are shown meanwhile go
 * with the next one. A message that cannot be marked stays unread. It is shown and marked again
 * when the conversation is opened the next time. Thread-safe.
 */
final class ReadMarks {
  private static final int MOST_AT_ONCE = 200;
  private static final int MOST_WAITING = 10_000;

  private final ChatOps server;
  private final Answers answers;
  private final Screen screen;
  private final Map<Talk, Queue<String>> waiting = new LinkedHashMap<>();
  private int count;
  private CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);

  ReadMarks(ChatOps server, Answers answers, Screen screen) {
    this.server = server;
    this.answers = answers;
    this.screen = screen;
  }

  /** Marks these messages, which are on the screen now. */
  synchronized void add(Stream kind, String peer, Collection<String> uuids) {
    if (uuids.isEmpty() || count + uuids.size() > MOST_WAITING) {
      return;
    }
    waiting.computeIfAbsent(new Talk(kind, peer), talk -> new ArrayDeque<>()).addAll(uuids);
    count += uuids.size();
    if (settled.isDone()) {
      settled = new CompletableFuture<>();
      answers.add(settled);
      next();
    }
  }

  /** Completes once no mark waits any more. Never fails. */
  synchronized CompletableFuture<Void> settled() {
    return settled;
  }

  private synchronized void next() {
    Iterator<Map.Entry<Talk, Queue<String>>> talks = waiting.entrySet().iterator();
    if (!talks.hasNext()) {
      settled.complete(null);
      return;
    }
    Map.Entry<Talk, Queue<String>> talk = talks.next();
    List<String> batch = new ArrayList<>();
    while (batch.size() < MOST_AT_ONCE && !talk.getValue().isEmpty()) {
      batch.add(talk.getValue().remove());
    }
    if (talk.getValue().isEmpty()) {
      talks.remove();
    }
    count -= batch.size();
    var unused =
        server
            .conversations()
            .read(talk.getKey().kind(), talk.getKey().name(), batch)
            .whenComplete((done, failure) -> answered(failure));
  }

  private synchronized void answered(@Nullable Throwable failure) {
    if (failure != null) {
      screen.note("not marked as read: " + Wording.of(failure));
      waiting.clear();
      count = 0;
    }
    next();
  }
}
