package im.linnet.edge.relations;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.config.P2pPolicy;
import im.linnet.records.Circle;
import im.linnet.records.Relations;
import im.linnet.schemas.Stream;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code aa} wants to send. */
class RecipientRulesTest {
  private static final Relations RELATIONS =
      Relations.NONE
          .with(Circle.FRIENDS, "friend", true)
          .with(Circle.BLOCKED, "mute", true)
          .with(Circle.BLOCKED_BY, "cross", true)
          .with(Circle.FRIENDS, "cross", true);

  private static RecipientRules rules(@Nullable Relations known, P2pPolicy policy) {
    return new RecipientRules(
        new RelationSource() {
          @Override
          public @Nullable Relations known(String user) {
            return known;
          }

          @Override
          public CompletableFuture<Relations> load(String user) {
            return CompletableFuture.completedFuture(RELATIONS);
          }
        },
        policy);
  }

  private static @Nullable String refusal(P2pPolicy policy, Stream kind, String to) {
    return rules(RELATIONS, policy).refusal(RELATIONS, kind, "aa", to);
  }

  @Test
  void whoeverIsBlockedSendsNothingToTheOneWhoBlocks() {
    for (P2pPolicy policy : P2pPolicy.values()) {
      for (Stream kind : Stream.OF_USERS) {
        assertThat(refusal(policy, kind, "cross")).isEqualTo("to: cross has blocked you");
      }
    }
  }

  @Test
  void aBlockOfOnesOwnKeepsNobodyFromWriting() {
    assertThat(refusal(P2pPolicy.ANYONE, Stream.P2P, "mute")).isNull();
  }

  @Test
  void onlyFriendsWriteP2pWhereThePolicyAsksForIt() {
    assertThat(refusal(P2pPolicy.FRIENDS, Stream.P2P, "friend")).isNull();
    assertThat(refusal(P2pPolicy.FRIENDS, Stream.P2P, "stranger"))
        .contains("only friends", "stranger");
    assertThat(refusal(P2pPolicy.FRIENDS, Stream.MUTUAL, "stranger")).isNull();
    assertThat(refusal(P2pPolicy.ANYONE, Stream.P2P, "stranger")).isNull();
  }

  @Test
  void oneselfAndTopicsAreNobodysToForbidHere() {
    assertThat(refusal(P2pPolicy.FRIENDS, Stream.P2P, "aa")).isNull();
    assertThat(refusal(P2pPolicy.FRIENDS, Stream.TOPIC, "cross")).isNull();
  }

  @Test
  void aListIsFullAtItsBoundAndNeverWhileItIsUnknown() {
    Relations full =
        new Relations(
            Map.of(
                Circle.BLOCKED,
                IntStream.range(0, Circle.BLOCKED.most())
                    .mapToObj(i -> "u" + i)
                    .collect(Collectors.toCollection(TreeSet::new))));
    assertThat(rules(full, P2pPolicy.ANYONE).isFull("aa", Circle.BLOCKED, "zz")).isTrue();
    assertThat(rules(full, P2pPolicy.ANYONE).isFull("aa", Circle.BLOCKED, "u1"))
        .as("on the list already")
        .isFalse();
    assertThat(rules(full, P2pPolicy.ANYONE).isFull("aa", Circle.FRIENDS, "zz")).isFalse();
    assertThat(
            rules(full.with(Circle.BLOCKED, "u0", false), P2pPolicy.ANYONE)
                .isFull("aa", Circle.BLOCKED, "zz"))
        .isFalse();
    assertThat(rules(null, P2pPolicy.ANYONE).isFull("aa", Circle.BLOCKED, "zz")).isFalse();
  }
}
