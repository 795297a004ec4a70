/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Rows of sized tables: a row of an older module is shorter than ours and reads as zero behind its
 * end; a row of a newer one may be longer as long as nothing behind our end is used. */

#include "gridwork/gw-plugin.h"

G_BEGIN_DECLS

#define GW_COPY_MAX_ROWS 4096u

/* Copies row @i into @row of @size bytes. @name names the table in the error. */
gboolean gw_copy_row (
    const GwTable *table, guint i, gpointer row, gsize size, const char *name, GError **error);
/* A count above GW_COPY_MAX_ROWS, or rows without memory, is a damaged table. */
gboolean gw_copy_check_table (const GwTable *table, const char *name, GError **error);
/* The same for a struct with struct_size at its start. */
gboolean gw_copy_struct (
    const void *source, gpointer target, gsize size, const char *name, GError **error);
/* [a-z][a-z0-9_]*, at most 32 characters. */
gboolean gw_copy_check_id (const char *id, const char *name, guint row, GError **error);
gboolean gw_copy_check_text (
    const char *text, const char *name, guint row, const char *member, GError **error);

G_END_DECLS
