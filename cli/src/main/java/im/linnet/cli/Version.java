package im.linnet.cli;

import picocli.CommandLine.IVersionProvider;

/** The output of {@code --version}. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "linnet " + (version == null ? "(not packaged)" : version),
      "java " + Runtime.version() + " on " + System.getProperty("os.name")
    };
  }
}
