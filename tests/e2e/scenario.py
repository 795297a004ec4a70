# SPDX-License-Identifier: GPL-3.0-or-later
"""What the end-to-end scenarios share: the program on its own profile with the demo district, words
of the interface through the program's own catalogue, and its state as it says it itself."""
import gettext
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ui_driver import App, wait_for  # scenarios take wait_for from here

BUILD = Path(os.environ["GRIDWORK_BUILD"])
OUT = Path(os.environ["GRIDWORK_OUT"])
SLOW = float(os.environ.get("UI_DRIVER_SLOW", "1"))
PROGRAM = BUILD / "src/cmd/gridwork"
CLI = BUILD / "src/cmd/cli/gridwork-cli"
SETTING = os.environ.get("GRIDWORK_SETTING", "")
SCREEN = "1920x1080" if SETTING == "zh-dark" else "1280x800"
SEED = 20221231
CLOCK = "2022-12-31T10:00"
DISPUTE = "risk.dispute/dispute"


def translation(domain, folder):
    return gettext.translation(domain, folder, languages=["zh_CN"], fallback=True)


CHINESE = os.environ.get("LANG", "").startswith("zh")
_own = translation("gridwork", BUILD / "po")
_module = translation("gridwork-risk-dispute", BUILD / "plugins/risk-dispute/po")


def _(text):
    """The text as this run of the program shows it."""
    if not CHINESE:
        return text
    own = _own.gettext(text)
    return own if own != text else _module.gettext(text)


def _n(one, many, n):
    """The same for a text that counts."""
    return _own.ngettext(one, many, n) if CHINESE else (one if n == 1 else many)


def cli(*words, check=True, status=None):
    words = [str(word) for word in words]
    r = subprocess.run([str(CLI), *words], capture_output=True, text=True, check=False)
    if r.returncode != status and (status is not None or (check and r.returncode != 0)):
        raise AssertionError("gridwork-cli %s: status %d, %s%s"
                             % (" ".join(words), r.returncode, r.stdout, r.stderr))
    return r.stdout


def demo_file(rows=0):
    """A fresh copy of the demo district; made once for all scenarios of a build."""
    made_by = int(CLI.stat().st_mtime)
    store = BUILD / "out" / ("demo-%d-%d.gridwork" % (rows, made_by))
    if not store.exists():
        part = BUILD / "out" / ("making-%d" % rows) / store.name
        shutil.rmtree(part.parent, ignore_errors=True)
        part.parent.mkdir(parents=True)
        for old in store.parent.glob("demo-%d-*" % rows):
            old.unlink()
        cli("demo", part, *(["--rows", rows] if rows else []))
        for file in sorted(part.parent.iterdir(), reverse=True):    # the district itself last
            file.rename(store.parent / file.name)
        part.parent.rmdir()
    return store


def copy_demo(rows, target):
    """The district with its derived files, which the program then need not make first."""
    store = demo_file(rows)
    for suffix in ("", ".search", ".snapshot"):
        shutil.copy(str(store) + suffix, str(target) + suffix)


class Program:
    """The program on a profile of its own; may be started again on the same profile."""

    def __init__(self, rows=0, clock=CLOCK):
        self.profile = Path(tempfile.mkdtemp(prefix="gridwork-"))
        self.file = self.profile / ("demo-%d.gridwork" % SEED)
        copy_demo(rows, self.file)
        self.clock = clock
        self.app = None
        self.was_started = False

    def start(self, *words):
        digest = hashlib.sha256(str(self.profile).encode()).hexdigest()
        self.app_id = "org.gridwork.Gridwork.p" + digest[:8]
        clock = ["--test-clock", self.clock] if self.clock else []
        argv = [str(PROGRAM), "--profile", str(self.profile), "--demo", *clock, *words]
        self.app = App(argv, app_id=self.app_id, timeout=30 * SLOW)
        self.wait(lambda s: s.get("n", "-1") != "-1" and s.get("loading") == "0", 40,
                  "the district")
        if SCREEN == "1920x1080" and not self.was_started:
            self.app.fill_screen()
        self.was_started = True
        return self.app

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, kind, value, tb):
        if self.app is not None:
            self.app.__exit__(kind, value, tb)
        shutil.rmtree(self.profile, ignore_errors=True)

    def state(self):
        self.app.action("app.debug-state")
        lines = (self.app.action_state("app.debug-state") or "").splitlines()
        return dict((line.partition(": ")[::2] if ": " in line else (line.rstrip(":"), ""))
                    for line in lines)

    def wait(self, test, timeout=8, what="a state"):
        last = {}

        def ask():
            last.clear()
            last.update(self.state())
            return dict(last) if test(last) else None
        try:
            return wait_for(ask, timeout * SLOW, what=what)
        except Exception as e:
            raise AssertionError("waited for %s; the program says %r" % (what, last)) from e

    def settled(self, **expected):
        """Waits until the last query has come back, and the named values are so."""
        def is_so(state):
            return state.get("loading") == "0" and all(
                state.get(k) == str(v) for k, v in expected.items())
        return self.wait(is_so, what="%r" % (expected,))

    def find(self, role, name, **how):
        """By its name as shown, outside of tables."""
        return self.app.find(role, name, tables=False, **how)

    def press(self, name):
        """A button by its English name, or by a pattern of what is shown."""
        name = name if hasattr(name, "search") else _(name).replace("_", "", 1)
        wait_for(lambda: next(
            (b for b in self.app.find_all("button", name, tables=False)
             if b.sensitive and b.on_screen()), None), 10 * SLOW, what="button %r" % name).click()

    def tab_to(self, name, within):
        """One Tab leads to the named control, unless it has the keyboard already."""
        target = within.find(None, _(name))

        def is_there():
            return any(n.focused for n in target.walk())
        if not is_there():
            self.app.key("Tab")
            wait_for(is_there, what="Tab to come to %r" % name)

    def choose_next(self, press, name, within=None):
        """In the drop-down that has the keyboard: opens it, goes one further, takes that."""
        combo = (within or self.app.root).find("combo", _(name), tables=False)
        before = combo.labels()
        self.app.park_pointer()     # a list takes what lies under the pointer
        press("space")
        wait_for(self.app.popups, what="the list of choices")
        press("Down", "Return")
        wait_for(lambda: combo.labels() != before and not self.app.popups(), what="a choice")

    def open_file(self, path):
        """As a file manager does: a second start hands the file over and ends."""
        subprocess.run([str(PROGRAM), "--profile", str(self.profile), str(path)], check=True,
                       timeout=30 * SLOW)

    def search(self, text, **expected):
        self.find("entry", _("Search matters")).set_text(text)
        return self.settled(**expected)

    def take_seat(self, post, login):
        """Another one sits down: by keyboard, as at a change of shift."""
        self.app.key("ctrl+shift+s")
        self.app.window(_("Who Is at the Desk"))
        self.app.type(post)
        self.app.key("Return")
        self.wait(lambda s: s["seat"] == login, what="the seat of " + login)
        self.app.no_window(_("Who Is at the Desk"))

    def ask(self, *words):
        """What the command line says about the file, while the program holds it or afterwards."""
        return json.loads(cli(*words[:1], self.file, *words[1:], "--json", "--test-clock", CLOCK))

    def kill(self):
        """As a power cut: no farewell."""
        self.app.proc.kill()
        self.app.proc.wait()

    def picture(self, name):
        if self.state().get("page") == "situation":
            self.wait(lambda s: s["map-complete"] == "1", what="the map to be painted")
        self.app.screenshot(str(OUT / (name + ".png")))

    def quiet(self, ignore=()):
        # The dark session says its wish in GTK's own settings file, which libadwaita remarks on.
        session = ["gtk-application-prefer-dark-theme with libadwaita is unsupported"]
        complaints = self.app.complaints([*ignore, *session])
        assert complaints == [], complaints


def run(main):
    OUT.mkdir(parents=True, exist_ok=True)
    main()
    sys.exit(0)
