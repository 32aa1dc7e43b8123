package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.edge.EdgeNode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Two sessions of one account, one always there, one that comes and goes while people write, read,
 * change their minds, make friends and run groups, as a seed decides. After each resume both show
 * the same, and the server answers the same to all that a screen could ask.
 */
final class ResumedScreen {
  private static final int ROUNDS = 8;
  private static final int STEPS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Messenger messenger;
  private final long seed;
  private final String user;
  private final List<String> others;

  /**
   * @param seed decides all that happens; users and groups are named after it
   */
  ResumedScreen(Messenger messenger, long seed) {
    this.messenger = messenger;
    this.seed = seed;
    this.user = "screen" + seed;
    this.others = List.of("one" + seed, "two" + seed);
  }

  /** A session, and what it shows. */
  private static final class Watcher implements AutoCloseable {
    private final FoldedScreen screen;
    private final Talker talker;
    private int taken;

    Watcher(Talker talker, FoldedScreen screen) {
      this.talker = talker;
      this.screen = screen;
    }

    /** The screen with all that has come so far. */
    FoldedScreen screen() {
      List<JsonNode> pushes = talker.pushes(frame -> true);
      pushes.subList(taken, pushes.size()).forEach(screen::take);
      taken = pushes.size();
      return screen;
    }

    @Override
    public void close() {
      talker.close();
    }
  }

  /** Returns the texts that nobody may find any more. */
  List<String> run() {
    FoldedScreen comer = new FoldedScreen(user);
    try (Talker one = messenger.login(others.getFirst());
        Talker two = messenger.login(others.getLast());
        Talker actor = messenger.login(user, "actor", List.of());
        Watcher stays =
            new Watcher(messenger.login(user, "stays", List.of()), new FoldedScreen(user))) {
      RandomTalk talk = new RandomTalk(new Random(seed), "s" + seed, actor, List.of(one, two));
      for (int round = 0; round < ROUNDS; round++) {
        String at = "seed " + seed + ", round " + round;
        try (Watcher comes = new Watcher(messenger.login(user, "comes", comer.places()), comer)) {
          steps(talk);
          comer.sent(talk.say(comes.talker));
          areEqual(at + ", while both were there", comes, stays, actor);
        }
        steps(talk);
        Set<String> sent = talk.sentToTheWatched();
        // An edge that has just started knows nothing but the view; the first one has its rings.
        if (round % 3 == 2) {
          resumes(at, messenger.login(user, "comes", comer.places()), comer, sent, stays, actor);
        } else {
          try (EdgeNode other = messenger.startEdge("other" + seed + "-" + round)) {
            Talker back = messenger.login(other, user, "comes", comer.places());
            resumes(at, back, comer, sent, stays, actor);
          }
        }
      }
      return talk.goneTexts();
    }
  }

  private static void steps(RandomTalk talk) {
    for (int i = 0; i < STEPS; i++) {
      talk.step();
    }
  }

  /** Once it is told that it has everything, it has every message that was acked before. */
  private void resumes(
      String at, Talker back, FoldedScreen comer, Set<String> sent, Watcher stays, Talker actor) {
    try (Watcher comes = new Watcher(back, comer)) {
      assertThat(comes.screen().messageKeys()).as(at).containsAll(sent);
      areEqual(at + ", after a resume", comes, stays, actor);
    }
  }

  /** Notices of marks come after the reply to the one who read, so it may take a moment. */
  private void areEqual(String at, Watcher comes, Watcher stays, Talker actor) {
    await(at)
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              FoldedScreen always = stays.screen();
              assertThat(comes.screen().shown()).as(at).isEqualTo(always.shown());
              assertThat(AnsweredScreen.of(actor, others, always))
                  .as(at + ", as the server answers")
                  .isEqualTo(always.answers());
            });
  }
}
