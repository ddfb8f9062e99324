#!/bin/bash
# deb.sh: installs target/ichor_VERSION_amd64.deb, runs it as an ordinary user without a display, removes it. Root; changes
# this machine's packages, so for throw-away machines.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
deb=$(ls "$here"/../../target/ichor_*_amd64.deb | tail -1)
fail() { echo "FAILED: $*" >&2; exit 1; }
work=$(mktemp -d /tmp/ichor-deb.XXXXXX)
chown nobody "$work"
trap 'rm -rf "$work"' EXIT
ordinary() { (cd "$work" && su nobody -s /bin/sh -c "unset DISPLAY WAYLAND_DISPLAY; HOME=$work $1"); }

dpkg -i "$deb"
[ -r /opt/ichor/lib/ichor.aot ] || fail "no start cache was made"
ordinary 'ichor --version' | grep -q '^ichor ' || fail "no version"
man -w ichor ichor-serve ichor-export >/dev/null || fail "no man page"
ordinary 'ichor demo --machines 1' | grep 'All machines are READY' || fail "the demo"
mkdir "$work/tree"
said=$(ordinary "timeout 30 ichor serve --tree $work/tree --bind 127.77.0.9 --http-port 0 --dhcp off" || true)
grep -q '127.77.0.9:69' <<<"$said" || fail "an ordinary user could not open port 69: $said"
dpkg -P ichor
for left in /opt/ichor /usr/bin/ichor /etc/ld.so.conf.d/ichor.conf; do
  [ ! -e $left ] || fail "left behind: $left"
done
echo "ok: installed, ran without rights or display, removed ($SECONDS s)"
