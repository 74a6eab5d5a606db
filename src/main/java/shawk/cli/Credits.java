package shawk.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is shipped, and under which licences. */
final class Credits {
    private static final List<Part> PARTS = List.of(
            new Part("shawk", "Apache-2.0", "connections of a Linux host by process, peer and port"),
            new Part("lanterna", "LGPL-3.0", "terminal and screen; https://github.com/mabe02/lanterna"),
            new Part("picocli", "Apache-2.0", "help; https://picocli.info"),
            new Part("jna", "Apache-2.0", "calls into libshawk.so; https://github.com/java-native-access/jna"),
            new Part("jackson-core", "Apache-2.0", "reads JSON; https://github.com/FasterXML/jackson-core"),
            new Part("maxmind-db", "Apache-2.0", "--geoip; https://github.com/maxmind/MaxMind-DB-Reader-java"),
            new Part("jline", "BSD-3-Clause", "the prompt of shawk shell; https://jline.org"),
            new Part("hdrhistogram", "BSD-2-Clause", "latencies; https://github.com/HdrHistogram/HdrHistogram"),
            new Part(
                    "pgjdbc",
                    "BSD-2-Clause",
                    "asks PostgreSQL; https://jdbc.postgresql.org; with scram and stringprep"),
            new Part("postgresql", "PostgreSQL", "the server, https://www.postgresql.org, built by zonky.io"),
            new Part("elk", "EPL-2.0", "places what look draws; https://eclipse.dev/elk"),
            new Part("emf-common", "EPL-2.0", "what elk is made with; https://eclipse.dev/modeling/emf"),
            new Part("emf-ecore", "EPL-2.0", "what elk is made with; https://eclipse.dev/modeling/emf"),
            new Part("xbase-lib", "EPL-2.0", "what elk is made with; https://eclipse.dev/Xtext"),
            new Part("guava", "Apache-2.0", "what elk is made with; https://github.com/google/guava"),
            new Part("jspecify", "Apache-2.0", "marks of what may be null; https://jspecify.dev"));

    /** The GNU LGPL is an addition to the GNU GPL. */
    private static final List<String> TEXTS =
            List.of("Apache-2.0", "LGPL-3.0", "GPL-3.0", "BSD-2-Clause", "BSD-3-Clause", "EPL-2.0", "PostgreSQL");

    private Credits() {}

    private record Part(String name, String licence, String what) {}

    /** The parts, then the text of each licence. */
    static String text(Versions versions) {
        StringBuilder out = new StringBuilder("What is shipped, and its licence:\n\n");
        for (Part part : PARTS) {
            pad(out, part.name + " " + versions.of(part.name), 20);
            pad(out, part.licence, 13);
            out.append(part.what).append('\n');
        }
        for (String name : TEXTS) {
            out.append("\n======== ").append(name).append(" ========\n\n").append(queryText(name));
        }
        return out.toString();
    }

    private static void pad(StringBuilder out, String text, int width) {
        out.append(text).append(" ".repeat(Math.max(1, width - text.length())));
    }

    private static String queryText(String name) {
        String file = "/licenses/" + name + ".txt";
        try (InputStream in = Credits.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing in the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }
}
