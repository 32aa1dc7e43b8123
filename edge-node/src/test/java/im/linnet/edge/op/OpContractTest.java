package im.linnet.edge.op;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Limits;
import im.linnet.schemas.contract.Contract;
import im.linnet.schemas.contract.Contract.Sample;
import im.linnet.schemas.contract.Mutations;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.ProtocolErrorException;
import im.linnet.schemas.frame.RequestDecoder;
import im.linnet.schemas.frame.RequestFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of ops, the schemas of their requests, the golden samples and the docs say the same.
 */
class OpContractTest {
  private static final RequestDecoder DECODER = new RequestDecoder(Limits.DEFAULT);
  private static final Ops OPS = new OpWorld().ops;
  private static final Path DOCS = Path.of("..", "docs", "protocol.md");

  static Collection<Op<?>> ops() {
    return OPS.all();
  }

  static List<Sample> requests() {
    return Contract.samples("frame/request");
  }

  @Test
  void everyRequestHasASchema() {
    assertThat(Contract.schemaNames("frame/request"))
        .containsExactlyInAnyOrderElementsOf(ops().stream().map(Op::schema).toList());
  }

  @ParameterizedTest
  @MethodSource("ops")
  void everyOpHasAGoldenSample(Op<?> op) {
    assertThat(requests()).extracting(Sample::schema).contains(op.schema());
  }

  /** Each op has a row that begins with its name, and the role that may ask for it. */
  @ParameterizedTest
  @MethodSource("ops")
  void everyOpHasARowInTheDocs(Op<?> op) throws IOException {
    assertThat(Files.readAllLines(DOCS))
        .anyMatch(line -> line.startsWith("| `" + op.name() + "` | " + role(op.role()) + " |"));
  }

  private static String role(Op.Role role) {
    return switch (role) {
      case GUEST -> "anybody";
      case USER -> "after `auth`";
    };
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aRequestsSampleIsThatRequest(Sample sample) throws Exception {
    byte[] frame = sample.bytes();
    RequestFields request = DECODER.decode(frame, 0, frame.length);
    Op<?> op = OPS.op(request);
    assertThat(op.schema()).isEqualTo(sample.schema());
    assertThat(op.read(request)).isNotNull();
    assertThat(request.replyId()).isEqualTo(sample.json().path("id").textValue());
  }

  @ParameterizedTest
  @MethodSource("requests")
  void schemaAndDecoderRefuseTheSameDamage(Sample sample) {
    for (Mutations.Mutation mutation : Mutations.of(sample.json())) {
      if (mutation.what().startsWith("op=")) {
        assertThat(decodes(mutation.json())).as(mutation.what()).isFalse();
      }
      boolean valid = Contract.complaints(sample.schema(), mutation.json()).isEmpty();
      assertThat(decodes(mutation.json()))
          .as(mutation.what() + " (valid by the schema: " + valid + ")")
          .isEqualTo(valid);
    }
  }

  private static boolean decodes(JsonNode json) {
    byte[] frame = Contract.bytes(json);
    try {
      RequestFields request = DECODER.decode(frame, 0, frame.length);
      request.requireGoodId();
      return OPS.op(request).read(request) != null;
    } catch (BadRequestException | ProtocolErrorException e) {
      return false;
    }
  }
}
