package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A user who forgives nothing: it speaks the protocol by hand, comes back after each cut with the
 * positions that it has seen, repeats what was not acked, and writes down every frame that came
 * twice or out of order. It hides nothing, as a client library would.
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
  private final Condition changed = lock.newCondition();
  // Guarded by the lock: what the user knows, and the connection of the moment.
  private final Map<String, Long> places = new HashMap<>();
  private final Map<String, Send> unacked = new LinkedHashMap<>();
  private final Map<String, String> acked = new HashMap<>();
  private final Map<String, Long> received = new LinkedHashMap<>();
  private String log = "";
  private OutputStream out;
  private boolean live;
  private boolean closed;
  private int connections;
  private long nextId;

  private final Set<String> readPushes = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
  private volatile boolean reading;

  /** A message on its way. */
  private record Send(String to, String content, String uuid) {}

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
      Send send = new Send(to, content, uuid);
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

  /** uuid to recipient, of what was acked. */
  Map<String, String> acked() {
    return locked(() -> new HashMap<>(acked));
  }

  /** uuids of the messages that came, in their order. */
  List<String> received() {
    return locked(() -> new ArrayList<>(received.keySet()));
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

  /** Who was seen to have read. */
  Set<String> readPushes() {
    return readPushes;
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
    locked(
        () -> {
          out = socket.getOutputStream();
          write(auth());
          return null;
        });
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode frame = JSON.readTree(line);
      lock.lock();
      try {
        take(frame);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      if (frame.path("op").asText().equals("close")) {
        if (frame.path("code").asInt() >= FIRST_TERMINAL_CODE && !locked(() -> closed)) {
          violations.add(name + " was closed for good: " + line);
          locked(() -> closed = true);
        }
        return;
      }
    }
  }

  private String auth() {
    StringBuilder text = new StringBuilder("{\"id\":\"auth\",\"op\":\"auth\",\"token\":\"");
    text.append(tokens.apply(name)).append('"');
    if (!places.isEmpty()) {
      text.append(",\"log\":\"").append(log).append("\",\"resume\":[");
      places.forEach(
          (place, offset) -> {
            if (offset >= 0) {
              text.append('"').append(place).append('/').append(offset).append("\",");
            }
          });
      if (text.charAt(text.length() - 1) == ',') {
        text.setLength(text.length() - 1);
      }
      text.append(']');
    }
    return text.append('}').toString();
  }

  private void take(JsonNode frame) {
    if (frame.has("at") && frame.get("at").isTextual()) {
      place(frame.get("at").asText(), frame);
    }
    switch (frame.path("op").asText()) {
      case "message" -> message(frame);
      case "read" -> readPushes.add(frame.path("reader").asText());
      case "synced" -> synced(frame);
      case "ping" -> write("{\"op\":\"pong\"}");
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
    long count = received.merge(uuid, 1L, Long::sum);
    if (count > 1) {
      violations.add(name + " got a message twice: " + frame);
    }
    if (reading) {
      write(
          "{\"op\":\"read\",\"kind\":\"p2p\",\"peer\":\""
              + frame.path("from").asText()
              + "\",\"upTo\":\""
              + frame.path("at").asText()
              + "\"}");
    }
  }

  private void synced(JsonNode frame) {
    if (frame.path("reset").asBoolean() && !places.isEmpty() && connections > 1) {
      violations.add(name + " lost its place: " + frame);
    }
    for (JsonNode at : frame.path("at")) {
      String text = at.asText();
      long offset = Long.parseLong(text.substring(text.lastIndexOf('/') + 1));
      places.merge(text.substring(0, text.lastIndexOf('/')), offset, Math::max);
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
      acked.put(uuid, send.to());
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

  private String line(Send send, boolean retry) {
    return "{\"id\":\""
        + nextId++
        + ":"
        + send.uuid()
        + "\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\""
        + send.to()
        + "\",\"content\":\""
        + send.content()
        + "\",\"uuid\":\""
        + send.uuid()
        + "\""
        + (retry ? ",\"retry\":true" : "")
        + "}";
  }

  private void write(String line) {
    OutputStream target = out;
    if (target == null) {
      return;
    }
    try {
      target.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      target.flush();
    } catch (IOException e) {
      out = null; // the reading side sees the cut, too
    }
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  private <T> T locked(Step<T> step) {
    lock.lock();
    try {
      return step.run();
    } catch (IOException e) {
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void pause(long millis) {
    lock.lock();
    try {
      changed.awaitNanos(millis * 1_000_000L);
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
          if (out != null) {
            out.close();
          }
          return null;
        });
  }
}
