package im.linnet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ContactsTest {
  private static final int DRAWS = 200_000;

  @Test
  void aUserWritesToItsContactsTheFirstOnesFarMoreOften() {
    SplittableRandom random = new SplittableRandom(1);
    Contacts contacts = new Contacts(500, 20, random);
    for (int user : new int[] {0, 7, 499}) {
      Map<Integer, Integer> counts = counts(contacts, user, random);
      assertThat(counts).hasSize(20).doesNotContainKey(user);
      double sum = 0;
      for (int rank = 1; rank <= 20; rank++) {
        sum += 1.0 / rank;
      }
      int[] most = counts.values().stream().sorted().mapToInt(each -> each).toArray();
      assertThat(most[19] / (double) DRAWS).isEqualTo(1 / sum, within(0.01));
      assertThat(most[18] / (double) DRAWS).isEqualTo(1 / sum / 2, within(0.01));
      assertThat(most[0] / (double) DRAWS).isEqualTo(1 / sum / 20, within(0.005));
    }
  }

  @Test
  void whereThereAreFewUsersEachWritesToAllOthers() {
    SplittableRandom random = new SplittableRandom(1);
    Contacts contacts = new Contacts(3, 20, random);
    for (int user = 0; user < 3; user++) {
      assertThat(counts(contacts, user, random)).hasSize(2).doesNotContainKey(user);
    }
  }

  @Test
  void theSameSeedDrawsTheSame() {
    SplittableRandom one = new SplittableRandom(5);
    SplittableRandom two = new SplittableRandom(5);
    assertThat(counts(new Contacts(50, 4, one), 3, one))
        .isEqualTo(counts(new Contacts(50, 4, two), 3, two));
  }

  private static Map<Integer, Integer> counts(
      Contacts contacts, int user, SplittableRandom random) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int i = 0; i < DRAWS; i++) {
      counts.merge(contacts.next(user, random), 1, Integer::sum);
    }
    return counts;
  }
}
