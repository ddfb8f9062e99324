#!/bin/bash
# installer/need.sh COMMAND:PACKAGE...: says which Debian packages are missing, all at once, and fails then. Installs nothing.
missing=()
for pair in "$@"; do
  command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
done
[ ${#missing[@]} = 0 ] && exit 0
echo "Missing here: ${missing[*]}. On Debian: apt-get install --no-install-recommends ${missing[*]}" >&2
exit 1
