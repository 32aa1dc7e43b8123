package im.linnet.edge.ops;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.log.Callbacks;
import im.linnet.schemas.JsonBytes;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Whether the edge can serve, by named checks that are run each second on a thread of their own, so
 * asking never blocks. Checks are added before the start.
 */
public final class Readiness implements AutoCloseable {
  private static final Duration PACE = Duration.ofSeconds(1);

  private final Map<String, Supplier<Optional<String>>> checks = new LinkedHashMap<>();
  private final Map<String, Figure> figures = new LinkedHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("linnet-readiness").daemon().factory());
  private volatile Map<String, Optional<String>> newest = Map.of();

  private record Figure(String name, LongSupplier value) {}

  /** Adds a check: nothing while all is well, otherwise one line that says what is not. */
  public void add(String name, Supplier<Optional<String>> check) {
    checks.put(name, check);
  }

  /**
   * Adds what is always well, and shown with a figure that says how well; asked at each showing.
   */
  public void show(String check, String name, LongSupplier value) {
    figures.put(check, new Figure(name, value));
  }

  /** Runs every check once, then again and again. */
  public void start() {
    run();
    var unused =
        thread.scheduleWithFixedDelay(
            Callbacks.logged(this::run), PACE.toMillis(), PACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run() {
    Map<String, Optional<String>> results = new LinkedHashMap<>();
    checks.forEach((name, check) -> results.put(name, result(check)));
    newest = results;
  }

  private static Optional<String> result(Supplier<Optional<String>> check) {
    try {
      return check.get();
    } catch (RuntimeException e) {
      return Optional.of(e.toString());
    }
  }

  /** Nothing while every check passes; otherwise what fails, in one line. */
  public Optional<String> check() {
    Map<String, Optional<String>> results = newest;
    if (results.isEmpty()) {
      return Optional.of("not started");
    }
    return results.entrySet().stream()
        .filter(each -> each.getValue().isPresent())
        .map(each -> each.getKey() + ": " + each.getValue().get())
        .reduce((one, other) -> one + "; " + other);
  }

  /** The state as JSON: {@code {"ready":..,"checks":{"kafka":{"ok":..,"reason":..}}}}. */
  public byte[] toJson() {
    Map<String, Optional<String>> results = newest;
    boolean ready = check().isEmpty();
    return JsonBytes.object(
        json -> {
          json.writeBooleanField("ready", ready);
          json.writeObjectFieldStart("checks");
          for (Map.Entry<String, Optional<String>> each : results.entrySet()) {
            json.writeObjectFieldStart(each.getKey());
            write(json, each.getValue());
            json.writeEndObject();
          }
          for (Map.Entry<String, Figure> each : figures.entrySet()) {
            json.writeObjectFieldStart(each.getKey());
            write(json, Optional.empty());
            json.writeNumberField(each.getValue().name(), each.getValue().value().getAsLong());
            json.writeEndObject();
          }
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, Optional<String> wrong) throws IOException {
    json.writeBooleanField("ok", wrong.isEmpty());
    if (wrong.isPresent()) {
      json.writeStringField("reason", wrong.get());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    newest = Map.of("stop", Optional.of("the edge is stopping"));
  }
}
