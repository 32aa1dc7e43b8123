package im.linnet.records.mongo;

import im.linnet.records.MarkRead;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The highest marks that this process has applied to conversations, of the latest used ones. A mark
 * that is not above that finds nothing to do: every message below a mark's record was stored before
 * the mark was applied. Several devices of one user repeat each other's marks. True of one edition
 * of the view; cleared for another. Safe on any thread.
 */
final class AppliedMarks {
  private final Map<String, Long> upTo;

  AppliedMarks(int capacity) {
    upTo =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > capacity;
          }
        };
  }

  synchronized boolean covers(MarkRead mark) {
    Long known = upTo.get(key(mark));
    return known != null && known >= mark.upTo();
  }

  synchronized void add(MarkRead mark) {
    if (mark.upTo() >= 0) {
      upTo.merge(key(mark), mark.upTo(), Math::max);
    }
  }

  synchronized void clear() {
    upTo.clear();
  }

  private static String key(MarkRead mark) {
    return mark.stream().wire() + '/' + mark.reader() + '/' + mark.peer();
  }
}
