# SPDX-License-Identifier: GPL-3.0-or-later
# settings: zh-light zh-dark
# timeout: 400
"""The map by hand: a click filters list and figures, a double click goes down to the micro-area and
Backspace up again, a circle lists its matters, a row shows its matter, a place is picked for the
intake, layers and the list in words. What the map says equals SQL on the same file."""
import math
import sqlite3


from scenario import Program, _, _n, run

OPEN = "state BETWEEN 2 AND 8"
LEVELS = ["township", "community", "grid", "micro"]


class Places:
    """Areas of the file, and where they lie on the screen."""

    def __init__(self, p):
        self.p = p
        db = sqlite3.connect("file:%s?mode=ro" % p.file, uri=True)
        rows = db.execute("SELECT id, code, name, level, parent, label_x, label_y FROM area"
                          " WHERE valid_to IS NULL OR valid_to > 20000").fetchall()
        self.by_id = {r[0]: r for r in rows}
        self.by_code = {r[1]: r for r in rows}
        self.own = dict(db.execute("SELECT area, count(*) FROM matter WHERE withdrawn = 0 AND"
                                   " exercise = 0 AND state BETWEEN 2 AND 12 GROUP BY area"))
        self.open = dict(db.execute("SELECT area, count(*) FROM matter WHERE withdrawn = 0 AND"
                                    " exercise = 0 AND %s GROUP BY area" % OPEN))
        db.close()

    def total(self, counts, code):
        """The area's own matters and those of all its parts, by the parents in the file."""
        wanted, n = self.by_code[code][0], 0
        for area, count in counts.items():
            while area is not None and area != wanted:
                area = self.by_id[area][4] if area in self.by_id else None
            n += count if area == wanted else 0
        return n

    def on_map(self, lon_lat, state):
        """Pixels from the middle of the map (libshumate grows a tile evenly between zooms)."""
        lon, lat, zoom = map(float, state["map"].split(","))
        world = 256 * 2 ** math.floor(zoom) * (1 + zoom % 1)

        def project(lo, la):
            s = math.sin(math.radians(la))
            return (lo + 180) / 360 * world, (0.5 - math.atanh(s) / (2 * math.pi)) * world
        (x, y), (cx, cy) = project(*lon_lat), project(lon, lat)
        return x - cx, y - cy

    def reachable(self, code, state, reach=0):
        """A spot that can be clicked, in the map and not under a circle or a tool: where the label
        of the area stands, or the nearest one within @reach pixels, perhaps in a neighbour."""
        w, h = map(int, state["map-size"].split(","))
        row = self.by_code[code]
        dx, dy = self.on_map((row[5] / 1e7, row[6] / 1e7), state)
        circles = [tuple(map(int, f.split(",")[:2])) for f in state["map-features"].split()]
        for step in range(0, reach + 1, 12):
            for turn in range(8 if step else 1):
                at = (dx + step * math.cos(turn * math.pi / 4),
                      dy + step * math.sin(turn * math.pi / 4))
                x, y = w / 2 + at[0], h / 2 + at[1]
                tools = ((x < 260 and y > h - 130) or (x > w - 70 and y > h - 170) or
                         (x < 120 and y < 60))
                if (15 < x < w - 15 and 15 < y < h - 15 and not tools and
                        all(math.hypot(cx - x, cy - y) >= 32 for cx, cy in circles)):
                    return at
        return None


def ready(p, **more):
    return p.wait(lambda s: s["loading"] == "0" and s["map-ready"] == "1" and
                  all(s[k.replace("_", "-")] == v for k, v in more.items()),
                  20, "the map %r" % more)


def values(state):
    return {code: float(value) for code, value in
            (pair.split("=") for pair in state["map-values"].split())}


def middle(p):
    return p.app.find("button", _("Map: Tab goes through what it shows"))


def click(p, at, times=1):
    spot = middle(p)
    _x, _y, w, h = spot.extents
    spot.pointer(times=times, dx=w / 2 + at[0], dy=h / 2 + at[1])


def equals_sql(places, state):
    said = values(state)
    assert said, state
    for code, value in said.items():
        assert value == places.total(places.open, code), (code, value)
    assert sum(said.values()) == int(state["open"]) == sum(places.open.values())


def click_filters(p, places):
    state = ready(p)
    equals_sql(places, state)
    code, at = next((c, places.reachable(c, state)) for c in values(state)
                    if places.reachable(c, state))
    click(p, at)
    state = p.wait(lambda s: s["filter"] == "area=" + code and s["loading"] == "0", 10, code)
    assert int(state["n"]) == places.total(places.own, code), state["n"]
    assert int(state["open"]) == places.total(places.open, code), state["open"]
    assert state["map-level"] == "township" and state["map-base"] == ""
    shown = "{:,}".format(int(state["n"]))
    p.app.wait_for(lambda: any(shown in label for label in p.app.window().labels()), 5, shown)
    ready(p)
    p.picture("chosen")
    p.app.action("win.clear-filter")
    p.settled(n=64259)


def inside(places, state, way):
    """Areas that the map shows of the one it stands in, the busiest first."""
    return sorted((c for c in values(state)
                   if not way or places.by_code[c][4] == places.by_code[way[-1]][0]),
                  key=lambda c: -places.total(places.own, c))


def down_and_up(p, places):
    p.app.action("win.home")
    way, state = [], ready(p, map_level="township")
    for level in LEVELS:
        assert state["map-level"] == level, (level, state["map-level"])
        parts = inside(places, state, way)
        spot = next((places.reachable(c, state, reach) for reach in (0, 120) for c in parts
                     if places.reachable(c, state, reach)), None)
        assert spot, (level, parts, state["map-features"])
        click(p, spot, times=2)
        state = p.wait(lambda s: s["filter"] in ["area=" + c for c in parts] and
                       s["loading"] == "0", 10, "one of %r" % parts)
        code = state["filter"][len("area="):]
        way.append(code)
        state = ready(p, map_base=code)
        assert int(state["n"]) == places.total(places.own, code)
        p.app.find("button", places.by_code[code][2])      # the breadcrumb names it
        p.picture("down-%s" % level)
    assert len(way) == 4, way
    for code in reversed(way[:-1]):
        p.app.key("BackSpace")
        p.wait(lambda s, c=code: s["filter"] == "area=" + c, 10, "up to " + code)
    p.app.key("Escape")
    p.settled(n=64259, filter="")
    ready(p, map_level="township")


def circle(p):
    state = ready(p)
    w, h = map(int, state["map-size"].split(","))
    x, y, n = map(int, state["map-features"].split()[0].split(","))
    click(p, (x - w / 2, y - h / 2))
    text = _n("%s matter close together", "%s matters close together", n)
    p.app.find("label", text.replace("%s", "{:,}".format(n)))
    p.picture("circle")
    p.app.key("Down", "Return")
    state = p.wait(lambda s: s["matter"] != "0" and s["number"] != "", 10, "a matter of the circle")
    assert state["map-pin"] == state["matter"]
    p.app.key("Escape")
    p.wait(lambda s: s["matter"] == "0", 10, "the detail closed")


def row(p):
    table = p.app.find("table", on_screen=True)
    table.find_all("row", on_screen=True)[3].pointer()
    state = p.wait(lambda s: s["matter"] != "0" and s["map-pin"] == s["matter"], 10, "the pin")
    ready(p)
    p.picture("row")
    assert state["n"] == "64259"
    p.app.action("win.back")
    p.wait(lambda s: s["matter"] == "0", 10, "the detail closed")


def pick(p):
    p.app.action("win.new-matter", "")
    p.wait(lambda s: s["page"] == "intake", what="the form")
    p.press("Pick on the map")
    p.wait(lambda s: s["page"] == "situation", what="the map")
    p.picture("pick")
    p.app.key("Escape")
    p.wait(lambda s: s["page"] == "intake", what="the form again")
    p.press("Pick on the map")
    ready(p, page="situation")
    click(p, (40, 10))
    p.wait(lambda s: s["page"] == "intake", what="the form with a point")
    p.app.find("entry", where=lambda n: n.text.startswith("105."))
    p.picture("picked")
    p.app.action("win.page", "situation")
    ready(p, page="situation")


def layers(p):
    p.app.find("button", _("What the map shows"), on_screen=True).click()
    check = p.app.find("check", _("Resolution rate of disputes"))
    p.picture("layers")
    check.pointer()
    state = p.wait(lambda s: s["map-ready"] == "1" and any(
        0 < v <= 100 and v % 1 for v in values(s).values()), 10, "the module's layer")
    assert state["map-level"] == "township"
    p.app.key("Escape")
    p.picture("layer")
    p.app.find("button", _("What the map shows"), on_screen=True).click()
    p.app.find("check", _("Resolution rate of disputes")).pointer()
    p.app.find("check", _("Matters of the filter")).pointer()
    p.wait(lambda s: s["map-count"] == "all" and s["map-ready"] == "1" and
           int(s["map-placed"]) + int(s["map-placeless"]) == 64259, 10, "all counted")
    p.app.find("check", _("Open matters")).pointer()
    p.app.key("Escape")
    ready(p, map_count="open")


def words(p):
    p.app.find("button", _("What is on the map, as a list"), on_screen=True).click()
    listed = p.app.find(name=_("What is on the map"))
    p.app.wait_for(lambda: len(listed.children) > 10, 5, "rows")
    p.picture("words")
    assert not p.app.nameless(within=listed), p.app.nameless(within=listed)
    p.app.key("Escape")


def main():
    with Program() as p:
        p.settled(n=64259)
        places = Places(p)
        ready(p)
        p.picture("start")
        click_filters(p, places)
        down_and_up(p, places)
        circle(p)
        row(p)
        layers(p)
        words(p)
        pick(p)
        p.quiet()



run(main)
