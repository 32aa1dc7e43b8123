package im.linnet.records.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonTimestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CausalTimeTest {
  private static final BsonTimestamp TIME = new BsonTimestamp(1_763_755_200, 7);

  @Test
  void itsTextSaysAllOfIt() {
    CausalTime whole = new CausalTime(TIME, new BsonDocument("keyId", new BsonInt64(3)));
    assertThat(CausalTime.decode(whole.encode())).isEqualTo(whole);
    CausalTime alone = new CausalTime(TIME, null);
    assertThat(CausalTime.decode(alone.encode())).isEqualTo(alone);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "AAAA", "BQAAAAA", "not a time at all"})
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> CausalTime.decode(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
