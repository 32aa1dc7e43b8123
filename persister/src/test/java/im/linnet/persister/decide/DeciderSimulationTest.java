package im.linnet.persister.decide;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.log.group.TransientFailureException;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.records.CommandId;
import im.linnet.records.PairState;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.BlockAct;
import im.linnet.schemas.event.BlockCommand;
import im.linnet.schemas.event.CommandEvent;
import im.linnet.schemas.event.CommandEventCodec;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.FriendAct;
import im.linnet.schemas.event.FriendCommand;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.MalformedEventException;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.event.PairCommand;
import im.linnet.schemas.event.RecordDecoder;
import im.linnet.schemas.event.VerdictEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A decider that is killed between any two of its steps, whose transactions fail, and whose view
 * lags, answers as one that runs through all commands in one go.
 */
class DeciderSimulationTest {
  private static final List<String> USERS = List.of("aa", "bb", "cc");
  private static final int STEPS = 400;

  private final SimulatedCommands log = new SimulatedCommands();
  private final DeciderMeters meters = new DeciderMeters(new SimpleMeterRegistry());

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void commandsAreAnsweredOnceHoweverOftenTheDeciderDies(long seed) {
    Random random = new Random(seed);
    @Nullable DeciderHandler decider = null;
    for (int step = 0; step < STEPS || !log.isDone(); step++) {
      if (step < STEPS) {
        log.ask(command(random));
      }
      log.apply(random.nextInt(4));
      decider = turn(decider == null ? assigned(random) : decider, random);
    }
    log.apply(Integer.MAX_VALUE);

    isAnsweredAsInOneGo(seed);
  }

  /** One batch; the decider as it is after it, null where it was killed or has to begin anew. */
  private @Nullable DeciderHandler turn(@Nullable DeciderHandler decider, Random random) {
    if (decider == null || isKilled(random)) {
      return null;
    }
    List<LogRecord> batch = log.batch(1 + random.nextInt(5));
    List<OutgoingRecord> answers;
    try {
      answers = decider.handle(batch);
    } catch (TransientFailureException lagging) {
      decider.aborted(Set.of(0));
      return reassigned(decider, random);
    }
    if (isKilled(random)) {
      return null;
    }
    if (random.nextInt(6) == 0) {
      // The transaction fails; nothing of it is in the log.
      decider.aborted(Set.of(0));
      return reassigned(decider, random);
    }
    log.commit(answers, batch.size());
    return isKilled(random) ? null : decider;
  }

  private static boolean isKilled(Random random) {
    return random.nextInt(10) == 0;
  }

  private @Nullable DeciderHandler assigned(Random random) {
    return reassigned(
        new DeciderHandler(
            SimulatedCommands.CATALOGUE,
            new RecordDecoder<>(
                SimulatedCommands.CATALOGUE, Map.of(Topic.COMMAND, CommandEventCodec.family())),
            new LaggingView(log, random),
            new CommandJudge(log.store, log.store.topics(), 20_000),
            log::ends,
            meters),
        random);
  }

  private @Nullable DeciderHandler reassigned(DeciderHandler decider, Random random) {
    try {
      decider.assigned(Set.of(0));
      return decider;
    } catch (TransientFailureException lagging) {
      log.apply(random.nextInt(10));
      return null;
    }
  }

  private static CommandEvent command(Random random) {
    int one = random.nextInt(USERS.size());
    String caller = USERS.get(one);
    String user = USERS.get((one + 1 + random.nextInt(USERS.size() - 1)) % USERS.size());
    // Few uuids, so that many commands are repeats of earlier ones.
    String uuid = "u" + random.nextInt(60);
    return random.nextInt(5) == 0
        ? new BlockCommand(BlockAct.values()[random.nextInt(2)], uuid, caller, user)
        : new FriendCommand(FriendAct.values()[random.nextInt(4)], uuid, caller, user, "hi");
  }

  private void isAnsweredAsInOneGo(long seed) {
    Map<String, PairState> states = new HashMap<>();
    Map<CommandId, Decision> first = new LinkedHashMap<>();
    Map<CommandId, String> asked = new HashMap<>();
    List<InboxEvent> facts = new ArrayList<>();
    List<VerdictEvent> verdicts = new ArrayList<>();
    for (LogRecord record : log.commands()) {
      PairCommand command = (PairCommand) decoded(record);
      CommandId id = new CommandId(command.caller(), command.owner(), command.uuid());
      Decision decision = first.get(id);
      if (decision == null) {
        PairState state =
            states.getOrDefault(command.owner(), PairState.of(command.caller(), command.user()));
        decision = PairDecisions.decide(state, new CircleSizes(Map.of()), command);
        for (InboxEvent fact : decision.facts()) {
          state = PairDecisions.apply(state, fact);
          facts.add(fact);
        }
        states.put(command.owner(), state);
        first.put(id, decision);
        asked.put(id, CommandEventCodec.digest(CommandEventCodec.encode(command)));
      }
      verdicts.add(
          new CommandJudge.Judged(command, decision, asked.get(id), null, false).verdict());
    }
    assertThat(withoutPlaces()).as("seed %d", seed).isEqualTo(verdicts);
    repeatsNameTheFirst(seed);
    // Each stands twice, one copy after the other.
    List<InboxEvent> twice = new ArrayList<>();
    facts.forEach(fact -> twice.addAll(List.of(fact, fact)));
    assertThat(published().stream().filter(event -> !(event instanceof VerdictEvent)).toList())
        .as("seed %d", seed)
        .isEqualTo(twice);
    assertThat(log.store.pairs(states.values())).as("seed %d", seed).isEqualTo(states);
    assertThat(facts).hasSizeGreaterThan(20);
  }

  /** The verdicts that were given, as if none of them said which one it repeats. */
  private List<VerdictEvent> withoutPlaces() {
    List<VerdictEvent> verdicts = new ArrayList<>();
    for (InboxEvent event : published()) {
      if (event instanceof VerdictEvent each) {
        verdicts.add(
            new VerdictEvent(
                each.kind(),
                each.key(),
                each.caller(),
                each.uuid(),
                each.code(),
                each.message(),
                each.asked(),
                null));
      }
    }
    return verdicts;
  }

  /** A repeat names the first verdict, unless both came in one batch. */
  private void repeatsNameTheFirst(long seed) {
    Map<CommandId, Origin> first = new HashMap<>();
    int named = 0;
    for (Decoded.Valid<InboxEvent> each : log.answers()) {
      if (each.event() instanceof VerdictEvent verdict) {
        CommandId id = new CommandId(verdict.caller(), verdict.key(), verdict.uuid());
        LogRecord record = each.record();
        Origin own =
            new Origin(
                new Position(Stream.MUTUAL, record.partition(), record.offset()),
                record.timestamp());
        Origin before = first.putIfAbsent(id, own);
        if (verdict.of() != null) {
          named++;
          assertThat(verdict.of()).as("seed %d", seed).isEqualTo(before);
        }
      }
    }
    assertThat(named).as("seed %d", seed).isPositive();
  }

  private List<InboxEvent> published() {
    return log.answers().stream().map(Decoded.Valid::event).toList();
  }

  private static CommandEvent decoded(LogRecord record) {
    try {
      byte[] type = record.headers().type();
      byte[] value = record.value();
      if (type == null || value == null) {
        throw new IllegalStateException(record.place());
      }
      return CommandEventCodec.decode(new String(type, StandardCharsets.UTF_8), value);
    } catch (MalformedEventException e) {
      throw new IllegalStateException(e);
    }
  }
}
