package im.linnet.schemas.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.linnet.schemas.contract.Contract;
import java.io.InputStream;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RequestFieldsTest {
  /** A field that is not kept would be missing for the op that asks for it. */
  @Test
  void everyFieldOfARequestsSchemaIsKept() throws Exception {
    TreeSet<String> fields = new TreeSet<>();
    for (String schema : Contract.schemaNames("frame/request")) {
      try (InputStream file =
          RequestFields.class.getResourceAsStream("/im/linnet/schemas/" + schema + ".json")) {
        JsonNode properties = new ObjectMapper().readTree(file).path("properties");
        properties.fieldNames().forEachRemaining(fields::add);
      }
    }
    assertThat(fields).hasSizeGreaterThan(10);
    assertThat(RequestFields.VOCABULARY).containsAll(fields);
  }
}
