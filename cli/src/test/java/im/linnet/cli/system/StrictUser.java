package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
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

  private final String name;
  private final List<InetSocketAddress> edges;
  private final Function<String, String> tokens;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition over = lock.newCondition();
  // Guarded by the lock: what the user knows, and the connection of the moment.
  private final Map<String, Long> places = new HashMap<>();
  private final Map<String, Send> unacked = new LinkedHashMap<>();
  private final Map<String, Send> acked = new HashMap<>();
  private final Map<String, Delivery> received = new LinkedHashMap<>();
  private final Map<String, Notice> notices = new HashMap<>();
  private String log = "";
  private LineWriter out;
  private boolean live;
  private boolean closed;
  private int connections;
  private int receivedUnsynced = -1;
  private long nextId;

  private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
  private volatile boolean reading;

  /** A message of this user's. */
  record Send(String from, String to, String content, String uuid) {}

  StrictUser(String name, List<InetSocketAddress> edges, Function<String, String> tokens) {
    this.name = name;
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

  /** Sends, or keeps for the next connection; returns the message's uuid. */
  String send(String to, String content) {
    String uuid = UUID.randomUUID().toString();
    lock.lock();
    try {
      Send send = new Send(name, to, content, uuid);
      unacked.put(uuid, send);
      if (live) {
        write(line(send, false));
      }
    } finally {
      lock.unlock();
    }
    return uuid;
  }

  int unacked() {
    return locked(unacked::size);
  }

  /** What was acked, by uuid. */
  Map<String, Send> acked() {
    return locked(() -> new HashMap<>(acked));
  }

  int ackedCount() {
    return locked(acked::size);
  }

  /** The messages that came, by uuid, in their order. */
  Map<String, Delivery> received() {
    return locked(() -> new LinkedHashMap<>(received));
  }

  int receivedCount() {
    return locked(received::size);
  }

  /** How many messages had come when it was told for the first time that these were all. */
  int receivedUnsynced() {
    return locked(() -> receivedUnsynced);
  }

  /** Who was said to have read what, by the places of these notices. */
  Map<String, Notice> notices() {
    return locked(() -> new HashMap<>(notices));
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
    if (!places.isEmpty()) {
      ArrayNode resume = auth.put("log", log).putArray("resume");
      places.forEach(
          (place, offset) -> {
            if (offset >= 0) {
              resume.add(place + "/" + offset);
            }
          });
    }
    return auth;
  }

  private void take(JsonNode frame) {
    if (frame.has("at") && frame.get("at").isTextual()) {
      place(frame.get("at").asText(), frame);
    }
    switch (frame.path("op").asText()) {
      case "message" -> message(frame);
      case "read" -> {
        if (frame.has("of")) { // else one's own mark
          notices.put(frame.path("at").asText(), Notice.of(frame));
        }
      }
      case "synced" -> synced(frame);
      case "ping" -> write(JSON.createObjectNode().put("op", "pong"));
      case "" -> reply(frame);
      default -> {
        // close, presence
      }
    }
  }

  private void place(String at, JsonNode frame) {
    String partition = at.substring(0, at.lastIndexOf('/'));
    long offset = Long.parseLong(at.substring(at.lastIndexOf('/') + 1));
    Long before = places.get(partition);
    if (before != null && offset <= before) {
      violations.add(name + " has seen " + partition + "/" + before + ", then came " + frame);
    }
    places.merge(partition, offset, Math::max);
  }

  private void message(JsonNode frame) {
    String uuid = frame.path("uuid").asText();
    if (frame.path("from").asText().equals(name)) {
      return; // an own copy
    }
    Delivery message =
        new Delivery(
            frame.path("at").asText(),
            frame.path("time").asLong(),
            frame.path("from").asText(),
            frame.path("to").asText(),
            frame.path("type").asText(),
            frame.path("content").asText());
    if (received.putIfAbsent(uuid, message) != null) {
      violations.add(name + " got a message twice: " + frame);
    }
    if (reading) {
      write(
          JSON.createObjectNode()
              .put("op", "read")
              .put("kind", "p2p")
              .put("peer", message.from())
              .put("upTo", message.at()));
    }
  }

  private void synced(JsonNode frame) {
    if (live) {
      violations.add(name + " was synced twice: " + frame);
    }
    if (frame.path("reset").asBoolean()) {
      violations.add(name + " lost its place: " + frame);
    }
    if (frame.path("cut").asBoolean()) {
      violations.add(name + " was sent a part of what it missed: " + frame);
    }
    Set<String> unnamed = new HashSet<>(places.keySet());
    for (JsonNode at : frame.path("at")) {
      String text = at.asText();
      String partition = text.substring(0, text.lastIndexOf('/'));
      long offset = Long.parseLong(text.substring(text.lastIndexOf('/') + 1));
      Long before = places.put(partition, offset);
      if (before != null && before > offset) {
        violations.add(name + " has seen " + partition + "/" + before + ", then came " + frame);
      }
      unnamed.remove(partition);
    }
    if (!unnamed.isEmpty()) {
      violations.add(name + " has places in " + unnamed + " that are not in " + frame);
    }
    if (receivedUnsynced < 0) {
      receivedUnsynced = received.size();
    }
    live = true;
    unacked.values().forEach(send -> write(line(send, true)));
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
    Send send = unacked.get(uuid);
    if (code == 0 && send != null) {
      unacked.remove(uuid);
      acked.put(uuid, send);
    } else if (code == 5003 && send != null) {
      Thread.ofVirtual().start(() -> repeatLater(send));
    } else if (code != 0 && code != 5003) {
      violations.add(name + " was answered " + frame);
    }
  }

  private void repeatLater(Send send) {
    pause(500);
    locked(
        () -> {
          if (live && unacked.containsKey(send.uuid())) {
            write(line(send, true));
          }
          return null;
        });
  }

  private ObjectNode line(Send send, boolean retry) {
    ObjectNode line =
        JSON.createObjectNode()
            .put("id", nextId++ + ":" + send.uuid())
            .put("op", "send")
            .put("kind", "p2p")
            .put("to", send.to())
            .put("content", send.content())
            .put("uuid", send.uuid());
    return retry ? line.put("retry", true) : line;
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
