package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The word to a sender that somebody has read.
 *
 * @param upTo as far as that
 * @param of the place of the mark itself
 */
record Notice(String reader, String upTo, String of) {
  static Notice of(JsonNode value) {
    return new Notice(
        value.path("reader").asText(),
        value.path("upTo").asText(),
        value.path("of").path("at").asText());
  }
}
