package im.linnet.edge;

import im.linnet.records.RecordPlanner;
import im.linnet.records.RecordReader;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MessageEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A store that another one can take the place of, as with a database; it tells what it was asked.
 */
public final class ReplaceableStore {
  public static final StreamPartition PLACE = new StreamPartition(Stream.P2P, 0);

  private static final EventHeaders NO_HEADERS = new EventHeaders(null, null, null, null, null);

  private final List<String> asked = new ArrayList<>();
  private InMemoryRecordStore behind = empty();
  private boolean away;

  private static InMemoryRecordStore empty() {
    InMemoryRecordStore store = new InMemoryRecordStore();
    store.open("log");
    return store;
  }

  /** Messages to {@code aa}, one at each offset. */
  public void fill(int from, int to) {
    List<Decoded.Valid<InboxEvent>> records = new ArrayList<>();
    for (int i = from; i < to; i++) {
      MessageEvent message = new MessageEvent(Stream.P2P, "u" + i, "bb", "aa", "text", "hello");
      byte[] value = InboxEventCodec.encode(message);
      byte[] key = "aa".getBytes(StandardCharsets.UTF_8);
      records.add(
          new Decoded.Valid<>(
              new LogRecord(PLACE.stream().topic(), 0, i, 1_000 + i, key, value, NO_HEADERS),
              "aa",
              message));
    }
    behind.apply(RecordPlanner.plan(records, Map.of(PLACE, (long) to)));
  }

  /** As after the database was dropped. */
  public void replace() {
    behind = empty();
  }

  /** It answers nothing from here on. */
  public void goesAway() {
    away = true;
  }

  public String view() {
    return behind.state().id();
  }

  /** The names of the methods that were called. */
  public List<String> asked() {
    return asked;
  }

  public RecordReader reader() {
    return (RecordReader)
        Proxy.newProxyInstance(
            RecordReader.class.getClassLoader(),
            new Class<?>[] {RecordReader.class},
            (proxy, method, args) -> {
              asked.add(method.getName());
              if (away) {
                throw new StoreUnavailableException("away");
              }
              try {
                return method.invoke(behind, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
