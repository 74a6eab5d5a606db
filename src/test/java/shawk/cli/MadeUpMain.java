package shawk.cli;

/** The program over made-up samples, to be driven as a process: the first argument is the number of rows. */
final class MadeUpMain {
    private MadeUpMain() {}

    public static void main(String[] args) {
        int rows = Integer.parseInt(args[0]);
        String[] rest = java.util.Arrays.copyOfRange(args, 1, args.length);
        Main main = new Main(new StandardOutput(), System.err, (view, environment, log) -> new MadeUpSamples(rows));
        System.exit(main.run(rest));
    }
}
