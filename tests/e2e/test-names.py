# SPDX-License-Identifier: GPL-3.0-or-later
# settings: zh-light zh-dark en-light
# timeout: 300
"""Whatever can take the keyboard has a name to be read aloud, on every page and in every dialog;
Tab goes through the parts of the window in the order in which they lie, and stays in none."""
from scenario import DISPUTE, Program, _, run, wait_for

# Parts of the toolkits themselves, seen through GTK 4.8.
TOOLKIT = [r"^list \(GtkListBox\) .* in panel < panel",       # a group of preferences
           r"^entry \(GtkSearchEntry\) .* 0, 0\)"]     # the search of preferences, not shown
ORDER = ["AdwHeaderBar", "GwSidebar", "GwBreadcrumb", "GwFilterBar", "GwMapView", "GwMatterList",
         "GwMatterPane", "GwFigureStrip"]
# One stop for a whole list: its rows are for the arrow keys.
LISTS = ("GwMatterList", "GwSidebar", "GwTimeline")


def rows_have_names(p):
    table = p.app.find("table", _("List of matters"))
    wait_for(lambda: all(r.name and r.name.count("510903-") == 1 for r in table.rows()),
             what="a name for every row")


def audit(p, what, within=None):
    bad = p.app.nameless(within, TOOLKIT)
    assert not bad, "%s: %s" % (what, "\n".join(bad))


def pages(p, number):
    rows_have_names(p)
    audit(p, "situation")
    p.app.action("app.open-matter", number)
    p.wait(lambda s: s["number"] == number, what="the detail")
    audit(p, "detail")
    for page, action in (("intake", ("win.new-matter", "")), ("shortcuts", ("win.shortcuts",)),
                         ("help", ("win.help",)), ("matters", ("win.page", "matters"))):
        p.app.action(*action)
        p.wait(lambda s, page=page: s["page"] == page, what=page)
        audit(p, page)
        p.picture(page)
    p.app.action("win.page", "situation")
    p.app.action("win.drop-drafts")


def dialogs(p):
    for title, action in (("Export What Is Listed", "win.export"),
                          ("Who Is at the Desk", "win.seat"), ("Imported Batches", "win.batches"),
                          ("Preferences", "win.preferences"), ("Find", "win.palette")):
        p.app.action(action)
        window = p.app.window(_(title))
        audit(p, title, window)
        p.picture(action.partition(".")[2])
        p.app.key("Escape")
        p.app.no_window(_(title))


def verbs(p):
    """The forms of a step and of a correction."""
    p.press("More about this matter")
    p.app.find("menuitem", _("Correct") + "…", tables=False, on_screen=True).click()
    window = p.app.window(_("Correct"))
    audit(p, "correction", window)
    p.picture("correct")
    p.app.key("Escape")
    p.app.no_window(_("Correct"))


def walk(p, key, n):
    stops = []
    for _i in range(n):
        p.app.key(key)
        stops.append(p.state()["focus"])
        if len(stops) > 1 and stops[-1] == stops[0] and len(set(stops)) > 6:
            break
    return stops


def tab_order(p):
    p.app.key("ctrl+f")
    p.wait(lambda s: s["focus"].startswith("AdwHeaderBar"), what="the search field")
    stops = walk(p, "Tab", 110)
    parts = [stop.partition(" ")[0] for stop in stops]
    firsts = [parts.index(part) if part in parts else None for part in ORDER[1:]]
    reached = [i for i in firsts if i is not None]
    assert reached == sorted(reached), list(zip(ORDER[1:], firsts))
    for part in ("GwSidebar", "GwMapView", "GwMatterList", "GwMatterPane"):
        assert part in parts, "%s is not reached: %r" % (part, stops)
    for part in LISTS:
        at = [i for i, other in enumerate(parts) if other == part]
        assert len(at) <= 2, "Tab stays in %s: %r" % (part, stops)
    # Backwards too, and F6 goes round the panes.
    p.app.key("ctrl+f")
    back = [stop.partition(" ")[0] for stop in walk(p, "shift+Tab", 110)]
    for part in ("GwMatterPane", "GwMatterList", "GwSidebar"):
        assert part in back, "%s is not reached backwards" % part
    p.app.key("ctrl+f")
    panes = []
    for _i in range(5):
        p.app.key("F6")
        panes.append(p.state()["focus"].partition(" ")[0])
    assert len(set(panes)) == 5, panes


def main():
    with Program(rows=3000) as p:
        p.app.action("win.filter", "type=" + DISPUTE + " open=yes")
        p.settled()
        number = p.ask("list", "--type", DISPUTE, "--state", "filed", "--limit", 1)["matters"][0][
            "number"]
        pages(p, number)
        dialogs(p)
        tab_order(p)
        p.take_seat("分派岗", "dispatcher")
        verbs(p)
        p.quiet()


run(main)
