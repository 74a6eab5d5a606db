package shawk.record;

import java.util.HashMap;
import java.util.Map;
import shawk.model.Names;
import shawk.model.Protocol;
import shawk.model.RawText;
import shawk.model.SafeText;

/** Users and services as the recording host called them, as far as it has been read. Used by one thread. */
final class RecordedNames implements Names {
    /** Users that are kept at most; those beyond have no name. */
    private static final int USERS_MAX = 100_000;

    private final Map<Long, SafeText> users = new HashMap<>();
    private final Map<Header.Service, SafeText> services = new HashMap<>();

    RecordedNames(Header header) {
        header.services().forEach((service, name) -> services.put(service, SafeText.of(name)));
    }

    void user(long uid, RawText name) {
        if (users.size() < USERS_MAX || users.containsKey(uid)) {
            users.put(uid, SafeText.of(name));
        }
    }

    @Override
    public SafeText user(long uid) {
        return users.getOrDefault(uid, SafeText.EMPTY);
    }

    @Override
    public SafeText service(Protocol protocol, int port) {
        return services.getOrDefault(new Header.Service(protocol.number(), port), SafeText.EMPTY);
    }
}
