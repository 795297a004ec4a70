#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns schema/NNNN-name.sql into a C table, so that the program needs no file to make a file."""
import pathlib
import sys


def literal(text):
    for line in text.splitlines():
        yield '    "%s\\n"' % line.replace("\\", "\\\\").replace('"', '\\"')


def main(output, *inputs):
    paths = sorted(map(pathlib.Path, inputs), key=lambda p: p.name)
    out = ["/* Made by embed-schema.py. */", '#include "gw-migrate-private.h"', "",
           "static const GwMigration migrations[] = {"]
    for expected, path in enumerate(paths, 1):
        number, name = path.stem.split("-", 1)
        if int(number) != expected:
            sys.exit(f"{path.name}: expected number {expected:04}")
        out += ["  {", f"    {expected},", f'    "{name}",']
        out += list(literal(path.read_text(encoding="utf-8")))
        out += ["  },"]
    out += ["};", "", "const GwMigration *", "gw_migrations (guint *n)", "{",
            "  *n = G_N_ELEMENTS (migrations);", "  return migrations;", "}", ""]
    pathlib.Path(output).write_text("\n".join(out), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
