package im.linnet.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A scripted server: a test takes each connection and says what is read and written on it. */
final class FakeEdge implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ServerSocket listener;

  FakeEdge() throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  FakeEdge(ServerSocket listener) throws IOException {
    this.listener = listener;
    listener.setSoTimeout((int) PATIENCE.toMillis());
  }

  ServerAddress address() {
    return new ServerAddress("127.0.0.1", listener.getLocalPort());
  }

  Session accept() throws IOException {
    return new Session(listener.accept());
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  static final class Session implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    Session(Socket socket) throws IOException {
      this.socket = socket;
      socket.setSoTimeout((int) PATIENCE.toMillis());
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      out = socket.getOutputStream();
    }

    JsonNode read() throws IOException {
      return JSON.readTree(in.readLine());
    }

    void write(String frame) throws IOException {
      out.write((frame.replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the auth frame and lets the client in. */
    JsonNode welcome() throws IOException {
      JsonNode auth = read();
      write(
          "{'id':'"
              + auth.path("id").asText()
              + "','code':0,'message':'ok','data':{'clientId':'aa','session':'s','edge':'e',"
              + "'log':'L1','heartbeat':25000,'limits':{'users':200}}}");
      write("{'op':'synced','at':[]}");
      return auth;
    }

    void reply(JsonNode request, String data) throws IOException {
      write(
          "{'id':'"
              + request.path("id").asText()
              + "','code':0,'message':'ok','data':"
              + data
              + "}");
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
