package im.linnet.edge.transport;

/** The two ports: what is asked for, then, once the first loop has bound them, what they are. */
final class Ports {
  private volatile int tcp;
  private volatile int http;

  Ports(int tcp, int http) {
    this.tcp = tcp;
    this.http = http;
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
