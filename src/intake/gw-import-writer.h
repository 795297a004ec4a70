/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* From checked rows to matters: one batch, in slices, so that nobody at a desk waits for a million
 * rows. One thread makes the matters while the writer thread of the store writes the ones before.
 */

#include "gw-desk.h"
#include "gw-store.h"
#include "gw-verdicts.h"

G_BEGIN_DECLS

typedef struct
{
  GwStore *store;            /* borrowed */
  const GwActor *actor;      /* borrowed */
  GwDesk *desk;              /* borrowed */
  guint32 type;              /* local number */
  GwForeignFile *file;       /* borrowed */
  const GwCheckWorld *world; /* borrowed: as the verdicts were made */
  const GwVerdicts *verdicts;
} GwImportOrder;

/* Writes every row that is not refused. Blocking. @batch, @n_written: (out), also on failure.
 * Cancelled or failed, it withdraws what was written and says so in @error. */
gboolean gw_import_write (const GwImportOrder *order,
                          gint64 *batch,
                          guint *n_written,
                          GwProgressFunc progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GError **error);

/* Withdraws the matters of a batch that nobody has touched since. Blocking, in slices. */
gboolean gw_import_undo (GwStore *store,
                         const GwActor *actor,
                         GwDesk *desk,
                         gint64 batch,
                         guint n_expected, /* for the progress; 0 = unknown */
                         guint *n_withdrawn,
                         guint *n_touched,
                         GwProgressFunc progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GError **error);

G_END_DECLS
