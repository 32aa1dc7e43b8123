package im.linnet.edge.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import im.linnet.edge.auth.TokenVerifier.Judgement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeySetTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long WINDOW_MILLIS = 10_000;
  private static RSAKey first;
  private static RSAKey second;
  private static RSAKey third;

  @TempDir Path folder;

  private final AtomicLong steadyMillis = new AtomicLong(1);
  private final AtomicInteger reads = new AtomicInteger();
  private final ExecutorService signatures = Executors.newFixedThreadPool(2);
  private final ExecutorService lookUps = Executors.newSingleThreadExecutor();
  private volatile String published = "";
  private volatile @Nullable String broken;
  private volatile @Nullable CountDownLatch slow;
  private final KeySet keys =
      new KeySet("test", this::read, Duration.ofMinutes(10), steadyMillis::get);
  private final JwtVerifier verifier = verifier();

  private JwtVerifier verifier() {
    ClaimsJudge claims = new ClaimsJudge(ExpectedClaims.ANY, Duration.ZERO, Clock.systemUTC());
    return new JwtVerifier(null, new KeySetVerifier(keys, claims, signatures, lookUps), claims);
  }

  private String read() throws KeySetUnusableException, InterruptedException {
    reads.incrementAndGet();
    String now = published;
    CountDownLatch until = slow;
    if (until != null) {
      until.await();
    }
    String wrong = broken;
    if (wrong != null) {
      throw new KeySetUnusableException(wrong);
    }
    return now;
  }

  @BeforeAll
  static void generate() throws Exception {
    first = new RSAKeyGenerator(2048).keyID("1").generate();
    second = new RSAKeyGenerator(2048).keyID("2").generate();
    third = new RSAKeyGenerator(2048).keyID("3").generate();
  }

  @AfterEach
  void stop() {
    keys.close();
    signatures.shutdownNow();
    lookUps.shutdownNow();
  }

  private void publish(Object... published) {
    List<String> texts = new ArrayList<>();
    for (Object each : published) {
      texts.add(each instanceof RSAKey key ? key.toPublicJWK().toString() : each.toString());
    }
    this.published = "{\"keys\":[" + String.join(",", texts) + "]}";
  }

  private CompletableFuture<Judgement> judge(RSAKey key, @Nullable String id) throws Exception {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id).build(),
            new JWTClaimsSet.Builder()
                .subject("aa")
                .expirationTime(new Date(System.currentTimeMillis() + 3_600_000))
                .build());
    jwt.sign(new RSASSASigner(key));
    return verifier.judge(jwt.serialize());
  }

  private void assertGood(RSAKey key) throws Exception {
    assertThat(judge(key, key.getKeyID()).get(10, TimeUnit.SECONDS))
        .isInstanceOf(Judgement.Accepted.class);
  }

  private void assertRefused(RSAKey key, @Nullable String id, String reason) throws Exception {
    assertThat(judge(key, id).get(10, TimeUnit.SECONDS))
        .isEqualTo(
            new Judgement.Rejected(
                reason.startsWith("no key") ? AuthFailure.UNKNOWN_KEY : AuthFailure.BAD_SIGNATURE,
                reason));
  }

  private void assertUnavailable(RSAKey key, @Nullable String id) throws Exception {
    assertThat(judge(key, id))
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .withCauseInstanceOf(CannotJudgeException.class)
        .satisfies(
            each ->
                assertThat(((CannotJudgeException) each.getCause()).kind())
                    .isEqualTo(AuthFailure.KEYS_UNAVAILABLE));
  }

  @Test
  void aKeyThatWasRotatedInIsGoodWithItsFirstToken() throws Exception {
    publish(first);
    keys.start();
    publish(first, second);
    assertGood(second);
    assertGood(first);
  }

  @Test
  void aKeyThatWasRotatedInAfterTheLastAllowedLookIsNotRefused() throws Exception {
    publish(first);
    keys.start();
    assertRefused(third, "3", "no key of the key set is the token's");
    publish(first, second);
    // The start and the look for the third key were the two of this window.
    assertUnavailable(second, "2");
    assertUnavailable(third, "3");
    assertGood(first);
    assertThat(reads).hasValue(2);
    steadyMillis.addAndGet(WINDOW_MILLIS);
    assertGood(second);
    assertThat(reads).hasValue(3);
  }

  @Test
  void manyTokensOfUnknownKeysCostFewLooks() throws Exception {
    publish(first);
    keys.start();
    List<CompletableFuture<Judgement>> judgements = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      judgements.add(judge(third, "x" + i));
    }
    for (CompletableFuture<Judgement> each : judgements) {
      await().atMost(PATIENCE).until(each::isDone);
    }
    assertThat(reads.get()).isEqualTo(2);
  }

  @Test
  void aMismatchIsSaidOnlyWhereAKeyOfThatKidIsKnown() throws Exception {
    publish(first, second);
    keys.start();
    assertRefused(third, "1", "the signature does not match");
    assertThat(reads).hasValue(1);
    assertRefused(third, "x", "no key of the key set is the token's");
  }

  @Test
  void aTokenWithoutKidIsTriedWithEachKeyAndThenLookedFor() throws Exception {
    publish(first, second);
    keys.start();
    assertThat(judge(second, null).get(10, TimeUnit.SECONDS))
        .isInstanceOf(Judgement.Accepted.class);
    publish(third);
    assertThat(judge(third, null).get(10, TimeUnit.SECONDS)).isInstanceOf(Judgement.Accepted.class);
    assertThat(reads).hasValue(2);
  }

  @Test
  void allKeysOfOneKidAreTried() throws Exception {
    publish(first, new RSAKey.Builder(second.toPublicJWK()).keyID("1").build());
    keys.start();
    assertThat(judge(first, "1").get(10, TimeUnit.SECONDS)).isInstanceOf(Judgement.Accepted.class);
    assertThat(judge(second, "1").get(10, TimeUnit.SECONDS)).isInstanceOf(Judgement.Accepted.class);
    assertRefused(third, "1", "the signature does not match");
  }

  @Test
  void aReadingThatBeganBeforeTheTokenCameDoesNotDecideAboutIt() throws Exception {
    publish(first);
    keys.start();
    CountDownLatch until = new CountDownLatch(1);
    slow = until;
    CompletableFuture<Judgement> early = judge(third, "3");
    await().atMost(PATIENCE).until(() -> reads.get() == 2);
    publish(first, second);
    CompletableFuture<Judgement> late = judge(second, "2");
    steadyMillis.addAndGet(WINDOW_MILLIS);
    slow = null;
    until.countDown();
    assertThat(early.get(10, TimeUnit.SECONDS)).isInstanceOf(Judgement.Rejected.class);
    assertThat(late.get(10, TimeUnit.SECONDS)).isInstanceOf(Judgement.Accepted.class);
  }

  @Test
  void tokensOfKnownKeysDoNotWaitForASlowServer() throws Exception {
    publish(first);
    keys.start();
    CountDownLatch never = new CountDownLatch(1);
    slow = never;
    CompletableFuture<Judgement> waits = judge(third, "3");
    await().atMost(PATIENCE).until(() -> reads.get() == 2);
    assertGood(first);
    // Nor does the steady pace stand in their way.
    steadyMillis.addAndGet(Duration.ofMinutes(11).toMillis());
    assertGood(first);
    assertThat(waits).isNotDone();
    never.countDown();
  }

  @Test
  void keysThatCannotBeReadAnewStayGoodForADayAndNoLonger() throws Exception {
    publish(first);
    keys.start();
    broken = "it answered 503";
    steadyMillis.addAndGet(KeySet.OLD_KEYS_STAY.toMillis() - 1);
    assertGood(first);
    await()
        .atMost(PATIENCE)
        .until(() -> keys.check().orElse("").contains("test cannot be used: it answered 503"));
    steadyMillis.addAndGet(WINDOW_MILLIS);
    assertUnavailable(first, "1");
    broken = null;
    steadyMillis.addAndGet(WINDOW_MILLIS);
    assertGood(first);
    assertThat(keys.check()).isEmpty();
  }

  @Test
  void anIdleEdgeReadsTheSetAgainToo() throws Exception {
    publish(first);
    try (KeySet paced =
        new KeySet("test", this::read, Duration.ofMillis(1_000), steadyMillis::get)) {
      paced.start();
      broken = "it answered 503";
      steadyMillis.addAndGet(2_000);
      await().atMost(PATIENCE).until(() -> paced.check().isPresent());
      broken = null;
      steadyMillis.addAndGet(2_000);
      await().atMost(PATIENCE).until(() -> paced.check().isEmpty());
    }
  }

  @Test
  void aSetThatIsNoLongerAnyLeavesTheOldKeysGood() throws Exception {
    publish(first);
    keys.start();
    published = "{}";
    assertUnavailable(second, "2");
    assertGood(first);
    assertThat(keys.check()).isPresent();
  }

  @Test
  void oneOddKeyIsToldOnceWithItsKidAndDoesNoHarm() throws Exception {
    Logger logger = (Logger) org.slf4j.LoggerFactory.getLogger(KeySet.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try {
      publish(first, "{\"kty\":\"RSA\",\"kid\":\"no-n\",\"e\":\"AQAB\"}", "5");
      keys.start();
      publish(first, "{\"kty\":\"RSA\",\"kid\":\"no-n\",\"e\":\"AQAB\"}", "5", second);
      assertGood(second);
    } finally {
      logger.detachAppender(lines);
    }
    assertThat(lines.list)
        .filteredOn(each -> each.getLevel() == Level.WARN)
        .extracting(ILoggingEvent::getFormattedMessage)
        .hasSize(2)
        .anyMatch(each -> each.contains("kid 'no-n'"))
        .anyMatch(each -> each.contains("key 3 (without kid)"));
  }

  @Test
  void doesNotStartWithoutKeys() {
    published = "{}";
    assertThatThrownBy(keys::start)
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessage("the key set test cannot be used: it is not a key set: it has no array 'keys'");
  }

  @Test
  void refusesPlacesThatCannotBeRight() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty"));
    Path object = Files.writeString(folder.resolve("object"), "{}");
    Path none = Files.writeString(folder.resolve("none"), "{\"keys\":[]}");
    publish(first);
    Path good = Files.writeString(folder.resolve("good"), published);
    for (String place :
        List.of(
            "",
            " ",
            "a\0b",
            folder.resolve("missing").toString(),
            folder.toString(),
            "/dev/null",
            empty.toString(),
            object.toString(),
            none.toString(),
            "ftp://h/keys",
            "file:///keys",
            "http://",
            "http:///keys",
            "http://a b/keys",
            "https://me:secret@h/keys",
            "http://h:0/",
            "http://h:99999/",
            "http://[::1/")) {
      assertThatThrownBy(() -> KeySet.requireUsable(place))
          .as(place)
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .doesNotContain("Exception", "secret");
    }
    KeySet.requireUsable(good.toString());
    KeySet.requireUsable("https://idp.invalid/keys?secret=x");
    KeySet.requireUsable("HTTP://[::1]:8080/keys");
    assertThat(KeyPlace.of("https://idp.invalid/keys?secret=x").shown())
        .isEqualTo("https://idp.invalid/keys");
  }
}
