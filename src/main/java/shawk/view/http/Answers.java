package shawk.view.http;

import java.net.InetSocketAddress;

/** Who answers. Asked on the server's thread, which nothing may hold up. */
interface Answers {
    /** The answer to a request that came to an address of this host. */
    Response answer(Request request, InetSocketAddress local);

    /** An exchange ended for a fault of this program; the others go on. */
    void failed(Throwable fault);
}
