/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The peer of bench-verb: what a verb has written, told as bare SQL. Two files, before and after,
 * are compared; for each matter the rows that came or changed become statements, prepared once and
 * bound to the values of the file after. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct _Replay Replay;

/* Rows of the matters from @first on, @n of them, in @after that differ from @before; they will be
 * written to @target, a copy of @before. Dies on any error. */
Replay *replay_new (
    const char *before, const char *after, const char *target, gint64 first, guint n);
void replay_free (Replay *self);
/* One transaction: what was written for the matter @i (0 … n - 1). */
void replay_run (Replay *self, guint i);
/* Rows of one transaction, on average. */
double replay_rows (const Replay *self);

G_END_DECLS
