package im.linnet.bench;

/**
 * The counts of a load phase.
 *
 * @param sent sends written to a socket
 * @param acked answered with code 0
 * @param refused answered with another code
 * @param delivered pushes of messages at their recipients
 * @param disordered pushes that came twice or after a later one of the same sender
 * @param seconds from the first send to the last ack
 */
record LoadCounts(
    long sent, long acked, long refused, long delivered, long disordered, double seconds) {}
