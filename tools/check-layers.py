#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks every #include against the table in src/DESIGN.md.

The build already refuses most wrong-way includes. What it cannot see is checked here: libraries of
the system that every compiler finds, and private headers of a neighbour.
"""
import re
import sys

import checklib

# The word that the table uses for a library, and what its headers start with.
LIBRARIES = {
    "GTK": ("gtk/", "gdk/", "gsk/", "graphene", "adwaita", "shumate/", "pango/"),
    "sqlite3": ("sqlite3",),
    "libsodium": ("sodium",),
    "gmodule": ("gmodule",),
    "libxlsxwriter": ("xlsxwriter",),
    "GDAL": ("gdal", "ogr_", "cpl_"),
}
# A program of its own may use what its layer may not: the sandboxed reader alone knows GDAL.
HELPERS = {"src/intake/reader/": ("GDAL", "gmodule")}


def read_table(tree):
    """Returns {layer: (layers it may include, library words)} in the order of the table."""
    table = {}
    for line in tree.lines("src/DESIGN.md"):
        cells = [c.strip() for c in line.strip().strip("|").split("|")]
        if len(cells) != 4 or cells[0] in ("layer", "") or set(cells[0]) <= set("-: "):
            continue
        words = set(re.findall(r"[a-z0-9]+", cells[2]))
        allowed = set(table) if "everything above" in cells[2] else words & set(table)
        libs = {w for w in LIBRARIES if w.lower() in cells[3].lower()}
        table[cells[0]] = (allowed, libs)
    return table


def rule_upward(tree):
    table, homes = read_table(tree), checklib.header_homes(tree)
    for path in tree.match(["src/"], [".c", ".h"]):
        layer = checklib.layer_of(path)
        if layer not in table:
            yield path, 1, f"folder {layer} is not in the table of src/DESIGN.md"
            continue
        for number, name in checklib.includes(tree, path):
            where = homes.get(name, set()) - {""}
            if where and layer not in where and not where & table[layer][0]:
                yield path, number, f"{layer} may not include {name} of {'/'.join(sorted(where))}"


def rule_library(tree):
    table = read_table(tree)
    for path in tree.match(["src/"], [".c", ".h"]):
        allowed = set(table.get(checklib.layer_of(path), (set(), set()))[1])
        for prefix, libs in HELPERS.items():
            allowed.update(libs if path.startswith(prefix) else ())
        for number, name in checklib.includes(tree, path):
            for lib, prefixes in LIBRARIES.items():
                if name.startswith(prefixes) and lib not in allowed:
                    yield path, number, f"{name}: {lib} is not for {checklib.layer_of(path)}"


def rule_private(tree):
    """A private header stays in its folder, and is not drawn out of it by a public one."""
    homes, lent = checklib.header_homes(tree), checklib.lent_headers(tree)
    for path in tree.match(["src/", "plugins/"], [".c", ".h"]):
        for number, name in checklib.includes(tree, path):
            if not name.endswith("-private.h"):
                continue
            if checklib.layer_of(path) not in homes.get(name.rsplit("/", 1)[-1], set()):
                yield path, number, f"{name} belongs to another folder"
            elif path.endswith(".h") and path.rsplit("/", 1)[-1] in lent:
                yield path, number, f"a public header may not include {name}"


def rule_module(tree):
    homes = checklib.header_homes(tree)
    for path in tree.match(["plugins/"], [".c", ".h"]):
        if "/tests/" in path:
            continue
        for number, name in checklib.includes(tree, path):
            own = tree.exists(path.rsplit("/", 1)[0] + "/" + name)
            ours = name.rsplit("/", 1)[-1] in homes and "abi" not in homes[name.rsplit("/", 1)[-1]]
            foreign = any(name.startswith(p) for lib in LIBRARIES.values() for p in lib)
            if not own and (ours or foreign):
                yield path, number, f"a module may include gridwork/ and GLib only, not {name}"


RULES = {"upward": rule_upward, "library": rule_library, "private": rule_private,
         "module": rule_module}

if __name__ == "__main__":
    sys.exit(checklib.run(__doc__.splitlines()[0], RULES))
