package im.linnet.log.tail;

import im.linnet.schemas.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Chooses records of a ring before they are decoded. Used on the tail's thread. */
@FunctionalInterface
public interface RecordChoice {
  /**
   * Whether the record is wanted.
   *
   * @param keyHash the hash of its key by the tail's own hash
   * @param record the record
   */
  boolean takes(int keyHash, LogRecord record);

  /** Whether only records are wanted that those under their key are pushed. */
  default boolean onlyPushed() {
    return true;
  }

  /** The choice of the records of some {@code ce_type}s, under any key. */
  static RecordChoice ofTypes(Collection<String> types) {
    List<byte[]> wanted =
        types.stream().map(type -> type.getBytes(StandardCharsets.US_ASCII)).toList();
    return new RecordChoice() {
      @Override
      public boolean takes(int keyHash, LogRecord record) {
        byte[] type = record.headers().type();
        for (byte[] each : wanted) {
          if (Arrays.equals(each, type)) {
            return true;
          }
        }
        return false;
      }

      @Override
      public boolean onlyPushed() {
        return false;
      }
    };
  }
}
