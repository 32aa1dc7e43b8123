package im.linnet.persister;

import im.linnet.records.RecordStore;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.TopicReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Puts a switch before a store: while it is off, every question fails as if the store were away.
 */
final class FlakyStore {
  private FlakyStore() {}

  static RecordStore before(RecordStore store, AtomicBoolean down) {
    return before(RecordStore.class, store, down);
  }

  private static <T> T before(Class<T> type, T target, AtomicBoolean down) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              try {
                if (method.getReturnType() == TopicReader.class) {
                  return before(TopicReader.class, (TopicReader) method.invoke(target, args), down);
                }
                if (down.get()) {
                  throw new StoreUnavailableException("it is down", new IllegalStateException());
                }
                return method.invoke(target, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
