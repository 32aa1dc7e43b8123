package im.linnet.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The AsyncAPI document names everything that exists, and nothing else. The structural rules are
 * those of the AsyncAPI 3.0.0 specification.
 */
class AsyncApiTest {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]+");
  private static JsonNode document;

  @BeforeAll
  static void parse() throws IOException {
    document =
        new YAMLMapper().readTree(Files.readAllBytes(Contract.schemas().resolve("asyncapi.yaml")));
  }

  private static void each(JsonNode object, BiConsumer<String, JsonNode> use) {
    object.properties().forEach(entry -> use.accept(entry.getKey(), entry.getValue()));
  }

  private static JsonNode resolve(JsonNode node) {
    String reference = node.path("$ref").asText("");
    return reference.isEmpty() ? node : document.at(reference.substring(1));
  }

  @Test
  void itIsAnAsyncApi3Document() {
    assertThat(document.path("asyncapi").textValue()).isEqualTo("3.0.0");
    assertThat(document.path("info").path("title").textValue()).isNotBlank();
    assertThat(document.path("info").path("version").textValue()).isNotBlank();
    Set<String> sections = new TreeSet<>();
    document.fieldNames().forEachRemaining(sections::add);
    assertThat(
            Set.of(
                "asyncapi",
                "id",
                "info",
                "servers",
                "defaultContentType",
                "channels",
                "operations",
                "components"))
        .containsAll(sections);
    each(
        document.path("servers"),
        (name, server) -> {
          assertThat(name).matches(ID);
          assertThat(server.path("host").textValue()).as(name).isNotBlank();
          assertThat(server.path("protocol").textValue()).as(name).isNotBlank();
        });
  }

  @Test
  void everyReferenceResolves() {
    List<String> references = document.findValuesAsText("$ref");
    assertThat(references).hasSizeGreaterThan(50);
    for (String reference : references) {
      if (reference.startsWith("#/")) {
        assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
      } else {
        assertThat(Contract.schemas().resolve(reference)).as(reference).isRegularFile();
      }
    }
  }

  @Test
  void everySchemaFileIsReferenced() {
    Set<String> referenced = new TreeSet<>(document.findValuesAsText("$ref"));
    List<String> files = new ArrayList<>();
    for (String folder : List.of("event", "frame")) {
      for (String name : Contract.schemaNames(folder)) {
        files.add("./" + name + ".json");
      }
    }
    assertThat(referenced).containsAll(files);
  }

  @Test
  void everyTopicOfTheCatalogueIsAChannelAsItIsConfigured() {
    Map<String, JsonNode> channels = new HashMap<>();
    each(
        document.path("channels"),
        (name, channel) -> {
          JsonNode kafka = channel.path("bindings").path("kafka");
          if (!kafka.isMissingNode()) {
            channels.put(channel.path("address").textValue(), kafka);
          }
        });
    List<String> names = TopicCatalogue.all().stream().map(Topic::name).toList();
    assertThat(channels).containsOnlyKeys(names);
    for (Topic topic : TopicCatalogue.all()) {
      JsonNode kafka = channels.get(topic.name());
      assertThat(kafka.path("bindingVersion").textValue()).isEqualTo("0.5.0");
      assertThat(kafka.path("topic").textValue()).isEqualTo(topic.name());
      assertThat(kafka.path("partitions").intValue())
          .isEqualTo(TopicCatalogue.DEFAULT.partitions(topic));
      JsonNode config = kafka.path("topicConfiguration");
      List<String> policy = new ArrayList<>();
      config.path("cleanup.policy").forEach(value -> policy.add(value.textValue()));
      assertThat(String.join(",", policy)).isEqualTo(topic.config().get("cleanup.policy"));
      assertThat(config.path("retention.ms").asText(null))
          .as(topic.name())
          .isEqualTo(topic.config().get("retention.ms"));
    }
  }

  @Test
  void everyMessageStandsInAChannelAndHasAPayload() {
    Set<String> used = new TreeSet<>();
    each(
        document.path("channels"),
        (name, channel) -> {
          assertThat(name).matches(ID);
          assertThat(channel.has("address")).as(name).isTrue();
          channel
              .path("servers")
              .forEach(
                  server -> assertThat(server.path("$ref").textValue()).startsWith("#/servers/"));
          each(
              channel.path("messages"),
              (id, message) -> {
                assertThat(message.path("$ref").textValue())
                    .isEqualTo("#/components/messages/" + id);
                used.add(id);
              });
        });
    Set<String> defined = new TreeSet<>();
    each(
        document.path("components").path("messages"),
        (id, message) -> {
          defined.add(id);
          assertThat(id).matches(ID);
          JsonNode payload = message.path("payload");
          if (!message.has("contentType")) {
            assertThat(payload.path("schemaFormat").textValue())
                .as(id)
                .isEqualTo("application/schema+json;version=draft-2020-12");
            assertThat(payload.path("schema").path("$ref").textValue()).as(id).startsWith("./");
          }
        });
    assertThat(used).isEqualTo(defined);
  }

  @Test
  void recordsNameTheirEventAndCarryCloudEventHeaders() {
    each(
        document.path("components").path("messages"),
        (id, message) -> {
          String file = message.path("payload").path("schema").path("$ref").asText("");
          if (file.startsWith("./event/")) {
            String event = file.substring("./event/".length()).replace(".v1.json", "");
            String type = event.substring(event.indexOf('.') + 1);
            assertThat(message.path("name").textValue()).isEqualTo(type);
            assertThat(resolve(message.path("traits").path(0)).path("headers").path("required"))
                .hasSize(6);
            assertThat(message.path("bindings").path("kafka").has("key")).as(id).isTrue();
          }
        });
  }

  @Test
  void operationsUseMessagesOfTheirChannel() {
    Set<String> received = new TreeSet<>();
    each(
        document.path("operations"),
        (name, operation) -> {
          assertThat(name).matches(ID);
          assertThat(operation.path("action").textValue()).isIn("send", "receive");
          assertMessagesOf(operation);
          if (operation.has("reply")) {
            assertMessagesOf(operation.path("reply"));
          }
          if (operation.path("action").textValue().equals("receive")) {
            received.add(name.toLowerCase(Locale.ROOT));
          }
        });
    for (String request : Contract.schemaNames("frame/request")) {
      String op = request.substring("frame/request/".length()).replace(".", "");
      assertThat(received).contains(op + "request");
    }
  }

  private static void assertMessagesOf(JsonNode operation) {
    String channel = operation.path("channel").path("$ref").textValue();
    assertThat(channel).startsWith("#/channels/");
    assertThat(operation.path("messages")).isNotEmpty();
    operation
        .path("messages")
        .forEach(
            message ->
                assertThat(message.path("$ref").textValue()).startsWith(channel + "/messages/"));
  }
}
