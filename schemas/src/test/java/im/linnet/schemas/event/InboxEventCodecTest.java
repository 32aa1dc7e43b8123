package im.linnet.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import im.linnet.schemas.Stream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxEventCodecTest {
  private static final String MESSAGE =
      "{'op':'message','kind':'p2p','uuid':'u','from':'aa','to':'bb','type':'text','content':'x'}";
  private static final String READ =
      "{'op':'read','kind':'p2p','reader':'bb','peer':'aa','upTo':'p2p/3/812'}";

  private static InboxEvent decode(String type, String value) throws MalformedEventException {
    return InboxEventCodec.decode(
        Stream.P2P, type, value.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static void refuses(String type, String value, String reason) {
    assertThatExceptionOfType(MalformedEventException.class)
        .as(value)
        .isThrownBy(() -> decode(type, value))
        .withMessageContaining(reason);
  }

  @Test
  void everyEventComesBackAsItWas() throws Exception {
    RandomEvents events = new RandomEvents(new Random(21));
    for (int i = 0; i < 5_000; i++) {
      InboxEvent event = events.next();
      byte[] value = InboxEventCodec.encode(event);
      assertThat(InboxEventCodec.decode(event.kind(), event.type(), value)).isEqualTo(event);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\u0000\u0001\u001f\u007f\u0085",
        "\"\\/\b\f\n\r\t",
        "\u2028\u2029\u202e\ufeff",
        "\ufffe\uffff\ufffd",
        "👩‍👩‍👧‍👦 🇨🇭 e\u0301 𝔘𝔫𝔦",
        "\ud800\udc00\udbff\udfff",
        "</script><!--"
      })
  void exoticTextComesBackAsItWas(String content) throws Exception {
    MessageEvent message = new MessageEvent(Stream.P2P, content + "u", "aa", "bb", "text", content);
    byte[] value = InboxEventCodec.encode(message);
    assertThat(InboxEventCodec.decode(Stream.P2P, "message", value)).isEqualTo(message);
    for (byte b : value) {
      assertThat(b & 0xff).as("one line").isGreaterThanOrEqualTo(' ');
    }
  }

  @Test
  void aFieldAddedLaterIsSkipped() throws Exception {
    String later = MESSAGE.replace("}", ",'reply':{'to':['a',{'at':1}]},'n':1e99,'b':null}");
    assertThat(decode("message", later)).isEqualTo(decode("message", MESSAGE));
  }

  @Test
  void refusesWhatIsNotSuchAnEvent() {
    refuses("fly", MESSAGE, "ce_type: 'fly'");
    refuses("read", MESSAGE, "op: is not read, which the type asks for (it is 'message')");
    refuses("message", READ, "op: is not message, which the type asks for (it is 'read')");
    refuses("sent", MESSAGE, "of: is missing");
    refuses("receipt", READ, "of: is missing");
    refuses("receipt", READ.replace("}", ",'of':{'at':'p2p/3/8'}}"), "of.time: is missing");
    refuses(
        "message",
        MESSAGE.replace("p2p", "mutual"),
        "kind: is not p2p, the record's stream (it is 'mutual')");
    refuses(
        "message",
        MESSAGE.replace("'aa'", "'a a'"),
        "from: must be 1-64 characters of A-Z a-z 0-9 . _ @ - (it is 'a a')");
    refuses(
        "message",
        MESSAGE.replace("'text'", "'a text'"),
        "type: must be 1-128 characters of A-Z a-z 0-9 . _ @ - + / (it is 'a text')");
    refuses("message", MESSAGE.replace("'u'", "''"), "uuid");
    refuses(
        "message", MESSAGE.replace("'x'", "'\\ud800'"), "content: holds half of a surrogate pair");
    refuses(
        "read",
        READ.replace("p2p/3/812", "p2p/3/-1"),
        "upTo: must be a position of that kind, as p2p/3/812 (it is 'p2p/3/-1')");
    refuses(
        "read",
        READ.replace("p2p/3/812", "mutual/3/8"),
        "upTo: must be a position of that kind, as p2p/3/812 (it is 'mutual/3/8')");
    refuses(
        "receipt",
        READ.replace("}", ",'of':{'at':'mutual/3/8','time':1}}"),
        "of.at: must be a position of that kind, as p2p/3/812 (it is 'mutual/3/8')");
    refuses("read", READ.replace("}", ",'uuids':['u']}"), "upTo: stands beside uuids");
    refuses("read", READ.replace("'upTo':'p2p/3/812'", "'uuids':['u',7]"), "uuids");
    refuses("read", READ.replace("'upTo':'p2p/3/812'", "'uuids':[]"), "uuids: is empty");
    String many = "'uuids':['u'" + ",'u'".repeat(200) + "]";
    refuses("read", READ.replace("'upTo':'p2p/3/812'", many), "uuids: over 200 entries");
  }

  @Test
  void aTopicHasEventsOfItsOwn() {
    String kicked =
        "{'op':'topic','event':'kicked','topic':'tea','by':'aa','uuid':'u','members':['bb']}";
    refusesOfTopic("kicked", kicked.replace("'kicked'", "'left'"), "event: is not kicked");
    refusesOfTopic("kicked", kicked.replace("'op':'topic'", "'op':'message'"), "op: is not topic");
    refusesOfTopic("kicked", kicked.replace("['bb']", "['bb','cc']"), "members: names more than");
    refusesOfTopic("kicked", kicked.replace("['bb']", "[]"), "members: is empty");
    refusesOfTopic("kicked", kicked.replace("['bb']", "['b b']"), "members: 'b b' is not");
    refuses("kicked", kicked, "ce_type: 'kicked' is unknown in the stream p2p");
    refusesOfTopic("sent", MESSAGE, "ce_type: 'sent' is unknown in the stream topic");
    String recall = "{'op':'recall','kind':'topic','uuid':'u','from':'aa','to':'tea'}";
    refusesOfTopic(
        "recall",
        recall.replace("}", ",'of':{'at':'topic/3/8','time':1}}"),
        "of: does not belong in a topic's record");
    String read = READ.replace("p2p", "topic");
    refusesOfTopic("read", read, "notify: is missing");
    refusesOfTopic("read", read.replace("}", ",'notify':'some'}"), "notify: is neither all nor");
    String renamed = "{'op':'topic','event':'renamed','topic':'tea','by':'aa','uuid':'u'";
    refusesOfTopic("renamed", renamed + ",'name':''}", "name: must be 1-128 characters");
    refusesOfTopic(
        "renamed", renamed + ",'name':'" + "n".repeat(129) + "'}", "name: must be 1-128");
  }

  private static void refusesOfTopic(String type, String value, String reason) {
    assertThatExceptionOfType(MalformedEventException.class)
        .as(value)
        .isThrownBy(
            () ->
                InboxEventCodec.decode(
                    Stream.TOPIC, type, value.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
        .withMessageContaining(reason);
  }

  @Test
  void ofTwoFieldsOfOneNameTheLastCounts() throws Exception {
    assertThat(decode("message", MESSAGE.replace("'aa'", "'cc','from':'aa'")))
        .isEqualTo(decode("message", MESSAGE));
    refuses("message", MESSAGE.replace("'aa'", "'aa','from':null"), "from: is missing");
    refuses("message", MESSAGE.replace("'aa'", "'aa','from':7"), "from: must be a string");
  }

  @Test
  void theTextOfAMessageIsNotQuoted() {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> decode("message", MESSAGE.replace("'x'", "'secret\\ud800'")))
        .withMessageNotContaining("secret");
  }

  @Test
  void refusesWhatCouldNotBeDeliveredAsItStands() {
    refuses("message", MESSAGE + "\n", "one line");
    refuses("message", " " + MESSAGE, "one line");
    refuses("message", MESSAGE.replace(",", ",\n"), "one line");
    refuses("message", MESSAGE + MESSAGE, "something follows");
    refuses("message", MESSAGE.replace("{", "{'at':'p2p/0/0',"), "at: does not belong");
    refuses("message", MESSAGE.replace("}", ",'time':1}"), "time: does not belong");
    refuses("message", "[]", "one line");
    refuses("message", "{}", "op");
    refuses("message", "{]}", "not JSON");
    byte[] value = MESSAGE.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    value[value.length - 3] = (byte) 0xff;
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> InboxEventCodec.decode(Stream.P2P, "message", value));
  }

  @Test
  void anyBytesAreAnEventOrMalformed() {
    Random random = new Random(22);
    byte[] value = MESSAGE.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    int malformed = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = value.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      try {
        InboxEventCodec.decode(Stream.P2P, "message", damaged);
      } catch (MalformedEventException e) {
        malformed++;
      }
    }
    assertThat(malformed).isGreaterThan(5_000);
  }
}
