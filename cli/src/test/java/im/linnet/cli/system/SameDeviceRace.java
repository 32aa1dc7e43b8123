package im.linnet.cli.system;

import static im.linnet.cli.system.Talker.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One device logs in twice at once. Exactly one session stays; the other one is told 3504. */
final class SameDeviceRace extends Race {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int REPLACED = 3504;

  private final Talker friend = login(0, "qf");
  private @Nullable Talker survivor;

  SameDeviceRace(Logins logins) {
    super(logins);
  }

  @Override
  String round(int number) {
    leave();
    Talker one = joined(logins().arrive(number % 2, "qa", "phone"));
    Talker other = joined(logins().arrive(1 - number % 2, "qa", "phone"));
    await("one of them is closed")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> one.closeCode() >= 0 || other.closeCode() >= 0);
    Talker left = one.closeCode() >= 0 ? other : one;
    Talker gone = left == one ? other : one;
    assertThat(gone.closeCode()).isEqualTo(REPLACED);
    left.isLetIn();
    String uuid = "q" + number;
    friend.does("send", "kind", "p2p", "to", "qa", "content", "Hello", "uuid", uuid);
    left.push(uuid("message", uuid));
    assertThat(gone.pushes(uuid("message", uuid))).isEmpty();
    assertThat(left.closeCode()).isEqualTo(-1);
    survivor = left;
    return left == one ? "the first stays" : "the second stays";
  }

  /** Ends the session that stayed, which nobody has closed meanwhile. */
  private void leave() {
    Talker stayed = survivor;
    if (stayed != null) {
      stayed.does("ping");
      assertThat(List.of(stayed.closeCode())).containsExactly(-1);
      stayed.close();
    }
  }
}
