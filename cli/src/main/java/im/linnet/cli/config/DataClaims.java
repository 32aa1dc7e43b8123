package im.linnet.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The claims that the server of a data directory asks of a token. Another process that signs a
 * token with the key of the directory must put the same issuer and audience into it.
 */
public final class DataClaims {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DataClaims() {}

  /**
   * Writes the claims down.
   *
   * @throws SettingException if it cannot be written
   * @throws MachineException if the disk is full
   */
  public static void write(DataFolder folder, ExpectedClaims expected) {
    Path file = folder.tokenClaims();
    try {
      if (expected.equals(ExpectedClaims.ANY)) {
        Files.deleteIfExists(file);
        return;
      }
      ObjectNode json = JSON.createObjectNode();
      expected.issuers().forEach(json.putArray("iss")::add);
      expected.audiences().forEach(json.putArray("aud")::add);
      // Written aside first, so that no process reads half of it.
      Path draft = Files.createTempFile(folder.path(), "token-claims", null);
      try {
        Files.write(draft, JSON.writeValueAsBytes(json));
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw folder.failure("write the token's claims to", e);
    }
  }

  /**
   * The claims that were written last; none if there is no file.
   *
   * @throws SettingException if it cannot be read
   */
  public static ExpectedClaims read(DataFolder folder) {
    Path file = folder.tokenClaims();
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      return new ExpectedClaims(texts(json.path("iss")), texts(json.path("aud")));
    } catch (NoSuchFileException e) {
      return ExpectedClaims.ANY;
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingException(
          "cannot read " + file, "--data", "start 'linnet up' with that directory once more");
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
