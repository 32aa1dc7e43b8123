package im.linnet.edge.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {
  private static final List<String> OF_A_BROWSER =
      List.of(
          "Host: localhost:8080",
          "Connection: keep-alive",
          "Content-Length: 17",
          "Content-Type: application/json",
          "User-Agent: Mozilla/5.0",
          "Accept: */*",
          "Accept-Encoding: gzip, deflate, br, zstd",
          "Accept-Language: en",
          "Cache-Control: no-cache",
          "Pragma: no-cache",
          "Cookie: a=b",
          "DNT: 1",
          "Priority: u=4",
          "Sec-CH-UA: x",
          "Sec-CH-UA-Platform: x",
          "Sec-Fetch-Dest: empty",
          "Sec-Fetch-Mode: cors",
          "Sec-Fetch-Site: same-origin",
          "Sec-GPC: 1",
          "TE: trailers",
          "Upgrade-Insecure-Requests: 1",
          "Origin: http://localhost:8080",
          "Referer: http://localhost:8080/");

  private static MultiMap headers(List<String> lines) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (String line : lines) {
      String[] parts = line.split(": ", 2);
      headers.add(parts[0], parts[1]);
    }
    return headers;
  }

  private static boolean own(@Nullable String peer, @Nullable String host, String... lines) {
    return Loopback.foreign(peer, host, "/v1/token", HttpVersion.HTTP_1_1, headers(List.of(lines)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/v1/token",
        "HTTPS://example.org/v1/token",
        "http://localhost@example.org/v1/token",
        "http://localhost:8080/v1/token",
        "*"
      })
  void leavesOutTargetsThatAreMeantForAProxy(String target) {
    assertThat(
            Loopback.foreign(
                "127.0.0.1", "localhost:8080", target, HttpVersion.HTTP_1_1, headers(List.of())))
        .isPresent();
  }

  @Test
  void takesThisMachinesOwnRequests() {
    assertThat(own("127.0.0.1", "localhost:8080")).isTrue();
    assertThat(own("127.0.0.1", "LocalHost")).isTrue();
    assertThat(own("127.1.2.3", "127.0.0.1:8080", "Origin: http://127.0.0.1:8080")).isTrue();
    assertThat(own("0:0:0:0:0:0:0:1", "[::1]:8080", "Origin: http://[::1]:8080")).isTrue();
    assertThat(own("0:0:0:0:0:0:0:1%lo", "[::1]")).isTrue();
    assertThat(own("::ffff:127.0.0.1", "localhost")).isTrue();
    assertThat(own("127.0.0.1", "localhost", "X-Request-Id: 1", "X-Anything: 2")).isTrue();
    assertThat(own("127.0.0.1", "localhost:8080", OF_A_BROWSER.toArray(String[]::new))).isTrue();
    assertThat(
            own(
                "127.0.0.1",
                "localhost:8080",
                "Host: localhost:8080",
                "Upgrade: h2c",
                "HTTP2-Settings: AAEA",
                "Connection: Upgrade, HTTP2-Settings",
                "Expect: 100-continue",
                "Transfer-Encoding: chunked"))
        .isTrue();
  }

  @Test
  void refusesOtherMachinesAndNames() {
    assertThat(own("10.0.0.1", "localhost:8080")).isFalse();
    assertThat(own("128.0.0.1", "localhost:8080")).isFalse();
    assertThat(own("fe80:0:0:0:0:0:0:1%lo", "localhost:8080")).isFalse();
    assertThat(own("::ffff:10.0.0.1", "localhost:8080")).isFalse();
    assertThat(own(null, "localhost:8080")).isFalse();
    for (String host :
        List.of(
            "evil.example:8080",
            "127.0.0.1.evil.example",
            "127.0.0.256",
            "127.00.0.1",
            "localhost.evil.example",
            "evil.localhost",
            "192.168.0.1",
            "0.0.0.0:8080",
            "[fe80::1]",
            "localhost@evil.example",
            "localhost, evil.example",
            "",
            ":8080")) {
      assertThat(own("127.0.0.1", host)).as(host).isFalse();
    }
    assertThat(own("127.0.0.1", null)).isFalse();
    assertThat(own("127.0.0.1", "localhost", "Host: localhost", "Host: evil.example")).isFalse();
  }

  @Test
  void refusesPagesOfOtherSites() {
    for (String line :
        List.of(
            "Origin: http://evil.example",
            "Origin: http://localhost:9999",
            "Origin: https://localhost.evil.example:8080",
            "Origin: null",
            "Origin: ",
            "Origin: http://local host:8080",
            "Referer: https://chat.example/",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site")) {
      assertThat(own("127.0.0.1", "localhost:8080", line)).as(line).isFalse();
    }
    assertThat(
            own(
                "127.0.0.1",
                "localhost:8080",
                "Origin: http://localhost:8080",
                "Origin: http://evil.example"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For",
        "x-forwarded-host",
        "X-Forwarded-Proto",
        "X-Forwarded-Port",
        "X-Forwarded",
        "Forwarded",
        "Forwarded-For",
        "X-Original-Forwarded-For",
        "X-Original-URL",
        "X-Original-Host",
        "Via",
        "X-Real-IP",
        "X-Real-Port",
        "X-Client-IP",
        "Client-IP",
        "True-Client-IP",
        "X-Cluster-Client-IP",
        "X-ProxyUser-Ip",
        "Remote-Addr",
        "X-Remote-IP",
        "X-Remote-User",
        "WL-Proxy-Client-IP",
        "Proxy-Connection",
        "CF-Connecting-IP",
        "CF-Ray",
        "CF-Visitor",
        "Cdn-Loop",
        "CDN-Src-Ip",
        "Fastly-Client-IP",
        "Fastly-SSL",
        "Fly-Client-IP",
        "Fly-Region",
        "X-Amzn-Trace-Id",
        "X-Amz-Cf-Id",
        "X-AppEngine-Country",
        "X-ARR-SSL",
        "X-Azure-ClientIP",
        "X-Azure-Ref",
        "X-Cloud-Trace-Context",
        "X-Envoy-External-Address",
        "Tailscale-User-Login",
        "X-Tailscale-Test",
        "Ngrok-Trace-Id",
        "X-Nf-Client-Connection-Ip",
        "X-Vercel-Id",
        "Akamai-Origin-Hop",
        "X-Akamai-Edgescape",
        "X-Varnish",
        "X-Scheme",
        "X-Host",
        "X-Server",
        "X-SSL-Cipher",
        "Front-End-Https",
        "Max-Forwards",
        "Surrogate-Capability",
        "X-Request-Start"
      })
  void refusesWhatAProxyHasMarked(String header) {
    assertThat(own("127.0.0.1", "localhost:8080", header + ": x")).isFalse();
    assertThat(own("127.0.0.1", "localhost:8080", header + ": ")).isFalse();
  }

  @Test
  void refusesTheVersionThatProxiesSpeakByDefault() {
    assertThat(
            Loopback.foreign(
                "127.0.0.1",
                "127.0.0.1:8080",
                "/v1/token",
                HttpVersion.HTTP_1_0,
                headers(List.of())))
        .isPresent();
    assertThat(
            Loopback.foreign(
                "127.0.0.1", "127.0.0.1:8080", "/v1/token", HttpVersion.HTTP_2, headers(List.of())))
        .isEmpty();
  }
}
