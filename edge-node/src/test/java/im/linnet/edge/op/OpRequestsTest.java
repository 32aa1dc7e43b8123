package im.linnet.edge.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import im.linnet.edge.session.AuthRequest;
import im.linnet.schemas.Limits;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.Extent;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.CloseCode;
import im.linnet.schemas.frame.Frames;
import im.linnet.schemas.frame.ProtocolErrorException;
import im.linnet.schemas.frame.ReplyCode;
import im.linnet.schemas.frame.RequestDecoder;
import im.linnet.schemas.frame.RequestFields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the bytes of a frame to the request that its op reads from them. */
class OpRequestsTest {
  private static final String SEND = "{'id':'7','op':'send','kind':'p2p','to':'bb','content':'Hi'}";

  private final RequestDecoder decoder = new RequestDecoder(Limits.DEFAULT);
  private final Ops ops = new OpWorld().ops;

  private RequestFields fields(String frame) throws ProtocolErrorException {
    byte[] bytes = frame.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return decoder.decode(bytes, 0, bytes.length);
  }

  private Object decode(String frame) throws ProtocolErrorException, BadRequestException {
    return decode(frame.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private Object decode(byte[] frame) throws ProtocolErrorException, BadRequestException {
    RequestFields fields = decoder.decode(frame, 0, frame.length);
    fields.requireGoodId();
    return ops.op(fields).read(fields);
  }

  private BadRequestException refused(String frame) {
    return catchThrowableOfType(BadRequestException.class, () -> decode(frame));
  }

  @Test
  void readsEveryOp() throws Exception {
    assertThat(
            decode(
                "{'id':'1','op':'auth','token':'t','device':'phone','log':'l',"
                    + "'resume':['p2p/3/812','mutual/3/-1']}"))
        .isEqualTo(
            new AuthRequest(
                "1",
                "t",
                "phone",
                List.of(new Position(Stream.P2P, 3, 812), new Position(Stream.MUTUAL, 3, -1)),
                "l"));
    assertThat(decode("{'op':'auth'}"))
        .isEqualTo(new AuthRequest(null, null, "default", null, null));
    assertThat(decode("{'op':'auth','resume':[]}"))
        .isEqualTo(new AuthRequest(null, null, "default", List.of(), null));
    assertThat(decode(SEND))
        .isEqualTo(new SendOp.Request(Stream.P2P, "bb", "Hi", null, null, false));
    assertThat(
            decode(
                "{'op':'send','kind':'mutual','to':'bb','content':'','type':'add_friend',"
                    + "'uuid':'u','retry':true}"))
        .isEqualTo(new SendOp.Request(Stream.MUTUAL, "bb", "", "add_friend", "u", true));
    assertThat(decode("{'op':'read','kind':'p2p','peer':'aa','upTo':'p2p/3/812'}"))
        .isEqualTo(
            new ReadOp.Request(
                Stream.P2P, "aa", new Extent.UpTo(new Position(Stream.P2P, 3, 812)), 50));
    assertThat(decode("{'op':'read','kind':'p2p','peer':'aa','uuids':['u1','u2']}"))
        .isEqualTo(new ReadOp.Request(Stream.P2P, "aa", new Extent.Uuids(List.of("u1", "u2")), 50));
    assertThat(decode("{'op':'history','kind':'p2p','peer':'aa'}"))
        .isEqualTo(new HistoryOp.Request(Stream.P2P, "aa", null, 50));
    assertThat(decode("{'op':'history','kind':'p2p','peer':'aa','before':'c','limit':200}"))
        .isEqualTo(new HistoryOp.Request(Stream.P2P, "aa", "c", 200));
    assertThat(decode("{'id':'u','op':'unread'}")).isEqualTo(new UnreadOp.Request());
    assertThat(decode("{'op':'presence.get','users':['aa']}"))
        .isEqualTo(new PresenceGetOp.Request(List.of("aa")));
    assertThat(decode("{'op':'presence.watch','users':[]}"))
        .isEqualTo(new PresenceGetOp.Request(List.of()));
    assertThat(decode("{'op':'receipts','kind':'p2p','to':'bb','uuid':'u'}"))
        .isEqualTo(new ReceiptsOp.Request(Stream.P2P, "bb", "u"));
    assertThat(decode("{'op':'conversations'}")).isEqualTo(new ConversationsOp.Request(null, 30));
    assertThat(decode("{'op':'conversations','before':'c','limit':100}"))
        .isEqualTo(new ConversationsOp.Request("c", 100));
    assertThat(decode("{'op':'typing','kind':'topic','to':'tea'}"))
        .isEqualTo(new TypingOp.Request(Stream.TOPIC, "tea"));
    assertThat(decode("{'op':'contact.set','user':'bb','remark':'','labels':['l']}"))
        .isEqualTo(new ContactSetOp.Request("bb", "", List.of("l")));
    assertThat(decode("{'op':'profile.set','nickname':'Anna'}"))
        .isEqualTo(new ProfileSetOp.Request("Anna", null));
    assertThat(decode("{'op':'profile.get','users':['aa']}"))
        .isEqualTo(new ProfileGetOp.Request(List.of("aa")));
    assertThat(decode("{'op':'contact.list'}")).isEqualTo(new ContactListOp.Request("", 200));
    assertThat(decode("{'op':'presence.set','status':'busy'}"))
        .isEqualTo(new PresenceSetOp.Request(PresenceStatus.BUSY));
    assertThat(decode("{'op':'ping'}")).isEqualTo(new PingOp.Request());
    assertThat(decode("{'op':'pong'}")).isEqualTo(new PongOp.Request());
    assertThat(decode("{'op':'logout'}")).isEqualTo(new LogoutOp.Request());
  }

  @Test
  void anyBytesEndInARequestOrOneOfTheTwoErrors() throws Exception {
    Random random = new Random(12);
    byte[] frame = SEND.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] damaged = frame.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        decode(damaged);
      } catch (BadRequestException e) {
        assertThat(Frames.error(e)).isNotEmpty();
        refused++;
      } catch (ProtocolErrorException e) {
        assertThat(Frames.close(CloseCode.PROTOCOL_ERROR, e.getMessage(), 0)).isNotEmpty();
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(10_000);
  }

  /** Each row: the field that the error names, the frame. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "op | {}",
        "op | {'op':7}",
        "op | {'op':null}",
        "op | {'op':'fly'}",
        "op | {'op':'SEND'}",
        "op | {'op':'\\ud800'}",
        "id | {'id':7,'op':'ping'}",
        "id | {'id':'','op':'ping'}",
        "id | {'id':{},'op':'ping'}",
        "id | {'id':'a\\udc00','op':'ping'}",
        "kind | {'op':'send','to':'bb','content':''}",
        "kind | {'op':'send','kind':'P2P','to':'bb','content':''}",
        "kind | {'op':'send','kind':1,'to':'bb','content':''}",
        "to | {'op':'send','kind':'p2p','content':''}",
        "to | {'op':'send','kind':'p2p','to':'','content':''}",
        "to | {'op':'send','kind':'p2p','to':'a b','content':''}",
        "to | {'op':'send','kind':'p2p','to':['bb'],'content':''}",
        "content | {'op':'send','kind':'p2p','to':'bb'}",
        "content | {'op':'send','kind':'p2p','to':'bb','content':null}",
        "content | {'op':'send','kind':'p2p','to':'bb','content':5}",
        "content | {'op':'send','kind':'p2p','to':'bb','content':{'a':1}}",
        "content | {'op':'send','kind':'p2p','to':'bb','content':'x\\ud800y'}",
        "content | {'op':'send','kind':'p2p','to':'bb','content':'\\udc00\\ud800'}",
        "type | {'op':'send','kind':'p2p','to':'bb','content':'','type':''}",
        "type | {'op':'send','kind':'p2p','to':'bb','content':'','type':7}",
        "type | {'op':'send','kind':'mutual','to':'bb','content':''}",
        "uuid | {'op':'send','kind':'p2p','to':'bb','content':'','uuid':''}",
        "uuid | {'op':'send','kind':'p2p','to':'bb','content':'','uuid':7}",
        "uuid | {'op':'send','kind':'p2p','to':'bb','content':'','uuid':'\\ud800'}",
        "retry | {'op':'send','kind':'p2p','to':'bb','content':'','retry':'true'}",
        "retry | {'op':'send','kind':'p2p','to':'bb','content':'','retry':1}",
        "peer | {'op':'read','kind':'p2p','upTo':'p2p/3/1'}",
        "upTo | {'op':'read','kind':'p2p','peer':'aa'}",
        "upTo | {'op':'read','kind':'p2p','peer':'aa','upTo':'p2p/3/1','uuids':['u']}",
        "upTo | {'op':'read','kind':'p2p','peer':'aa','upTo':3}",
        "upTo | {'op':'read','kind':'p2p','peer':'aa','upTo':'812'}",
        "upTo | {'op':'read','kind':'p2p','peer':'aa','upTo':'p2p/3/-1'}",
        "upTo | {'op':'read','kind':'p2p','peer':'aa','upTo':'mutual/3/1'}",
        "uuids | {'op':'read','kind':'p2p','peer':'aa','uuids':[]}",
        "uuids | {'op':'read','kind':'p2p','peer':'aa','uuids':'u'}",
        "uuids | {'op':'read','kind':'p2p','peer':'aa','uuids':[7]}",
        "uuids | {'op':'read','kind':'p2p','peer':'aa','uuids':['u',null]}",
        "uuids | {'op':'read','kind':'p2p','peer':'aa','uuids':['']}",
        "limit | {'op':'history','kind':'p2p','peer':'aa','limit':0}",
        "limit | {'op':'history','kind':'p2p','peer':'aa','limit':201}",
        "limit | {'op':'history','kind':'p2p','peer':'aa','limit':-1}",
        "limit | {'op':'history','kind':'p2p','peer':'aa','limit':'50'}",
        "limit | {'op':'history','kind':'p2p','peer':'aa','limit':1.5}",
        "limit | {'op':'history','kind':'p2p','peer':'aa','limit':4294967346}",
        "limit | {'op':'history','kind':'p2p','peer':'aa','limit':9223372036854775808}",
        "limit | {'op':'history','kind':'p2p','peer':'aa','limit':1e400}",
        "before | {'op':'history','kind':'p2p','peer':'aa','before':7}",
        "kind | {'op':'history','peer':'aa'}",
        "peer | {'op':'history','kind':'p2p'}",
        "users | {'op':'presence.get'}",
        "users | {'op':'presence.get','users':'aa'}",
        "users | {'op':'presence.watch','users':['aa',1]}",
        "users | {'op':'presence.watch','users':['a a']}",
        "users | {'op':'presence.watch','users':['\\ud800']}",
        "limit | {'op':'conversations','limit':101}",
        "before | {'op':'conversations','before':1}",
        "kind | {'op':'receipts','kind':'profile','to':'bb','uuid':'u'}",
        "to | {'op':'typing','kind':'p2p'}",
        "user | {'op':'contact.set','remark':'Bob'}",
        "remark | {'op':'contact.set','user':'bb','remark':'\\ud800'}",
        "labels | {'op':'contact.set','user':'bb','labels':['']}",
        "labels | {'op':'contact.set','user':'bb','labels':['123456789012345678901234567890123']}",
        "nickname | {'op':'profile.set','nickname':7}",
        "avatar | {'op':'profile.set','avatar':'javascript:alert(1)'}",
        "avatar | {'op':'profile.set','avatar':'data:image/svg+xml;base64,AAAA'}",
        "users | {'op':'profile.get'}",
        "after | {'op':'contact.list','after':''}",
        "limit | {'op':'contact.list','limit':201}",
        "status | {'op':'presence.set'}",
        "status | {'op':'presence.set','status':'gone'}",
        "resume | {'op':'auth','resume':['profile/0/1']}",
        "token | {'op':'auth','token':7}",
        "device | {'op':'auth','device':''}",
        "device | {'op':'auth','device':{}}",
        "resume | {'op':'auth','resume':'p2p/3/812'}",
        "resume | {'op':'auth','resume':[812]}",
        "resume | {'op':'auth','resume':['p2p/3']}",
        "resume | {'op':'auth','resume':[['p2p/3/1']]}",
        "log | {'op':'auth','log':1}"
      })
  void anErrorNamesItsField(String field, String frame) {
    BadRequestException e = refused(frame);
    assertThat(e).as(frame).isNotNull();
    assertThat(e.code()).isEqualTo(ReplyCode.BAD_REQUEST);
    assertThat(e.field()).isEqualTo(field);
    assertThat(e.getMessage()).startsWith(field + ": ");
    assertThat(new String(Frames.error(e), StandardCharsets.UTF_8))
        .contains("\"code\":4000,\"message\":\"bad_request: " + field);
  }

  @Test
  void anErrorCarriesTheRequestsIdWhereverItStands() {
    assertThat(refused("{'op':'send','id':'7'}").requestId()).isEqualTo("7");
  }

  /** Each row: the id as it stands in the request, the id of the reply; empty for none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "7 | 7",
        "-7 | -7",
        "1.50 | 1.50",
        "1e400 | 1e400",
        "99999999999999999999 | 99999999999999999999",
        "true |",
        "[7] |",
        "{'a':7} |",
        "'' |",
        "'\\ud800' |"
      })
  void anIdThatIsNoStringIsRefusedUnderItsTextWhereItIsANumber(String id, @Nullable String told) {
    for (String op : List.of("ping", "fly", "send")) {
      BadRequestException e = refused("{'id':" + id + ",'op':'" + op + "'}");
      assertThat(e.field()).isEqualTo("id");
      assertThat(e.getMessage())
          .isEqualTo("id: must be a string of 1-64 characters of Unicode text");
      assertThat(e.requestId()).isEqualTo(told);
    }
    assertThat(refused("{'id':" + "7".repeat(65) + ",'op':'ping'}").requestId()).isNull();
    assertThat(refused("{'id':'" + "7".repeat(65) + "','op':'ping'}").requestId()).isNull();
  }

  /** Whatever the bytes are, no word of the parser's comes through. */
  @Test
  void noErrorIsInTheWordsOfALibrary() {
    Random random = new Random(13);
    byte[] frame = SEND.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = java.util.Arrays.copyOf(frame, 1 + random.nextInt(frame.length));
      damaged[random.nextInt(damaged.length)] = (byte) (32 + random.nextInt(96));
      Exception e = catchThrowableOfType(Exception.class, () -> decode(damaged));
      if (e != null) {
        assertThat(e.getMessage())
            .matches("(not JSON|not UTF-8 text|a frame must be one|[a-z]+: ).*")
            .doesNotContain("token", "Source", "line", "com.fasterxml");
      }
    }
  }

  /** Each row: the message, the frame. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "kind: 'P2P' is none of p2p, topic and mutual | {'op':'history','kind':'P2P','peer':'a'}",
        "peer: must be 1-64 characters of A-Z a-z 0-9 . _ @ - |"
            + " {'op':'history','kind':'p2p','peer':''}",
        "peer: must be a string | {'op':'history','kind':'p2p','peer':7.5}",
        "limit: 99999999999999999999 is outside 1-200 |"
            + " {'op':'history','kind':'p2p','peer':'a','limit':99999999999999999999}",
        "limit: -1 is outside 1-200 | {'op':'history','kind':'p2p','peer':'a','limit':-1}",
        "limit: must be a whole number | {'op':'history','kind':'p2p','peer':'a','limit':1.5}",
        "upTo: is missing, and uuids too | {'op':'read','kind':'p2p','peer':'a'}",
        "upTo: stands beside uuids; give one of the two |"
            + " {'op':'read','kind':'p2p','peer':'a','upTo':'p2p/0/1','uuids':['u']}",
        "upTo: must be a position of that kind, as mutual/3/812 |"
            + " {'op':'read','kind':'mutual','peer':'a','upTo':'p2p/0/1'}",
        "uuid: must be 1-64 characters of Unicode text |"
            + " {'op':'send','kind':'p2p','to':'b','content':'','uuid':''}",
        "content: holds half of a surrogate pair, which is not Unicode text |"
            + " {'op':'send','kind':'p2p','to':'b','content':'\\ud800'}",
        "op: is missing | {}",
        "op: must be a string | {'op':7e999}"
      })
  void anErrorSaysWhatIsWrongWithItsField(String told, String frame) {
    assertThat(refused(frame).getMessage()).isEqualTo(told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "你", "😀"})
  void contentIsBoundedInBytesOfUtf8(String character) throws Exception {
    int size = character.getBytes(StandardCharsets.UTF_8).length;
    String most = character.repeat(Limits.DEFAULT.content() / size);
    String padding =
        "x".repeat(Limits.DEFAULT.content() - most.length() / character.length() * size);
    SendOp.Request send = (SendOp.Request) decode(SEND.replace("Hi", most + padding));
    assertThat(send.content()).isEqualTo(most + padding);
    BadRequestException e = refused(SEND.replace("Hi", most + padding + "x"));
    assertThat(e.code()).isEqualTo(ReplyCode.TOO_LARGE);
    assertThat(e.field()).isEqualTo("content");
    assertThat(e.requestId()).isEqualTo("7");
  }

  @Test
  void aDeviceHasAnyNameOfOneToSixtyFourCharacters() throws Exception {
    for (String name : List.of("x".repeat(64), "😀".repeat(64), "Anna’s phone", "a/b:c\\n")) {
      AuthRequest auth = (AuthRequest) decode("{'op':'auth','device':'" + name + "'}");
      assertThat(auth.device()).isEqualTo(name.replace("\\n", "\n"));
    }
    for (String name : List.of("", "x".repeat(65), "\\ud800")) {
      assertThat(refused("{'op':'auth','device':'" + name + "'}").getMessage())
          .isEqualTo("device: must be 1-64 characters of Unicode text");
    }
  }

  @Test
  void idsHaveOneToSixtyFourCharacters() throws Exception {
    String frame = "{'id':'I','op':'send','kind':'p2p','to':'bb','content':'','uuid':'U'}";
    SendOp.Request send =
        (SendOp.Request) decode(frame.replace("I", "i".repeat(64)).replace("U", "😀".repeat(64)));
    assertThat(fields(frame.replace("I", "i".repeat(64))).replyId()).hasSize(64);
    assertThat(send.uuid()).hasSize(128);
    assertThat(refused(frame.replace("U", "u".repeat(65))).field()).isEqualTo("uuid");
    assertThat(refused(frame.replace("I", "i".repeat(65))).field()).isEqualTo("id");
  }

  @Test
  void listsAreBounded() throws Exception {
    String uuids = "'u'" + ",'u'".repeat(199);
    String read = "{'op':'read','kind':'p2p','peer':'aa','uuids':[%s]}";
    assertThat(decode(read.formatted(uuids))).isInstanceOf(ReadOp.Request.class);
    assertThat(refused(read.formatted(uuids + ",'u'")).field()).isEqualTo("uuids");
    String watch = "{'op':'presence.watch','users':[%s]}";
    assertThat(decode(watch.formatted(uuids))).isInstanceOf(PresenceGetOp.Request.class);
    assertThat(refused(watch.formatted(uuids + ",'u'")).field()).isEqualTo("users");
    String auth = "{'op':'auth','resume':['p2p/0/1'%s]}";
    assertThat(refused(auth.formatted(",'p2p/0/1'".repeat(4096))).field()).isEqualTo("resume");
  }

  @Test
  void unknownFieldsAreSkippedWhateverTheyHold() throws Exception {
    String deep = "[".repeat(500) + "{'op':'logout'}" + "]".repeat(500);
    assertThat(decode("{'x':" + deep + ",'y':null,'z':1e999,'':'\\ud800','op':'ping'}"))
        .isEqualTo(new PingOp.Request());
    String digits = "9".repeat(60_000);
    assertThat(decode("{'x':" + digits + ",'op':'ping'}")).isEqualTo(new PingOp.Request());
    assertThat(decode("{'" + digits + "':0,'op':'ping'}")).isEqualTo(new PingOp.Request());
    assertThat(decode("{'x':'" + digits + "','op':'ping'}")).isEqualTo(new PingOp.Request());
    assertThat(refused("{'op':'history','kind':'p2p','peer':'a','limit':" + digits + "}").field())
        .isEqualTo("limit");
  }

  @Test
  void aFieldThatTheOpDoesNotUseIsNotJudged() throws Exception {
    assertThat(decode("{'op':'ping','to':7,'uuids':{},'limit':'x'}"))
        .isEqualTo(new PingOp.Request());
  }

  @Test
  void ofTwoFieldsOfOneNameTheLastCounts() throws Exception {
    assertThat(decode("{'op':'logout','op':'ping'}")).isEqualTo(new PingOp.Request());
    assertThat(refused(SEND.replace("'to':'bb'", "'to':'bb','to':null")).field()).isEqualTo("to");
  }

  @Test
  void nullIsAsIfAbsent() throws Exception {
    assertThat(
            decode(
                "{'id':null,'op':'send','kind':'p2p','to':'bb','content':'Hi','type':null,"
                    + "'uuid':null,'retry':null}"))
        .isEqualTo(new SendOp.Request(Stream.P2P, "bb", "Hi", null, null, false));
    assertThat(decode("{'op':'auth','resume':null,'token':null,'device':null,'log':null}"))
        .isEqualTo(new AuthRequest(null, null, "default", null, null));
    assertThat(decode("{'op':'history','kind':'p2p','peer':'a','before':null,'limit':null}"))
        .isEqualTo(new HistoryOp.Request(Stream.P2P, "a", null, 50));
  }

  @Test
  void whatIsQuotedBackIsShortAndWellFormed() {
    String frame = "{'op':'" + "x".repeat(39) + "😀" + "y".repeat(1000) + "'}";
    assertThat(refused(frame).getMessage()).endsWith("x😀...'");
    assertThat(refused("{'op':'a\\ud800b'}").getMessage()).endsWith("'a\ufffdb'");
  }
}
