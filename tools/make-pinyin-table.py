#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes src/base/gw-pinyin-table.c from Unihan_Readings.txt (plain or .bz2).

Usage: tools/make-pinyin-table.py [FILE] > src/base/gw-pinyin-table.c
       tools/make-pinyin-table.py --check src/base/gw-pinyin-table.c [FILE]

FILE is by default the one of the Debian package unicode-data. The result is committed, so a build
needs neither the file nor Python."""
import bz2
import os
import re
import sys
import unicodedata

DEFAULT = "/usr/share/unicode/Unihan_Readings.txt.bz2"
RANGES = ((0x3400, 0x4DC0, "EXT_A"), (0x4E00, 0xA000, "URO"))
# By trust: frequency counts of spoken and written texts, the customary reading, dictionaries.
FIELDS = ("kHanyuPinlu", "kMandarin", "kTGHZ2013", "kXHC1983", "kHanyuPinyin")
NO_READING = 31

HEAD = """/* SPDX-License-Identifier: GPL-3.0-or-later AND Unicode-DFS-2016 */
#include "gw-pinyin-table.h"

/* Made by tools/make-pinyin-table.py from %s; do not edit.
 *
 * The readings are from Unihan_Readings.txt, Copyright © 1991-2022 Unicode, Inc. All rights
 * reserved, distributed under the Terms of Use of www.unicode.org/copyright.html; modified: only
 * the first letters of the Mandarin readings are kept. */

/* clang-format off */

"""

SETS_COMMENT = """\
/* Bits 0-25: the letters a-z some reading begins with; bits 26-30: the letter of the
 * most frequent reading, 31 for none. */"""


def read_fields(path):
    opener = bz2.open if path.endswith(".bz2") else open
    version, readings = "Unihan", {}
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# Unicode version:"):
                version = "Unihan " + line.split(":")[1].strip()
            if not line.startswith("U+"):
                continue
            code, field, value = line.rstrip("\n").split("\t")
            if field in FIELDS:
                readings.setdefault(int(code[2:], 16), {})[field] = value
    return version, readings


def syllables(field, value):
    for word in value.split():
        if field == "kHanyuPinlu":
            yield word.split("(")[0]
        elif field == "kMandarin":
            yield word
        else:
            yield from word.split(":")[1].split(",")


def initial(syllable):
    plain = [c for c in unicodedata.normalize("NFD", syllable.lower()) if c.isascii()]
    assert plain and plain[0].isalpha(), syllable
    return ord(plain[0]) - ord("a")


def packed(fields):
    mask, preferred = 0, NO_READING
    for field in FIELDS:
        for syllable in syllables(field, fields.get(field, "")):
            letter = initial(syllable)
            mask |= 1 << letter
            if preferred == NO_READING:
                preferred = letter
    return preferred << 26 | mask


def array_text(declaration, numbers, form, per_line):
    rows = [numbers[i:i + per_line] for i in range(0, len(numbers), per_line)]
    lines = ["  " + " ".join(form % n + "," for n in row) for row in rows]
    return "\n".join(["", declaration + " = {", *lines, "};", ""])


def table_text(path):
    version, readings = read_fields(path)
    codes = {first: [packed(readings.get(c, {})) for c in range(first, end)]
             for first, end, _name in RANGES}
    sets = sorted({value for values in codes.values() for value in values})
    place = {value: i for i, value in enumerate(sets)}
    text = HEAD % version + SETS_COMMENT
    text += array_text("const guint32 gw_pinyin_sets[]", sets, "0x%08x", 8)
    for first, _end, name in RANGES:
        text += array_text("const guint16 gw_pinyin_%s[GW_PINYIN_%s_END - GW_PINYIN_%s_FIRST]" % (
            name.lower(), name, name), [place[v] for v in codes[first]], "%d", 19)
    return text


def check(committed, path):
    """As a test: 77 (skipped) without the data or with those of another Unicode version."""
    if not os.path.exists(path):
        print("no", path)
        return 77
    made = table_text(path)
    with open(committed, encoding="utf-8") as lines:
        text = lines.read()
    if text == made:
        return 0
    version = re.search(r"Unihan [0-9.]+", made).group()
    if version not in text:
        print(committed, "is not of", version)
        return 77
    print(committed, "is not what this program makes; make it again")
    return 1


def main():
    args = sys.argv[1:]
    if args[:1] == ["--check"]:
        return check(args[1], args[2] if len(args) > 2 else DEFAULT)
    print(table_text(args[0] if args else DEFAULT), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
