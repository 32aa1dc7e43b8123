package im.linnet.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Kafka at h:1: the cluster id: org.apache.kafka.common.errors.TimeoutException: Timed out"
            + " waiting for a node assignment. Call: listNodes"
            + "|Kafka at h:1: the cluster id: no broker answers",
        "Timed out while waiting for a server that matches"
            + " ReadPreferenceServerSelector{readPreference=primary}. Client view of cluster state"
            + " is {type=REPLICA_SET, servers=[]}"
            + "|Timed out while waiting for a primary",
        "3 topics are missing; 'linnet topics' creates them"
            + "|3 topics are missing; 'linnet topics' creates them"
      })
  void aLineKeepsOnlyWhatAnOperatorUnderstands(String line, String plain) {
    assertThat(PlainWords.of(line)).isEqualTo(plain);
  }
}
