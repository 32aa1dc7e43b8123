package im.linnet.edge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.session.SessionWorld;
import im.linnet.edge.session.UserSession;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.SessionEvent;
import im.linnet.schemas.event.SessionEventCodec;
import im.linnet.schemas.frame.CloseCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionAnnouncerTest {
  private final SessionWorld world = new SessionWorld();
  private final FakePublisher publisher = new FakePublisher();
  private long epoch = 7;
  private final SessionAnnouncer announcer =
      new SessionAnnouncer("e1", () -> "h:1", () -> epoch, publisher, (user, device, millis) -> {});

  private UserSession session() {
    world.enter("aa");
    return world.session("aa");
  }

  private long epochOf(int publication) throws MalformedEventException {
    var record = publisher.published.get(publication).record();
    return SessionEventCodec.decode(record.type(), record.value())
            instanceof SessionEvent.Opened opened
        ? opened.epoch()
        : -1;
  }

  @Test
  void aSessionIsAnnouncedUnderTheEpochOfNow() throws Exception {
    announcer.opened(session());
    assertThat(publisher.types()).hasSize(1);
    assertThat(epochOf(0)).isEqualTo(7);
  }

  @Test
  void aSessionThatWasUnderWayAsTheEpochEndedIsAnnouncedAgain() throws Exception {
    publisher.acks = false;
    announcer.opened(session());
    epoch = 8;
    publisher.ack(0);
    assertThat(epochOf(1)).isEqualTo(8);
    publisher.ack(1);
    assertThat(publisher.published).hasSize(2);
    assertThat(announcer.pending()).isZero();
  }

  @Test
  void whoeverSaysThatASessionHasEndedWaitsForItsRepeatedOpened() {
    UserSession session = session();
    assertThat(session.announced()).isDone();
    publisher.acks = false;
    announcer.openedAgain(List.of(session));
    session.close(CloseCode.MOVED, "", 1);
    assertThat(session.announced()).isNotDone();
    publisher.ack(0);
    assertThat(session.announced()).isDone();
    assertThat(announcer.pending()).isZero();
  }

  @Test
  void aSessionThatHasEndedIsNotAnnouncedAgain() {
    UserSession session = session();
    session.close(CloseCode.MOVED, "", 1);
    announcer.openedAgain(List.of(session));
    assertThat(publisher.published).isEmpty();
  }
}
