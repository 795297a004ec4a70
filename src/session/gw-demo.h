/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The demonstration district: real names and codes of Chuanshan, schematic borders, synthetic
 * matters whose totals are the published ones. Deterministic: the same seed and rows give the same
 * file content on every machine. */

#include "gw-records.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define GW_DEMO_ROWS 64259
#define GW_DEMO_SEED 20221231u

/* Blocking. Refuses to overwrite. */
gboolean gw_demo_create (const char *path,
                         guint64 rows /* 0 = GW_DEMO_ROWS */,
                         guint64 seed /* 0 = GW_DEMO_SEED */,
                         GwProgressFunc progress,
                         gpointer data,
                         GCancellable *cancellable,
                         GError **error);
/* SHA-256 (hex) over type, times, place, state and history of every matter in order: the committed
 * check value. Transfer full. */
char *gw_demo_fingerprint (const char *path, GError **error);

G_END_DECLS
