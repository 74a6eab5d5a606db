package shawk.zk.proto;

import org.jspecify.annotations.Nullable;

/** Error numbers of replies, as {@code KeeperException.Code} has them. */
public final class ErrorCodes {
    public static final int OK = 0;

    private ErrorCodes() {}

    /** {@code NoNode}; {@code Ok} of 0; {@code error<number>} where it has no name. */
    public static String name(int error) {
        String name = known(error);
        return name == null ? "error" + error : name;
    }

    /** Null = it has no name. */
    static @Nullable String known(int error) {
        return error <= -100 ? ofApi(error) : ofSystem(error);
    }

    private static @Nullable String ofSystem(int error) {
        return switch (error) {
            case 0 -> "Ok";
            case -1 -> "SystemError";
            case -2 -> "RuntimeInconsistency";
            case -3 -> "DataInconsistency";
            case -4 -> "ConnectionLoss";
            case -5 -> "MarshallingError";
            case -6 -> "Unimplemented";
            case -7 -> "OperationTimeout";
            case -8 -> "BadArguments";
            case -12 -> "UnknownSession";
            case -13 -> "NewConfigNoQuorum";
            case -14 -> "ReconfigInProgress";
            default -> null;
        };
    }

    private static @Nullable String ofApi(int error) {
        return switch (error) {
            case -100 -> "APIError";
            case -101 -> "NoNode";
            case -102 -> "NoAuth";
            case -103 -> "BadVersion";
            case -108 -> "NoChildrenForEphemerals";
            case -110 -> "NodeExists";
            case -111 -> "NotEmpty";
            case -112 -> "SessionExpired";
            case -113 -> "InvalidCallback";
            case -114 -> "InvalidACL";
            case -115 -> "AuthFailed";
            case -118 -> "SessionMoved";
            case -119 -> "NotReadOnly";
            case -120 -> "EphemeralOnLocalSession";
            case -121 -> "NoWatcher";
            case -122 -> "RequestTimeout";
            case -123 -> "ReconfigDisabled";
            case -124 -> "SessionClosedRequireSaslAuth";
            case -125 -> "QuotaExceeded";
            default -> null;
        };
    }
}
