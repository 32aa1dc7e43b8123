package im.linnet.schemas.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The schema files and golden samples, found by listing their folders, and the validator. */
public final class Contract {
  static final String BASE = "https://linnet.im/schemas/";
  static final ObjectMapper MAPPER = new ObjectMapper();

  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(
          VersionFlag.V202012,
          builder ->
              builder.schemaMappers(
                  mappers -> mappers.mapPrefix(BASE, "classpath:im/linnet/schemas/")));

  private Contract() {}

  /** One golden sample; {@code schema} is the schema's path without the extension. */
  public record Sample(String schema, Path file) {
    /** Its bytes. */
    public byte[] bytes() {
      return read(file);
    }

    /** Its value. */
    public JsonNode json() {
      return parse(bytes());
    }

    @Override
    public String toString() {
      return schema + "/" + file.getFileName();
    }
  }

  static Path schemas() {
    return folder("/im/linnet/schemas/common.json").getParent();
  }

  /** Paths of all schema files, relative to their root, without the extension. */
  public static List<String> schemaNames(String folder) {
    Path root = schemas();
    return filesBelow(root.resolve(folder)).stream()
        .map(file -> root.relativize(file).toString())
        .filter(name -> name.endsWith(".json"))
        .map(name -> name.substring(0, name.length() - ".json".length()))
        .toList();
  }

  /** The golden samples below a folder. */
  public static List<Sample> samples(String folder) {
    Path root = folder("/golden/event").getParent();
    return filesBelow(root.resolve(folder)).stream()
        .map(file -> new Sample(root.relativize(file.getParent()).toString(), file))
        .toList();
  }

  /** What the schema has against the value; empty where it is valid. */
  public static Set<ValidationMessage> complaints(String schema, JsonNode value) {
    return FACTORY.getSchema(SchemaLocation.of(BASE + schema + ".json")).validate(value);
  }

  /** What the meta-schema of draft 2020-12 has against a schema file. */
  static Set<ValidationMessage> metaComplaints(JsonNode schema) {
    return FACTORY
        .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
        .validate(schema);
  }

  static JsonNode parse(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a value. */
  public static byte[] bytes(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> filesBelow(Path folder) {
    try (java.util.stream.Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder(String resource) {
    URL url = Contract.class.getResource(resource);
    if (url == null) {
      throw new IllegalStateException("no resource " + resource);
    }
    try {
      URI uri = url.toURI();
      if (uri.getScheme().equals("jar")) {
        openJar(uri);
      }
      return Path.of(uri);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Other modules find these files in a jar, which stays open for all who read it. */
  private static void openJar(URI uri) {
    try {
      FileSystems.newFileSystem(uri, Map.of());
    } catch (FileSystemAlreadyExistsException e) {
      // It is open.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
