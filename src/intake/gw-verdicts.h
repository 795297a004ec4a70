/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* May each row of a file be taken, under one mapping and one coordinate system: one byte a row.
 * Immutable, refcounted, any thread. What is wrong with a row is found out again when somebody
 * looks at it. */

#include "gw-foreign-file.h"
#include "gw-row-check.h"

G_BEGIN_DECLS

typedef struct _GwVerdicts GwVerdicts;

#define GW_VERDICTS_NONE G_MAXUINT64

/* Checks all rows on a few threads; blocking. @progress: nullable, on the calling thread. NULL with
 * G_IO_ERROR_CANCELLED. */
GwVerdicts *gw_verdicts_new (GwForeignFile *file,
                             const GwCheckWorld *world,
                             GwProgressFunc progress,
                             gpointer progress_data,
                             GCancellable *cancellable,
                             GError **error);
GwVerdicts *gw_verdicts_ref (GwVerdicts *self);
void gw_verdicts_unref (GwVerdicts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwVerdicts, gw_verdicts_unref)

/* How many rows got @verdict, and what row @i got; any thread. */
guint64 gw_verdicts_count (const GwVerdicts *self, GwRowVerdict verdict);
GwRowVerdict gw_verdicts_get (const GwVerdicts *self, guint64 i);
/* The first row that is the same matter as row @i; GW_VERDICTS_NONE when @i is the first. */
guint64 gw_verdicts_get_twin (const GwVerdicts *self, guint64 i);
/* The matter that row @i became in an earlier import, by the number of the other system; NULL when
 * there is none. Such a row is refused. Borrowed. */
const char *gw_verdicts_get_known (const GwVerdicts *self, guint64 i);
guint64 gw_verdicts_n_known (const GwVerdicts *self);
/* The next row from @from on with that verdict; GW_VERDICTS_NONE when there is none. */
guint64 gw_verdicts_next (const GwVerdicts *self, guint64 from, GwRowVerdict verdict);

/* What the reader found in a row counts when it concerns the row or a column that is used. */
gboolean gw_verdicts_is_fatal (const GwCheckWorld *world, const GwRowProblem *problem);

G_END_DECLS
