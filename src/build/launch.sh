# shellcheck shell=sh disable=SC2154
# How java is called; read by shawk and by prepare, which set home and jdk.

# The JVM announces the first three on stderr, and as root they would load another's code; the last is unused.
no_options_from_outside() {
    unset JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS CLASSPATH
}

# launch ARCHIVE-OPTION ARGUMENT...: becomes the program.
launch() {
    archive_option=$1
    shift
    no_options_from_outside
    # The first compiler alone: half the processor time of a dump of 60,000 sockets, and of a start, goes to the second.
    compiler=-XX:TieredStopAtLevel=1
    # A loop is compiled at its 5,000th turn, not its 60,000th: a dump runs each of its loops over the sockets once.
    loops=-XX:Tier3BackEdgeThreshold=5000
    # The cap of the heap is for hosts with sockets in the hundred thousands; the program itself keeps far below it, and
    # what a collection leaves free goes back to the host.
    # -Xlog:disable: stdout is for data, and the JVM's own warnings would go there.
    # UsePerfData: no file in /tmp. DisableAttachMechanism: no socket in /tmp, nobody's agent inside a root process.
    exec "$jdk/bin/java" \
        "$archive_option" -Xshare:auto -Xlog:disable \
        -XX:+UseSerialGC -Xms16m -Xmn32m -XX:MaxRAMPercentage=25 -XX:MinHeapFreeRatio=5 -XX:MaxHeapFreeRatio=20 \
        -Xss512k -XX:ReservedCodeCacheSize=48m -XX:MaxMetaspaceSize=64m \
        "$compiler" "$loops" \
        -XX:+DisableAttachMechanism -XX:-UsePerfData "-XX:ErrorFile=$home/target/run/crash-%p.log" \
        --enable-native-access=ALL-UNNAMED \
        -Djava.awt.headless=true -Dfile.encoding=UTF-8 \
        -Djna.nosys=true -Djna.nounpack=true "-Djna.boot.library.path=$home/target/native" \
        "-Dshawk.native.dir=$home/target/native" \
        -cp "$home/target/shawk.jar" shawk.cli.Main "$@"
}

# archive_listed LIST ARCHIVE: writes the classes of LIST, loaded, into ARCHIVE. Only G1 also archives their constants;
# every collector can read them.
archive_listed() {
    no_options_from_outside
    "$jdk/bin/java" -Xshare:dump -XX:+UseG1GC -Xmx160m "-XX:SharedClassListFile=$1" "-XX:SharedArchiveFile=$2" \
        -cp "$home/target/shawk.jar"
}
