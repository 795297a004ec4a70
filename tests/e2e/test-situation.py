# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 240
"""The window opens on the district; list, figures and search are one filter; what the role or
the state does not allow is refused on the bus and on the command line; the window comes back as it
was left."""
from scenario import CLOCK, DISPUTE, Program, _, cli, run


def search(p):
    entry = p.app.find("entry", _("Search matters"))
    entry.set_text("物业费")
    found = p.wait(lambda s: s["loading"] == "0" and 0 < int(s["n"]) < 64259, what="a word")
    same = int(found["n"])
    entry.set_text("wyf")
    p.wait(lambda s: s["loading"] == "0" and int(s["n"]) >= same, what="initials")
    entry.set_text("510903-DIS-2022-000123")
    p.settled(n=1)
    p.picture("search")
    entry.set_text("")
    p.settled(n=64259)


def new_matter(p):
    """Taken in through the command line's door to the running program is what a script does."""
    listed = cli("list", p.file, "--type", DISPUTE, "--state", "filed", "--limit", 1, "--json",
                 "--test-clock", CLOCK)
    return listed.split('"number" : "')[1].split('"')[0]


def verbs(p):
    number = new_matter(p)
    before = p.state()["seq"]
    # The state does not allow it: refused, nothing written.
    cli("verb", p.file, number, "sign", status=1)
    # The seat of the window (duty officer) may dispatch a filed matter; the program holds the file.
    cli("verb", p.file, number, "dispatch", "--org", "510903-SFJ", status=0)
    p.wait(lambda s: s["seq"] != before and s["loading"] == "0", what="the verb in the window")
    # It is with a unit now: a second dispatch is refused, over the bus as everywhere.
    cli("verb", p.file, number, "dispatch", "--org", "510903-SFJ", status=1)
    entry = p.app.find("entry", _("Search matters"))
    entry.set_text(number)
    p.settled(n=1)
    return number


def main():
    with Program() as p:
        p.settled(n=64259)
        p.picture("situation")
        search(p)
        number = verbs(p)
        p.app.action("app.open-matter", number)
        p.wait(lambda s: s["number"] == number, what="the matter in the detail")
        p.picture("matter")
        p.quiet()
        p.app.close()
        p.start()
        p.wait(lambda s: s["loading"] == "0" and s["n"] == "1", what="the filter of the last time")
        p.quiet()
        p.app.close()
        cli("verify", p.file, status=0)
        p.start()


run(main)
