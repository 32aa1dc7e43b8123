package im.linnet.cli.config;

/**
 * The address at which a process serves its health and metrics.
 *
 * @param host the address to bind
 * @param port the port; 0 takes a free one
 */
public record HttpAddress(String host, int port) {}
