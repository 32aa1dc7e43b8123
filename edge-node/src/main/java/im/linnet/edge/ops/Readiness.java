package im.linnet.edge.ops;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.log.Callbacks;
import im.linnet.schemas.JsonBytes;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The edge's ability to serve, by named checks. Each check has a {@link Scope}: the part of the
 * service that fails with it. The checks of a scope run each second on a thread of their own. So a
 * question never blocks, and a slow store does not delay news of the log. Checks are added before
 * the start.
 */
public final class Readiness implements MeterBinder, AutoCloseable {
  private static final Duration PACE = Duration.ofSeconds(1);
  private static final Optional<String> NOT_STARTED = Optional.of("not started");

  /** The part of the service that depends on a check. */
  public enum Scope {
    /** New sessions and live delivery: the edge should get no clients while it fails. */
    SESSIONS,
    /** History, unread counts and the sync of new sessions; live delivery goes on. */
    READS,
    /** No service yet, but an operator should look. */
    ADVICE
  }

  /**
   * One check.
   *
   * @param name unique among the checks
   * @param scope the part of the service that fails with it
   * @param ask empty while all is well, otherwise one line with the problem; asked each second on a
   *     thread that may block for a moment
   */
  public record Check(String name, Scope scope, Supplier<Optional<String>> ask) {}

  private final Map<String, Check> checks = new LinkedHashMap<>();
  private final Map<String, Figure> figures = new LinkedHashMap<>();
  private final Map<String, Optional<String>> newest = new ConcurrentHashMap<>();
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          Scope.values().length,
          Thread.ofPlatform().name("linnet-readiness-", 0).daemon().factory());
  private volatile boolean stopped;

  private record Figure(String name, LongSupplier value) {}

  /** Adds a check. */
  public void add(Check check) {
    checks.put(check.name(), check);
  }

  /** Adds a check: empty while all is well, otherwise one line with the problem. */
  public void add(String name, Scope scope, Supplier<Optional<String>> ask) {
    add(new Check(name, scope, ask));
  }

  /** Adds a figure to a check; it is asked at each view of the page. */
  public void show(String check, String name, LongSupplier value) {
    figures.put(check, new Figure(name, value));
  }

  /** Runs every check once, then again and again. */
  public void start() {
    for (Scope scope : Scope.values()) {
      run(scope);
      var unused =
          threads.scheduleWithFixedDelay(
              Callbacks.logged(() -> run(scope)),
              PACE.toMillis(),
              PACE.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  private void run(Scope scope) {
    checks.forEach(
        (name, check) -> {
          if (check.scope() == scope) {
            newest.put(name, result(check.ask()));
          }
        });
  }

  private static Optional<String> result(Supplier<Optional<String>> check) {
    try {
      return check.get();
    } catch (RuntimeException e) {
      String message = e.getMessage();
      return Optional.of(message == null ? e.toString() : message);
    }
  }

  private Optional<String> newest(String name) {
    return newest.getOrDefault(name, NOT_STARTED);
  }

  /** Empty while the edge takes new sessions; otherwise the failing checks, in one line. */
  public Optional<String> check() {
    return check(Scope.SESSIONS);
  }

  /** Empty while every check of that scope passes; otherwise the failing checks, in one line. */
  public Optional<String> check(Scope scope) {
    if (stopped) {
      return Optional.of("the edge is stopping");
    }
    String failing =
        checks.entrySet().stream()
            .filter(each -> each.getValue().scope() == scope)
            .filter(each -> newest(each.getKey()).isPresent())
            .map(each -> each.getKey() + ": " + newest(each.getKey()).orElse(""))
            .collect(Collectors.joining("; "));
    return failing.isEmpty() ? Optional.empty() : Optional.of(failing);
  }

  /** Whether that scope is well, with all checks as JSON. */
  Future<HealthPages.State> state(Scope scope) {
    return Future.succeededFuture(
        new HealthPages.State(check(scope).isEmpty(), Buffer.buffer(toJson())));
  }

  /**
   * The state as JSON: {@code {"ready":..,"reads":"ok"|"down","checks":{"kafka":{"ok":..,
   * "reason":..,"scope":"sessions"}}}}; a failing check has the reason.
   */
  public byte[] toJson() {
    boolean ready = check().isEmpty();
    boolean reads = check(Scope.READS).isEmpty();
    return JsonBytes.object(
        json -> {
          json.writeBooleanField("ready", ready);
          json.writeStringField("reads", reads ? "ok" : "down");
          json.writeObjectFieldStart("checks");
          for (Map.Entry<String, Check> each : checks.entrySet()) {
            json.writeObjectFieldStart(each.getKey());
            write(json, each.getValue().scope(), newest(each.getKey()), figures.get(each.getKey()));
            json.writeEndObject();
          }
          json.writeEndObject();
        });
  }

  private static void write(
      JsonGenerator json, Scope scope, Optional<String> wrong, @Nullable Figure figure)
      throws IOException {
    json.writeBooleanField("ok", wrong.isEmpty());
    if (wrong.isPresent()) {
      json.writeStringField("reason", wrong.get());
    }
    json.writeStringField("scope", scope.name().toLowerCase(Locale.ROOT));
    if (figure != null) {
      json.writeNumberField(figure.name(), figure.value().getAsLong());
    }
  }

  /** Shows each check that has been added as {@code linnet_check_ok}: 1 while it passes. */
  @Override
  public void bindTo(MeterRegistry registry) {
    for (String name : checks.keySet()) {
      Gauge.builder("linnet.check.ok", this, each -> each.newest(name).isEmpty() ? 1 : 0)
          .description("1 while that check of /health/ready passes")
          .tag("check", name)
          .register(registry);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    stopped = true;
  }
}
