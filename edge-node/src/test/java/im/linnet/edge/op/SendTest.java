package im.linnet.edge.op;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.publish.SentBefore;
import im.linnet.log.publish.PublishException.Reason;
import im.linnet.records.Circle;
import im.linnet.records.Relations;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.Origin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class SendTest {
  /** The first id that the server makes there. */
  private static final String MADE = "00000000-0000-0001-0000-000000123456";

  private static final Position CHANGE = new Position(Stream.P2P, 0, 50);

  private final OpWorld world = new OpWorld();

  private List<String> contents() {
    return world.publisher.published.stream()
        .map(each -> new String(each.record().value(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void repliesOnlyOnceTheRecordIsAcked() {
    world.publisher.acks = false;
    int before = world.client.received().size();
    world.send("u", "");
    assertThat(world.client.received()).hasSize(before);
    world.publisher.ack(0);
    assertThat(world.last())
        .contains("\"id\":\"ru\"", "\"uuid\":\"u\"", "\"at\":\"p2p/0/0\"", "\"time\":1000");
    var record = world.publisher.published.getFirst().record();
    assertThat(record.source()).isEqualTo("/p2p/aa/bb");
    assertThat(record.id()).isEqualTo("u");
    assertThat(record.key()).isEqualTo("bb");
    assertThat(record.session()).isEqualTo("s1");
  }

  @Test
  void makesAUuidWhereTheClientGaveNone() {
    assertThat(
            world.ask(
                "{\"id\":\"1\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"bb\",\"content\":\"x\"}"))
        .contains("\"uuid\":\"" + MADE + "\"");
  }

  @Test
  void looksUpAMessageThatComesUnderTheIdWhichTheServerMadeForIt() {
    world.ask("{\"id\":\"1\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"bb\",\"content\":\"x\"}");
    world.send(MADE, "");
    world.lookUps.getFirst().complete(Optional.of(found(MADE, 0)));
    assertThat(world.last()).contains("\"at\":\"p2p/0/0\"");
    assertThat(world.publisher.published).hasSize(1);
  }

  @Test
  void remembersNoIdThatTheServerMade() {
    world.send("u", "");
    for (int i = 0; i < 5; i++) {
      world.ask("{\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"bb\",\"content\":\"x\"}");
    }
    assertThat(world.send("u", "")).contains("\"at\":\"p2p/0/0\"");
    assertThat(world.lookUps).isEmpty();
    assertThat(world.publisher.published).hasSize(6);
  }

  @Test
  void tellsARepeatTheFirstOutcomeAlsoWhileItIsUnderWay() {
    world.publisher.acks = false;
    world.send("u", "");
    world.send("u", "");
    world.publisher.ack(0);
    world.last();
    world.send("u", ",\"retry\":true");
    assertThat(world.publisher.published).hasSize(1);
    assertThat(world.client.received().stream().filter(each -> each.contains("p2p/0/0")))
        .hasSize(3);
  }

  @Test
  void publishesAgainWhatSurelyWasNotTaken() {
    world.publisher.acks = false;
    for (Reason reason : List.of(Reason.OVERLOADED, Reason.STALE)) {
      int next = world.publisher.published.size();
      world.send("u", "");
      world.publisher.fail(next, reason);
      assertThat(world.last()).contains("5003", "retryAfter");
    }
    world.send("u", "");
    world.publisher.ack(2);
    assertThat(world.last()).contains("\"code\":0");
    assertThat(world.lookUps).isEmpty();
  }

  @Test
  void looksUpARepeatOfWhatMayHaveBeenTaken() {
    world.publisher.acks = false;
    world.send("u", "");
    world.publisher.fail(0, Reason.TIMEOUT);
    assertThat(world.last()).contains("5003");
    world.send("u", "");
    assertThat(world.publisher.published).hasSize(1);
    world.lookUps.getFirst().complete(Optional.of(found("u", 41)));
    assertThat(world.last()).contains("\"at\":\"p2p/0/41\"");
    assertThat(world.publisher.published).hasSize(1);
  }

  private static SentBefore.Found found(String uuid, long offset) {
    return found(uuid, offset, uuid);
  }

  private static SentBefore.Found found(String uuid, long offset, String content) {
    return new SentBefore.Found(
        new MessageEvent(Stream.P2P, uuid, "aa", "bb", "text", content),
        new Origin(new Position(Stream.P2P, 0, offset), 77),
        null,
        false);
  }

  @Test
  void takesWhatWasChangedMeanwhileForTheMessageThatItRepeats() {
    SentBefore.Found found = found("u", 41, "another text");
    for (boolean recalled : new boolean[] {false, true}) {
      world.send(recalled ? "v" : "u", ",\"retry\":true");
      world
          .lookUps
          .getLast()
          .complete(
              Optional.of(new SentBefore.Found(found.message(), found.origin(), CHANGE, recalled)));
      assertThat(world.last()).contains("\"code\":0", "\"at\":\"p2p/0/41\"");
    }
    assertThat(world.publisher.published).isEmpty();
  }

  @Test
  void theCopyOfARepeatHasTheNewestTextAndOfARecalledMessageThereIsNone() {
    world.several = true;
    SentBefore.Found found = found("u", 41, "edited");
    world.send("u", ",\"retry\":true");
    world
        .lookUps
        .getLast()
        .complete(
            Optional.of(new SentBefore.Found(found.message(), found.origin(), CHANGE, false)));
    assertThat(world.last()).contains("\"code\":0");
    assertThat(contents()).singleElement().asString().contains("\"content\":\"edited\"");
    world.send("v", ",\"retry\":true");
    world
        .lookUps
        .getLast()
        .complete(Optional.of(new SentBefore.Found(found.message(), found.origin(), CHANGE, true)));
    assertThat(world.last()).contains("\"code\":0");
    assertThat(contents()).hasSize(1);
  }

  @Test
  void publishesARetryThatTheLogLacks() {
    world.send("u", ",\"retry\":true");
    assertThat(world.publisher.published).isEmpty();
    world.lookUps.getFirst().complete(Optional.empty());
    int before = world.client.received().size();
    world.client.connection.turn();
    assertThat(world.client.received()).as("it is looked up once more").hasSize(before);
    world.lookUps.getLast().complete(Optional.of(found("u", 0)));
    assertThat(world.last()).contains("\"at\":\"p2p/0/0\"");
  }

  @Test
  void answersARetryWithTheAttemptThatCameIntoTheLogFirst() {
    world.send("first", "");
    world.send("u", ",\"retry\":true");
    world.lookUps.getFirst().complete(Optional.empty());
    world.client.connection.turn();
    // It was published as p2p/0/1.
    assertThat(world.publisher.published).hasSize(2);
    world.lookUps.getLast().complete(Optional.of(found("u", 0)));
    assertThat(world.last()).contains("\"id\":\"ru\",\"code\":0", "\"at\":\"p2p/0/0\"");
    assertThat(world.send("u", "")).contains("\"at\":\"p2p/0/0\"");
  }

  @Test
  void refusesARetryIfAnotherContentCameIntoTheLogFirst() {
    world.send("u", ",\"retry\":true");
    world.lookUps.getFirst().complete(Optional.empty());
    world.client.connection.turn();
    world.lookUps.getLast().complete(Optional.of(found("u", 0, "other")));
    assertThat(world.last()).contains("\"id\":\"ru\",\"code\":4009");
  }

  @Test
  void saysThatItIsNotKnownIfARetryCannotBeLookedUpOnceMore() {
    world.send("u", ",\"retry\":true");
    world.lookUps.getFirst().complete(Optional.empty());
    world.client.connection.turn();
    world.lookUps.getLast().completeExceptionally(new TimeoutException("late"));
    assertThat(world.last()).contains("5003", "retryAfter");
  }

  @Test
  void answersARetryThatCannotBeJudgedWith5003AndPublishesNothing() {
    world.send("u", ",\"retry\":true");
    world.lookUps.getFirst().completeExceptionally(new TimeoutException("late"));
    assertThat(world.last()).contains("5003", "retryAfter");
    assertThat(world.publisher.published).isEmpty();
    // The next attempt is looked up as well, though it does not say that it is one.
    world.send("u", "");
    assertThat(world.lookUps).hasSize(2);
  }

  @Test
  void keepsOrderToOneRecipientBehindARetryThatWaits() {
    world.send("a", "");
    world.send("b", ",\"retry\":true");
    world.send("c", "");
    world.send("d", ",\"retry\":true");
    world.send("e", "");
    world.ask("{\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"cc\",\"content\":\"other\"}");
    assertThat(contents()).hasSize(2);
    world.lookUps.get(0).complete(Optional.empty());
    world.last();
    assertThat(world.lookUps).as("of b, of b once more, of d").hasSize(3);
    world.lookUps.get(2).complete(Optional.empty());
    world.last();
    assertThat(
            world.publisher.published.stream()
                .filter(each -> each.record().key().equals("bb"))
                .map(each -> each.record().id()))
        .containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void copiesBetweenAckAndReplyWhereTheUserHasSeveralDevices() {
    world.several = true;
    world.publisher.acks = false;
    int before = world.client.received().size();
    world.send("u", "");
    world.publisher.ack(0);
    world.client.connection.turn();
    assertThat(world.client.received()).hasSize(before);
    assertThat(world.publisher.types()).containsExactly("message", "sent");
    assertThat(world.publisher.published.get(1).record().key()).isEqualTo("aa");
    assertThat(contents().get(1)).contains("\"of\":{\"at\":\"p2p/0/0\",\"time\":1000}");
    world.publisher.ack(1);
    assertThat(world.last()).contains("\"at\":\"p2p/0/0\"");
  }

  @Test
  void judgesARepeatByTheLogWhenTheCopyWasNotTaken() {
    world.several = true;
    world.publisher.acks = false;
    world.send("u", "");
    world.publisher.ack(0);
    world.publisher.fail(1, Reason.OVERLOADED);
    assertThat(world.last()).contains("5003");
    world.send("u", "");
    world.lookUps.getFirst().complete(Optional.of(found("u", 0)));
    world.client.connection.turn();
    assertThat(world.publisher.types()).containsExactly("message", "sent", "sent");
    world.publisher.ack(2);
    assertThat(world.last()).contains("\"at\":\"p2p/0/0\"");
  }

  @Test
  void copiesNothingThatGoesToOneself() {
    world.several = true;
    world.ask("{\"id\":\"1\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"aa\",\"content\":\"x\"}");
    assertThat(world.publisher.types()).containsExactly("message");
  }

  @Test
  void looksUpARepeatWhoseOutcomeIsNotRememberedAnyMore() {
    for (String uuid : List.of("a", "b", "c", "d")) {
      world.send(uuid, "");
    }
    world.send("d", "");
    assertThat(world.lookUps).isEmpty();
    world.send("a", "");
    world.lookUps.getFirst().complete(Optional.of(found("a", 0)));
    assertThat(world.last()).contains("\"id\":\"ra\"", "\"at\":\"p2p/0/0\"");
    world.send("e", "");
    assertThat(world.lookUps).as("a new one").hasSize(1);
    assertThat(world.publisher.published).hasSize(5);
  }

  @Test
  void servesApplicationTokensOfMutualAndNoFriendship() {
    String send =
        "{\"id\":\"1\",\"op\":\"send\",\"kind\":\"%s\",\"to\":\"bb\",\"content\":\"x\"%s}";
    assertThat(world.ask(send.formatted("mutual", ",\"type\":\"wave\""))).contains("mutual/0/0");
    assertThat(world.ask(send.formatted("mutual", ""))).contains("4000", "\"field\":\"type\"");
    assertThat(world.ask(send.formatted("mutual", ",\"type\":\"add_friend\"")))
        .contains("4000", "\"field\":\"type\"");
  }

  private static final String OTHER =
      "{\"id\":\"o\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"%s\",\"content\":\"%s\",\"uuid\":\"u\"%s}";

  @Test
  void refusesARepeatWithAnotherContentOrType() {
    world.send("u", "");
    assertThat(world.ask(OTHER.formatted("bb", "other", "")))
        .contains("\"id\":\"o\",\"code\":4009", "\"field\":\"uuid\"");
    assertThat(world.ask(OTHER.formatted("bb", "u", ",\"type\":\"file\"")))
        .contains("\"code\":4009");
    assertThat(world.ask(OTHER.formatted("bb", "u", ",\"type\":\"text\"")))
        .as("the type that is meant where there is none")
        .contains("\"at\":\"p2p/0/0\"");
    assertThat(world.publisher.published).hasSize(1);
    assertThat(world.ask(OTHER.formatted("cc", "other", "")))
        .as("another recipient, so another message")
        .contains("\"at\":\"p2p/0/1\"");
  }

  @Test
  void takesAnotherContentUnderAnIdWhoseSendIsSurelyNotInTheLog() {
    world.publisher.acks = false;
    world.send("u", "");
    world.publisher.fail(0, Reason.OVERLOADED);
    world.client.send(OTHER.formatted("bb", "other", ""));
    world.publisher.ack(1);
    assertThat(world.last()).contains("\"id\":\"o\",\"code\":0");
  }

  @Test
  void refusesARepeatWithAnotherContentWhileTheFirstIsUnderWay() {
    world.publisher.acks = false;
    world.send("u", "");
    assertThat(world.ask(OTHER.formatted("bb", "other", ""))).contains("\"code\":4009");
    world.publisher.ack(0);
    assertThat(world.last()).contains("\"id\":\"ru\",\"code\":0");
    assertThat(world.publisher.published).hasSize(1);
  }

  @Test
  void refusesARetryWhoseContentIsNotThatOfTheLog() {
    world.client.send(OTHER.formatted("bb", "other", ",\"retry\":true"));
    // The right one comes while the wrong one is looked up.
    world.send("u", ",\"retry\":true");
    world.lookUps.get(0).complete(Optional.of(found("u", 41)));
    assertThat(world.last()).contains("\"id\":\"o\",\"code\":4009", "\"field\":\"uuid\"");
    world.lookUps.get(1).complete(Optional.of(found("u", 41)));
    assertThat(world.last()).contains("\"id\":\"ru\",\"code\":0", "\"at\":\"p2p/0/41\"");
    assertThat(world.publisher.published).isEmpty();
    assertThat(world.ask(OTHER.formatted("bb", "other", ""))).contains("\"code\":4009");
  }

  @Test
  void comparesNothingWithWhatCouldNotBeLookedUp() {
    world.client.send(OTHER.formatted("bb", "other", ",\"retry\":true"));
    world.lookUps.get(0).completeExceptionally(new TimeoutException("late"));
    assertThat(world.last()).contains("5003").doesNotContain("Exception", "late");
    world.send("u", "");
    world.lookUps.get(1).complete(Optional.of(found("u", 41)));
    assertThat(world.last()).contains("\"at\":\"p2p/0/41\"");
  }

  @Test
  void refusesAnotherContentUnderAnIdWhoseOutcomeIsNotRememberedAnyMore() {
    for (String uuid : List.of("u", "b", "c", "d")) {
      world.send(uuid, "");
    }
    world.client.send(OTHER.formatted("bb", "other", ""));
    world.lookUps.getFirst().complete(Optional.of(found("u", 0)));
    assertThat(world.last()).contains("\"id\":\"o\",\"code\":4009");
  }

  @Test
  void saysWithoutNamesOfOursWhyTheLogTookNothing() {
    world.publisher.acks = false;
    for (Reason reason : Reason.values()) {
      int next = world.publisher.published.size();
      world.send("u" + next, "");
      world.publisher.fail(next, reason);
      assertThat(world.last())
          .contains(reason == Reason.FATAL ? "\"code\":5000" : "\"code\":5003")
          .doesNotContain("im.linnet", "Exception");
    }
  }

  @Test
  void answersWith5000OnceWhatThrowsWhereverThatIs() {
    world.judgesDevices =
        () -> {
          throw new IllegalStateException("mistake");
        };
    int before = world.client.received().size();
    assertThat(world.send("u", "")).contains("\"id\":\"ru\",\"code\":5000");
    world.send("v", ",\"retry\":true");
    world.lookUps.getFirst().complete(Optional.of(found("v", 1)));
    assertThat(world.last()).contains("\"id\":\"rv\",\"code\":5000");
    world.send("w", ",\"retry\":true");
    world.lookUps.getLast().complete(Optional.empty());
    world.last();
    world.lookUps.getLast().complete(Optional.of(found("w", 1)));
    assertThat(world.last()).contains("\"id\":\"rw\",\"code\":5000");
    assertThat(world.client.received()).hasSize(before + 3);
    world.judgesDevices = () -> false;
    assertThat(world.send("x", "")).as("the lane goes on").contains("\"code\":0");
  }

  @Test
  void answersWith5000WhatThrowsAtOnceAndGoesOnWithTheLane() {
    world.looksUp =
        () -> {
          throw new IllegalStateException("mistake");
        };
    assertThat(world.send("u", ",\"retry\":true")).contains("\"id\":\"ru\",\"code\":5000");
    assertThat(world.send("x", "")).contains("\"code\":0");
  }

  @Test
  void theFirstSendsAreJudgedByRelationsThatAreReadForThem() {
    world.relations = null;
    world.ask("{\"id\":\"1\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"bb\",\"content\":\"x\"}");
    world.ask("{\"id\":\"2\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"cc\",\"content\":\"x\"}");
    assertThat(world.publisher.published).isEmpty();
    Relations blocked = Relations.NONE.with(Circle.BLOCKED_BY, "bb", true);
    world.loads.forEach(each -> each.complete(blocked));
    world.last();
    assertThat(world.client.received())
        .anyMatch(reply -> reply.contains("\"id\":\"1\",\"code\":4003"))
        .anyMatch(reply -> reply.contains("\"id\":\"2\",\"code\":0"));
    assertThat(world.publisher.published).hasSize(1);
  }

  @Test
  void whatWasAckedIsAnsweredAgainAfterABlock() {
    world.send("u", "");
    world.relations = Relations.NONE.with(Circle.BLOCKED_BY, "bb", true);
    assertThat(world.send("u", "")).contains("\"code\":0", "\"at\":\"p2p/0/0\"");
    world.send("v", ",\"retry\":true");
    world.lookUps.getFirst().complete(Optional.of(found("v", 41)));
    assertThat(world.last()).contains("\"code\":0", "\"at\":\"p2p/0/41\"");
    world.send("w", ",\"retry\":true");
    world.lookUps.getLast().complete(Optional.empty());
    assertThat(world.last()).contains("\"id\":\"rw\",\"code\":4003");
    assertThat(world.publisher.published).hasSize(1);
  }

  @Test
  void aRetryThatTheLogLacksWaitsUntilItIsKnownWhetherItMayBeSent() {
    world.relations = null;
    world.send("u", ",\"retry\":true");
    world.send("v", "");
    world.lookUps.getFirst().complete(Optional.empty());
    world.client.connection.turn();
    assertThat(world.publisher.published).isEmpty();
    world.loads.getFirst().complete(Relations.NONE);
    world.client.connection.turn();
    world.loads.getLast().complete(Relations.NONE);
    world.client.connection.turn();
    assertThat(world.publisher.published)
        .extracting(each -> each.record().id())
        .containsExactly("u", "v");
  }

  @Test
  void aSendWhoseSenderCannotBeJudgedIsAnsweredWith5003() {
    world.relations = null;
    world.send("u", "");
    world.loads.getFirst().completeExceptionally(new IllegalStateException("down"));
    assertThat(world.last()).contains("5003", "retryAfter").doesNotContain("down");
    assertThat(world.publisher.published).isEmpty();
  }
}
