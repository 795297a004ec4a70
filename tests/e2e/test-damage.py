# SPDX-License-Identifier: GPL-3.0-or-later
"""A file that is damaged where opening does not look: the check at start finds it, the window says
so, and what there is can still be looked at."""
import os
import sqlite3

from scenario import Program, _, run, wait_for


def damage(path):
    """The first page of an index that only the check reads."""
    db = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
    page, = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'visit_matter'").fetchone()
    size, = db.execute("PRAGMA page_size").fetchone()
    db.close()
    with open(path, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * 4)
        os.fsync(file.fileno())


def main():
    p = Program()
    damage(p.file)
    with p:
        button = wait_for(lambda: next((b for b in p.app.find_all(
            "button", _("Open a File…"), tables=False) if b.on_screen()), None), 60,
            what="the banner")
        assert button.sensitive
        p.settled(n=64259)
        p.app.find("label", _("Database damaged"))
        p.picture("told")
        p.search("物业")
        assert int(p.state()["n"]) > 0
        p.quiet()


run(main)
