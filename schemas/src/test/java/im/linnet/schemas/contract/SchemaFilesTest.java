package im.linnet.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
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
      // Relative, so that it leads on wherever the files were fetched from.
      assertThat(URI.create(reference).isAbsolute()).as(reference).isFalse();
      URI target = URI.create(Contract.BASE + name + ".json").resolve(reference);
      String file = target.getPath().substring(URI.create(Contract.BASE).getPath().length());
      String place = target.getFragment() == null ? "" : target.getFragment();
      assertThat(schema(file.replace(".json", "")).at(place).isMissingNode())
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
