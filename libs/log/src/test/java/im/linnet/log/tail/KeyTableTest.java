package im.linnet.log.tail;

import static im.linnet.log.tail.TailRecords.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyTableTest {
  @Test
  void behavesAsAMapDoesWhateverTheOrderOfPutsAndRemoves() {
    Random random = new Random(7);
    KeyTable<Integer> table = new KeyTable<>();
    Map<String, Integer> model = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String key = "user" + random.nextInt(300);
      // Few different hashes, so that buckets are shared.
      int hash = key.hashCode() % 97;
      byte[] raw = bytes(key);
      switch (random.nextInt(3)) {
        case 0 -> assertThat(table.put(hash, raw, i)).isEqualTo(model.put(key, i));
        case 1 -> assertThat(table.remove(hash, raw)).isEqualTo(model.remove(key));
        default -> assertThat(table.get(hash, raw)).isEqualTo(model.get(key));
      }
      assertThat(table.size()).isEqualTo(model.size());
    }
    Map<String, Integer> seen = new HashMap<>();
    table.forEach((key, value) -> seen.put(new String(key), value));
    assertThat(seen).isEqualTo(model);
  }
}
