package im.linnet.bench;

/**
 * A rate and its cost.
 *
 * @param perSecond messages per second, from the send to the store
 * @param cpuMicros CPU time of all servers per message
 */
record Measured(double perSecond, double cpuMicros) {}
