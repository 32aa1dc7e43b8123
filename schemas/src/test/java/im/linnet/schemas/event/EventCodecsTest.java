package im.linnet.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.document.PresenceStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventCodecsTest {
  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void sessionEventsComeBackAsTheyWere() throws Exception {
    for (SessionEvent event :
        List.of(
            new SessionEvent.Opened("aa", "s", "phone", "e", 1763755200000L, "1.2.3.4:5", "e:9"),
            new SessionEvent.Closed("aa", "s", "e"),
            new SessionEvent.Status("aa", PresenceStatus.AWAY))) {
      assertThat(SessionEventCodec.decode(event.type(), SessionEventCodec.encode(event)))
          .isEqualTo(event);
    }
    refuses(() -> SessionEventCodec.decode("fly", json("{'user':'aa'}")), "ce_type: 'fly'");
    refuses(
        () -> SessionEventCodec.decode("status", json("{'user':'aa','status':'up'}")), "status");
  }

  @Test
  void edgeEventsComeBackAsTheyWere() throws Exception {
    for (EdgeEvent event :
        List.of(
            new EdgeEvent.Heartbeat("e", 1763755200000L, "h:9000", "h:8080", 12, 0.25),
            new EdgeEvent.Ended("e", 1763755200000L))) {
      assertThat(EdgeEventCodec.decode(event.type(), EdgeEventCodec.encode(event)))
          .isEqualTo(event);
    }
    refuses(() -> EdgeEventCodec.decode("fly", json("{'edge':'e','epoch':1}")), "ce_type: 'fly'");
    refuses(() -> EdgeEventCodec.decode("ended", json("{'edge':'e','epoch':1} 2")), "not JSON");
    refuses(() -> EdgeEventCodec.decode("ended", json("{'edge':'e','epoch':1.5}")), "epoch");
    refuses(() -> EdgeEventCodec.decode("ended", json("[]")), "object");
    refuses(() -> EdgeEventCodec.decode("ended", new byte[0]), "object");
  }

  @Test
  void aLoadThatTheMachineCannotTellIsZero() {
    assertThat(load(Double.NaN)).isZero();
    assertThat(load(-1)).isZero();
    assertThat(load(1.2)).isEqualTo(1);
  }

  private static double load(double measured) {
    return new EdgeEvent.Heartbeat("e", 1, "a", "h", 0, measured).load();
  }

  @Test
  void presenceComesBackAsItWas() throws Exception {
    PresenceState state =
        new PresenceState(
            "aa",
            PresenceStatus.BUSY,
            PresenceStatus.BUSY,
            1763755200123L,
            List.of(new PresenceState.Device("phone", 5), new PresenceState.Device("pad", 4)),
            List.of(new PresenceState.Session("s", "phone", "e", 3, "1.2.3.4:5", "e:9", 6)));
    assertThat(PresenceStateCodec.decode(PresenceStateCodec.encode(state))).isEqualTo(state);
    refuses(() -> PresenceStateCodec.decode(json("{'user':'aa'}")), "is missing");
  }

  @Test
  void appliedComesBackAsItWas() throws Exception {
    Map<StreamPartition, Long> offsets =
        Map.of(
            new StreamPartition(Stream.P2P, 3),
            813L,
            new StreamPartition(Stream.TOPIC, 0),
            0L,
            new StreamPartition(Stream.MUTUAL, 63),
            1L << 50);
    for (Applied applied :
        List.of(new Applied("v", offsets, "6743e0a0:1"), new Applied("v", Map.of(), null))) {
      assertThat(AppliedCodec.decode(AppliedCodec.encode(applied))).isEqualTo(applied);
    }
  }

  @Test
  void appliedLeavesOutAStreamThatItDoesNotKnow() throws Exception {
    assertThat(AppliedCodec.decode(json("{'view':'v','offsets':{'later/1':5,'p2p/3':7}}")))
        .isEqualTo(new Applied("v", Map.of(new StreamPartition(Stream.P2P, 3), 7L), null));
    refuses(() -> AppliedCodec.decode(json("{'view':'v'}")), "offsets");
    refuses(
        () -> AppliedCodec.decode(json("{'view':'v','offsets':{'p2p/3':9223372036854775808}}")),
        "p2p/3");
  }

  private static void refuses(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable decoding, String reason) {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(decoding)
        .withMessageContaining(reason);
  }
}
