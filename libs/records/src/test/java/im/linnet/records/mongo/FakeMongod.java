package im.linnet.records.mongo;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** Answers each command as some MongoDB answers {@code hello}. */
final class FakeMongod implements AutoCloseable {
  private static final int OP_REPLY = 1;
  private static final int OP_QUERY = 2004;
  private static final int OP_MSG = 2013;
  private static final int HEADER = 16;

  private static final String HELLO =
      """
      {
        "helloOk": true, "ismaster": true, "isWritablePrimary": true, "readOnly": false,
        "maxBsonObjectSize": 16777216, "maxMessageSizeBytes": 48000000,
        "maxWriteBatchSize": 100000, "logicalSessionTimeoutMinutes": 30,
        "minWireVersion": 0, "ok": 1.0
      }
      """;

  private final BsonDocument hello;
  private final ServerSocket server;

  private FakeMongod(BsonDocument hello) throws IOException {
    this.hello = hello;
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Of version 6.0, and no member of a replica set. */
  static FakeMongod standalone() throws IOException {
    return new FakeMongod(BsonDocument.parse(HELLO).append("maxWireVersion", new BsonInt32(17)));
  }

  /** Of version 5.0, the only member of a replica set. */
  static FakeMongod old() throws IOException {
    return new FakeMongod(
        BsonDocument.parse(HELLO)
            .append("setName", new BsonString("rs0"))
            .append("maxWireVersion", new BsonInt32(13)));
  }

  String uri() {
    return "mongodb://127.0.0.1:" + server.getLocalPort() + "/linnet";
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (true) {
        byte[] header = in.readNBytes(HEADER);
        if (header.length < HEADER) {
          return;
        }
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        in.skipNBytes(fields.getInt(0) - (long) HEADER);
        out.write(answer(fields.getInt(4), fields.getInt(12)));
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private byte[] answer(int request, int operation) {
    byte[] document = bytes();
    byte[] before =
        switch (operation) {
          case OP_QUERY -> // flags, cursor, start, number of documents
              ByteBuffer.allocate(20)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .putInt(8)
                  .putLong(0)
                  .putInt(0)
                  .putInt(1)
                  .array();
          case OP_MSG -> new byte[5]; // flags, section kind 0
          default -> throw new IllegalStateException("operation " + operation);
        };
    int length = HEADER + before.length + document.length;
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(length)
        .putInt(1)
        .putInt(request)
        .putInt(operation == OP_QUERY ? OP_REPLY : OP_MSG)
        .put(before)
        .put(document)
        .array();
  }

  private byte[] bytes() {
    BasicOutputBuffer buffer = new BasicOutputBuffer();
    new BsonDocumentCodec()
        .encode(new BsonBinaryWriter(buffer), hello, EncoderContext.builder().build());
    return buffer.toByteArray();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
