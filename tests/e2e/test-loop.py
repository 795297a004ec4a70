# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 300
"""One matter from the centre through a unit back to its closing, each step by the seat that may do
it. After every verb the list, the map's answer, the figures and the search are right by themselves,
and the journal has one entry more; what is not offered is refused on the bus and on the command
line, with the reason."""
import re

from scenario import DISPUTE, Program, _, cli, run, wait_for

UNIT = "区司法局"
FILTER = "type=" + DISPUTE + " open=yes"


def entries(p):
    return [row.name for row in p.find("list", _("Timeline")).children if row.role == "list item"]


def row_of(p, number):
    return next((" ".join(r) for r in p.app.find("table", _("List of matters")).table()
                 if any(number in cell for cell in r)), None)


def figure(p, label):
    text = p.find("button", re.compile("^" + re.escape(_(label)) + "[：:]")).name
    return int(re.search(r"[\d,]+", text.replace(_(label), "")).group().replace(",", ""))


def check(p, number, state, n_entries):
    """Everything that is on the screen against what the file says."""
    wait_for(lambda: p.ask("show", number)["state"] == state, what="the state " + state)
    shown = p.ask("show", number)
    assert len(shown["timeline"]) == n_entries, shown["timeline"]
    wait_for(lambda: len(entries(p)) == n_entries, what="%d entries in the timeline" % n_entries)
    is_open = state not in ("closed", "archived", "rejected", "merged")
    listed = p.ask("list", "--type", DISPUTE, "--text", number)
    assert listed["total"] == 1 and listed["matters"][0]["state"] == state, listed
    n_open = next(f["number"] for f in p.ask("figures", "--type", DISPUTE)["figures"]
                  if f["id"] == "matters.open")
    p.settled(**{"n": int(n_open), "open": int(n_open), "map-n": int(n_open)})
    wait_for(lambda: figure(p, "Open") == n_open, what="%d open in the figures" % n_open)
    if is_open:
        wait_for(lambda: _(STATES[state]) in (row_of(p, number) or ""),
                 what="the row in state " + state)
    else:
        wait_for(lambda: row_of(p, number) is None, what="the row to leave the open ones")


def refused(p, number, verb):
    """Not offered, refused on the bus, refused on the command line; nothing written."""
    before = p.ask("show", number, "--as", p.state()["seat"])
    assert verb not in before["offers"], before["offers"]
    label = _(VERBS[verb])
    assert not [b for b in p.app.find_all("button", label, tables=False) if b.on_screen()], label
    p.app.action("app.verb", (number, verb, {}))
    said = wait_for(lambda: (lambda r: r if r.startswith("error: ") else None)(
        p.app.action_state("app.last-result")), what="the refusal on the bus")
    assert len(said) > len("error: ") + 10, said
    out = cli("verb", p.file, number, verb, status=1)
    assert p.ask("show", number, "--as", p.state()["seat"])["timeline"] == before["timeline"], out


STATES = {"filed": "Filed", "waiting": "Waiting for the unit", "handling": "Being handled",
          "handled": "Waiting for verification", "evaluating": "Waiting for call-back",
          "closed": "Closed"}
VERBS = {"sign": "Sign for", "done": "Report done", "pass": "Pass verification",
         "record": "Record call-back", "dispatch": "Dispatch"}


def apply(p, verb, fill=None):
    p.press(VERBS[verb])
    if fill is None:
        return
    window = p.app.window(_(VERBS[verb]))
    fill(window)
    p.picture("dialog-" + verb)
    p.app.key("ctrl+Return")
    p.app.no_window(_(VERBS[verb]), timeout=15)


def to_unit(p):
    def fill(window):
        p.app.type(UNIT)
        p.app.wait_for(lambda: p.app.popups(), what="the units found")
        p.app.key("Return")
    return fill


def result(p):
    def fill(window):
        window.find("text", _("What was done")).set_text("双方当场签订调解协议，赔偿已付清。")
    return fill


def call_back(p):
    def fill(window):
        # Three choices, each the first of its list.
        for name in ("How the call-back was made", "Answer", "Solved"):
            p.tab_to(name, window)
            p.choose_next(p.app.key, name, window)
    return fill


def filed(p):
    listed = p.ask("list", "--type", DISPUTE, "--state", "filed", "--limit", 1)
    return listed["matters"][0]["number"]


def main():
    with Program(rows=3000) as p:
        number = filed(p)
        n = len(p.ask("show", number)["timeline"])
        p.app.action("win.filter", FILTER)
        p.settled()
        p.app.action("app.open-matter", number)
        p.wait(lambda s: s["number"] == number, what="the matter in the detail")
        check(p, number, "filed", n)
        refused(p, number, "sign")

        p.take_seat("分派岗", "dispatcher")
        refused(p, number, "done")
        apply(p, "dispatch", to_unit(p))
        check(p, number, "waiting", n + 1)
        refused(p, number, "dispatch")

        p.take_seat(UNIT, "sfj")
        apply(p, "sign")
        check(p, number, "handling", n + 2)
        refused(p, number, "pass")
        p.picture("handling")
        apply(p, "done", result(p))
        check(p, number, "handled", n + 3)
        refused(p, number, "record")

        p.take_seat("核查岗", "verifier")
        apply(p, "pass", lambda window: None)
        check(p, number, "evaluating", n + 4)
        p.picture("evaluating")
        apply(p, "record", call_back(p))
        check(p, number, "closed", n + 5)
        p.picture("closed")
        # Whoever looks for it finds it, with the state it has now.
        p.app.action("win.clear-filter")
        p.search(number, n=1)
        wait_for(lambda: _(STATES["closed"]) in (row_of(p, number) or ""), what="the closed row")
        p.picture("found")
        p.quiet()
        p.app.close()
        cli("verify", p.file, status=0)
        p.start()



run(main)
