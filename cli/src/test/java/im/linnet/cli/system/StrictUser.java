package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A user who forgives nothing: it speaks the protocol by hand, comes back after each cut with the
 * positions that it has seen, repeats what was not acked, and writes down every frame that came
 * twice or out of order, and every {@code synced} that does not tell the truth. It hides nothing,
 * as a client library would. It reads always: nothing that it sends waits for the server.
 */
final class StrictUser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONNECT_MILLIS = 2_000;
  private static final int SILENCE_MILLIS = 60_000;
  private static final int FIRST_TERMINAL_CODE = 3_500;
  private static final int TOPIC_MARKS = 8;

  /** The id of marks in topics: who is no longer a member is refused. */
  private static final String TOPIC_MARK = "mark";

  private final String name;
  private final List<InetSocketAddress> edges;
  private final Function<String, String> tokens;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition over = lock.newCondition();
  // Guarded by the lock: what the user knows, and the connection of the moment.
  private final SeenPlaces places;
  private final Asks asks = new Asks();
  private final Set<String> underWay = new HashSet<>();
  private final SeenPushes seen;
  private String log = "";
  private LineWriter out;
  private boolean live;
  private boolean closed;
  private int connections;
  private int receivedUnsynced = -1;
  private long nextId;

  private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
  private volatile boolean reading;

  StrictUser(String name, List<InetSocketAddress> edges, Function<String, String> tokens) {
    this.name = name;
    this.places = new SeenPlaces(name, violations);
    this.seen = new SeenPushes(name);
    this.edges = edges;
    this.tokens = tokens;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  String name() {
    return name;
  }

  /** From now on it marks each message as read when it comes. */
  void readEverything() {
    reading = true;
  }

  /** Sends to a user, or keeps for the next connection; returns the message's uuid. */
  String send(String to, String content) {
    return send("p2p", to, content);
  }

  /** Sends a message of that kind to a user. */
  String send(String kind, String to, String content) {
    String uuid = UUID.randomUUID().toString();
    ask(new Ask.Send(kind, name, to, content, uuid));
    return uuid;
  }

  /** Asks, or keeps it for the next connection, and asks again until there is an outcome. */
  void ask(Ask ask) {
    locked(
        () -> {
          asks.add(ask);
          if (live) {
            write(ask, false);
          }
          return null;
        });
  }

  /** How much of what it asked for has no outcome yet. */
  int unacked() {
    return locked(() -> asks.open().size());
  }

  /** How many commands have no outcome yet. */
  int openCommands() {
    return locked(() -> (int) asks.open().stream().filter(Ask.Command.class::isInstance).count());
  }

  /** What was acked, by uuid. */
  Map<String, Ask.Send> acked() {
    return locked(() -> new HashMap<>(asks.acked()));
  }

  int ackedCount() {
    return locked(() -> asks.acked().size());
  }

  /** How many messages were refused. */
  int refused() {
    return locked(asks::refused);
  }

  /** The codes that commands were answered with. */
  Map<CommandLog.Id, Integer> verdicts() {
    return locked(() -> new HashMap<>(asks.verdicts()));
  }

  /** The messages that came, by uuid, in their order. */
  Map<String, Delivery> received() {
    return locked(() -> new LinkedHashMap<>(seen.messages()));
  }

  int receivedCount() {
    return locked(() -> seen.messages().size());
  }

  /** How many messages had come when it was told for the first time that these were all. */
  int receivedUnsynced() {
    return locked(() -> receivedUnsynced);
  }

  /** What differs on its screen from what the log says. */
  List<String> differences(LogModel model) {
    return locked(() -> seen.differences(model));
  }

  /** Who was said to have read what, by the places of these notices. */
  Map<String, Notice> notices() {
    return locked(() -> new HashMap<>(seen.notices()));
  }

  /** Cuts the connection, as a network does; the user comes back by itself. */
  void cut() {
    locked(
        () -> {
          if (out != null) {
            out.close();
          }
          return null;
        });
  }

  int connections() {
    return locked(() -> connections);
  }

  boolean isLive() {
    return locked(() -> live);
  }

  /** Everything that the protocol forbids and that happened. */
  List<String> violations() {
    return List.copyOf(violations);
  }

  private void run() {
    int attempt = 0;
    while (!locked(() -> closed)) {
      InetSocketAddress edge = edges.get(Math.floorMod(name.hashCode() + attempt++, edges.size()));
      try (Socket socket = new Socket()) {
        socket.connect(edge, CONNECT_MILLIS);
        socket.setSoTimeout(SILENCE_MILLIS);
        session(socket);
      } catch (IOException e) {
        // cut, refused or silent: come back
      }
      locked(
          () -> {
            live = false;
            out = null;
            underWay.clear();
            return null;
          });
      pause(50);
    }
  }

  private void session(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    try (LineWriter writer = LineWriter.start(name, socket)) {
      locked(
          () -> {
            out = writer;
            write(auth());
            if (closed) {
              writer.close();
            }
            return null;
          });
      String line = in.readLine();
      while (line != null && !isLast(JSON.readTree(line))) {
        line = in.readLine();
      }
    }
  }

  /** Takes a frame and says whether the connection ends with it. */
  private boolean isLast(JsonNode frame) {
    return locked(
        () -> {
          take(frame);
          boolean last = frame.path("op").asText().equals("close");
          if (last && frame.path("code").asInt() >= FIRST_TERMINAL_CODE && !closed) {
            violations.add(name + " was closed for good: " + frame);
            closed = true;
          }
          return last;
        });
  }

  private ObjectNode auth() {
    ObjectNode auth =
        JSON.createObjectNode()
            .put("id", "auth")
            .put("op", "auth")
            .put("token", tokens.apply(name));
    places.resume(auth, log);
    return auth;
  }

  private void take(JsonNode frame) {
    if (frame.has("at") && frame.get("at").isTextual()) {
      places.push(frame);
    }
    switch (frame.path("op").asText()) {
      case "message" -> message(frame);
      case "read" -> seen.read(frame);
      case "topic" -> seen.fact(frame);
      case "synced" -> synced(frame);
      case "ping" -> write(JSON.createObjectNode().put("op", "pong"));
      case "" -> reply(frame);
      default -> {
        // close, presence
      }
    }
  }

  private void message(JsonNode frame) {
    if (frame.path("from").asText().equals(name)) {
      return; // an own copy
    }
    if (!seen.message(frame)) {
      violations.add(name + " got a message twice: " + frame);
    }
    if (reading) {
      read(frame);
    }
  }

  /** Marks a message as read; in a topic each eighth, since all members are told. */
  private void read(JsonNode message) {
    String kind = message.path("kind").asText();
    boolean ofTopic = kind.equals("topic");
    if (ofTopic && seen.messages().size() % TOPIC_MARKS != 0) {
      return;
    }
    ObjectNode mark =
        JSON.createObjectNode()
            .put("op", "read")
            .put("kind", kind)
            .put("peer", message.path(ofTopic ? "to" : "from").asText())
            .put("upTo", message.path("at").asText());
    write(ofTopic ? mark.put("id", TOPIC_MARK) : mark);
  }

  private void synced(JsonNode frame) {
    if (live) {
      violations.add(name + " was synced twice: " + frame);
    }
    places.synced(frame);
    if (receivedUnsynced < 0) {
      receivedUnsynced = seen.messages().size();
    }
    live = true;
    asks.open().forEach(ask -> write(ask, true));
  }

  private void reply(JsonNode frame) {
    String id = frame.path("id").asText();
    int code = frame.path("code").asInt(-1);
    if (id.equals("auth")) {
      if (code != 0) {
        violations.add(name + " was not let in: " + frame);
      }
      log = frame.path("data").path("log").asText();
      connections++;
      return;
    }
    String uuid = id.substring(id.indexOf(':') + 1);
    underWay.remove(uuid);
    Ask ask = asks.open(uuid);
    if (code == 5003) {
      if (ask != null) {
        Thread.ofVirtual().start(() -> repeatLater(ask));
      }
    } else if (ask != null && ask.isOutcome(code)) {
      asks.told(ask, code);
    } else if (code != 0 && !(id.equals(TOPIC_MARK) && code == 4003)) {
      violations.add(name + " was answered " + frame);
    }
  }

  private void repeatLater(Ask ask) {
    pause(500);
    locked(
        () -> {
          if (live && asks.open(ask.uuid()) != null) {
            write(ask, true);
          }
          return null;
        });
  }

  /** Asks, unless the answer is awaited on this connection. */
  private void write(Ask ask, boolean retry) {
    if (underWay.add(ask.uuid())) {
      ObjectNode line = ask.frame().put("id", nextId++ + ":" + ask.uuid());
      write(retry ? line.put("retry", true) : line);
    }
  }

  /** Where there is no connection it comes to nothing: what matters is sent again on the next. */
  private void write(ObjectNode line) {
    if (out != null && !out.offer(line.toString())) {
      violations.add(name + " is not read any more by the edge");
      out.close();
    }
  }

  private <T> T locked(Supplier<T> step) {
    lock.lock();
    try {
      return step.get();
    } finally {
      lock.unlock();
    }
  }

  /** Returns after that time, or when the user is closed. */
  private void pause(long millis) {
    lock.lock();
    try {
      long left = millis * 1_000_000L;
      while (left > 0 && !closed) {
        left = over.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    locked(
        () -> {
          closed = true;
          over.signalAll();
          if (out != null) {
            out.close();
          }
          return null;
        });
  }
}
