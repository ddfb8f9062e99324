#!/bin/bash
# icons/build.sh OUT: everything that shows the icon, made from ichor.svg: PNGs of all sizes, the Windows .ico and the two
# pictures of the Windows setup.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=${1:?a folder}
"$here/../installer/need.sh" rsvg-convert:librsvg2-bin icotool:icoutils convert:imagemagick
mkdir -p "$out"
for size in 16 20 24 32 40 48 64 128 256 512; do
  rsvg-convert -w $size -h $size "$here/ichor.svg" -o "$out/ichor-$size.png"
done
# 256 stays a PNG, the small ones become bitmaps: what Explorer, NSIS and windres all take.
icotool -c -o "$out/ichor.ico" "$out"/ichor-{16,20,24,32,40,48,64}.png -r "$out/ichor-256.png"
# The sizes NSIS asks for: 164x314 beside the first page, 150x57 above the others; 24-bit bitmaps.
bmp() { # SIZE BACKGROUND ICON PLACE FILE
  convert -size "$1" "$2" "$3" -gravity "$4" -composite -alpha off -type TrueColor "BMP3:$out/$5"
}
bmp 164x314 "gradient:#fff8ee-#d99a55" "$out/ichor-128.png" center side.bmp
bmp 150x57 "xc:white" "$out/ichor-48.png" east top.bmp
