package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.edge.EdgeNode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two sessions of one account, one always there, one that comes and goes while people write, read,
 * change their minds, make friends and run groups, as a seed decides. All that goes on while the
 * one comes back, too. Once it is over both show the same, and the server answers the same to all
 * that a screen could ask.
 */
final class ResumedScreen {
  private static final int ROUNDS = 8;
  private static final int STEPS = 20;

  /** So many steps at least are taken before a session comes back, and after. */
  private static final int STEPS_AROUND = 3;

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

  /** All that happens while a session comes back, on a thread of its own, until it is ended. */
  private static final class Meanwhile implements AutoCloseable {
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger steps = new AtomicInteger();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<?> running;

    /** Returns once it goes on. */
    Meanwhile(RandomTalk talk) {
      running =
          thread.submit(
              () -> {
                while (!over.get()) {
                  talk.step();
                  steps.incrementAndGet();
                }
              });
      goesOn();
    }

    /** Waits for a few more steps. */
    void goesOn() {
      int until = steps.get() + STEPS_AROUND;
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> steps.get() >= until || running.isDone());
    }

    /** Ends it; fails where a step has failed. */
    void end() throws InterruptedException, ExecutionException, TimeoutException {
      over.set(true);
      running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
      over.set(true);
      thread.close();
    }
  }

  /** Returns the texts that nobody may find any more. */
  List<String> run() throws Exception {
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
        // An edge that has just started knows nothing but the view; the first one has its rings.
        if (round % 3 == 2) {
          resumes(at, messenger.edge(), comer, talk, stays, actor);
        } else {
          try (EdgeNode other = messenger.startEdge("other" + seed + "-" + round)) {
            resumes(at, other, comer, talk, stays, actor);
          }
        }
      }
      assertThat(stays.screen().violations()).isEmpty();
      assertThat(comer.violations()).isEmpty();
      assertThat(talk.repeated())
          .containsAll(stays.screen().copiesAgain())
          .containsAll(comer.copiesAgain());
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
      String at, EdgeNode edge, FoldedScreen comer, RandomTalk talk, Watcher stays, Talker actor)
      throws Exception {
    Set<String> sent = talk.sentToTheWatched();
    try (Meanwhile meanwhile = new Meanwhile(talk);
        Watcher comes = new Watcher(messenger.login(edge, user, "comes", comer.places()), comer)) {
      assertThat(comes.screen().messageKeys()).as(at).containsAll(sent);
      meanwhile.goesOn();
      meanwhile.end();
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
