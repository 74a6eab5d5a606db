package shawk.arch.bad.collect;

import shawk.arch.bad.source.diag.Queries;

/** A loop that knows an adapter instead of the port, and behaves like the program. */
public final class Collects {
    Queries adapter = new Queries();

    void loop() {
        try {
            adapter.wait();
        } catch (InterruptedException e) {
            e.printStackTrace();
            System.out.println("gone");
            System.exit(1);
        }
    }
}
