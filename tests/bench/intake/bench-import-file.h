/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A made file of disputes as a hotline exports it: 25 columns, one row a dispute, ordered by time.
 */

#include "gw-session.h"

G_BEGIN_DECLS

/* Writes @n_rows rows to @path; points lie in the areas of @session. */
void bench_import_file_write (const char *path, GwSession *session, guint n_rows);

G_END_DECLS
