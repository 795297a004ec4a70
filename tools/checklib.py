# SPDX-License-Identifier: GPL-3.0-or-later
"""What the checkers of this folder share: the files of a tree, C text without comments, reports.

A checker is a list of rules. A rule finds (path, line, message). A finding is forgiven by a comment
on its line or the line before, `nocheck:RULE – reason`, or in the first lines of a file by
`nocheck-file:RULE – reason`. What is forgiven is counted and listed.
"""
import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

FIXTURES = "tests/style/"
NOCHECK = re.compile(r"nocheck(?:-file)?:([a-z0-9-]+)\s*(.*?)\s*(?:\*/|-->|$)")
SKIP_DIRS = {".git", "__pycache__", ".cache", "out"}


class Tree:
    """The files of a checkout, or of a folder that is not under version control."""

    def __init__(self, root):
        self.root = Path(root).resolve()
        self._text = {}
        self.paths = sorted(self._list())

    def _list(self):
        if (self.root / ".git").exists():
            try:
                out = subprocess.run(
                    ["git", "-C", str(self.root), "ls-files", "-z", "--cached", "--others",
                     "--exclude-standard"], capture_output=True, check=True).stdout
                names = [n for n in out.decode().split("\0") if n]
                return [n for n in names if not n.startswith(FIXTURES) and
                        (self.root / n).is_file()]
            except (OSError, subprocess.CalledProcessError):
                pass
        found = []
        for folder, dirs, files in os.walk(self.root):
            here = os.path.relpath(folder, self.root)
            dirs[:] = [d for d in dirs if d not in SKIP_DIRS and
                       not (here == "." and d.startswith("build"))]
            found += [os.path.normpath(os.path.join(here, f)) for f in files]
        return [n for n in found if not n.startswith(FIXTURES)]

    def match(self, prefixes, suffixes):
        """Paths that start with one of @prefixes and end with one of @suffixes."""
        return [p for p in self.paths if p.startswith(tuple(prefixes)) and
                p.endswith(tuple(suffixes))]

    def text(self, path):
        if path not in self._text:
            data = (self.root / path).read_bytes()
            self._text[path] = "" if b"\0" in data[:4096] else data.decode("utf-8", "replace")
        return self._text[path]

    def lines(self, path):
        return self.text(path).splitlines()

    def exists(self, path):
        return (self.root / path).is_file()


_C_NOISE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
_C_COMMENT = re.compile(r'("(?:\\.|[^"\\\n])*")|/\*.*?\*/|//[^\n]*', re.S)


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def c_code(text):
    """C text with comments and the insides of literals blanked; lines and columns stay."""
    def replace(m):
        word = m.group(0)
        if word[0] in "\"'":
            return word[0] + _blank(word[1:-1]) + word[-1]
        return _blank(word)
    return _C_NOISE.sub(replace, text)


def c_no_comments(text):
    """C text with comments blanked and literals kept."""
    return _C_COMMENT.sub(lambda m: m.group(1) or _blank(m.group(0)), text)


def layer_of(path):
    """src/store/gw-x.c -> store; anything outside src/ -> ''."""
    parts = path.split("/")
    return parts[1] if len(parts) > 2 and parts[0] == "src" else ""


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+[<"]([^>"]+)[>"]', re.M)


def includes(tree, path):
    """Yields (line, name) of each include."""
    text = c_no_comments(tree.text(path))
    for m in INCLUDE.finditer(text):
        yield line_of(text, m.start(1)), m.group(1)


def header_homes(tree):
    """{name of a header: layers that have one of that name}"""
    homes = {}
    for path in tree.match(["src/"], [".h"]):
        homes.setdefault(path.rsplit("/", 1)[1], set()).add(layer_of(path))
        homes.setdefault(path.split("/", 2)[2], set()).add(layer_of(path))
    return homes


def lent_headers(tree):
    """Headers of src/ that some other layer includes: what a layer shows of itself."""
    homes, lent = header_homes(tree), set()
    for path in tree.match(["src/"], [".c", ".h"]):
        for _number, name in includes(tree, path):
            if name in homes and layer_of(path) not in homes[name]:
                lent.add(name.rsplit("/", 1)[-1])
    return lent


def forgiven(tree, path, number, rule):
    """The reason given for an exception at this line, or None."""
    lines = tree.lines(path)
    near = [lines[n - 1] for n in (number, number - 1) if 1 <= n <= len(lines)]
    for line in near + [line for line in lines[:12] if "nocheck-file:" in line]:
        for name, reason in NOCHECK.findall(line):
            if name == rule:
                return reason.lstrip("–-: ")
    return None


def run(description, rules, doc=""):
    """Runs @rules (name -> function of a Tree that yields findings) as a command line."""
    p = argparse.ArgumentParser(description=description, epilog=doc)
    p.add_argument("--root", default=Path(__file__).resolve().parent.parent)
    p.add_argument("--list-rules", action="store_true", help="print the names of the rules")
    p.add_argument("--rule", action="append", choices=sorted(rules), help="only this rule")
    p.add_argument("--only", metavar="LIST", help="report on the paths in this file only")
    p.add_argument("--exceptions", action="store_true", help="list what is forgiven and why")
    opt = p.parse_args()
    if opt.list_rules:
        print("\n".join(sorted(rules)))
        return 0

    tree = Tree(opt.root)
    only = set(Path(opt.only).read_text().splitlines()) if opt.only else None
    bad, excused = [], []
    for name in opt.rule or rules:
        for path, number, message in rules[name](tree):
            if only is not None and path not in only:
                continue
            reason = forgiven(tree, path, number, name)
            if reason is None:
                bad.append((path, number, name, message))
            elif len(reason) < 8:
                bad.append((path, number, name, "exception without a reason: " + message))
            else:
                excused.append((path, number, name, reason))
    for path, number, name, message in sorted(bad):
        print(f"{path}:{number}: {name}: {message}")
    if opt.exceptions:
        for path, number, name, reason in sorted(excused):
            print(f"{path}:{number}: {name}: forgiven, {reason}")
    script = os.path.basename(sys.argv[0])
    print(f"{script}: {len(bad)} found, {len(excused)} forgiven, {len(tree.paths)} files",
          file=sys.stderr)
    return 1 if bad else 0
