/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Who is at the desk: the façade that the window, the command line and a D-Bus client share. Role,
 * scope and masking are decided behind it, never on a screen. Lives on the main thread; every slow
 * call is an _async/_finish pair that works on a worker thread. The _sync twins are for command
 * line programs and tests that have no main loop to keep alive. Cancelled calls finish with
 * G_IO_ERROR_CANCELLED. */

#include "gw-area.h"
#include "gw-filter.h"
#include "gw-geometry.h"
#include "gw-locate.h"
#include "gw-matter.h"
#include "gw-module-state.h"
#include "gw-records.h"
#include "gw-selection.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define GW_TYPE_SESSION (gw_session_get_type ())
G_DECLARE_FINAL_TYPE (GwSession, gw_session, GW, SESSION, GObject)
/* signals:
 *   "changed" (gboolean reference_data): something was committed; ask again. At most one each 50
 * ms, on the main thread. "seat-changed": another account or role is at the desk. "damaged": the
 * check at start has found the file damaged, see gw_session_get_damage(). properties:
 * "busy-tasks" (uint, number of GwTask running) */

typedef enum
{
  GW_SESSION_CREATE = 1 << 0,
  GW_SESSION_READ_ONLY = 1 << 1,
  GW_SESSION_REQUIRE_WRITE = 1 << 2,
  GW_SESSION_NO_MODULES = 1 << 3, /* start without plugins */
} GwSessionFlags;

/* Opens the file, loads modules, reference data, calendar. @clock nullable = system. Blocking twin
 * for cmd. */
void gw_session_open_async (const char *path,
                            GwSessionFlags flags,
                            GwClock *clock,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
GwSession *gw_session_open_finish (GAsyncResult *result, GError **error);
GwSession *gw_session_open_sync (const char *path,
                                 GwSessionFlags flags,
                                 GwClock *clock,
                                 GError **error);
/* Waits for running writes, closes the file; blocking but short. */
void gw_session_close (GwSession *self);

/* ---- facts that are at hand at once (borrowed unless named dup) ---- */
const char *gw_session_get_path (GwSession *self);
const char *gw_session_get_centre_name (GwSession *self); /* "船山区综治中心" */
gboolean gw_session_is_demo (GwSession *self);
gboolean gw_session_is_read_only (GwSession *self);
const char *gw_session_get_holder (GwSession *self); /* nullable */
/* (nullable): what is broken in the file and what to do, once that is known. */
const char *gw_session_get_damage (GwSession *self);
gint64 gw_session_now (GwSession *self);
GwAreaTree *gw_session_get_areas (GwSession *self);
const GwRings *gw_session_get_rings (
    GwSession *self, guint32 area); /* nullable: geometry of an area, decoded once */
/* Index -> area id tables for map and import: the current leaf areas in locate order. */
GwLocate *gw_session_get_locate (GwSession *self); /* nullable while there are no geometries */
guint32 gw_session_locate (GwSession *self, gint32 x, gint32 y); /* leaf area id or GW_AREA_NONE */
/* FALSE in the first seconds after opening: until then gw_session_locate takes a tenth of a second,
 * which a person who clicked waits for and one who only moves the pointer does not. */
gboolean gw_session_has_locate (GwSession *self);
GwLines *gw_session_get_river (GwSession *self);      /* nullable */
GPtrArray *gw_session_get_orgs (GwSession *self);     /* GwOrg, index == id, [0] NULL */
GPtrArray *gw_session_get_accounts (GwSession *self); /* GwAccount, same */
GPtrArray *gw_session_get_types (GwSession *self);    /* GwTypeSpec, index == number, [0] NULL */
GPtrArray *gw_session_get_modules (
    GwSession *self); /* GwModuleSpec of loaded modules, in the order of the model */
const GwTypeSpec *gw_session_find_type (GwSession *self, const char *key);
/* Refused modules with the reason, for the status page: "file: reason". */
const char *const *gw_session_get_module_problems (GwSession *self);
/* GwModuleFile: every file that was found and what became of it; NULL when the program started
 * without modules. */
GPtrArray *gw_session_get_module_files (GwSession *self);
/* Says whether a module is wanted, or forgets what is remembered of a file so that it is tried
 * again; both count when the file is opened again. The callback gets a GTask of a gboolean. */
void gw_session_enable_module_async (
    GwSession *self, const char *id, gboolean enabled, GAsyncReadyCallback callback, gpointer data);
void gw_session_retry_module_async (GwSession *self,
                                    const char *digest,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
gboolean gw_session_change_module_finish (GAsyncResult *result, GError **error);
/* (nullable): a sentence that names the module in which the last run died. */
const char *gw_session_get_last_death (GwSession *self);

/* ---- the seat ---- */
const GwActor *gw_session_get_actor (GwSession *self);
const GwAccount *gw_session_get_account (GwSession *self);
gboolean gw_session_take_seat (GwSession *self,
                               guint32 account,
                               GwRole role,
                               GError **error); /* role must be one of the account's */
gboolean gw_session_may (GwSession *self, guint32 may /* GwMay */);

/* ---- looking ---- */
void gw_session_select_async (GwSession *self,
                              const GwFilter *filter,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
GwSelection *gw_session_select_finish (GwSession *self, GAsyncResult *result, GError **error);
/* The first @n of it, without figures: see gw_store_select_first. */
void gw_session_select_first_async (GwSession *self,
                                    const GwFilter *filter,
                                    guint n,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
GwSelection *gw_session_select_first_finish (GwSession *self, GAsyncResult *result, GError **error);
GwSelection *gw_session_select_sync (GwSession *self, const GwFilter *filter, GError **error);

/* Rows by id in that order, masked; NULL entries where a matter is gone. */
void gw_session_fetch_rows_async (GwSession *self,
                                  const gint64 *ids,
                                  guint n,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
GPtrArray *gw_session_fetch_rows_finish (GwSession *self, GAsyncResult *result, GError **error);
GPtrArray *gw_session_fetch_rows_sync (GwSession *self, const gint64 *ids, guint n, GError **error);

/* Everything one page about a matter shows. */
typedef struct
{
  GwMatter *matter;
  const GwTypeSpec *type; /* borrowed from the session */
  GPtrArray *events;      /* GwEvent, oldest first */
  GPtrArray *assignments; /* GwAssignment */
  GArray *clocks;         /* GwClockRow */
  GArray *offers;         /* GwMove: what the seat may do now, in a file that can be written */
  GwLamp lamp;
  gint64 due;    /* of the running clock; 0 = none */
  char *due_why; /* owned, nullable: "why this date", day by day */
} GwMatterView;
void gw_matter_view_free (GwMatterView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwMatterView, gw_matter_view_free)
/* Masked for the seat. NOT_FOUND for no such matter, REFUSED outside of its scope. */
void gw_session_view_async (GwSession *self,
                            gint64 matter,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
GwMatterView *gw_session_view_finish (GwSession *self, GAsyncResult *result, GError **error);
GwMatterView *gw_session_view_sync (GwSession *self, gint64 matter, GError **error);
/* The id of a matter by number or case code; 0 on error. */
void gw_session_find_async (GwSession *self,
                            const char *number_or_code,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
gint64 gw_session_find_finish (GwSession *self, GAsyncResult *result, GError **error);
gint64 gw_session_find_sync (GwSession *self, const char *number_or_code, GError **error);

/* ---- figures: the strip and `figures` of the command line ---- */
typedef struct
{
  char *id, *label, *unit; /* owned; label translated */
  char *value;             /* owned, ready to show: "22,736" "99.1" "no data" */
  double number;           /* NAN = no data */
  char *filter;            /* owned, nullable: the filter text that lists the matters behind it */
  char *module;            /* owned, nullable */
} GwFigure;
void gw_figure_free (GwFigure *self);
/* The figures of all modules under @filter, as many as the seat may see; GwFigure. */
void gw_session_figures_async (GwSession *self,
                               const GwFilter *filter,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);
GPtrArray *gw_session_figures_finish (GwSession *self,
                                      GAsyncResult *result,
                                      GError **error); /* GwFigure */
GPtrArray *gw_session_figures_sync (GwSession *self, const GwFilter *filter, GError **error);

/* Area values of a module's layer: index area id, NAN = no data. */
void gw_session_layer_async (GwSession *self,
                             const char *layer,
                             const GwFilter *filter,
                             GwAreaLevel level,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data);
GArray *gw_session_layer_finish (GwSession *self, GAsyncResult *result, GError **error);

/* ---- working ---- */
void gw_session_submit_async (GwSession *self,
                              const GwIntake *intake,
                              gint64 draft /* dropped with it; 0 none */,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
GwMatter *gw_session_submit_finish (GwSession *self, GAsyncResult *result, GError **error);
GwMatter *gw_session_submit_sync (GwSession *self, const GwIntake *intake, GError **error);
void gw_session_apply_async (GwSession *self,
                             const GwVerbRequest *request,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data);
GwMatter *gw_session_apply_finish (GwSession *self, GAsyncResult *result, GError **error);
GwMatter *gw_session_apply_sync (GwSession *self, const GwVerbRequest *request, GError **error);

/* A form as it stands: @id 0 makes a draft, else that one is replaced. Gives its id, 0 on error. */
void gw_session_save_draft_async (GwSession *self,
                                  gint64 id,
                                  const char *kind,
                                  const char *payload,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
gint64 gw_session_save_draft_finish (GwSession *self,
                                     GAsyncResult *result,
                                     GError **error); /* the draft's id, 0 on error */
void gw_session_list_drafts_async (GwSession *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
GPtrArray *gw_session_list_drafts_finish (GwSession *self,
                                          GAsyncResult *result,
                                          GError **error); /* GwDraft */
void gw_session_drop_draft_async (GwSession *self,
                                  gint64 id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
gboolean gw_session_drop_draft_finish (GwSession *self, GAsyncResult *result, GError **error);

/* ---- export, backup, verify: long work with progress (called on the main thread, or on the
 * calling thread of _sync) ---- */
/* Format by the file name: .csv .xlsx .geojson .gpkg. The purpose is journalled; demo files are
 * marked. */
void gw_session_export_async (GwSession *self,
                              const GwFilter *filter,
                              const char *path,
                              const char *purpose,
                              GwProgressFunc progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
gint64 gw_session_export_finish (GwSession *self,
                                 GAsyncResult *result,
                                 GError **error); /* rows written, -1 on error */
gint64 gw_session_export_sync (
    GwSession *self, const GwFilter *filter, const char *path, const char *purpose, GError **error);
void gw_session_backup_async (GwSession *self,
                              const char *target,
                              GwProgressFunc progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
gboolean gw_session_backup_finish (GwSession *self, GAsyncResult *result, GError **error);
gboolean gw_session_backup_sync (GwSession *self, const char *target, GError **error);
gboolean gw_session_verify_sync (GwSession *self, GwVerifyReport *report, GError **error);
void gw_session_verify_async (GwSession *self,
                              GwProgressFunc progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
gboolean gw_session_verify_finish (GwSession *self,
                                   GAsyncResult *result,
                                   GwVerifyReport *report,
                                   GError **error);

/* Lists batches, newest first. */
void gw_session_list_batches_async (GwSession *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
GPtrArray *gw_session_list_batches_finish (GwSession *self,
                                           GAsyncResult *result,
                                           GError **error); /* GwBatch */

G_END_DECLS
