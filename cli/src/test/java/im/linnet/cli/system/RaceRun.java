package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * All races, each at the same time as the others, round by round. In some rounds the persister, and
 * with it the decider, is killed at any moment of the round and started again.
 */
final class RaceRun implements AutoCloseable {
  private final Installation linnet;
  private final Random random;
  private final Map<Races, Race> races = new EnumMap<>(Races.class);
  private final Map<Races, Map<String, Integer>> outcomes = new EnumMap<>(Races.class);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  RaceRun(Installation linnet, Random random) {
    this.linnet = linnet;
    this.random = random;
    for (Races each : Races.values()) {
      races.put(each, each.of(linnet::arrive));
      outcomes.put(each, new TreeMap<>());
    }
  }

  /** Runs so many rounds, with so many kills, none of them in the first round. */
  void run(int rounds, int kills) throws Exception {
    long began = System.nanoTime();
    Set<Integer> killed = new HashSet<>();
    while (killed.size() < kills) {
      killed.add(1 + random.nextInt(rounds - 1));
    }
    long quiet = 0;
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      Map<Races, Future<String>> under = begin(round);
      if (killed.contains(round)) {
        LockSupport.parkNanos((long) (random.nextDouble() * quiet));
        linnet.persister().kill();
        linnet.startPersister();
      }
      for (Map.Entry<Races, Future<String>> each : under.entrySet()) {
        outcomes.get(each.getKey()).merge(each.getValue().get(), 1, Integer::sum);
      }
      if (!killed.contains(round)) {
        quiet = System.nanoTime() - start;
      }
    }
    report(rounds, kills, (System.nanoTime() - began) / 1_000_000);
  }

  private Map<Races, Future<String>> begin(int round) {
    Map<Races, Future<String>> under = new EnumMap<>(Races.class);
    races.forEach((name, race) -> under.put(name, threads.submit(() -> race.round(round))));
    return under;
  }

  private void report(int rounds, int kills, long millis) {
    System.out.printf(
        "races: %d of each, %d kills of the decider, %d ms, answered 5003 %d times%n",
        rounds, kills, millis, repeats());
    outcomes.forEach((name, found) -> System.out.println("  " + name + " " + found));
  }

  /** How often a request was answered 5003. */
  int repeats() {
    return races.values().stream().mapToInt(Race::repeats).sum();
  }

  /** What was told differs in no case from what the log says, and each fact stands there once. */
  void judge(LogModel log) {
    Map<CommandLog.Id, CommandLog.Judged> told = new HashMap<>();
    for (Race race : races.values()) {
      for (Attempt attempt : race.attempts()) {
        told.put(attempt.id(), CommandLog.Judged.told(attempt.id(), attempt.code()));
      }
    }
    Map<CommandLog.Id, CommandLog.Judged> judged = new HashMap<>(log.commands());
    judged.keySet().retainAll(told.keySet());
    assertThat(Differences.of("in the log,", told, judged)).isEmpty();
  }

  @Override
  public void close() {
    races.values().forEach(Race::close);
    threads.shutdownNow();
  }
}
