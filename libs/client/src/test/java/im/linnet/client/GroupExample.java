package im.linnet.client;

import java.io.PrintStream;
import java.util.List;
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
    GroupInfo created =
        client
            .topics()
            .create(TopicDraft.named(topic).withId(topic).withMembers(List.of(member)))
            .get();
    out.println("created " + created.groupId());
    Sent sent = client.messages().send(Draft.topic(topic, "Hello")).get();
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
