package im.linnet.cli.config;

/**
 * Where a process answers for its health and metrics.
 *
 * @param host the address to bind
 * @param port the port; 0 takes a free one
 */
public record HttpAddress(String host, int port) {}
