package im.linnet.edge.publish;

import im.linnet.log.publish.Appended;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.log.publish.PublishException;
import im.linnet.log.publish.Publisher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;

/**
 * A publisher whose acks the test gives; every user stands in partition 0 unless told otherwise.
 */
public final class FakePublisher implements Publisher {
  /** One publication. */
  public record Publication(OutgoingRecord record, CompletableFuture<Appended> future) {}

  public final List<Publication> published = new ArrayList<>();
  public boolean acks = true;
  public ToIntFunction<String> home = user -> 0;
  private long offset;

  @Override
  public CompletableFuture<Appended> publish(OutgoingRecord record) {
    CompletableFuture<Appended> future = new CompletableFuture<>();
    published.add(new Publication(record, future));
    if (acks) {
      ack(published.size() - 1);
    }
    return future;
  }

  public void ack(int index) {
    long at = offset++;
    published
        .get(index)
        .future()
        .complete(
            new Appended(home.applyAsInt(published.get(index).record().key()), at, 1_000 + at));
  }

  public void fail(int index, PublishException.Reason reason) {
    published.get(index).future().completeExceptionally(new PublishException(reason, "no"));
  }

  public List<String> types() {
    return published.stream().map(each -> each.record().type()).toList();
  }

  @Override
  public int partition(String topic, String key) {
    return home.applyAsInt(key);
  }

  @Override
  public void close() {}
}
