#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that every text is listed for translation and that the Chinese catalogues are complete."""
import re
import sys

import checklib
from checklib import c_no_comments

MARKED = re.compile(r"(?<![\w.])(?:_|N_|C_|NC_|ngettext|dngettext|g_dgettext|dgettext|g_dngettext|"
                    r"g_dpgettext2)\s*\(\s*[^)]*?\"", re.S)
GETTEXT_NAMES = ("zh_CN",)


def domains(tree):
    """Yields (folder of the catalogue, folders it speaks for)."""
    if tree.exists("po/POTFILES.in"):
        yield "po", ("src/", "ui/", "data/")
    for path in tree.match(["plugins/"], ["/po/POTFILES.in", "/po/POTFILES"]):
        yield path.rsplit("/", 1)[0], (path.split("/po/")[0] + "/",)


def listed(tree, folder):
    name = next(n for n in ("POTFILES.in", "POTFILES") if tree.exists(f"{folder}/{n}"))
    out = [(n, line.strip()) for n, line in enumerate(tree.lines(f"{folder}/{name}"), 1)
           if line.strip() and not line.startswith("#")]
    return f"{folder}/{name}", out


def speaks(tree, path):
    text = tree.text(path)
    if path.endswith(".ui"):
        return 'translatable="yes"' in text
    if path.endswith((".desktop.in", ".metainfo.xml.in")):
        return True
    return bool(MARKED.search(c_no_comments(text)))


def rule_potfiles(tree):
    for folder, prefixes in domains(tree):
        where, names = listed(tree, folder)
        have = {n for _, n in names}
        for number, name in names:
            if not tree.exists(name):
                yield where, number, f"{name} does not exist"
        for path in tree.match(prefixes, [".c", ".h", ".ui", ".desktop.in", ".metainfo.xml.in"]):
            if "/tests/" in path or path in have:
                continue
            if speaks(tree, path):
                yield where, 1, f"{path} has texts and is not listed"
        if [n for _, n in names] != sorted(n for _, n in names):
            yield where, 1, "not sorted"


def entries(text):
    """Yields (line, flags, msgid, [msgstr], obsolete) of a catalogue."""
    for block in re.finditer(r"(?:^(?!\s*$).*\n?)+", text, re.M):
        body = block.group(0)
        if not re.search(r'^(?:#~ )?msgid ', body, re.M):
            continue
        flags = re.findall(r"^#,(.*)$", body, re.M)
        obsolete = bool(re.search(r"^#~ msgid", body, re.M))
        parts, key = {}, None
        for line in body.splitlines():
            line = line[3:] if line.startswith("#~ ") else line
            m = re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+"(.*)"$', line)
            if m:
                key = m.group(1)
                parts[key] = m.group(2)
            elif key and line.startswith('"'):
                parts[key] += line[1:-1]
        strings = [v for k, v in parts.items() if k.startswith("msgstr")]
        yield (checklib.line_of(text, block.start()) + body[:body.find("msgid")].count("\n"),
               " ".join(flags), parts.get("msgid", ""), strings, obsolete)


def catalogues(tree):
    for path in tree.match(["po/", "plugins/"], [".po"]):
        if path.rsplit("/", 1)[-1][:-3] in GETTEXT_NAMES:
            yield path


def rule_untranslated(tree):
    for path in catalogues(tree):
        for line, _flags, msgid, strings, obsolete in entries(tree.text(path)):
            if msgid and not obsolete and not all(strings):
                yield path, line, f'"{msgid[:60]}" has no translation'


def rule_fuzzy(tree):
    for path in catalogues(tree):
        for line, flags, msgid, _strings, obsolete in entries(tree.text(path)):
            if "fuzzy" in flags and not obsolete:
                yield path, line, f'"{msgid[:60]}" is only a guess (fuzzy)'


def rule_missing(tree):
    """A text in the sources that the catalogue does not know at all."""
    for folder, _prefixes in domains(tree):
        path = f"{folder}/zh_CN.po"
        if not tree.exists(path):
            yield f"{folder}/LINGUAS", 1, "no zh_CN.po"
            continue
        known = {e[2] for e in entries(tree.text(path)) if not e[4]}
        for _number, name in listed(tree, folder)[1]:
            if not tree.exists(name) or not name.endswith((".c", ".h")):
                continue
            text = c_no_comments(tree.text(name))
            for m in re.finditer(r"(?<!\w)N?_ ?\(((?:\s*\"(?:\\.|[^\"\\])*\")+)\s*\)", text):
                msgid = "".join(re.findall(r'"((?:\\.|[^"\\])*)"', m.group(1)))
                if msgid and msgid not in known:
                    yield (name, checklib.line_of(text, m.start()),
                           f'"{msgid[:60]}" is not in {path}: run the update-po target')


def rule_placeholders(tree):
    """A translation takes the same arguments; a full stop stays a full stop."""
    token = re.compile(r"%(?:\d+\$)?[-+ 0#']*\d*(?:\.\d+)?(?:hh|h|ll|l|z|j)?([diouxXeEfgGcsp])")
    for path in catalogues(tree):
        for line, flags, msgid, strings, obsolete in entries(tree.text(path)):
            if obsolete or "no-c-format" in flags or len(strings) != 1 or not strings[0]:
                continue
            if sorted(token.findall(msgid)) != sorted(token.findall(strings[0])):
                yield path, line, f'"{msgid[:60]}": other arguments than the original'


def rule_macro(tree):
    """xgettext cuts a text at a macro: G_GINT64_FORMAT and its like cannot stand inside."""
    cut = re.compile(r"(?<!\w)N?_ ?\(\s*(?:\"(?:\\.|[^\"\\])*\"\s*)+([A-Z]\w+)")
    for folder, _prefixes in domains(tree):
        for _number, name in listed(tree, folder)[1]:
            if not tree.exists(name) or not name.endswith((".c", ".h")):
                continue
            text = c_no_comments(tree.text(name))
            for m in cut.finditer(text):
                yield (name, checklib.line_of(text, m.start()),
                       f"{m.group(1)} inside a text: cast and use %ld, or pass a string with %s")


def rule_punctuation(tree):
    """Chinese text has Chinese punctuation."""
    half = re.compile("[\u4e00-\u9fff\u201d\uff09][,;:!?]|[,;!?][\u4e00-\u9fff]")
    for path in catalogues(tree):
        for line, _flags, msgid, strings, obsolete in entries(tree.text(path)):
            found = [m.group(0) for text in strings for m in half.finditer(text)]
            if found and not obsolete and not msgid.endswith(";"):
                yield path, line, f'"{msgid[:60]}": half-width mark in "{found[0]}"'


RULES = {"macro": rule_macro, "potfiles": rule_potfiles, "untranslated": rule_untranslated,
         "fuzzy": rule_fuzzy, "missing": rule_missing, "placeholders": rule_placeholders,
         "punctuation": rule_punctuation}

if __name__ == "__main__":
    sys.exit(checklib.run(__doc__, RULES))
