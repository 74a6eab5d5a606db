# shellcheck shell=sh disable=SC2154
# How java is called; read by shawk and by prepare, which set home and jdk.

# launch ARCHIVE-OPTION ARGUMENT...: becomes the program.
launch() {
    archive_option=$1
    shift
    # The JVM announces the first three on stderr, and as root they would load another's code; the last is unused.
    unset JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS CLASSPATH
    # -Xlog:disable: stdout is for data, and the JVM's own warnings would go there.
    # UsePerfData: no file in /tmp. DisableAttachMechanism: no socket in /tmp, nobody's agent inside a root process.
    exec "$jdk/bin/java" \
        "$archive_option" -Xshare:auto -Xlog:disable \
        -XX:+UseSerialGC -Xms16m -Xmx160m -Xss512k -XX:ReservedCodeCacheSize=48m -XX:MaxMetaspaceSize=64m \
        -XX:TieredStopAtLevel=4 \
        -XX:+DisableAttachMechanism -XX:-UsePerfData "-XX:ErrorFile=$home/target/run/crash-%p.log" \
        --enable-native-access=ALL-UNNAMED \
        -Djava.awt.headless=true -Dfile.encoding=UTF-8 \
        -Djna.nosys=true -Djna.nounpack=true "-Djna.boot.library.path=$home/target/native" \
        "-Dshawk.native.dir=$home/target/native" \
        -cp "$home/target/shawk.jar" shawk.cli.Main "$@"
}
