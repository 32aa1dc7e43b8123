package im.linnet.schemas.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Every way to leave one field of a sample out, or to give it a value of another JSON type. */
public final class Mutations {
  /** A damaged sample and what was done to it. */
  public record Mutation(String what, JsonNode json) {}

  private static final List<JsonNode> OTHERS =
      List.of(
          JsonNodeFactory.instance.textNode("~"),
          JsonNodeFactory.instance.numberNode(-7),
          JsonNodeFactory.instance.numberNode(0.5),
          JsonNodeFactory.instance.booleanNode(true),
          JsonNodeFactory.instance.objectNode(),
          JsonNodeFactory.instance.arrayNode());

  private Mutations() {}

  /** All damages of a sample. */
  public static List<Mutation> of(JsonNode sample) {
    List<Mutation> mutations = new ArrayList<>();
    collect(sample, sample, "", mutations);
    return mutations;
  }

  private static void collect(JsonNode root, JsonNode node, String path, List<Mutation> found) {
    if (node instanceof ObjectNode object) {
      for (String name : List.copyOf(names(object))) {
        JsonNode value = object.get(name);
        object.remove(name);
        found.add(new Mutation("without " + path + name, root.deepCopy()));
        for (JsonNode other : OTHERS) {
          if (isOfAnotherType(value, other)) {
            object.set(name, other);
            found.add(new Mutation(path + name + "=" + other, root.deepCopy()));
          }
        }
        object.set(name, value);
        collect(root, value, path + name + ".", found);
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode value = array.get(i);
        for (JsonNode other : OTHERS) {
          if (isOfAnotherType(value, other)) {
            array.set(i, other);
            found.add(new Mutation(path + i + "=" + other, root.deepCopy()));
          }
        }
        array.set(i, value);
        collect(root, value, path + i + ".", found);
      }
    }
  }

  /** A fraction is another type than a whole number, but not than a fraction. */
  private static boolean isOfAnotherType(JsonNode value, JsonNode other) {
    return value.getNodeType() != other.getNodeType()
        || (value.isIntegralNumber() && !other.isIntegralNumber());
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
