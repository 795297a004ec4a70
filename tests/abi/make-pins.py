#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-pins.py FROZEN-INCLUDE-FOLDER > pins-0.1.c

Writes what a released header promises as static assertions: place, type and name of each member,
sizes, values of enumerations, texts of ids. Run once for each release of the interface; the result
is committed and never made again.
"""
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

# Rows of a module of any age have the size that their table says; these two have no such number.
FIXED = {"GwTable", "GwNote"}
HEAD = """/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Made by make-pins.py from the frozen header; what stands here is promised for ever. */
#include "gridwork/gw-plugin.h"

#define TYPE(Type, member, expected) \\
  _Static_assert(__builtin_types_compatible_p (__typeof__ (((Type *)0)->member), expected), \\
                 #Type "." #member " has another type")
#define PLACE(Type, member, offset) \\
  _Static_assert(offsetof (Type, member) == (offset), #Type "." #member " has moved")
#define SIZE(Type, relation, size) \\
  _Static_assert(sizeof (Type) relation (size), #Type " has another size")
#define VALUE(name, value) _Static_assert((name) == (value), #name " has another value")
#define WORDS(name, text) \\
  _Static_assert(__builtin_strcmp (name, text) == 0, #name " has another text")

"""


def bare(text):
    return re.sub(r"/\*.*?\*/", " ", text, flags=re.S)


def members(body):
    """Yields (name, type) of each declarator."""
    for declaration in (d.strip() for d in body.split(";")):
        call = re.match(r"(.*?)\(\s*\*\s*(\w+)\s*\)\s*(\(.*\))$", declaration, re.S)
        if call:
            yield call.group(2), " ".join(f"{call.group(1)} (*) {call.group(3)}".split())
            continue
        if not declaration:
            continue
        first, *others = declaration.split(",")
        base, stars, name, array = re.match(
            r"(.*?[\w ])\s*(\**)\s*\b(\w+)\s*(\[[^]]*\])?$", first.strip(), re.S).groups()
        yield name, f"{' '.join(base.split())} {stars}{array or ''}".strip()
        for other in others:
            stars, name, array = re.match(r"\s*(\**)\s*(\w+)\s*(\[[^]]*\])?$", other).groups()
            yield name, f"{' '.join(base.split())} {stars}{array or ''}".strip()


def structs(text):
    for body, name in re.findall(r"typedef struct\s*\{(.*?)\}\s*(\w+);", text, re.S):
        yield name, body
    for name, body in re.findall(r"^struct _(\w+)\s*\{(.*?)^\};", text, re.S | re.M):
        yield name, body


def wrap(line):
    """The last blank before column 100 becomes a new line."""
    at = line.rfind(" ", 0, 100) if len(line) > 100 else -1
    return line if at < 0 else f"{line[:at]}\n      {line[at + 1:]}"


def main():
    include = Path(sys.argv[1])
    text = bare((include / "gridwork/gw-plugin.h").read_text())
    lines, program = [], []
    for name, body in structs(text):
        for member, kind in members(body):
            lines.append(wrap(f"TYPE ({name}, {member}, {kind});"))
            program.append(f'printf ("PLACE ({name}, {member}, %zu);\\n", '
                           f"offsetof ({name}, {member}));")
        relation = "==" if name in FIXED else ">="
        program.append(f'printf ("SIZE ({name}, {relation}, %zu);\\n", sizeof ({name}));')
    for body in re.findall(r"typedef enum\s*\{(.*?)\}", text, re.S):
        for name in re.findall(r"\b(GW_\w+)", body):
            program.append(f'printf ("VALUE ({name}, %u);\\n", (unsigned){name});')
    for name in re.findall(r"#define (GW_ABI_MAJOR|GW_NOTE_TYPE)\b", text):
        program.append(f'printf ("VALUE ({name}, %#x);\\n", (unsigned){name});')
    for name, words in re.findall(r'#define (GW_\w+) ("[^"]*")', text):
        lines.append(f"WORDS ({name}, {words});")
    flags = shlex.split(subprocess.check_output(["pkg-config", "--cflags", "gio-2.0"], text=True))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "pins.c")
        source.write_text('#include "gridwork/gw-plugin.h"\n#include <stdio.h>\nint main (void) {\n'
                          + "\n".join(program) + "\nreturn 0; }\n")
        subprocess.run(["cc", "-I", str(include), *flags, str(source), "-o", f"{folder}/pins"],
                       check=True)
        seen = subprocess.check_output([f"{folder}/pins"], text=True)
    sys.stdout.write(HEAD + "/* clang-format off */\n" + "\n".join(lines) + "\n" + seen)


if __name__ == "__main__":
    main()
