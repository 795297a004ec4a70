/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The numbered steps of the schema. A released step is never edited: the file keeps each step's
 * checksum, and a step that differs stops the opening. */

#include "gw-db-private.h"

G_BEGIN_DECLS

typedef struct
{
  guint number;
  const char *name;
  const char *sql;
} GwMigration;

/* The steps built into the program, in order, numbers from 1 without a gap. */
const GwMigration *gw_migrations (guint *n);

/* Compares what is applied and, when @may_write, applies what is missing, each step in its own
 * transaction together with user_version. @now is noted with the step. Errors: CORRUPT when a step
 * was applied with another text, READ_ONLY when steps are missing and nothing may be written. */
gboolean gw_migrate (
    GwDb *db, const GwMigration *steps, guint n, gboolean may_write, gint64 now, GError **error);

G_END_DECLS
