#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that each template under ui/ and the C file of its class agree."""
import re
import sys
import xml.etree.ElementTree as ET

import checklib
from checklib import c_no_comments, line_of

TEXT_PROPERTIES = {"label", "title", "subtitle", "description", "tooltip-text", "tooltip_text",
                   "placeholder-text", "placeholder_text", "secondary-text", "body", "heading"}


def class_to_noun(name):
    """GwMatterRow -> gw-matter-row"""
    return re.sub(r"(?<!^)([A-Z])", r"-\1", name).lower()


def templates(tree):
    """Yields (path, root, template or None) for each .ui that is well-formed."""
    for path in tree.match(["ui/", "plugins/"], [".ui"]):
        try:
            root = ET.fromstring(tree.text(path).encode())
        except ET.ParseError:
            continue
        yield path, root, root.find("template")


def line_with(tree, path, needle):
    return next((n for n, line in enumerate(tree.lines(path), 1) if needle in line), 1)


def c_file_of(tree, path):
    noun = path.rsplit("/", 1)[-1][:-3]
    found = [p for p in tree.match(["src/shell/", "plugins/"], [".c"])
             if p.rsplit("/", 1)[-1] == noun + ".c"]
    return found[0] if found else None


def rule_xml(tree):
    for path in tree.match(["ui/", "data/", "plugins/"], [".ui", ".xml", ".xml.in", ".svg"]):
        try:
            ET.fromstring(tree.text(path).encode())
        except ET.ParseError as e:
            yield path, e.position[0], f"not well-formed: {e}"


def rule_class_file(tree):
    """ui/**/gw-x.ui holds the template of GwX, whose C file is src/shell/**/gw-x.c."""
    for path, _root, template in templates(tree):
        if template is None:
            continue
        noun = path.rsplit("/", 1)[-1][:-3]
        name = template.get("class", "")
        if class_to_noun(name) != noun:
            yield path, line_with(tree, path, name), f"{name} belongs into {class_to_noun(name)}.ui"
        elif c_file_of(tree, path) is None:
            yield path, 1, f"no {noun}.c under src/shell/"


def rule_resource(tree):
    """Each .ui is listed in a resource file, and what C asks for is what the list offers."""
    offered = {}
    for path in tree.match(["ui/", "plugins/"], [".gresource.xml"]):
        try:
            root = ET.fromstring(tree.text(path).encode())
        except ET.ParseError:
            continue
        folder = path.rsplit("/", 1)[0]
        for group in root.iter("gresource"):
            for item in group.iter("file"):
                full = folder + "/" + item.text
                offered[full] = group.get("prefix", "") + "/" + (item.get("alias") or item.text)
                if not tree.exists(full):
                    yield path, line_with(tree, path, item.text), f"{item.text} does not exist"
    for path, _root, template in templates(tree):
        if path not in offered:
            yield path, 1, "not listed in a .gresource.xml"
            continue
        source = c_file_of(tree, path)
        if template is None or source is None:
            continue
        text = c_no_comments(tree.text(source))
        for m in re.finditer(r'set_template_from_resource\s*\([^",]*,\s*(\w*)\s*((?:"[^"]*"\s*)+)',
                             text):
            asked = "".join(re.findall(r'"([^"]*)"', m.group(2)))
            # A macro before the literal holds the prefix.
            same = offered[path].endswith(asked) if m.group(1) else offered[path] == asked
            if asked.endswith("/" + path.rsplit("/", 1)[-1]) and not same:
                yield source, line_of(text, m.start()), f"{asked}, the list says {offered[path]}"


def rule_child(tree):
    """A bound child has that id in the template."""
    for path, root, template in templates(tree):
        source = c_file_of(tree, path)
        if template is None or source is None:
            continue
        ids = {o.get("id") for o in root.iter() if o.get("id")}
        text = c_no_comments(tree.text(source))
        bind = r"bind_template_child(?:_private|_full)?\s*\(\s*\w+\s*,\s*(\w+)\s*,\s*(\w+)\s*\)"
        for m in re.finditer(bind, text):
            if m.group(1) == template.get("class") and m.group(2) not in ids:
                yield source, line_of(text, m.start()), f"{m.group(2)}: no such id in {path}"


def rule_callback(tree):
    """A handler named in the template is bound in C."""
    for path, root, template in templates(tree):
        source = c_file_of(tree, path)
        if template is None or source is None:
            continue
        text = c_no_comments(tree.text(source))
        bound = set(re.findall(r"bind_template_callback(?:_full)?\s*\(\s*\w+\s*,\s*\"?(\w+)", text))
        wanted = {s.get("handler") for s in root.iter("signal")}
        wanted |= {c.get("function") for c in root.iter("closure")}
        for name in sorted(wanted - bound - {None}):
            yield path, line_with(tree, path, name), f"{name} is not bound in {source}"


def rule_text(tree):
    """Text in a template is marked for translation."""
    for path, root, _template in templates(tree):
        for item in list(root.iter("property")) + list(root.iter("attribute")):
            if item.get("name") not in TEXT_PROPERTIES or item.get("translatable") == "yes" or \
                    item.get("bind-source") or list(item):
                continue
            if re.search(r"[A-Za-z]{2}|[\u4e00-\u9fff]", item.text or ""):
                yield (path, line_with(tree, path, item.text.strip()),
                       f'"{item.text.strip()}" is not translatable')


def rule_english(tree):
    """The source language of texts is English; Chinese lives in the catalogue."""
    han = re.compile("[\u4e00-\u9fff]")
    for path in tree.match(["ui/"], [".ui"]):
        for number, line in enumerate(tree.lines(path), 1):
            if han.search(re.sub(r"<!--.*?-->", "", line)):
                yield path, number, "Chinese text in a template: write English, translate in po/"


def has_label(item):
    return any(p.get("name") in ("label", "labelled-by") for a in item.findall("accessibility")
               for p in list(a))


def rule_name(tree):
    """A button that shows only an icon has an accessible name."""
    for path, root, _template in templates(tree):
        for item in root.iter("object"):
            if item.get("class") not in ("GtkButton", "GtkToggleButton", "GtkMenuButton"):
                continue
            properties = {p.get("name") for p in item.findall("property")}
            if "icon-name" in properties and not properties & {"label"} and not has_label(item):
                icon = next(p.text for p in item.findall("property")
                            if p.get("name") == "icon-name")
                yield path, line_with(tree, path, icon), f"button {icon} has no accessible label"


RULES = {"xml": rule_xml, "class-file": rule_class_file, "resource": rule_resource,
         "child": rule_child, "callback": rule_callback, "text": rule_text,
         "english": rule_english, "name": rule_name}

if __name__ == "__main__":
    sys.exit(checklib.run(__doc__, RULES))
