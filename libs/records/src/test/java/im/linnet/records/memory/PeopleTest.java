package im.linnet.records.memory;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.records.AnswerRequest;
import im.linnet.records.PairState;
import im.linnet.records.RequestStatus;
import im.linnet.records.StoredRequest;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PeopleTest {
  private static final int ASKERS = 100_000;

  private final People people = new People();

  private void asks(String asker, String owner, long offset) {
    people.add(
        new StoredRequest(
            owner,
            asker,
            "aa",
            "",
            RequestStatus.PENDING,
            "u" + offset,
            new Position(Stream.MUTUAL, 0, offset),
            5,
            -1));
  }

  private PairState pair(String peer) {
    PairState pair = people.pairs(List.of(PairState.of("aa", peer))).get("aa|" + peer);
    assertThat(pair).isNotNull();
    return pair;
  }

  @Test
  void anAnswerIsToTheNewestRequestOfItsDirectionBeforeIt() {
    asks("bb", "aa", 1);
    asks("bb", "aa", 3);
    asks("cc", "aa", 4);
    asks("bb", "aa", 9);
    people.answer(new AnswerRequest("aa", "bb", "aa", RequestStatus.REJECTED, 7));
    people.answer(new AnswerRequest("aa", "aa", "bb", RequestStatus.REJECTED, 8));
    assertThat(people.requests("aa", 10))
        .extracting(StoredRequest::status)
        .containsExactly(
            RequestStatus.PENDING,
            RequestStatus.PENDING,
            RequestStatus.REJECTED,
            RequestStatus.PENDING);
    assertThat(pair("bb").requestOf("bb")).isEqualTo(RequestStatus.PENDING);
    assertThat(pair("bb").requestOf("aa")).isNull();
  }

  /** Each answer by way of all requests would take minutes. */
  @Test
  @Timeout(20)
  void anAnswerDoesNotWalkTheRequestsOfOthers() {
    for (int i = 0; i < ASKERS; i++) {
      asks("user" + i, "aa", i);
    }
    for (int i = 0; i < ASKERS; i++) {
      people.answer(new AnswerRequest("aa", "user" + i, "aa", RequestStatus.ACCEPTED, ASKERS + i));
    }
    assertThat(people.requests("aa", ASKERS))
        .hasSize(ASKERS)
        .allMatch(each -> each.status() == RequestStatus.ACCEPTED);
  }
}
