package im.linnet.edge.transport;

/** The two ports: the configured numbers and, once bound, the real ones. Safe on any thread. */
final class BoundPorts {
  // Vert.x gives all loops of one deployment the same free port for the same number below 0.
  private static final int FREE_TCP = -1;
  private static final int FREE_HTTP = -2;

  private final int tcpWanted;
  private final int httpWanted;
  private volatile int tcp;
  private volatile int http;

  BoundPorts(int tcp, int http) {
    this.tcpWanted = tcp == 0 ? FREE_TCP : tcp;
    this.httpWanted = http == 0 ? FREE_HTTP : http;
  }

  int tcpWanted() {
    return tcpWanted;
  }

  int httpWanted() {
    return httpWanted;
  }

  int tcp() {
    return tcp;
  }

  int http() {
    return http;
  }

  void boundTcp(int port) {
    tcp = port;
  }

  void boundHttp(int port) {
    http = port;
  }
}
