#!/bin/bash
# deb.sh: installs target/ichor_VERSION_amd64.deb, runs it as an ordinary user without a display and without GTK, removes it.
# Root; changes this machine's packages, so for throw-away machines.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
deb=$(ls "$here"/../../target/ichor_*_amd64.deb | tail -1)
fail() { echo "FAILED: $*" >&2; exit 1; }
work=$(mktemp -d /tmp/ichor-deb.XXXXXX)
chown nobody "$work"
screen=
trap '[ -z "$screen" ] || kill "$screen"; rm -rf "$work"' EXIT
# In a network of its own, where no other service has a port; FIRST is done before, as root.
ordinary() { # COMMAND [FIRST]
  (cd "$work" && unshare -n -m sh -ec "ip link set lo up; ${2:-:}; exec su nobody -s /bin/sh -c 'unset DISPLAY WAYLAND_DISPLAY; HOME=$work $1'")
}
refused() { # SENTENCE COMMAND...: it fails with this sentence
  local sentence=$1 said
  shift
  ! said=$(ordinary "$@" 2>&1) || fail "the wizard opened: $said"
  grep -q "$sentence" <<<"$said" || fail "not said, $sentence: $said"
  ! grep -q '^Exception\|	at ' <<<"$said" || fail "a stack trace: $said"
}

dpkg -i "$deb"
[ -r /opt/ichor/lib/ichor.aot ] && [ -r /opt/ichor/lib/ichor-window.aot ] || fail "no start cache was made"
ordinary 'ichor --version' | grep '^ichor ' || fail "no version"
for page in ichor ichor-serve ichor-export; do
  dpkg -L ichor | grep -x "/usr/share/man/man1/$page.1.gz" >/dev/null || fail "no man page of $page"
done
ordinary 'ichor demo --machines 1' | grep 'All machines are READY' || fail "the demo"
# A display that does not answer; then one that does, but no GTK.
refused 'cannot open a window on this display' 'DISPLAY=:59000 ichor'
mkfifo "$work/display"
Xvfb -displayfd 3 -ac -nolisten tcp 3<>"$work/display" 2>"$work/xvfb" &
screen=$!
read -r -t 60 display <"$work/display" || fail "no screen: $(cat "$work/xvfb")"
gtk=$(ldconfig -p | sed -n 's/.*libgtk-3\.so\.0 .*=> //p' | head -1)
refused 'needs GTK 3' "DISPLAY=:$display ichor" "${gtk:+mount --bind /dev/null $gtk}"
mkdir "$work/tree"
cat >"$work/serve" <<'EOF'
ichor serve --tree tree --bind 127.77.0.9 --http-port 0 --dhcp off >said 2>&1 &
until grep -q ^Serving said || ! kill -0 $! 2>/dev/null; do sleep 0.2; done
kill $!
wait
cat said
EOF
said=$(ordinary "timeout 120 sh serve" || true)
grep -q '127.77.0.9:69' <<<"$said" || fail "an ordinary user could not open port 69: $said"
dpkg -P ichor
for left in /opt/ichor /usr/bin/ichor /etc/ld.so.conf.d/ichor.conf; do
  [ ! -e $left ] || fail "left behind: $left"
done
echo "ok: installed, ran without rights or display, removed ($SECONDS s)"
