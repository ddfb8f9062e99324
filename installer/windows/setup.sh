#!/bin/bash
# setup.sh VERSION FAST|BEST: target/ichor-VERSION-setup.exe from target/ichor and target/javafx-win. What is missing is told;
# nothing is installed. ICHOR_SIGN names a command that signs the file named after it: the launchers, uninstaller, setup.
set -euo pipefail
version=${1:?a version} how=${2:?FAST or BEST}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$(cd "$here/../../target" && pwd)
work=$target/windows
"$here/../need.sh" makensis:nsis x86_64-w64-mingw32-gcc:gcc-mingw-w64-x86-64 x86_64-w64-mingw32-windres:binutils-mingw-w64-x86-64 \
  rsvg-convert:librsvg2-bin icotool:icoutils convert:imagemagick osslsigncode:osslsigncode pip:python3-pip
rm -rf "$work"
mkdir -p "$work"

bash "$here/../../icons/build.sh" "$work/icons"
bash "$here/launcher/build.sh" "$version" "$work/icons/ichor.ico" "$work/launchers"
bash "$here/../loaders.sh" "$work/loaders"
pip -q download --no-deps --only-binary=:all: --platform win_amd64 --python-version 3.11 --require-hashes -r "$here/runtime.txt" -d "$work/wheel"
python3 -m zipfile -e "$work"/wheel/*.whl "$work/wheel"
runtime=$(dirname "$(find "$work/wheel" -name release)")
bash "$here/signatures.sh" "$runtime"
python3 "$here/stage.py" "$runtime" "$target/ichor/lib" "$target/javafx-win" "$work/loaders" "$work/stage"
cp "$work"/launchers/*.exe "$work/stage"
[ -r "$target/THIRD-PARTY.txt" ] && cp "$target/THIRD-PARTY.txt" "$work/stage"
if [ -n "${ICHOR_SIGN:-}" ]; then
  for exe in "$work"/stage/*.exe; do $ICHOR_SIGN "$exe"; done
fi

setup=$target/ichor-$version-setup.exe
options=(-V2 -DVERSION="${version%%-*}" -DSTAGE="$work/stage" -DICONS="$work/icons" -DOUT="$setup")
# With room for the start cache.
options+=(-DMEGABYTES=$(($(du -sm "$work/stage" | cut -f1) + 80)))
[ "$how" = BEST ] || options+=(-DFAST)
[ -z "${ICHOR_SIGN:-}" ] || options+=(-DSIGN="$ICHOR_SIGN")
SOURCE_DATE_EPOCH=1767225600 makensis "${options[@]}" "$here/ichor.nsi"
echo "$setup: $(($(stat -c %s "$setup") / 1000000)) MB. The ten largest parts, in KB unpacked:"
(cd "$work/stage" && find . -type f -printf '%k %P\n' | sort -rn | head -10)
