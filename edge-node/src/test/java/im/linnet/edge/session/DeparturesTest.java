package im.linnet.edge.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeparturesTest {
  private record Task(long millis, Runnable what) {}

  private final SessionWorld world = new SessionWorld();
  private final Queue<Task> delayed = new ArrayDeque<>();

  @BeforeEach
  void collectTasks() {
    world.delay = (millis, task) -> delayed.add(new Task(millis, task));
  }

  /** The linger is over of all that have left until now. */
  private void lingered() {
    for (int i = delayed.size(); i > 0; i--) {
      delayed.remove().what().run();
    }
  }

  /** A device of aa that stays. */
  private SessionWorld.Client phone() {
    SessionWorld.Client client = world.connect();
    client.send("{\"id\":\"a\",\"op\":\"auth\",\"token\":\"aa\",\"device\":\"phone\"}");
    return client;
  }

  private List<String> closed() {
    return world.events.stream().filter(each -> each.startsWith("closed")).toList();
  }

  @Test
  void theLastOfAUserLingersAndTheOthersDoNot() {
    SessionWorld.Client first = world.enter("aa");
    SessionWorld.Client second = world.enter("aa");
    first.connection.turn();
    first.gone();
    assertThat(closed()).containsExactly("closed s1");
    assertThat(delayed).isEmpty();
    second.gone();
    assertThat(closed()).containsExactly("closed s1");
    assertThat(delayed).extracting(Task::millis).containsExactly(Departures.LINGER_MILLIS);
    lingered();
    assertThat(closed()).containsExactly("closed s1", "closed s2");
    assertThat(world.departures.waiting()).isZero();
  }

  @Test
  void ofManyThatComeAndGoOneLingers() {
    for (int i = 0; i < 100; i++) {
      world.enter("aa").gone();
      assertThat(world.departures.waiting()).isOne();
    }
    assertThat(closed()).hasSize(99).doesNotContain("closed s100");
  }

  @Test
  void aSessionThatTheLogNeverAnswersIsNotWaitedForLonger() {
    SessionWorld.Client first = world.enter("aa");
    world.opened = new CompletableFuture<>();
    world.enter("aa");
    first.gone();
    lingered();
    assertThat(closed()).isEmpty();
    assertThat(delayed).extracting(Task::millis).containsExactly(Departures.ARRIVAL_MILLIS);
    lingered();
    assertThat(closed()).containsExactly("closed s1");
    assertThat(world.departures.waiting()).isZero();
  }

  @Test
  void theDeparturesOfOneUserThatWaitAreBounded() {
    world.enter("aa").gone();
    world.opened = new CompletableFuture<>();
    for (int i = 0; i < Departures.MOST_WAITING + 2; i++) {
      world.enter("aa").gone();
    }
    assertThat(world.departures.waiting()).isEqualTo(Departures.MOST_WAITING);
    assertThat(closed())
        .as("not the one that is in the log")
        .containsExactly("closed s2", "closed s3", "closed s4");
    world.opened.completeExceptionally(new IllegalStateException("no answer"));
    assertThat(closed())
        .as("once more, where opened may yet come after the first closed")
        .filteredOn("closed s2"::equals)
        .hasSize(2);
  }

  @Test
  void aReplacementThatFailsKeepsNobodyWaiting() {
    SessionWorld.Client older = world.enter("aa");
    older.connection.breaks();
    SessionWorld.Client newer = world.enter("aa");
    assertThat(world.sessions.isArriving("aa")).isFalse();
    newer.gone();
    older.gone();
    lingered();
    assertThat(closed()).containsExactlyInAnyOrder("closed s1", "closed s2");
  }

  @Test
  void allIsSaidAtOnceWhereTheEdgeStops() {
    world.enter("aa").gone();
    world.enter("bb").gone();
    assertThat(closed()).isEmpty();
    world.departures.hurry();
    world.enter("cc").gone();
    assertThat(closed()).containsExactlyInAnyOrder("closed s1", "closed s2", "closed s3");
    assertThat(world.departures.waiting()).isZero();
  }

  @Test
  void theDeparturesOfOneUserThatTheLogRefusesAreBounded() {
    List<String> refused = new ArrayList<>();
    boolean[] refuses = {true};
    Announcements log = world.announcer;
    world.announcer =
        new Announcements() {
          @Override
          public CompletableFuture<?> opened(UserSession session) {
            return log.opened(session);
          }

          @Override
          public CompletableFuture<?> closed(UserSession session) {
            if (!refuses[0]) {
              return log.closed(session);
            }
            refused.add(session.id());
            return CompletableFuture.failedFuture(new IllegalStateException("refused"));
          }
        };
    SessionWorld.Client stays = phone();
    world.opened = CompletableFuture.failedFuture(new IllegalStateException("no answer"));
    world.enter("aa").gone();
    world.opened = CompletableFuture.completedFuture(null);
    for (int i = 0; i < 10 * Departures.MOST_FAILED; i++) {
      world.enter("aa").gone();
    }
    assertThat(refused).hasSize(1 + 10 * Departures.MOST_FAILED);
    assertThat(world.departures.waiting()).isEqualTo(Departures.MOST_FAILED);
    assertThat(world.givenUp()).isEqualTo(1 + 9 * Departures.MOST_FAILED);
    lingered();
    assertThat(world.departures.waiting()).isEqualTo(Departures.MOST_FAILED);
    refuses[0] = false;
    lingered();
    assertThat(closed()).hasSize(Departures.MOST_FAILED).doesNotContain("closed s2");
    assertThat(world.departures.waiting()).isZero();
    assertThat(stays.connection.closeCode()).isZero();
  }

  @Test
  void ofThoseThatTheLogRefusesTheOneThatNobodySeesIsGivenUpFirst() {
    List<String> tried = new ArrayList<>();
    Announcements log = world.announcer;
    world.announcer =
        new Announcements() {
          @Override
          public CompletableFuture<?> opened(UserSession session) {
            return log.opened(session);
          }

          @Override
          public CompletableFuture<?> closed(UserSession session) {
            tried.add(session.id());
            return CompletableFuture.failedFuture(new IllegalStateException("refused"));
          }
        };
    phone();
    for (int i = 1; i < Departures.MOST_FAILED; i++) {
      world.enter("aa").gone();
    }
    world.opened = CompletableFuture.failedFuture(new IllegalStateException("no answer"));
    SessionWorld.Client unseen = world.enter("aa");
    unseen.gone();
    world.opened = CompletableFuture.completedFuture(null);
    world.enter("aa").gone();
    assertThat(world.givenUp()).isOne();
    String givenUp = tried.get(Departures.MOST_FAILED - 1);
    tried.clear();
    lingered();
    assertThat(tried).hasSize(Departures.MOST_FAILED).doesNotContain(givenUp);
  }
}
