/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rows of a foreign file between reading and confirming: in a temporary file without a name, so
 * that a million rows cost no memory, and any row is at hand at once.
 *
 * First gw_stage_append() for each row from one thread, then gw_stage_seal(); from then on it does
 * not change and any number of threads may read. */

#include <glib.h>

G_BEGIN_DECLS

#define GW_STAGE_MAX_CELLS 256u

typedef struct _GwStage GwStage;

/* Texts are lent as long as the stage lives. */
typedef struct
{
  guint64 row; /* in the source file, from 1 */
  guint flags; /* of the row, as the reader gave them */
  guint n_cells;
  const char *cells[GW_STAGE_MAX_CELLS]; /* ended by NUL */
  guint32 lengths[GW_STAGE_MAX_CELLS];
  guint8 cell_flags[GW_STAGE_MAX_CELLS];
} GwStageRow;

/* @folder: nullable, made with mode 0700 when it is not there; NULL: the user's cache folder. */
GwStage *gw_stage_new (const char *folder, GError **error);
GwStage *gw_stage_ref (GwStage *self);
void gw_stage_unref (GwStage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwStage, gw_stage_unref)

/* Errors: FULL when the disk is full. */
gboolean gw_stage_append (GwStage *self,
                          guint64 row,
                          guint flags,
                          guint n_cells,
                          const char *const *cells,
                          const guint32 *lengths,
                          const guint8 *cell_flags,
                          GError **error);
gboolean gw_stage_seal (GwStage *self, GError **error);

/* Rows staged so far. */
guint64 gw_stage_n_rows (const GwStage *self);
/* Fills what the row has; cells beyond n_cells are left alone. */
void gw_stage_read (const GwStage *self, guint64 i, GwStageRow *row);
/* The index of the row with that number in the source; G_MAXUINT64 when there is none. */
guint64 gw_stage_find (const GwStage *self, guint64 row);

static inline const char *
gw_stage_row_cell (const GwStageRow *row, int column)
{
  return column >= 0 && (guint)column < row->n_cells ? row->cells[column] : "";
}

static inline guint
gw_stage_row_flags (const GwStageRow *row, int column)
{
  return column >= 0 && (guint)column < row->n_cells ? row->cell_flags[column] : 0;
}

G_END_DECLS
