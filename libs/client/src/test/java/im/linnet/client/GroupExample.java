package im.linnet.client;

import im.linnet.schemas.Stream;
import java.io.PrintStream;
import java.util.concurrent.ExecutionException;

/**
 * A small program with the client: it begins a topic, says hello there, and prints all that comes.
 */
final class GroupExample implements AutoCloseable {
  private final PrintStream out;
  private final ChatClient client;

  GroupExample(String host, int port, TokenSupplier token, PrintStream out) {
    this.out = out;
    this.client =
        new ChatClient(ClientConfig.of(host, port).withDevice("example"), token, this::on);
  }

  void run(String topic, String member) throws InterruptedException, ExecutionException {
    client.start();
    ServerResponse created =
        client
            .request(
                "topic.create",
                json -> {
                  json.writeStringField("topic", topic);
                  json.writeArrayFieldStart("members");
                  json.writeString(member);
                  json.writeEndArray();
                },
                false)
            .get();
    out.println(created.ok() ? "created " + topic : "not created: " + created.message());
    Sent sent = client.send(new Draft(Stream.TOPIC, topic, Draft.TEXT, "Hello", null, false)).get();
    out.println("stored at " + sent.at());
  }

  private void on(ClientEvent event) {
    switch (event) {
      case ClientEvent.Connected now -> out.println("connected as " + now.clientId());
      case ClientEvent.MessageReceived received -> show(received.message());
      case ClientEvent.TopicChanged changed ->
          out.println(changed.by() + " " + changed.change().wire() + " " + changed.members());
      case ClientEvent.Stopped stopped -> out.println("the end: " + stopped.reason());
      default -> {}
    }
  }

  private void show(Message message) {
    out.println(message.sender() + " in " + message.to() + ": " + message.content());
  }

  @Override
  public void close() {
    client.close();
  }
}
