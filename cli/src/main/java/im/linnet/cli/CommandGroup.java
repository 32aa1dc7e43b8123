package im.linnet.cli;

/**
 * A subcommand of {@code linnet} that another module brings: a class with picocli's
 * {@code @Command}. {@link java.util.ServiceLoader} finds it on the class path, so that what is
 * shipped may leave it out.
 */
public interface CommandGroup {}
