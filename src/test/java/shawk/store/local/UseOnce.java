package shawk.store.local;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that uses the server in a folder, prints the server's pid, and lets go when its input ends. */
final class UseOnce {
    private UseOnce() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        Servers servers = new Servers(Path.of(args[0]));
        servers.idleSeconds = Integer.parseInt(args[1]);
        LocalServer server = new LocalServer(servers.setting(), line -> {});
        try (LocalServer.Lease lease = server.use(Access.WRITE)) {
            String answer = Servers.ask(lease, "select 6 * 7");
            out.println(answer + " " + server.status().server());
            while (System.in.read() >= 0) {
                // until the end of input
            }
        }
    }
}
