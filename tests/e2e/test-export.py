# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 240
"""What the filter lists is written in each of the four formats through the dialog; every file holds
just those matters and says that they are of the demonstration district."""
import csv
import json
import re
import sqlite3
import zipfile

from scenario import DISPUTE, Program, _, run, wait_for

FORMATS = (("Spreadsheet (XLSX)", ".xlsx"), ("Table of text (CSV)", ".csv"),
           ("Points for maps (GeoJSON)", ".geojson"),
           ("Points for GIS programs (GeoPackage)", ".gpkg"))
NUMBER = re.compile(r"510903-DIS-\d{4}-\d{6}")
DEMO = re.compile("演示数据|[Dd]emo")


def of_csv(path):
    text = path.read_text(encoding="utf-8-sig")
    assert DEMO.search(text), text[:300]
    return [c for row in csv.reader(text.splitlines()) for c in row if NUMBER.fullmatch(c)]


def of_xlsx(path):
    with zipfile.ZipFile(path) as book:
        parts = {n: book.read(n).decode("utf-8") for n in book.namelist() if n.endswith(".xml")}
    assert any(DEMO.search(text) for text in parts.values()), list(parts)
    strings = re.findall(r"<si>.*?</si>", parts.get("xl/sharedStrings.xml", ""), re.S)
    sheet = next(parts[n] for n in sorted(parts) if n.startswith("xl/worksheets/"))
    cells = [strings[int(i)] for i in re.findall(r't="s"[^>]*><v>(\d+)</v>', sheet)]
    return [NUMBER.search(c).group() for c in cells + re.findall(r"<is>.*?</is>", sheet, re.S)
            if NUMBER.search(c)]


def of_geojson(path):
    data = json.loads(path.read_text(encoding="utf-8"))
    assert DEMO.search(json.dumps({k: v for k, v in data.items() if k != "features"},
                                  ensure_ascii=False)), data.keys()
    return [NUMBER.search(json.dumps(f["properties"])).group() for f in data["features"]]


def of_gpkg(path):
    base = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
    (table, words), = base.execute("SELECT table_name, coalesce(identifier, '') || ' ' ||"
                                   " coalesce(description, '') FROM gpkg_contents").fetchall()
    assert DEMO.search(words), words
    rows = base.execute('SELECT * FROM "%s"' % table).fetchall()
    return [next(c for c in row if isinstance(c, str) and NUMBER.fullmatch(c)) for row in rows]


READ = {".csv": of_csv, ".xlsx": of_xlsx, ".geojson": of_geojson, ".gpkg": of_gpkg}


def export(p, label, suffix):
    path = p.profile / ("out" + suffix)
    p.app.key("ctrl+e")
    window = p.app.window(_("Export What Is Listed"))
    combo = wait_for(lambda: window.find_all("combo") or window.find_all("list item"),
                     what="the choice of format")[0]
    if _(label) not in combo.labels():
        combo.pointer()
        p.app.wait_for(lambda: p.app.popups(), what="the formats")
        p.app.key(*["Down"] * [f for f, _s in FORMATS].index(label), "Return")
    wait_for(lambda: _(label) in combo.labels(), what=label)
    window.find("entry", _("Purpose (kept in the journal)")).set_text("月报核对")
    p.picture("dialog" + suffix)
    p.press("_Save…")
    chooser = p.app.window(_("Export"))
    chooser.find("entry", re.compile("名称|Name")).set_text(str(path))
    chooser.find("button", _("_Save").replace("_", "")).click()
    p.wait(lambda s: s["tasks"] == "0" and path.name in s["toast"], 30, "the export")
    return READ[suffix](path)


def main():
    with Program(rows=3000) as p:
        p.app.action("win.filter", "type=" + DISPUTE + " open=yes")
        state = p.settled()
        listed = p.ask("list", "--type", DISPUTE, "--limit", 3000)["matters"]
        is_open = ("reported", "filed", "waiting", "handling", "paused", "handled", "evaluating")
        expected = sorted(m["number"] for m in listed if m["state"] in is_open)
        assert len(expected) == int(state["n"]) > 0, (len(expected), state["n"])
        for label, suffix in FORMATS:
            numbers = export(p, label, suffix)
            assert sorted(numbers) == expected, (suffix, len(numbers), len(expected))
        p.picture("written")
        p.quiet()


run(main)
