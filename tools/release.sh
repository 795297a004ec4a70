# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Systems of a Debian release for tests: minimal ones by debootstrap, kept in the cache folder.
# Sourced by tools/test and tools/try-fresh; needs tools/lib.sh.

RELEASES="bookworm trixie"

release_root () {
    printf '%s/gridwork/%s' "${XDG_CACHE_HOME:-${HOME:?}/.cache}" "$1"
}

# The first package source of this machine, so that a local mirror is used where there is one.
release_mirror () {
    local found
    found=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources \
                /etc/apt/sources.list.d/*.list 2>/dev/null |
        sed -n -E 's/^(URIs: *|deb +(\[[^]]*\] +)?)(https?:[^ ]+).*/\3/p' |
        grep -v security | head -n 1)
    [ -n "$found" ] || die "no package source in /etc/apt: add one, or set it up as the system came"
    printf '%s' "$found"
}

# release_base NAME: a minimal system that nothing is ever installed into; made once.
release_base () {
    local name=$1 root
    case " $RELEASES " in *" $name "*) ;; *) die "unknown release $name; one of: $RELEASES" ;; esac
    root=$(release_root "$name.base")
    [ -f "$root/.ready" ] && return 0
    has debootstrap || [ -x /usr/sbin/debootstrap ] || {
        say "Installing debootstrap"
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y install debootstrap </dev/null ||
            die "debootstrap cannot be installed"
    }
    say "Making a minimal Debian $name in $root (once)"
    as_root rm -rf --one-file-system "$root"
    as_root mkdir -p "$root"
    as_root env PATH="/usr/sbin:/sbin:$PATH" debootstrap --variant=minbase \
        --include=ca-certificates "$name" "$root" "$(release_mirror)" </dev/null ||
        die "debootstrap failed; see $root/debootstrap/debootstrap.log"
    # A machine may speak to its mirror through settings that the new system lacks.
    local conf
    for conf in /etc/apt/apt.conf.d/*; do
        if grep -qiE 'proxy|check-(date|valid)' "$conf" 2>/dev/null; then
            as_root cp "$conf" "$root/etc/apt/apt.conf.d/"
        fi
    done
    as_root cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
    as_root touch "$root/.ready"
}

# release_copy NAME ROOT: a system of that release to work in; what was in ROOT is gone.
release_copy () {
    local name=$1 root=$2
    release_base "$name"
    release_unmount "$root"
    as_root rm -rf --one-file-system "$root"
    as_root cp -a "$(release_root "$name.base")" "$root"
}

# release_enter ROOT USER COMMAND...: runs a command in there with a login's few variables.
release_enter () {
    local root=$1 user=$2 home=/root
    local path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    shift 2
    [ "$user" = root ] || { home=/home/$user; path=/usr/local/bin:/usr/bin:/bin; }
    as_root chroot --userspec="$user" "$root" env -i HOME="$home" USER="$user" PATH="$path" \
        TERM="${TERM:-dumb}" ${GRIDWORK_IN_RELEASE:+GRIDWORK_IN_RELEASE="$GRIDWORK_IN_RELEASE"} \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
        "$@" </dev/null
}

release_mount () {
    local root=$1
    mountpoint -q "$root/proc" || as_root mount -t proc proc "$root/proc" || return 1
    mountpoint -q "$root/sys" || as_root mount --rbind --make-rslave /sys "$root/sys" || true
    mountpoint -q "$root/dev/shm" || {
        as_root mkdir -p "$root/dev/shm"
        as_root mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
    } || true
}

release_unmount () {
    local root=$1 at
    for at in dev/shm sys proc; do
        if mountpoint -q "$root/$at"; then
            as_root umount -R -l "$root/$at" || true
        fi
    done
}

# release_test NAME [arguments for tools/test]
release_test () {
    local name=$1 root
    shift
    root=$(release_root "$name")
    [ -f "$root/.ready" ] || release_copy "$name" "$root"
    # shellcheck disable=SC2064 # the folder of now
    trap "release_unmount '$root'" EXIT
    release_mount "$root" || die "cannot mount /proc in $root"
    say "Copying the tree into $root"
    as_root mkdir -p "$root/src/gridwork"
    # The build folder in there stays, so that a second run compiles only what changed.
    tar -c --exclude='./build*' --exclude=./.git --exclude='__pycache__' . |
        as_root sh -c "cd '$root/src/gridwork' &&
            find . -mindepth 1 -maxdepth 1 ! -name 'build*' -exec rm -rf {} + &&
            tar -x --no-same-owner -f -"
    GRIDWORK_IN_RELEASE=$name release_enter "$root" root \
        sh -c 'cd /src/gridwork && exec tools/test "$@"' tools/test "$@"
}
