package shawk.store.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How far the spool has been read never goes back behind what was durable. */
final class PositionFileTest {
    private static final UUID INSTANCE = new UUID(1, 2);

    private static PositionFile.Position at(long acknowledged) {
        return new PositionFile.Position(INSTANCE, acknowledged, 1, 0, new Losses(0, Map.of()));
    }

    private static PositionFile open(FakeDisk disk) throws IOException {
        return PositionFile.open(disk, new Kept(1_000));
    }

    /** What a failed sync has left can be read until the machine stops. */
    @Test
    void whatWasReadOutOfMemoryIsNotTakenForDurable() throws IOException {
        for (int seed = 0; seed < 500; seed++) {
            FakeDisk disk = new FakeDisk(new Random(seed));
            PositionFile first = open(disk);
            for (long acknowledged = 1; acknowledged <= 3; acknowledged++) {
                first.write(at(acknowledged));
            }
            disk.syncFailures = 1;
            assertThatThrownBy(() -> first.write(at(4))).isInstanceOf(IOException.class);
            first.close();
            disk.syncFailures = 0;
            disk.untilCrash = 2 + seed % 5;
            try {
                PositionFile again = open(disk);
                again.write(at(5));
                again.write(at(6));
            } catch (FakeDisk.Crash e) {
                // What is on disk then is judged.
            }
            PositionFile.Position found = open(disk.restarted()).found();
            assertThat(found == null ? 0 : found.acknowledged())
                    .as("seed " + seed)
                    .isGreaterThanOrEqualTo(3);
        }
    }
}
