package im.linnet.persister;

import im.linnet.records.RecordStore;
import im.linnet.records.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/** Puts a switch before a store: while it is off, every call fails as if the store were away. */
final class FlakyStore {
  private FlakyStore() {}

  static RecordStore before(RecordStore store, AtomicBoolean down) {
    return (RecordStore)
        Proxy.newProxyInstance(
            RecordStore.class.getClassLoader(),
            new Class<?>[] {RecordStore.class},
            (proxy, method, args) -> {
              if (down.get()) {
                throw new StoreUnavailableException("it is down", new IllegalStateException());
              }
              try {
                return method.invoke(store, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
