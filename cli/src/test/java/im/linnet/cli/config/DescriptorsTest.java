package im.linnet.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.settings.SettingException;
import org.junit.jupiter.api.Test;

class DescriptorsTest {
  @Test
  void takesByDefaultAsManyClientsAsTheLimitLeaves() {
    Descriptors tight = Descriptors.ofEdge(1_024);
    assertThat(tight.connections(null)).isEqualTo((int) (1_024 - tight.own()));
    assertThat(Descriptors.ofEdge(1_048_576).connections(null)).isEqualTo(100_000);
    assertThat(Descriptors.ofEdge(Long.MAX_VALUE).connections(null)).isEqualTo(100_000);
  }

  @Test
  void leavesTheBrokerAFileForEachSegmentAndRoomToGrow() {
    Descriptors broker = Descriptors.withBroker(900, 116);
    assertThat(broker.own()).isEqualTo(Descriptors.ofEdge(900).own() + 116 + 128);
    assertThat(Descriptors.withBroker(80_000, 116).own())
        .isEqualTo(Descriptors.ofEdge(80_000).own() + 116 + 10_000);
  }

  @Test
  void refusesMoreThanFitsAndSaysWhatWould() {
    Descriptors descriptors = new Descriptors(1_024, 600);
    assertThat(descriptors.connections(424)).isEqualTo(424);
    assertThatThrownBy(() -> descriptors.connections(425))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "425 connections do not fit into the open-file limit of 1024 (--connections): give at"
                + " most 424, since 600 are for the process itself, or raise the limit (ulimit -n"
                + " 1025)");
  }

  @Test
  void refusesALimitThatLeavesHardlyAnybody() {
    assertThatThrownBy(() -> new Descriptors(256, 600).connections(null))
        .isInstanceOf(MachineException.class)
        .hasMessage(
            "this process may have 256 files and sockets open and needs 616 or more: raise the"
                + " limit ('ulimit -n')");
  }
}
