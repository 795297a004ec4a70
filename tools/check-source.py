#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the rules of STYLE.md that neither compiler nor formatter knows."""
import re
import sys

import checklib
from checklib import c_code, c_no_comments, layer_of, line_of

C_FILES = (".c", ".h")
SPEAKING_LAYERS = ("shell", "cmd")
SPDX = "SPDX-License-Identifier: "
# Cannot carry a comment, or are not ours to change; .reuse/dep5 speaks for them.
NO_COMMENT = (".csv", ".tsv", ".geojson", ".json", ".png", ".md", ".xlsx", ".zip", ".gpkg", ".bin",
              ".txt", ".hash", ".sha256", ".xls", ".dbf", ".shp", ".shx", ".prj", ".license",
              ".gitignore", ".dict", ".html", ".pot", ".words")
GLIB_WARNINGS = ("g_warning", "g_message", "g_critical", "g_info", "g_print", "g_printerr",
                 "printf", "fprintf", "puts", "g_log", "g_warning_once")
BANNED = {
    "goto": "a scope guard cleans up",
    "g_error": "it ends the program; raise a GError",
    "sprintf": "use g_snprintf or g_strdup_printf",
    "strcpy": "use g_strlcpy or g_strdup",
    "strcat": "use GString",
    "gets": "no bound",
    "strtok": "static state; use g_strsplit",
    "atoi": "hides errors; use g_ascii_string_to_signed",
    "atof": "hides errors and follows the locale; use g_ascii_strtod",
    "system": "runs a shell",
    "popen": "runs a shell",
    "alloca": "unbounded stack",
    "g_spawn_command_line_sync": "use GSubprocess with an argument list",
    "g_spawn_command_line_async": "use GSubprocess with an argument list",
    "localtime": "static state and the machine's zone; use GwClock",
    "rand": "use a seeded generator that is passed in",
}
# Who may be named in a URL: standards, upstreams of what is used, and the reserved example names.
URL_HOSTS = ("example.org", "gnu.org", "w3.org", "debian.org", "freedesktop.org", "gnome.org",
             "spdx.org", "reuse.software", "sqlite.org", "unicode.org", "opengis.net",
             "openxmlformats.org", "microsoft.com", "creativecommons.org", "stats.gov.cn",
             "gov.cn", "docbook.org", "gtk.org", "oasis-open.org", "iana.org", "ietf.org",
             "rfc-editor.org", "gdal.org", "geojson.org", "osgeo.org", "geopackage.org")


def calls(code, names):
    for m in re.finditer(r"\b(%s)\b(?=\s*\()" % "|".join(map(re.escape, names)), code):
        yield line_of(code, m.start()), m.group(1)


def c_sources(tree, *prefixes):
    return tree.match(prefixes or ("src/", "plugins/", "tests/"), C_FILES)


def rule_spdx(tree):
    """Licence in the first lines of every file that can say it."""
    for path in tree.paths:
        name = path.rsplit("/", 1)[-1]
        if path.startswith(("LICENSES/", ".reuse/", "tests/fuzz/corpus/")) or \
                name.endswith(NO_COMMENT):
            continue
        head = "\n".join(tree.lines(path)[:5])
        if tree.text(path) and SPDX not in head:
            yield path, 1, "no SPDX-License-Identifier in the first five lines"


def rule_abi_licence(tree):
    for path in tree.match(["src/abi/gridwork/"], [".h"]):
        if SPDX + "MIT" not in tree.text(path):
            yield path, 1, "the headers that modules include are MIT"


def rule_pragma_once(tree):
    """The installed headers (also as they were frozen) have guards that any compiler knows, all
    others the short form."""
    for path in c_sources(tree):
        text = tree.text(path)
        guarded = path.startswith(("src/abi/", "tests/abi/include-")) and \
            re.search(r"^#ifndef (\w+)\n#define \1$", text, re.M)
        if path.endswith(".h") and "#pragma once" not in text and not guarded:
            yield path, 1, "a header begins with #pragma once"


def rule_own_header_first(tree):
    """A header that is included first is proved to stand alone."""
    for path in tree.match(["src/"], [".c"]):
        own = path[:-2] + ".h"
        if not tree.exists(own):
            continue
        text = c_no_comments(tree.text(path))
        for m in re.finditer(r'^#include\s+[<"]([^>"]+)[>"]', text, re.M):
            if m.group(1) == "gw-config.h":
                continue
            name = own.rsplit("/", 1)[-1]
            if m.group(1).rsplit("/", 1)[-1] not in (name, name[:-2] + "-private.h"):
                yield path, line_of(text, m.start()), "include the file's own header first"
            break


DEFINITION = re.compile(r"^(?!static\b)(?:[A-Za-z_][\w \t*]*?[\w*])[ \t\n]+\**"
                        r"([a-z_]\w*) \([^;{}]*?\)\s*\n\{", re.M)


def rule_noun(tree):
    """A public function has our prefix and is declared in a header of its folder."""
    for path in tree.match(["src/"], [".c"]):
        if layer_of(path) == "cmd":
            continue
        code = c_code(tree.text(path))
        folder = path.rsplit("/", 1)[0]
        headers = [h for h in tree.match(["src/"], [".h"]) if
                   (folder + "/").startswith(h.rsplit("/", 1)[0] + "/") and h.count("/") > 1]
        declared = "\n".join(c_code(tree.text(h)) for h in headers)
        for m in DEFINITION.finditer(code):
            line = line_of(code, m.start(1))
            before = code[max(0, m.start() - 80):m.start()].rsplit("\n", 2)[-2:]
            if any(w.startswith("static") for w in before):
                continue
            word = m.group(1)
            if word.startswith("_") or word == "main":
                continue
            if not word.startswith("gw_"):
                yield path, line, f"{word}: a public name starts with gw_"
            elif not re.search(r"\b%s\b" % word, declared):
                yield path, line, f"{word} is declared in no header of {folder}"


def rule_banned(tree):
    for path in c_sources(tree):
        code = c_code(tree.text(path))
        for number, name in calls(code, [n for n in BANNED if n != "goto"]):
            if name == "g_error" and "tests/" in path:
                continue
            yield path, number, f"{name}: {BANNED[name]}"
        for m in re.finditer(r"\bgoto\b", code):
            yield path, line_of(code, m.start()), f"goto: {BANNED['goto']}"


def rule_sqlite(tree):
    for path in c_sources(tree, "src/"):
        # The sandbox of modules is a policy over SQLite's own compiler.
        sandbox = path.startswith("src/host/gw-sql-")
        if sandbox or layer_of(path) == "store":
            continue
        code = c_code(tree.text(path))
        for m in re.finditer(r"\bsqlite3_\w+", code):
            yield path, line_of(code, m.start()), f"{m.group(0)}: only store/ speaks to SQLite"


def rule_sql_text(tree):
    """Statements are whole literals; values are bound, never printed into them."""
    words = r'"\s*(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH|CREATE|DROP|ALTER)\b[^"]*%[^"]*"'
    for path in c_sources(tree, "src/"):
        text = c_no_comments(tree.text(path))
        for m in re.finditer(words, text):
            if not re.search(r"%[-0-9.*]*[sdlqwu]", m.group(0)):
                continue
            yield path, line_of(text, m.start()), "SQL put together from text: bind a parameter"


def rule_log(tree):
    for path in c_sources(tree, "src/", "plugins/"):
        if layer_of(path) in SPEAKING_LAYERS or "/tests/" in path:
            continue
        for number, name in calls(c_code(tree.text(path)), GLIB_WARNINGS):
            yield path, number, f"{name}: below shell/ and cmd/ only g_debug; return the error"


def rule_raise(tree):
    for path in c_sources(tree, "src/"):
        if layer_of(path) == "base":
            continue
        for number, name in calls(c_code(tree.text(path)), ("g_set_error", "g_set_error_literal")):
            yield path, number, f"{name}: raise with gw_throw"


def rule_static(tree):
    """No mutable state outside objects, but what the type system wants."""
    pattern = re.compile(r"^[ \t]*static\s+(?!inline\b|const\b)([^;={()]*?)(\w+)\s*(\[[^\]]*\])?\s*"
                         r"(?:=[^;]*?)?;", re.M)
    for path in c_sources(tree, "src/", "plugins/"):
        if "/tests/" in path:
            continue
        code = c_code(tree.text(path))
        for m in pattern.finditer(code):
            kind = m.group(1)
            if "GParamSpec" in kind or re.search(r"signals?$|gtype_id$", m.group(2)) or \
                    re.search(r"\bconst\s*$|\bconst\b[^*]*$", kind.strip()) or \
                    m.group(2).endswith(("_parent_class", "_quark", "_once")):
                continue
            yield path, line_of(code, m.start()), f"{m.group(2)}: static mutable state"


def rule_cleanup(tree):
    """An automatic pointer is born with a value, or it frees what was on the stack."""
    for path in c_sources(tree):
        code = c_code(tree.text(path))
        for m in re.finditer(r"\b(?:g_autoptr|g_auto|g_autolist)\s*\([^)]*\)\s*(\w+)\s*;|"
                             r"\bg_autofree\b[^;=()]*?(\w+)\s*;", code):
            yield path, line_of(code, m.start()), f"{m.group(1) or m.group(2)}: set it to NULL"


TEXT_SETTERS = (
    "gtk_label_new", "gtk_label_set_text", "gtk_label_set_label", "gtk_button_new_with_label",
    "gtk_button_set_label", "gtk_widget_set_tooltip_text", "gtk_window_set_title",
    "adw_toast_new", "adw_toast_set_title", "adw_toast_set_button_label",
    "adw_status_page_set_title", "adw_status_page_set_description",
    "gtk_entry_set_placeholder_text",
    "adw_preferences_row_set_title", "adw_action_row_set_subtitle", "adw_message_dialog_new",
    "gtk_file_chooser_native_new", "gtk_check_button_new_with_label", "gtk_menu_button_set_label",
    "adw_window_title_set_title", "adw_window_title_set_subtitle", "gtk_column_view_column_new")


def rule_user_text(tree):
    """What a user reads in the window goes through gettext."""
    pattern = re.compile(r"\b(%s) \(((?:[^()\";]|\([^()\";]*\)|\()*?)"
                         r"\"((?:\\.|[^\"\\])*)\"" % "|".join(TEXT_SETTERS))
    for path in c_sources(tree, "src/shell/", "src/cmd/"):
        text = c_no_comments(tree.text(path))
        for m in pattern.finditer(text):
            wrapped = re.search(r"(?:\b_|\bC_|\bN_|gettext)\s*\($", m.group(2).rstrip())
            if re.search(r"[A-Za-z]{2}", m.group(3)) and not wrapped:
                yield path, line_of(text, m.start()), f'"{m.group(3)}": user text outside _()'


def rule_todo(tree):
    for path in tree.match(["src/", "plugins/", "tests/", "tools/", "ui/"],
                           [".c", ".h", ".py", ".sh", ".ui", ".build"]):
        for number, line in enumerate(tree.lines(path), 1):
            if re.search(r"\b(TODO|FIXME|XXX)\b(?!\s*[(|]#\d+|\(\\)", line) and \
                    not path.startswith("tools/check"):
                yield path, number, "a TODO names an issue: TODO(#12)"


def rule_sleep(tree):
    """Tests wait for events, not for time."""
    for path in tree.match(["tests/", "plugins/"], [".c", ".py"]):
        if path.startswith("plugins/") and "/tests/" not in path:
            continue
        text = tree.text(path)
        code = c_code(text) if path.endswith(".c") else re.sub(r"#[^\n]*", "", text)
        for m in re.finditer(r"\b(g_usleep|usleep|nanosleep|sleep|time\.sleep)\s*\(", code):
            yield path, line_of(code, m.start()), f"{m.group(1)}: wait for the event"


def rule_machine(tree):
    """Nothing that is true on one machine only."""
    homes = re.compile(r"(?<![\w.:])/(?:home|Users|root|wo" r"rk)/[A-Za-z]\w*")
    urls = re.compile(r"\b(?:https?|ssh|git)://([A-Za-z0-9.-]+)")
    for path in tree.paths:
        if path.startswith("LICENSES/") or path.endswith((".geojson", ".png")):
            continue
        for number, line in enumerate(tree.lines(path), 1):
            for m in homes.finditer(line):
                yield path, number, f"{m.group(0)}: a path of one machine"
            for m in urls.finditer(line):
                host = m.group(1).lower().rstrip(".")
                if "." in host and not host.endswith(URL_HOSTS):
                    yield path, number, f"{host}: not a host this project may name"


def rule_width(tree):
    for path in tree.match(["src/", "plugins/", "tests/", "tools/"], [".c", ".h", ".py", ".sh"]):
        for number, line in enumerate(tree.lines(path), 1):
            if len(line) > 100:
                yield path, number, f"{len(line)} columns, 100 are allowed"
            if line != line.rstrip():
                yield path, number, "white space at the end of the line"
            if "\t" in line and not path.endswith(".sh"):
                yield path, number, "a tab"


def rule_tested(tree):
    """Every unit that another layer uses is named by some test, or says why not.

    What a layer keeps to itself is tested through what it shows, or by a test of its own.
    """
    tests = set()
    for p in tree.match(["tests/", "plugins/"], [".c", ".py", ".h"]):
        if p.startswith("tests/") or "/tests/" in p:
            tests.update(re.findall(r"\w+(?:-\w+)*", tree.text(p)))
    lent = checklib.lent_headers(tree)
    public = set()
    for h in tree.match(["src/"], [".h"]):
        if h.rsplit("/", 1)[-1] in lent:
            public.update(re.findall(r"\w+", c_code(tree.text(h))))
    for path in tree.match(["src/"], [".c"]):
        if layer_of(path) in ("cmd", "shell"):
            continue
        noun = path.rsplit("/", 1)[-1][:-2]
        names = [m.group(1) for m in DEFINITION.finditer(c_code(tree.text(path)))
                 if m.group(1) in public]
        stems = {noun, noun.replace("-", "_")} | set(names)
        if names and not stems & tests:
            yield path, 1, f"no test names {noun} or any of its functions"


DECLARATION = re.compile(r"^(?!static\b|typedef\b|extern\b)[A-Za-z_][\w \t*]*?[\s*](gw_\w+)\s*"
                         r"\([^;{}]*?\)[^;{}]*;", re.M)
# What these do is said by their names, in every library of this kind; that of a widget is told
# above its class.
PLAIN = re.compile(r"_(?:ref|unref|free|copy|clear|equal|get_type) \(|_new \(void\)|"
                   r"^GtkWidget \*gw_\w+_new \(")


def is_documented(lines, first, last):
    """Whether a comment stands on the declaration, right above it, or above its group: the
    declarations that follow each other without a blank line."""
    if any("/*" in line for line in lines[first - 1:last]):
        return True
    for line in reversed(lines[:first - 1]):
        if not line.strip() or line[0] in "}#{":
            return False
        if line.rstrip().endswith("*/"):
            return True
    return False


def rule_documented(tree):
    """The header is the manual of the noun: each public function says what it promises, in the
    header or in a block of its own above the definition."""
    blocks = set()
    for path in tree.match(["src/"], [".c"]):
        blocks.update(re.findall(r"^/\*\*\n \* (gw_\w+):$", tree.text(path), re.M))
    for path in tree.match(["src/"], [".h"]):
        if path.endswith("-private.h"):
            continue
        lines, code = tree.lines(path), c_code(tree.text(path))
        for m in DECLARATION.finditer(code):
            first, last = line_of(code, m.start()), line_of(code, m.end() - 1)
            if PLAIN.search(m.group(0)) or is_documented(lines, first, last) or \
                    m.group(1) in blocks:
                continue
            yield path, first, f"{m.group(1)}: say what it promises"


RULES = {
    "spdx": rule_spdx, "abi-licence": rule_abi_licence, "pragma-once": rule_pragma_once,
    "own-header-first": rule_own_header_first, "noun": rule_noun, "banned": rule_banned,
    "sqlite": rule_sqlite, "sql-text": rule_sql_text, "log": rule_log, "raise": rule_raise,
    "static": rule_static, "cleanup": rule_cleanup, "user-text": rule_user_text,
    "todo": rule_todo, "sleep": rule_sleep, "machine": rule_machine, "width": rule_width,
    "tested": rule_tested, "documented": rule_documented,
}

if __name__ == "__main__":
    sys.exit(checklib.run(__doc__, RULES))
