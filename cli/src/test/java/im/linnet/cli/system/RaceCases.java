package im.linnet.cli.system;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each race some times, one after the other, while nothing fails. */
interface RaceCases {
  int ROUNDS = 5;

  Messenger messenger();

  @ParameterizedTest
  @EnumSource(Races.class)
  default void oneWinsAndBothAreToldTheTruth(Races kind) {
    try (Race race = kind.of(messenger()::arrive)) {
      for (int round = 0; round < ROUNDS; round++) {
        race.round(round);
      }
    }
  }
}
