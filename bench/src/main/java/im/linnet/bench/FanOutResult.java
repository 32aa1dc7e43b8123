package im.linnet.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * The speed and cost of a run of messages to many sessions.
 *
 * @param sessions sessions that got each message
 * @param inFlight the most messages that not all sessions had got yet
 * @param nanos the length of the run
 * @param receiptNanos from the send of each message to its last receipt
 * @param ackNanos from the send of each message to the sender's reply
 * @param cpu of the server in that time
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FanOutResult(
    int sessions,
    int inFlight,
    long nanos,
    long[] receiptNanos,
    long[] ackNanos,
    FanOutCpu.Used cpu) {
  private static final int MANY = 100_000;

  /** The figures for people. */
  String text() {
    int messages = receiptNanos.length;
    double seconds = nanos / 1e9;
    long deliveries = (long) sessions * messages;
    return String.format(
        Locale.ROOT,
        "sessions %,d, messages %,d, in flight %,d%n"
            + "from send to the last receipt   %s%n"
            + "from send to the sender's reply %s%n"
            + "deliveries                      %,.0f/s%n"
            + "CPU of the server               %.2f s per %,d deliveries%n"
            + "CPU of the tail's thread        %.0f us per message, %.1f %% of the time%n"
            + "CPU of the event loops          %.2f us per delivery%n",
        sessions,
        messages,
        inFlight,
        millis(receiptNanos),
        millis(ackNanos),
        deliveries / seconds,
        cpu.process().toNanos() / 1e9 * MANY / deliveries,
        MANY,
        Report.micros(cpu.tail(), messages),
        cpu.tail().toNanos() / 1e7 / seconds,
        Report.micros(cpu.loops(), deliveries));
  }

  private static String millis(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "median %.1f ms, longest %.1f ms",
        sorted[sorted.length / 2] / 1e6,
        sorted[sorted.length - 1] / 1e6);
  }
}
