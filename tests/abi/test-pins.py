#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""test-pins.py PINS FROZEN CURRENT: the pins hold for the header of today, fail for each planted
break of the frozen one, and let each allowed growth pass. Speaks TAP."""
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

PINS, FROZEN, CURRENT = sys.argv[1:]
NAME = "gridwork/gw-plugin.h"

ACTIVATE = ("  gboolean (*activate) (const GwPlugin *self, GwHost *host, gpointer *state, "
            "GError **error);\n")
DEACTIVATE = "  void (*deactivate) (const GwPlugin *self, GwHost *host, gpointer state);\n"

# (what is done, text of the frozen header, what stands there instead)
BREAKS = [
    ("a member is taken away", "  double min, max;    /* not used while both are 0 */\n", ""),
    ("a member is renamed", "guint32 max_len;", "guint32 max_length;"),
    ("a member comes in between", "  const char *help; /* nullable */",
     "  const char *hint;\n  const char *help; /* nullable */"),
    ("two members change places", "guint32 kind, flags, privacy;", "guint32 flags, kind, privacy;"),
    ("a member moves to the end of the row before",
     "  const char *parent;  /* nullable: a code of the same list */\n"
     "  const char *aliases; /* nullable: other words of files, parted by \"|\" */\n"
     "  guint32 rank;", "  guint32 rank;\n  const char *parent;\n  const char *aliases;"),
    ("a type grows", "guint32 max_len;", "guint64 max_len;"),
    ("a type of the same size", "double target; /* 0 = none */", "gint64 target;"),
    ("a sign is added", "guint32 version;         /*", "gint32 version;         /*"),
    ("a pointer to another thing", "const GwModule *module;", "const GwField *module;"),
    ("an array shrinks", "char id[64], version[16];", "char id[32], version[48];"),
    ("the note grows", "char id[64], version[16];", "char id[64], version[16], more[8];"),
    ("the size of a table's head", "guint32 n_items;\n  guint32 item_size;",
     "guint32 n_items;\n  guint32 item_size;\n  gpointer more;"),
    ("an enumerator comes first", "GW_TEXT = 1, /* one line */", "GW_NOTHING = 1,\n  GW_TEXT,"),
    ("an enumerator comes in between", "  GW_PLACE,\n", "  GW_ROUTE,\n  GW_PLACE,\n"),
    ("an enumerator gets another number", "GW_SEARCH = 1u << 2", "GW_SEARCH = 1u << 5"),
    ("an enumerator is taken away", "  GW_NEAR_TARGET,\n", ""),
    ("an id gets another text", 'CLOCK_ID "gw.clock/1"', 'CLOCK_ID "gw.clock/2"'),
    ("the symbol gets another name", '"gw_plugin_0"', '"gw_plugin_1"'),
    ("the note gets another owner", '"Gridwork"', '"gridwork"'),
    ("the note gets another type", "0x47570001u", "0x47570002u"),
    ("a callback gets an argument",
     "gint64 (*now) (GwHost *host);", "gint64 (*now) (GwHost *host, int zone);"),
    ("a callback gives something else",
     "gint64 (*now) (GwHost *host);", "gint32 (*now) (GwHost *host);"),
    ("a callback may write where it might not",
     "void (*deactivate) (const GwPlugin *self,", "void (*deactivate) (GwPlugin *self,"),
    ("two callbacks change places",
     ACTIVATE + DEACTIVATE, DEACTIVATE + ACTIVATE),
    ("a member keeps another distance", "  guint32 n_items;",
     "  guint32 n_items __attribute__ ((aligned (16)));"),
    ("the major is raised", "#define GW_ABI_MAJOR 0u", "#define GW_ABI_MAJOR 1u"),
]
GROWTH = [
    ("a member behind the last", "  double min, max;    /* not used while both are 0 */\n",
     "  double min, max;\n  const char *check;\n"),
    ("a table behind the last", "  GwTable layers;       /* GwLayer */\n",
     "  GwTable layers;\n  GwTable reports;\n"),
    ("a function behind the last",
     "  const void *(*get_interface) (GwHost *self, const char *interface_id);\n",
     "  const void *(*get_interface) (GwHost *self, const char *interface_id);\n"
     "  void (*beep) (GwHost *self);\n"),
    ("an enumerator behind the last", "  GW_FILES,\n", "  GW_FILES,\n  GW_ROUTE,\n"),
    ("an id more", '#define GW_HOST_CLOCK_ID "gw.clock/1"',
     '#define GW_HOST_CLOCK_ID "gw.clock/1"\n#define GW_HOST_MAP_ID "gw.map/1"'),
    ("a struct more", "typedef struct _GwHost GwHost;",
     "typedef struct { guint32 struct_size; } GwHostMap;\ntypedef struct _GwHost GwHost;"),
    ("the minor is raised", "#define GW_ABI_MINOR 1u", "#define GW_ABI_MINOR 2u"),
    ("an argument has another name", "gint64 (*now) (GwHost *host);",
     "gint64 (*now) (GwHost *self);"),
    ("other words in a comment", "One entry of a code list.", "One row of a code list."),
]


def holds(header):
    flags = shlex.split(subprocess.check_output(["pkg-config", "--cflags", "gio-2.0"], text=True))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, NAME)
        place.parent.mkdir()
        place.write_text(header)
        done = subprocess.run(["cc", "-std=gnu11", "-fsyntax-only", "-I", folder, *flags, PINS],
                              capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stderr


def plant(header, old, new):
    if header.count(old) < 1:
        raise AssertionError(f"the frozen header has no {old!r}")
    return header.replace(old, new, 1)


def main():
    frozen, current = (Path(p, NAME).read_text() for p in (FROZEN, CURRENT))
    cases = [("the frozen header", frozen, True), ("the header of today", current, True)]
    cases += [("break: " + what, plant(frozen, old, new), False) for what, old, new in BREAKS]
    cases += [("growth: " + what, plant(frozen, old, new), True) for what, old, new in GROWTH]
    failed = 0
    print(f"1..{len(cases)}")
    for number, (what, header, wanted) in enumerate(cases, 1):
        seen, words = holds(header)
        # A break must be told by a pin, not by a slip of the one who planted it.
        good = seen == wanted and (wanted or "static assertion failed" in words or
                                   "has no member named" in words or "undeclared" in words)
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} {what}")
        if not good:
            print("\n".join("# " + line for line in words.splitlines()[:6]))
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
