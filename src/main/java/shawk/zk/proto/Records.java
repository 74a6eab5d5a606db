package shawk.zk.proto;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records of the client protocol, as {@code zookeeper.jute} of ZooKeeper 3.9 lays them out, and which operation has
 * which. Forms of 3.4 differ in what is missing at the end only.
 */
final class Records {
    private static final Map<String, Layout> ALL = Layouts.parse("""
            Id scheme:string id:string
            ACL perms:int id:Id
            Stat czxid:id mzxid:id ctime:long mtime:long version:int cversion:int aversion:int ephemeralOwner:id \
            dataLength:int numChildren:int pzxid:id
            ClientInfo authScheme:string user:string
            ConnectRequest protocolVersion:int lastZxidSeen:id timeOut:int sessionId:id passwd:secret readOnly:bool?
            ConnectResponse protocolVersion:int timeOut:int sessionId:id passwd:secret readOnly:bool?
            WatcherEvent type:int state:int path:string
            CreateRequest path:string data:buffer acl:ACL[] flags:int
            CreateTTLRequest path:string data:buffer acl:ACL[] flags:int ttl:long
            DeleteRequest path:string version:int
            ExistsRequest path:string watch:bool
            GetDataRequest path:string watch:bool
            SetDataRequest path:string data:buffer version:int
            GetACLRequest path:string
            SetACLRequest path:string acl:ACL[] version:int
            GetChildrenRequest path:string watch:bool
            GetChildren2Request path:string watch:bool
            SyncRequest path:string
            CheckVersionRequest path:string version:int
            MultiRequest ops:operations
            ReconfigRequest joiningServers:string leavingServers:string newMembers:string curConfigId:id
            CheckWatchesRequest path:string type:int
            RemoveWatchesRequest path:string type:int
            AuthPacket type:int scheme:string auth:secret
            SetWatches relativeZxid:id dataWatches:string[] existWatches:string[] childWatches:string[]
            SetWatches2 relativeZxid:id dataWatches:string[] existWatches:string[] childWatches:string[] \
            persistentWatches:string[] persistentRecursiveWatches:string[]
            GetSASLRequest token:secret
            GetEphemeralsRequest prefixPath:string
            GetAllChildrenNumberRequest path:string
            AddWatchRequest path:string mode:int
            CreateResponse path:string
            Create2Response path:string stat:Stat
            ExistsResponse stat:Stat
            GetDataResponse data:buffer stat:Stat
            SetDataResponse stat:Stat
            GetACLResponse acl:ACL[] stat:Stat
            SetACLResponse stat:Stat
            GetChildrenResponse children:string[]
            GetChildren2Response children:string[] stat:Stat
            SyncResponse path:string
            MultiResponse results:results
            SetSASLResponse token:secret
            GetEphemeralsResponse ephemerals:string[]
            GetAllChildrenNumberResponse totalNumber:int
            ErrorResponse err:int
            WhoAmIResponse clientInfo:ClientInfo[]
            """);

    static final Layout CONNECT_REQUEST = named("ConnectRequest");
    static final Layout CONNECT_RESPONSE = named("ConnectResponse");
    static final Layout WATCHER_EVENT = named("WatcherEvent");
    static final Layout ERROR_RESPONSE = named("ErrorResponse");

    private static final @Nullable Layout[] REQUESTS = new @Nullable Layout[OpCodes.WHO_AM_I + 1];
    private static final @Nullable Layout[] REPLIES = new @Nullable Layout[OpCodes.WHO_AM_I + 1];

    static {
        both(OpCodes.CREATE, "CreateRequest", "CreateResponse");
        both(OpCodes.DELETE, "DeleteRequest", null);
        both(OpCodes.EXISTS, "ExistsRequest", "ExistsResponse");
        both(OpCodes.GET_DATA, "GetDataRequest", "GetDataResponse");
        both(OpCodes.SET_DATA, "SetDataRequest", "SetDataResponse");
        both(OpCodes.GET_ACL, "GetACLRequest", "GetACLResponse");
        both(OpCodes.SET_ACL, "SetACLRequest", "SetACLResponse");
        both(OpCodes.GET_CHILDREN, "GetChildrenRequest", "GetChildrenResponse");
        both(OpCodes.SYNC, "SyncRequest", "SyncResponse");
        both(OpCodes.GET_CHILDREN2, "GetChildren2Request", "GetChildren2Response");
        both(OpCodes.CHECK, "CheckVersionRequest", "SetDataResponse");
        both(OpCodes.MULTI, "MultiRequest", "MultiResponse");
        both(OpCodes.CREATE2, "CreateRequest", "Create2Response");
        both(OpCodes.RECONFIG, "ReconfigRequest", "GetDataResponse");
        both(OpCodes.CHECK_WATCHES, "CheckWatchesRequest", null);
        both(OpCodes.REMOVE_WATCHES, "RemoveWatchesRequest", null);
        both(OpCodes.CREATE_CONTAINER, "CreateRequest", "Create2Response");
        both(OpCodes.DELETE_CONTAINER, "DeleteRequest", null);
        both(OpCodes.CREATE_TTL, "CreateTTLRequest", "Create2Response");
        both(OpCodes.MULTI_READ, "MultiRequest", "MultiResponse");
        both(OpCodes.AUTH, "AuthPacket", null);
        both(OpCodes.SET_WATCHES, "SetWatches", null);
        both(OpCodes.SASL, "GetSASLRequest", "SetSASLResponse");
        both(OpCodes.GET_EPHEMERALS, "GetEphemeralsRequest", "GetEphemeralsResponse");
        both(OpCodes.GET_ALL_CHILDREN_NUMBER, "GetAllChildrenNumberRequest", "GetAllChildrenNumberResponse");
        both(OpCodes.SET_WATCHES2, "SetWatches2", null);
        both(OpCodes.ADD_WATCH, "AddWatchRequest", "ErrorResponse");
        both(OpCodes.WHO_AM_I, null, "WhoAmIResponse");
    }

    private Records() {}

    private static void both(int op, @Nullable String request, @Nullable String reply) {
        REQUESTS[op] = request == null ? null : named(request);
        REPLIES[op] = reply == null ? null : named(reply);
    }

    private static Layout named(String name) {
        Layout layout = ALL.get(name);
        if (layout == null) {
            throw new IllegalArgumentException("no such record: " + name);
        }
        return layout;
    }

    /** All of them. */
    static Collection<Layout> all() {
        return ALL.values();
    }

    /** Record of a request; null = it has none, or it is not known. */
    static @Nullable Layout request(int op) {
        return op >= 0 && op < REQUESTS.length ? REQUESTS[op] : null;
    }

    /** Record of a reply without error; null = it has none, or it is not known. */
    static @Nullable Layout reply(int op) {
        return op >= 0 && op < REPLIES.length ? REPLIES[op] : null;
    }

    /** Whether something is known of an operation's records, be it that there are none. */
    static boolean isKnown(int op) {
        return OpCodes.isRequest(op) && !OpCodes.isForeign(op);
    }

    /** Record of an operation in a multi; null = it cannot be in one. */
    static @Nullable Layout operation(int op) {
        return switch (op) {
            case OpCodes.CREATE,
                    OpCodes.DELETE,
                    OpCodes.SET_DATA,
                    OpCodes.CHECK,
                    OpCodes.CREATE2,
                    OpCodes.CREATE_CONTAINER,
                    OpCodes.CREATE_TTL,
                    OpCodes.EXISTS,
                    OpCodes.GET_DATA,
                    OpCodes.GET_CHILDREN,
                    OpCodes.GET_CHILDREN2 -> request(op);
            default -> null;
        };
    }

    /** Whether there may be a result of that operation in the reply to a multi. */
    static boolean isResult(int op) {
        return op == OpCodes.ERROR || operation(op) != null;
    }

    /** Record of a result; null = it has none. */
    static @Nullable Layout result(int op) {
        return switch (op) {
            case OpCodes.ERROR -> ERROR_RESPONSE;
            case OpCodes.CHECK -> null;
            default -> reply(op);
        };
    }
}
