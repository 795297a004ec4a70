#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes data/demo/{days,hours,durations}.csv: the profiles of the demo as whole numbers.

Sines and logarithms differ in the last digit between machines; whole numbers in a file do not, so
the demo is the same everywhere. Run by hand when a profile changes; the demo's fingerprint changes
with it."""
import csv
import datetime as dt
import math
import pathlib
import statistics

OUT = pathlib.Path(__file__).resolve().parent.parent / "data" / "demo"
FIRST, DAYS = dt.date(2020, 1, 1), 1096
PROFILES = ["office", "dispute", "hazard", "traffic", "event"]
WEEK = {
    "office": [125, 120, 115, 110, 110, 15, 5],
    "dispute": [120, 110, 105, 105, 105, 85, 70],
    "hazard": [120, 115, 115, 110, 110, 70, 60],
    "traffic": [100, 100, 100, 100, 110, 100, 90],
    "event": [80, 90, 90, 90, 130, 130, 90],
}
SEASON = {
    "office": (0, 0), "dispute": (25, 200), "hazard": (45, 205), "traffic": (10, 300),
    "event": (20, 180),
}
HOLIDAYS = [
    ((2020, 1, 24), (2020, 1, 30)), ((2021, 2, 11), (2021, 2, 17)),
            ((2022, 1, 31), (2022, 2, 6)),
    ((2020, 10, 1), (2020, 10, 8)), ((2021, 10, 1), (2021, 10, 7)),
            ((2022, 10, 1), (2022, 10, 7)),
]
QUIET = [((2020, 2, 1), (2020, 3, 15), 0.4), ((2022, 9, 1), (2022, 9, 20), 0.6)]
HOURS = {
    "office": [0] * 8 + [20, 100, 120, 90, 30, 20, 90, 110, 100, 70, 20, 10, 5, 0, 0, 0],
    "dispute": [
        5, 3, 2, 2, 2, 4, 10, 30, 70, 90, 90, 70,
        40, 40, 70, 80, 80, 70, 60, 70, 60, 40, 20, 10],
    "hazard": [2] * 6 + [10, 40, 80, 100, 100, 80, 40, 40, 80, 100, 90, 70, 40, 20, 10, 5, 3, 2],
    "traffic": [
        10, 7, 5, 4, 5, 10, 30, 90, 100, 60, 50, 50,
        60, 50, 50, 50, 60, 90, 100, 70, 50, 40, 30, 20],
    "event": [0] * 8 + [30, 80, 90, 50, 10, 10, 80, 90, 70, 30, 40, 60, 20, 0, 0, 0],
}
# Median and spread of the days from report to closing, log-normal.
DURATION = {
    "office": (1.6, 0.9), "dispute": (2.3, 0.9), "hazard": (2.6, 0.8), "traffic": (0.2, 0.6),
    "event": (-1.5, 0.4),
}


def within(day, first, last):
    return dt.date(*first) <= day <= dt.date(*last)


def day_weight(profile, index):
    day = FIRST + dt.timedelta(index)
    amplitude, peak = SEASON[profile]
    weight = WEEK[profile][day.weekday()] * 100
    weight *= 1 + amplitude / 100 * math.cos(2 * math.pi * (day.timetuple().tm_yday - peak) / 365)
    weight *= 1 + 0.10 * index / DAYS
    for first, last in HOLIDAYS:
        if within(day, first, last):
            weight *= 1.3 if profile == "traffic" else 0.35
    for first, last, factor in QUIET:
        if within(day, first, last):
            weight *= factor
    return round(weight)


def durations(profile):
    mean, spread = DURATION[profile]
    normal = statistics.NormalDist()
    quantiles = [normal.inv_cdf((i + 0.5) / 256) for i in range(256)]
    return [round(math.exp(mean + spread * q) * 86400) + 600 for q in quantiles]


def write(name, header, rows):
    with open(OUT / name, "w", newline="\n", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


OUT.mkdir(parents=True, exist_ok=True)
write("days.csv", PROFILES, [[day_weight(p, i) for p in PROFILES] for i in range(DAYS)])
write("hours.csv", PROFILES, [[HOURS[p][h] for p in PROFILES] for h in range(24)])
write("durations.csv", PROFILES, list(zip(*[durations(p) for p in PROFILES])))
