/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A foreign file on its way in: read and checked, shown row by row, nothing written before
 * gw_session_commit_import. */

#include "gw-project.h"
#include "gw-row-problem.h"
#include "gw-session.h"

G_BEGIN_DECLS

#define GW_TYPE_IMPORT_PLAN (gw_import_plan_get_type ())
G_DECLARE_FINAL_TYPE (GwImportPlan, gw_import_plan, GW, IMPORT_PLAN, GObject)

/* What a person says about a file where the program would find it out by itself: NULL members, or
 * NULL instead of a choice. */
typedef struct
{
  const char *encoding; /* "utf-8", "gb18030", "utf-16" (little-endian), "utf-16le", "utf-16be" */
  const char *sheet;    /* name of a sheet of a workbook */
} GwImportChoice;

/* Reads the file through the reader process and checks every row. */
void gw_session_plan_import_async (GwSession *self,
                                   const char *path,
                                   const char *type,
                                   const GwImportChoice *choice,
                                   GwProgressFunc progress,
                                   gpointer progress_data,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
GwImportPlan *gw_session_plan_import_finish (GwSession *self, GAsyncResult *result, GError **error);
GwImportPlan *gw_session_plan_import_sync (GwSession *self,
                                           const char *path,
                                           const char *type,
                                           const GwImportChoice *choice,
                                           GError **error);

/* Facts of the plan. */
const char *gw_import_plan_get_type_key (GwImportPlan *self);
const char *gw_import_plan_get_file_name (GwImportPlan *self);
const char *gw_import_plan_get_format (
    GwImportPlan *self); /* "CSV, GB18030 (…reason)" translated */
/* How a text file was read, as in GwImportChoice; NULL when the format has no choice. */
const char *gw_import_plan_get_encoding (GwImportPlan *self);
/* Names of a workbook's sheets, ended by NULL, maybe none; @sheet: index of the one that was read.
 */
const char *const *gw_import_plan_get_sheets (GwImportPlan *self, guint *sheet);
GPtrArray *gw_import_plan_get_columns (GwImportPlan *self); /* GwPlanColumn */
guint64 gw_import_plan_n_rows (GwImportPlan *self);
guint64 gw_import_plan_n_verdict (GwImportPlan *self, GwRowVerdict verdict);
GwCrs gw_import_plan_get_crs (GwImportPlan *self);
const char *gw_import_plan_get_crs_reason (
    GwImportPlan *self); /* translated sentence: the guess and its ground */
gboolean gw_import_plan_has_points (GwImportPlan *self);
/* TRUE when longitude and latitude have changed places in the file and are read the other way. */
gboolean gw_import_plan_is_swapped (GwImportPlan *self);
/* What concerns the whole file (titles above the header, columns left out, taken in before):
 * GwRowProblem with row 0 or the row of the header; borrowed, never NULL. */
GPtrArray *gw_import_plan_get_file_problems (GwImportPlan *self);
/* Raised by each re-check; also the property "generation". */
guint gw_import_plan_get_generation (GwImportPlan *self);
/* Fields a column may be matched to: GPtrArray of "id\nlabel"? -> ids and labels in two parallel
 * strvs. */
const char *const *gw_import_plan_get_field_ids (GwImportPlan *self);
const char *const *gw_import_plan_get_field_labels (GwImportPlan *self);
/* Row @i (0-based) of the preview; cells borrowed until the next call. FALSE past the end. Quick
 * (reads the stage, at most one page). */
gboolean gw_import_plan_get_row (
    GwImportPlan *self,
    guint64 i,
    guint64 *source_row,
    GwRowVerdict *verdict,
    const char *const **cells,
    guint *n_cells,
    const char **place /* path of the area it is assigned to, nullable */);
/* Problems of row @i: GPtrArray of GwRowProblem, borrowed until the next call; may be empty. */
GPtrArray *gw_import_plan_get_problems (GwImportPlan *self, guint64 i);
/* Index of the next row with the verdict at or after @from; G_MAXUINT64 when none: "jump to the
 * next problem". */
guint64 gw_import_plan_next (GwImportPlan *self, guint64 from, GwRowVerdict verdict);

/* What the user changes; each re-checks all rows on a worker and bumps "notify::generation". */
void gw_import_plan_recheck_async (GwImportPlan *self,
                                   int column /* -1: none */,
                                   const char *field /* nullable: leave out */,
                                   GwCrs crs,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
gboolean gw_import_plan_recheck_finish (GwImportPlan *self, GAsyncResult *result, GError **error);
gboolean gw_import_plan_recheck_sync (
    GwImportPlan *self, int column, const char *field, GwCrs crs, GError **error);

/* Writes the good and warned rows as one batch, in slices; progress and cancel (cancel withdraws
 * what was written). */
void gw_session_commit_import_async (GwSession *self,
                                     GwImportPlan *plan,
                                     GwProgressFunc progress,
                                     gpointer progress_data,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
gint64 gw_session_commit_import_finish (GwSession *self,
                                        GAsyncResult *result,
                                        guint *n_rows,
                                        guint *n_refused,
                                        GError **error); /* batch id, 0 on error */
gint64 gw_session_commit_import_sync (
    GwSession *self, GwImportPlan *plan, guint *n_rows, guint *n_refused, GError **error);
void gw_session_undo_batch_async (GwSession *self,
                                  gint64 batch,
                                  GwProgressFunc progress,
                                  gpointer progress_data,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
/* TRUE; *touched = matters that stay because somebody worked on them since. */
gboolean gw_session_undo_batch_finish (
    GwSession *self, GAsyncResult *result, guint *withdrawn, guint *touched, GError **error);
gboolean gw_session_undo_batch_sync (
    GwSession *self, gint64 batch, guint *withdrawn, guint *touched, GError **error);

G_END_DECLS
