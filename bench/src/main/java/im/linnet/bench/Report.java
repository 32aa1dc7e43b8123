package im.linnet.bench;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The figures of one run: a table for people during the run, and JSON at the end. */
final class Report {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double NANOS_PER_MILLI = 1e6;

  private final PrintWriter out;
  private final PrintWriter err;
  private final ObjectNode root = JSON.createObjectNode();
  private ObjectNode section = root;

  /**
   * @param out for the table
   * @param err for what goes on meanwhile
   */
  Report(PrintWriter out, PrintWriter err, String bench, BenchOptions options) {
    this.out = out;
    this.err = err;
    root.put("bench", bench);
    ObjectNode machine = root.putObject("machine");
    machine.put("cores", Runtime.getRuntime().availableProcessors());
    machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put("jvm", System.getProperty("java.vm.name") + " " + Runtime.version());
    ObjectNode settings = root.putObject("settings");
    settings.put("store", options.store.name());
    if (options.store == BenchOptions.Store.mongodb) {
      settings.put("mongodCacheGib", options.mongodCache);
    }
    settings.put("fsync", options.fsync);
    settings.put("users", options.users);
    settings.put("contacts", options.contacts);
    settings.put("preload", options.preload);
    settings.put("window", options.window);
    settings.put("textBytes", options.text);
    settings.put("seconds", options.seconds);
    settings.put("warmupSecondsAtMost", options.warmup);
    settings.put("seed", options.seed);
    line(
        "linnet bench %s: store %s, %s, %d users with %d contacts, %d bytes of text, %d cores, JVM %s",
        bench,
        options.store.name(),
        options.fsync ? "each append synced" : "appends in the page cache",
        options.users,
        options.contacts,
        options.text,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version());
  }

  /**
   * Puts all further figures under that name in the file, and a headline above those for people.
   */
  void section(String name, String unit) {
    section = root.putObject(name);
    line("%n%s %s", name, unit);
  }

  /** One line for people. */
  void line(String format, @Nullable Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
    out.flush();
  }

  /** What is being done just now; no figure of the report. */
  void progress(String format, @Nullable Object... arguments) {
    err.println(String.format(Locale.ROOT, format, arguments));
    err.flush();
  }

  /** The length of a phase's warm-up, and the cost of a message at its end. */
  void warmedUp(String phase, WarmUp warmUp) {
    ObjectNode node = section.putObject("warm-up of " + phase);
    node.put("seconds", warmUp.took().toSeconds());
    node.put("cpuMicrosPerMessageAtEnd", warmUp.cpuMicros());
    line(
        "%-22s warmed up in %d s, to %.0f us/msg",
        phase, warmUp.took().toSeconds(), warmUp.cpuMicros());
  }

  /** A rate and its cost, with the CPU time of each process. */
  void rate(String name, long messages, double seconds, Map<String, Duration> cpu) {
    double perSecond = messages / seconds;
    double micros = micros(CpuMeter.total(cpu), messages);
    ObjectNode node = section.putObject(name);
    node.put("messages", messages);
    node.put("seconds", seconds);
    node.put("perSecond", perSecond);
    node.put("cpuMicrosPerMessage", micros);
    node.put("messagesPerCpuSecond", 1e6 / micros);
    String parts = byProcess(node, messages, cpu);
    line(
        "%-22s %,10.0f msg/s   CPU %6.1f us/msg (%,.0f msg per CPU-second) %s",
        name, perSecond, micros, 1e6 / micros, parts);
  }

  /** A part of the CPU time of a rate. */
  void cpu(String name, long messages, Map<String, Duration> cpu) {
    double micros = micros(CpuMeter.total(cpu), messages);
    ObjectNode node = section.putObject(name);
    node.put("cpuMicrosPerMessage", micros);
    String parts = byProcess(node, messages, cpu);
    line("%-22s %16s   CPU %6.1f us/msg %s", name, "", micros, parts);
  }

  private static String byProcess(ObjectNode node, long messages, Map<String, Duration> cpu) {
    ObjectNode byProcess = node.putObject("cpuMicrosPerMessageByProcess");
    StringBuilder parts = new StringBuilder();
    cpu.forEach(
        (process, used) -> {
          double each = micros(used, messages);
          byProcess.put(process, each);
          parts.append(String.format(Locale.ROOT, "  %s %.1f", process, each));
        });
    return parts.toString();
  }

  /** The distribution of a latency. */
  void latency(String name, Histogram nanos) {
    ObjectNode node = section.putObject(name);
    node.put("count", nanos.getTotalCount());
    StringBuilder parts = new StringBuilder();
    for (double percentile : new double[] {50, 90, 99, 99.9, 100}) {
      double millis = nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
      String label = percentile == 100 ? "max" : "p" + trim(percentile);
      node.put(label + "Millis", millis);
      parts.append(String.format(Locale.ROOT, "  %s %.2f", label, millis));
    }
    line("%-22s ms %s", name, parts);
  }

  /** What was counted in a while, each per second, the most frequent first. */
  void perSecond(String name, Map<String, Long> before, Map<String, Long> after, double seconds) {
    ObjectNode node = section.putObject(name + " per second");
    StringBuilder parts = new StringBuilder();
    after.entrySet().stream()
        .map(
            each ->
                Map.entry(each.getKey(), each.getValue() - before.getOrDefault(each.getKey(), 0L)))
        .filter(each -> each.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(
            each -> {
              double rate = each.getValue() / seconds;
              node.put(each.getKey(), rate);
              parts.append(String.format(Locale.ROOT, "  %s %.1f", each.getKey(), rate));
            });
    line("%-22s /s %s", name, parts);
  }

  /** A figure per session or message; its unit stands in its name. */
  void each(String name, double value) {
    section.put(name, value);
    line("%-40s %10.1f", name, value);
  }

  /** Two figures side by side. */
  void ratio(String name, double ratio) {
    section.put(name, ratio);
    line("%-22s %10.2f", name, ratio);
  }

  /** A length of time. */
  void seconds(String name, double seconds) {
    section.put(name + ", seconds", seconds);
    line("%-22s %10.2f s", name, seconds);
  }

  /** A size per message. */
  void bytes(String name, double perMessage) {
    section.put(name + ", bytes per message", perMessage);
    line("%-22s %10.0f bytes/msg", name, perMessage);
  }

  /** A count at several moments, in their order. */
  void series(String name, List<Long> counts) {
    ArrayNode node = section.putArray(name);
    counts.forEach(node::add);
    if (!counts.isEmpty()) {
      line("%-22s each 10 s: %s", name, counts);
    }
  }

  /** A count that should be zero, or equal to another. */
  void count(String name, long value) {
    section.put(name, value);
    line("%-22s %,10d", name, value);
  }

  /** Writes the JSON file if one is wanted. */
  void write(@Nullable Path file) throws IOException {
    if (file != null) {
      Files.writeString(
          file, JSON.writer(new DefaultPrettyPrinter()).writeValueAsString(root) + "\n");
      line("figures in %s", file);
    }
  }

  static double micros(Duration used, long messages) {
    return used.toNanos() / 1e3 / Math.max(1, messages);
  }

  private static String trim(double percentile) {
    return percentile == Math.rint(percentile)
        ? Long.toString((long) percentile)
        : Double.toString(percentile);
  }
}
