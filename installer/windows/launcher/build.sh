#!/bin/bash
# launcher/build.sh VERSION ICO OUT: ichor.exe (no console) and its console twin ichor-cli.exe; the same bytes each time.
set -euo pipefail
version=${1%%-*} ico=$2 out=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cp "$here"/{launcher.c,launcher.rc,app.manifest} "$work"
cp "$ico" "$work/ichor.ico"
cd "$work"
build() { # NAME SUBSYSTEM CONSOLE
  printf '#define VERSION "%s"\n#define VERSION_COMMAS %s\n#define EXE "%s"\n' "$version" "${version//./,},0" "$1" >version.h
  x86_64-w64-mingw32-windres -O coff launcher.rc launcher.o
  x86_64-w64-mingw32-gcc -O2 -s -Wall -Werror -static -DCONSOLE="$3" "$2" -o "$1" launcher.c launcher.o \
    -Wl,--stack,8388608 -Wl,--dynamicbase,--nxcompat,--high-entropy-va -Wl,--no-insert-timestamp
}
build ichor.exe -mwindows 0
build ichor-cli.exe -mconsole 1
mkdir -p "$out"
cp ichor.exe ichor-cli.exe "$out"
