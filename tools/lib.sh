# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What tools/run, tools/test and tools/ci share. Source it from the top of the checkout.

say () { printf '\n== %s\n' "$*"; }
die () { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 2; }
has () { command -v "$1" >/dev/null 2>&1; }

# Runs a command as the administrator: as it is for root, through sudo for others.
as_root () {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif ! has sudo; then
        die "this step needs root: $*
Run as root, or install sudo, or run that command yourself and start again."
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@" </dev/null || die "sudo would ask for a password, and nobody can answer: $*"
    fi
}

# Names in the given sections of packages-debian.txt.
packages_of () {
    awk -v wanted=" $* " '
        /^#/ || /^$/ { next }
        /^\[/ { inside = index(wanted, " " substr($0, 2, length($0) - 2) " "); next }
        inside { print $1 }' tools/packages-debian.txt
}

missing_packages () {
    local name
    packages_of "$@" | while read -r name; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] ||
            printf '%s\n' "$name"
    done
}

# Installs what the sections need and is not there yet. Asks nothing.
ensure_packages () {
    if ! has dpkg-query; then
        echo "Not a Debian system: expecting the programs of tools/packages-debian.txt to be there."
        return 0
    fi
    local missing
    missing=$(missing_packages "$@" | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    say "Installing packages: $missing"
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300)
    as_root "${apt[@]}" update </dev/null || echo "apt-get update failed; trying the lists we have"
    # shellcheck disable=SC2086 # a list of names
    as_root "${apt[@]}" install --no-install-recommends $missing </dev/null ||
        die "apt-get could not install: $missing
Look at its message above; often the package sources or the network are the reason."
}

# ensure_build DIR [-Doption=value...]: configures where it is not yet so, compiles.
ensure_build () {
    local dir=$1
    shift
    if [ -f "$dir/build.ninja" ]; then
        [ $# -eq 0 ] || meson configure "$dir" "$@" || die "meson does not know: $*"
    else
        say "Configuring $dir"
        local wrap=()
        has ccache && [ -z "${CC-}" ] && wrap=(env "CC=ccache gcc")
        "${wrap[@]}" meson setup "$dir" "$@" || die "meson could not configure $dir"
    fi
    say "Compiling $dir"
    meson compile -C "$dir" || die "the build in $dir stopped; read its first error"
}

# A program in the build folder finds its texts, data, modules and helpers by itself; the settings
# library has to be told.
use_build () {
    GSETTINGS_SCHEMA_DIR="$(cd "$1" && pwd)/data" || die "no folder $1"
    export GSETTINGS_SCHEMA_DIR
}

# program BUILD NAME: where the build put a program.
program () {
    local found
    found=$(find "$1/src" -type f -name "$2" -perm -u+x 2>/dev/null | head -n 1)
    [ -n "$found" ] || die "the build in $1 has no $2"
    printf '%s' "$found"
}

has_display () { [ -n "${DISPLAY-}${WAYLAND_DISPLAY-}" ]; }

# A private desktop session; all arguments go to the runner.
headless () { tests/e2e/run-headless "$@"; }
