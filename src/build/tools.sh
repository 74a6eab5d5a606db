# shellcheck shell=sh
# JDKs and Debian's packages, for prepare and for src/test/run.

say() {
    printf 'shawk: %s\n' "$*" >&2
}

# jdk_package: the newest headless JDK that the package lists hold.
jdk_package() {
    for release in 25 21 17; do
        if apt-cache show "openjdk-$release-jdk-headless" >/dev/null 2>&1; then
            echo "openjdk-$release-jdk-headless"
            return
        fi
    done
    echo default-jdk-headless
}

# install_packages PACKAGE...: installs them as root, after saying so; otherwise prints the command to type. JDK stands
# for the newest one. Ends the script with status 3 where they are not there afterwards.
install_packages() {
    log=/var/log/shawk-install.log
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        : >"$log"
        apt-cache show make >/dev/null 2>&1 || apt_get update || :
    fi
    names=
    for name in "$@"; do
        [ "$name" != JDK ] || name=$(jdk_package)
        names="$names $name"
    done
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        say "missing. Type (as root): apt-get install -y --no-install-recommends$names"
        exit 3
    fi
    say "installing Debian's packages:$names (log: $log)"
    # shellcheck disable=SC2086 # names of packages, separated by spaces
    apt_get install $names || { apt_get update && apt_get install $names; } || {
        tail -n 20 -- "$log" >&2
        say "apt-get failed (all of it: $log). The packages:$names"
        exit 3
    }
}

# Lists that are out of date name files that are gone: update, then once more, is what helps.
apt_get() {
    DEBIAN_FRONTEND=noninteractive apt-get -y --no-install-recommends "$@" </dev/null >>"$log" 2>&1
}

# missing_tools: the packages, but for the JDK, that the build needs and that are not there.
missing_tools() {
    command -v mvn >/dev/null || printf 'maven '
    command -v gcc >/dev/null || printf 'gcc '
    command -v make >/dev/null || printf 'make '
    [ -e /usr/include/stdio.h ] && [ -d /usr/include/linux ] || printf 'libc6-dev '
}

# install_bpf_tools: what the programs for the kernel are built with, as root. Without it all else is built and works.
install_bpf_tools() {
    names=$(missing_bpf_tools)
    [ -n "$names" ] || return 0
    log=/var/log/shawk-install.log
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "installing Debian's packages: $names(log: $log)"
        # shellcheck disable=SC2086 # names of packages, separated by spaces
        apt_get install $names || { apt_get update && apt_get install $names; } || :
    fi
    names=$(missing_bpf_tools)
    [ -z "$names" ] || say "without eBPF, since it is built with: $names"
}

# missing_bpf_tools: of these tools the packages that are not there.
missing_bpf_tools() {
    found=
    for name in clang-19 clang-20 clang-18 clang-17 clang-16 clang-15 clang-14 clang; do
        ! command -v "$name" >/dev/null || found=$name
    done
    [ -n "$found" ] || printf 'clang-19 '
    command -v bpftool >/dev/null || printf 'bpftool '
    [ -e /usr/include/bpf/libbpf.h ] || printf 'libbpf-dev '
}

# install_capture_tools: what capturing packets is built with, which brings libpcap itself, as root. Without it all else is
# built and works.
install_capture_tools() {
    names=$(missing_capture_tools)
    [ -n "$names" ] || return 0
    log=/var/log/shawk-install.log
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "installing Debian's packages: $names(log: $log)"
        # shellcheck disable=SC2086 # names of packages, separated by spaces
        apt_get install $names || { apt_get update && apt_get install $names; } || :
    fi
    names=$(missing_capture_tools)
    [ -z "$names" ] || say "without capturing packets (shawk zk), since it is built with: $names"
}

# missing_capture_tools: of these tools the packages that are not there.
missing_capture_tools() {
    [ -e /usr/include/pcap/pcap.h ] || printf 'libpcap-dev '
}

# major JDK: 17 for 17.0.15; nothing for what is no JDK.
major() {
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

# Root runs a JDK that the environment names only where nobody but root can have put it there.
trusted() {
    [ "$(id -u)" != 0 ] || [ -z "$(find -L "$1/bin/java" \( ! -uid 0 -o -perm /022 \) -print)" ]
}

# usable JDK TOOL: Java 17 or later, with bin/TOOL.
usable() {
    [ -x "$1/bin/$2" ] && version=$(major "$1") && [ "${version:-0}" -ge 17 ]
}

# find_jdk TOOL: JAVA_HOME, else the newest in Debian's place, else what /usr/bin/java belongs to. Sets jdk.
find_jdk() {
    jdk=
    if [ -n "${JAVA_HOME:-}" ]; then
        if usable "$JAVA_HOME" "$1" && trusted "$JAVA_HOME"; then
            jdk=$JAVA_HOME
            return
        fi
        say "JAVA_HOME=$JAVA_HOME is not used: no Java 17 or later there that this user can trust"
    fi
    best=0
    for candidate in /usr/lib/jvm/*; do
        if usable "$candidate" "$1" && [ "$version" -gt "$best" ]; then
            best=$version
            jdk=$candidate
        fi
    done
    if [ -z "$jdk" ] && candidate=$(readlink -f "/usr/bin/$1") && usable "${candidate%/bin/*}" "$1"; then
        jdk=${candidate%/bin/*}
    fi
    [ -n "$jdk" ]
}
