package im.linnet.edge;

import im.linnet.edge.ops.Readiness;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The other parts in an edge's process, shown on the edge's pages: their meters in {@code
 * /metrics}, their checks in {@code /health/ready}.
 *
 * @param meters bound once, to the registry that is scraped
 * @param checks by name, in the order in which they are listed
 */
public record Companions(List<MeterBinder> meters, Map<String, Check> checks) {
  /**
   * A check of a companion.
   *
   * @param scope the scope that fails with it
   * @param ask empty while all is well, otherwise one line with the problem; asked each second on a
   *     thread that may block for a moment
   */
  public record Check(Readiness.Scope scope, Supplier<Optional<String>> ask) {}

  /** An edge without other parts in its process. */
  public static final Companions NONE = new Companions(List.of(), Map.of());

  public Companions {
    meters = List.copyOf(meters);
    checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
  }
}
