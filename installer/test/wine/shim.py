"""shim.py WINE_IPHLPAPI OUT: Wine's iphlpapi.dll under another name, and a list of exports that forwards to it."""
import pathlib
import re
import subprocess
import sys

source, out = map(pathlib.Path, sys.argv[1:])
data = bytearray(source.read_bytes())
# A marker of Wine's; with another text Wine loads the file like any other.
at = data.index(b"Wine builtin DLL")
data[at : at + 16] = b"Wine copied  DLL"
(out / "iphlorig.dll").write_bytes(data)
dump = subprocess.run(["x86_64-w64-mingw32-objdump", "-p", source], capture_output=True, text=True, check=True).stdout
names = re.findall(r"^\s+\[\s*\d+\]\s+(?:\+base\[\s*\d+\]\s+[0-9a-f]+\s+)?([A-Za-z_]\w*)\s*$", dump, re.M)
missing = "GetAnycastIpAddressTable"
lines = [f"  {n}=iphlorig.{n}" for n in sorted(set(names) - {missing})]
(out / "shim.def").write_text("LIBRARY iphlpapi.dll\nEXPORTS\n" + "\n".join([*lines, "  " + missing]) + "\n")
