package im.linnet.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Finds a way to run a {@code mongod} on this machine, the cheapest first. */
final class MongodProvision {
  private MongodProvision() {}

  /**
   * A maker of servers by port.
   *
   * @throws IllegalStateException with one line that says what was tried, what to install, and how
   *     to leave the tests out
   */
  static IntFunction<Mongod> find() {
    List<String> reasons = new ArrayList<>();
    Optional<Path> installed = onPath(System.getenv("PATH"));
    if (installed.isPresent()) {
      return port -> new ChildMongod(installed.get(), port);
    }
    reasons.add("no mongod on the PATH");
    try {
      Path binary = new MongodWheel(MongodWheel.userCache()).binary();
      return port -> new ChildMongod(binary, port);
    } catch (UnavailableException e) {
      reasons.add(String.valueOf(e.getMessage()));
    }
    if (DockerMongod.isAvailable()) {
      return DockerMongod::new;
    }
    reasons.add("no Docker engine answers");
    throw new IllegalStateException(missing(reasons));
  }

  /** The executable in the first folder of a PATH that has one. */
  static Optional<Path> onPath(String path) {
    return List.of(path.split(File.pathSeparator, -1)).stream()
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, "mongod"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** One line, whatever the reasons contain. */
  static String missing(List<String> reasons) {
    return ("No MongoDB for the tests: "
            + MongoServer.URI_VARIABLE
            + " is not set, "
            + String.join(", ", reasons)
            + ". Install mongod 6 or newer, or Python 3 with pip, or Docker; or leave these tests"
            + " out with -DexcludedGroups=mongodb")
        .replaceAll("\\s+", " ");
  }
}
