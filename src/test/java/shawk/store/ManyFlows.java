package shawk.store;

import shawk.model.Column;
import shawk.model.Direction;
import shawk.model.Protocol;
import shawk.model.Snapshot;
import shawk.support.SnapshotBuilder;

/** A busy host, sample after sample: so many connections, in so many flows. */
final class ManyFlows {
    private ManyFlows() {}

    static Snapshot sample(int sequence, int rows, int flows) {
        SnapshotBuilder builder = new SnapshotBuilder().sequence(sequence);
        int[] owners = new int[10];
        for (int i = 0; i < owners.length; i++) {
            owners[i] = builder.process(1_000 + i, "server" + i);
        }
        for (int i = 0; i < rows; i++) {
            int flow = i % flows;
            builder.socket()
                    .local("10.0.0.5", 443)
                    .remote("10." + (flow >> 16) + "." + (flow >> 8 & 255) + "." + (flow & 255), 1_024 + i / flows)
                    .direction(Direction.IN)
                    .owner(owners[flow % owners.length])
                    .set(Column.PROTOCOL, Protocol.TCP.ordinal())
                    .set(Column.PORT, 443)
                    .set(Column.RTT, 100)
                    .set(Column.OPENED_NOW, 0)
                    .set(Column.TX_NOW, 10)
                    .set(Column.RX_NOW, 20);
        }
        return builder.build();
    }
}
