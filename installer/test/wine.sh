#!/bin/bash
# wine.sh: installs target/ichor-VERSION-setup.exe under Wine, runs the demo from Program Files, upgrades, refuses, removes.
# With --cache also the start cache, which takes Wine three minutes.
# Needs root (for a full disk) and: apt-get install --no-install-recommends wine wine64 nsis gcc libc6-dev gcc-mingw-w64-x86-64
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$(cd "$here/../../target" && pwd)
setup=$(ls "$target"/ichor-*-setup.exe | tail -1)
"$here/../need.sh" wine:wine makensis:nsis cc:gcc x86_64-w64-mingw32-gcc:gcc-mingw-w64-x86-64
cache=/NOCACHE
[ "${1:-}" != --cache ] || cache=
work=$(mktemp -d /tmp/ichor-wine.XXXXXX)
export WINEPREFIX=$work/prefix WINEDEBUG=-all LC_ALL=C.UTF-8
unset DISPLAY
stop() {
  wineserver -k || true
  wineserver -w || true
  mountpoint -q "$work/small" && umount "$work/small"
  rm -rf "$work"
}
trap stop EXIT

fail() { echo "FAILED: $*" >&2; exit 1; }
said() { echo "ok: $* ($SECONDS s)"; }
code() { # EXPECTED COMMAND...: runs it and compares its exit code
  local expected=$1 got=0
  shift
  "$@" </dev/null >"$work/out" 2>&1 || got=$?
  [ $got = "$expected" ] || { cat "$work/out" >&2; fail "exit code $got instead of $expected: $*"; }
}
key='HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\Ichor'
value() { wine reg query "$key" /v "$1" /reg:64 2>/dev/null | tr -d '\r' | awk -v n="$1" '$1 == n { print $3 }'; }
await() { # COMMAND...: waits until it succeeds, for two minutes at most
  for _ in $(seq 600); do "$@" && return; sleep 0.2; done
  fail "waited in vain for: $*"
}
gone() { [ ! -e "$1" ]; }

wineboot -i >/dev/null 2>&1
wine winecfg -v win7 && code 2 wine "$setup" /S
said "an old Windows is refused"
wine winecfg -v win10
# What this release of Wine lacks of Windows; the program itself stays as it is.
mkdir "$work/shim"
python3 "$here/wine/shim.py" /usr/lib/x86_64-linux-gnu/wine/x86_64-windows/iphlpapi.dll "$work/shim"
x86_64-w64-mingw32-gcc -shared -O2 -s -o "$work/shim/iphlpapi.dll" "$here/wine/shim.c" "$work/shim/shim.def"
cc -shared -fPIC -O2 -o "$work/exact.so" "$here/wine/exact.c"
cp "$work"/shim/*.dll "$WINEPREFIX/drive_c/windows/system32/"
wine reg add 'HKCU\Software\Wine\DllOverrides' /v iphlpapi /d native,builtin /f >/dev/null
wineserver -k; wineserver -w
export LD_PRELOAD=$work/exact.so

c=$WINEPREFIX/drive_c
home=$c/users/$(id -un)
programs="$c/Program Files/Ichor"
mkdir "$work/small"
mount -t tmpfs -o size=30m ichor-small "$work/small"
ln -s "$work/small" "$WINEPREFIX/dosdevices/t:"
code 4 wine "$setup" /S '/D=T:\Ichor'
[ -z "$(ls -A "$work/small")" ] || fail "something was left on the full disk"
said "too little room is refused, nothing half-done"

mkdir -p "$work/old/app/lib"
cp "$target"/windows/stage/*.{exe,txt} "$work/old"
touch "$work/old/app/lib/older.jar"
makensis -V1 -DFAST -DVERSION=0.0.1 -DSTAGE="$work/old" -DICONS="$target/windows/icons" -DMEGABYTES=1 -DOUT="$work/old.exe" "$here/../windows/ichor.nsi"
code 0 wine "$work/old.exe" /S /NOCACHE
[ "$(value DisplayVersion)" = 0.0.1 ] || fail "the older version is not registered"
clusters="$home/AppData/Roaming/Ichor/clusters/home"
mkdir -p "$clusters"
echo '{}' >"$clusters/cluster.json"
code 0 wine "$setup" /S $cache
[ "$(value DisplayVersion)" != 0.0.1 ] || fail "the version did not change"
gone "$programs/app/lib/older.jar" || fail "a jar of the older version is left"
whole() { # everything is there, as it was built, and nothing else
  local different
  different=$(diff -rq "$target/windows/stage" "$programs" | grep -vE ': (ichor\.aot|uninstall\.exe)$' || true)
  [ -z "$different" ] || fail "$different"
}
whole
[ -n "$cache" ] || [ -r "$programs/app/ichor.aot" ] || fail "no start cache was made"
[ -r "$clusters/cluster.json" ] || fail "the clusters are gone"
[ -n "$(find "$c/ProgramData" -name Ichor.lnk)" ] || fail "no Start menu entry"
said "upgraded in place from 0.0.1"

code 0 wine "$programs/ichor-cli.exe" demo --machines 2
grep -q 'All machines are READY' "$work/out" || fail "the demo said: $(cat "$work/out")"
! grep -q '^Exception' "$work/out" || fail "a stack trace: $(cat "$work/out")"
said "the demo ran from Program Files"

mkdir "$work/tree"
wine "$programs/ichor-cli.exe" serve --tree "Z:$work/tree" --bind 127.0.0.1 --http-port 0 --tftp-port 0 --dhcp off >"$work/serve" 2>&1 </dev/null &
server=$!
await grep -q ^Serving "$work/serve"
code 3 wine "$setup" /S
whole
# _? has the uninstaller stay in its folder and tell its exit code.
code 3 wine "$programs/uninstall.exe" /S '_?=C:\Program' 'Files\Ichor'
whole
kill $server
wait $server 2>/dev/null || true
wineserver -k; wineserver -w
said "setup and uninstaller refused while running"

rm -r "$programs/runtime" "$programs/app/lib" "$programs/ichor.exe" "$programs/uninstall.exe"
code 0 wine "$setup" /S /NOCACHE
whole
[ -r "$programs/uninstall.exe" ] || fail "no uninstaller"
said "installed over a half-removed one"

removed() { # FOLDER: uninstalls silently and looks for what is left
  code 0 wine "$1/uninstall.exe" /S
  await gone "$1"
  [ -z "$(value DisplayVersion)" ] || fail "the Add/Remove entry is left"
  [ -z "$(find "$c/ProgramData" "$c/users" -name Ichor.lnk)" ] || fail "a shortcut is left"
  gone "$home/AppData/Local/Ichor" || fail "the cache is left"
  [ -r "$clusters/cluster.json" ] || fail "a silent uninstall deleted clusters"
}
rm -r "$programs/app" "$programs/ichor-cli.exe"
removed "$programs"
said "uninstalled, though half was gone; only the clusters are left"

# In words, since Wine would put quotes around blanks, which a setup's /D= does not take.
code 0 wine "$setup" /S /NOCACHE '/D=C:\Küche' '&' 'Keller\Ichor' für alle
code 0 wine "$c/Küche & Keller/Ichor für alle/ichor-cli.exe" demo --machines 1
grep -q 'All machines are READY' "$work/out" || fail "the demo said: $(cat "$work/out")"
removed "$c/Küche & Keller/Ichor für alle"
said "the same in a folder with blanks and umlauts"
