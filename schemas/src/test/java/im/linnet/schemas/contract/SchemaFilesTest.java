package im.linnet.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaFilesTest {
  static List<String> schemas() {
    return Contract.schemaNames("");
  }

  private static JsonNode schema(String name) {
    return Contract.parse(Contract.read(Contract.schemas().resolve(name + ".json")));
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void aSchemaIsOneByDraft202012AndKnowsItsName(String name) {
    JsonNode schema = schema(name);
    assertThat(schema.path("$schema").textValue())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    assertThat(schema.path("$id").textValue()).isEqualTo(Contract.BASE + name + ".json");
    assertThat(schema.path("description").textValue()).isNotBlank();
    assertThat(Contract.metaComplaints(schema)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void everyReferenceResolves(String name) {
    for (String reference : schema(name).findValuesAsText("$ref")) {
      String[] parts =
          (reference.startsWith("#") ? name + ".json" + reference : reference)
              .replace(Contract.BASE, "")
              .split("#");
      JsonNode target = schema(parts[0].replace(".json", ""));
      assertThat(target.at(parts.length > 1 ? parts[1] : "").isMissingNode())
          .as(reference)
          .isFalse();
    }
  }

  @Test
  void everySharedDefinitionIsUsed() {
    StringBuilder all = new StringBuilder();
    for (String name : schemas()) {
      all.append(schema(name));
    }
    schema("common")
        .path("$defs")
        .fieldNames()
        .forEachRemaining(name -> assertThat(all).contains("#/$defs/" + name + "\""));
  }
}
