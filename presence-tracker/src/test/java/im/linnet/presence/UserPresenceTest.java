package im.linnet.presence;

import static im.linnet.presence.Beats.closed;
import static im.linnet.presence.Beats.opened;
import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.records.PresenceDirectory.PresenceEntry;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.PresenceState.Device;
import im.linnet.schemas.event.PresenceState.Session;
import im.linnet.schemas.event.SessionEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UserPresenceTest {
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final PresenceState nobody = UserPresence.unknown("aa");

  private static PresenceState after(PresenceState state, SessionEvent event, long time) {
    return UserPresence.after(state, event, time, session -> false);
  }

  private static SessionEvent.Status status(PresenceStatus status) {
    return new SessionEvent.Status("aa", status);
  }

  @Test
  void openedMakesOnline() {
    PresenceState state = after(nobody, opened("aa", "s1", "phone", "e1", 7), 1_000);
    assertThat(state.status()).isEqualTo(PresenceStatus.ONLINE);
    assertThat(state.lastSeen()).isEqualTo(1_000);
    assertThat(state.devices()).containsExactly(new Device("phone", 1_000));
    assertThat(state.sessions())
        .containsExactly(new Session("s1", "phone", "e1", 7, "s1:1", "e1:9000", 1_000));
  }

  @Test
  void openedOnAnEndedEpochIsIgnored() {
    PresenceState state =
        UserPresence.after(
            nobody,
            opened("aa", "s1", "phone", "e1", 7),
            1_000,
            session -> session.edge().equals("e1") && session.epoch() <= 7);
    assertThat(state).isSameAs(nobody);
  }

  @Test
  void openedAgainChangesNothing() {
    PresenceState once = after(nobody, opened("aa", "s1", "phone", "e1", 7), 1_000);
    assertThat(after(once, opened("aa", "s1", "phone", "e1", 7), 2_000)).isSameAs(once);
  }

  @Test
  void announcedAgainWithANewEpochKeepsItsAge() {
    PresenceState once = after(nobody, opened("aa", "s1", "phone", "e1", 7), 1_000);
    PresenceState again = after(once, opened("aa", "s1", "phone", "e1", 8), 2_000);
    assertThat(again.sessions()).hasSize(1);
    assertThat(again.sessions().getFirst().epoch()).isEqualTo(8);
    assertThat(again.sessions().getFirst().since()).isEqualTo(1_000);
  }

  @Test
  void sameDeviceOpenedAgainElsewhereOutlivesTheOldSession() {
    PresenceState one = after(nobody, opened("aa", "s1", "phone", "e1", 7), 1_000);
    PresenceState two = after(one, opened("aa", "s2", "phone", "e2", 3), 2_000);
    PresenceState left = after(two, closed("aa", "s1", "e1"), 3_000);
    assertThat(left.status()).isEqualTo(PresenceStatus.ONLINE);
    assertThat(left.sessions()).extracting(Session::session).containsExactly("s2");
    assertThat(left.devices()).containsExactly(new Device("phone", 3_000));
  }

  @Test
  void lastSessionClosedMakesOffline() {
    PresenceState one = after(nobody, opened("aa", "s1", "phone", "e1", 7), 1_000);
    PresenceState left = after(one, closed("aa", "s1", "e1"), 5_000);
    assertThat(left.status()).isEqualTo(PresenceStatus.OFFLINE);
    assertThat(left.lastSeen()).isEqualTo(5_000);
    assertThat(left.devices()).containsExactly(new Device("phone", 5_000));
  }

  @Test
  void closedOfAnUnknownSessionIsIgnored() {
    PresenceState one = after(nobody, opened("aa", "s1", "phone", "e1", 7), 1_000);
    assertThat(after(one, closed("aa", "s0", "e1"), 5_000)).isSameAs(one);
  }

  @Test
  void statusHoldsWhileOnlineAndAcrossSessions() {
    PresenceState one = after(nobody, opened("aa", "s1", "phone", "e1", 7), 1_000);
    PresenceState away = after(one, status(PresenceStatus.AWAY), 2_000);
    assertThat(away.status()).isEqualTo(PresenceStatus.AWAY);
    PresenceState left = after(away, closed("aa", "s1", "e1"), 3_000);
    assertThat(left.status()).isEqualTo(PresenceStatus.OFFLINE);
    PresenceState back = after(left, opened("aa", "s2", "phone", "e1", 7), 4_000);
    assertThat(back.status()).isEqualTo(PresenceStatus.AWAY);
  }

  @Test
  void statusWhileOfflineIsKeptForLater() {
    PresenceState busy = after(nobody, status(PresenceStatus.BUSY), 1_000);
    assertThat(busy.status()).isEqualTo(PresenceStatus.OFFLINE);
    assertThat(after(busy, opened("aa", "s1", "phone", "e1", 7), 2_000).status())
        .isEqualTo(PresenceStatus.BUSY);
  }

  @Test
  void statusAsBeforeChangesNothing() {
    assertThat(after(nobody, status(PresenceStatus.ONLINE), 1_000)).isSameAs(nobody);
  }

  @Test
  void statusOfflineHidesALiveUser() {
    PresenceState one = after(nobody, opened("aa", "s1", "phone", "e1", 7), 1_000);
    PresenceState hidden = after(one, status(PresenceStatus.OFFLINE), 2_000);
    assertThat(hidden.status()).isEqualTo(PresenceStatus.OFFLINE);
    assertThat(hidden.sessions()).hasSize(1);
    assertThat(UserPresence.entry(hidden, 4).alive()).isTrue();
  }

  @Test
  void othersDoNotSeeAnInvisibleUserComeAndGo() {
    PresenceState one = after(nobody, opened("aa", "s1", "phone", "e1", 7), 1_000);
    PresenceState hidden = after(one, status(PresenceStatus.OFFLINE), 2_000);
    assertThat(hidden.lastSeen()).isEqualTo(2_000);
    PresenceState two = after(hidden, opened("aa", "s2", "web", "e1", 7), 3_000);
    PresenceState left = after(two, closed("aa", "s1", "e1"), 4_000);
    assertThat(left.lastSeen()).isEqualTo(2_000);
    assertThat(left.status()).isEqualTo(PresenceStatus.OFFLINE);
    assertThat(left.devices()).first().isEqualTo(new PresenceState.Device("phone", 4_000));
    PresenceState shown = after(left, status(PresenceStatus.ONLINE), 5_000);
    assertThat(shown.status()).isEqualTo(PresenceStatus.ONLINE);
    assertThat(shown.lastSeen()).isEqualTo(5_000);
  }

  @Test
  void devicesAreTheSixteenNewest() {
    PresenceState state = nobody;
    for (int i = 0; i < 20; i++) {
      state = after(state, opened("aa", "s" + i, "d" + i, "e1", 7), i);
      state = after(state, closed("aa", "s" + i, "e1"), i);
    }
    assertThat(state.devices()).hasSize(16);
    assertThat(state.devices().getFirst().device()).isEqualTo("d19");
    assertThat(state.devices().getLast().device()).isEqualTo("d4");
  }

  @Test
  void devicesAreForgottenAfterThirtyDaysUnlessInUse() {
    PresenceState state = after(nobody, opened("aa", "s1", "old", "e1", 7), 0);
    state = after(state, closed("aa", "s1", "e1"), 0);
    state = after(state, opened("aa", "s2", "steady", "e1", 7), 0);
    state = after(state, opened("aa", "s3", "new", "e1", 7), 31 * DAY);
    assertThat(state.devices()).extracting(Device::device).containsExactly("new", "steady");
  }

  @Test
  void sessionsAreBounded() {
    PresenceState state = nobody;
    for (int i = 0; i < UserPresence.MAX_SESSIONS + 5; i++) {
      state = after(state, opened("aa", "s" + i, "d" + i, "e1", 7), i);
    }
    assertThat(state.sessions()).hasSize(UserPresence.MAX_SESSIONS);
    assertThat(state.sessions().getFirst().session()).isEqualTo("s5");
  }

  @Test
  void entryNamesTheNewestSession() {
    PresenceState one = after(nobody, opened("aa", "s1", "phone", "e1", 7), 1_000);
    PresenceState two = after(one, opened("aa", "s2", "desk", "e2", 3), 2_000);
    assertThat(UserPresence.entry(two, 41))
        .isEqualTo(new PresenceEntry("aa", "s2:1", "e2:9000", true, 2_000, 42));
  }

  @Test
  void entryOfAUserWithoutSessionIsEmpty() {
    PresenceState one = after(nobody, opened("aa", "s1", "phone", "e1", 7), 1_000);
    PresenceState left = after(one, closed("aa", "s1", "e1"), 5_000);
    assertThat(UserPresence.entry(left, 0))
        .isEqualTo(new PresenceEntry("aa", "", "", false, 5_000, 1));
  }
}
