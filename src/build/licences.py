"""licences.py BOM OUT: fails when a library has a licence nobody agreed to; else writes the notices that go with packages."""
import json
import sys

AGREED = {
    "Apache-2.0", "MIT", "ISC", "BSD-3-Clause", "The 3-Clause BSD License", "Bouncy Castle Licence",
    "GPL-2.0-with-classpath-exception",
}


def licences(component: dict) -> set[str]:
    said = component.get("licenses", [])
    return {x.get("expression") or x["license"].get("id") or x["license"]["name"] for x in said}


def main() -> None:
    bom, out = sys.argv[1:]
    with open(bom, encoding="utf-8") as file:
        components = json.load(file)["components"]
    refused = [f"{c['name']} {c['version']}: {sorted(licences(c))}" for c in components if not licences(c) & AGREED]
    if refused:
        sys.exit("Nobody agreed to these licences yet (src/build/licences.py):\n" + "\n".join(refused))
    rows = sorted(f"{c.get('group', '')}:{c['name']} {c['version']}  {', '.join(sorted(licences(c)))}" for c in components)
    with open(out, "w", encoding="utf-8") as file:
        file.write("Ichor contains these libraries, each under its own licence:\n\n" + "\n".join(rows) + "\n")


main()
