/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The one file of a centre (*.gridwork): opening, the writer thread, reading. The only user of
 * SQLite.
 *
 * Always true:
 *  - every write runs on the one writer thread inside one transaction (gw_store_write); what was
 *    acknowledged survives kill -9 and power loss (WAL, synchronous=FULL);
 *  - every matter change appends at least one event to the hash-chained journal in the same
 * transaction;
 *  - every request carries an actor; answers are masked and limited to the actor's scope here, not
 * on the screen;
 *  - all functions block and are for worker threads unless they say otherwise. */

#include "gw-filter.h"
#include "gw-matter.h"
#include "gw-records.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define GW_STORE_FORMAT \
  2 /* user_version; a file with a higher one is refused with GW_ERROR_TOO_NEW */

typedef struct _GwStore GwStore; /* refcounted, any thread */

typedef enum
{
  GW_OPEN_DEFAULT = 0,
  GW_OPEN_CREATE = 1 << 0,        /* make the file when it is not there */
  GW_OPEN_READ_ONLY = 1 << 1,     /* also taken by itself when another program holds the file: see
                                     gw_store_is_read_only */
  GW_OPEN_REQUIRE_WRITE = 1 << 2, /* GW_ERROR_BUSY instead of falling back to read-only */
  GW_OPEN_NO_CHECK = 1 << 3,      /* leave out quick_check at start (benchmarks) */
} GwOpenFlags;

/* Errors: NOT_FOUND, CORRUPT, TOO_NEW, BUSY (names host, user, process and since when), READ_ONLY,
 * FULL, NETWORK_FILE; each text says what to do. A file that is no Gridwork file is
 * GW_ERROR_FORMAT. */
GwStore *gw_store_open (const char *path, GwOpenFlags flags, GwClock *clock, GError **error);
GwStore *gw_store_ref (GwStore *self);
void gw_store_unref (GwStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwStore, gw_store_unref)
/* Waits for the queue, checkpoints (TRUNCATE), releases the lock. The last unref does it too. */
void gw_store_close (GwStore *self);

/* Waits for the check at start (PRAGMA quick_check on a thread of its own); TRUE when it found
 * nothing or was left out, CORRUPT otherwise. */
gboolean gw_store_wait_check (GwStore *self, GCancellable *cancellable, GError **error);
/* @func hears of it, once, when that check finds damage: on a thread of the store, or at once when
 * it has found some already. */
typedef void (*GwDamageFunc) (GwStore *self, const GError *damage, gpointer data);
void gw_store_set_damage_func (GwStore *self,
                               GwDamageFunc func,
                               gpointer data,
                               GDestroyNotify destroy);

/* What was asked for, and whether it may only be read: because asked so, or because another
 * program holds the file. */
const char *gw_store_path (const GwStore *self);
gboolean gw_store_is_read_only (const GwStore *self);
const char *gw_store_holder (const GwStore *self); /* nullable: who holds the file for writing */
GwClock *gw_store_clock (const GwStore *self);
gboolean gw_store_is_demo (const GwStore *self);        /* marked on every page and export */
const char *gw_store_centre_code (const GwStore *self); /* "510903" */
gint64 gw_store_last_seq (const GwStore *self);

/* ---- meta ---- */
#define GW_META_CENTRE "centre.code" /* "510903": first part of every number */
#define GW_META_DEMO "demo"          /* "1": made data, marked everywhere */
#define GW_META_FILE_UID "file.uid"  /* seed of the chain; random at creation */
#define GW_META_CASE_KEY "case.key"  /* decimal key of the case codes; random at creation */
char *gw_store_dup_meta (GwStore *self, const char *key); /* nullable */

/* ---- writing ---- */
typedef struct _GwTx GwTx; /* valid inside GwTxFunc only, on the writer thread */
typedef gboolean (*GwTxFunc) (GwTx *tx, gpointer data, GError **error);
typedef enum
{
  GW_LANE_VERB = 0,
  GW_LANE_SLICE
} GwLane; /* verbs go before slices of imports */

/* Runs @func on the writer thread in one transaction; commits when it returns TRUE, else rolls back
 * all of it. Blocks until durable. Cancelling works while it waits in the queue. */
gboolean gw_store_write (GwStore *self,
                         GwLane lane,
                         const GwActor *actor,
                         GwTxFunc func,
                         gpointer data,
                         GCancellable *cancellable,
                         GError **error);

/* TRUE while a verb waits for the writer: a long import makes its next slice short. Any thread. */
gboolean gw_store_has_waiting_verb (GwStore *self);

/* What a commit changed; called on the writer thread after each commit (quick: hand over and
 * return). */
typedef struct
{
  gint64 first_seq, last_seq;
  const gint64 *matters;
  guint n_matters;
  gboolean areas, types, drafts, many;
} GwChange;
typedef void (*GwChangeFunc) (GwStore *self, const GwChange *change, gpointer data);
/* @func hears of every commit from now on; one at a time. */
void gw_store_set_change_func (GwStore *self,
                               GwChangeFunc func,
                               gpointer data,
                               GDestroyNotify destroy);

/* ---- reading: reference data ---- */
GwAreaTree *gw_store_load_areas (GwStore *self, GError **error);
GPtrArray *gw_store_load_orgs (GwStore *self,
                               GError **error); /* GwOrg; index 0 is NULL so that index == id */
GPtrArray *gw_store_load_accounts (GwStore *self, GError **error); /* GwAccount, same */
GwCalendar *gw_store_load_calendar (GwStore *self, GError **error);
GPtrArray *gw_store_load_types (
    GwStore *self, GError **error); /* GwTypeSpec in order of local number; index == number, 0 is
                                       NULL; loaded==FALSE until a module claims them */

/* ---- reading: matters (masked for the actor, scope applied; NOT_FOUND and REFUSED are told apart)
 * ---- */
GwMatter *gw_store_get_matter (GwStore *self, const GwActor *actor, gint64 id, GError **error);
/* Rows in the order of @ids; an id that is gone or out of scope gives NULL at its place. values:
 * only fields flagged IN_LIST. */
GPtrArray *gw_store_get_rows (GwStore *self,
                              const GwActor *actor,
                              const gint64 *ids,
                              guint n,
                              GCancellable *cancellable,
                              GError **error);
/* number, case code or decimal id -> id; 0 and NOT_FOUND when there is none */
gint64 gw_store_find_matter (GwStore *self, const char *text, GError **error);
GPtrArray *gw_store_list_events (GwStore *self,
                                 const GwActor *actor,
                                 gint64 matter,
                                 GError **error); /* GwEvent, oldest first */
GPtrArray *gw_store_list_assignments (GwStore *self,
                                      gint64 matter,
                                      GError **error);                       /* GwAssignment */
GArray *gw_store_list_clocks (GwStore *self, gint64 matter, GError **error); /* GwClockRow */

/* Restricted ones only for whom gw_store_get_matter shows RESTRICTED fields. GwAttachment. */
GPtrArray *gw_store_list_attachments (GwStore *self,
                                      const GwActor *actor,
                                      gint64 matter,
                                      GError **error);
GBytes *gw_store_read_attachment (GwStore *self, const GwActor *actor, gint64 id, GError **error);

/* ---- drafts: one row per unfinished form; survives a crash ---- */
GPtrArray *gw_store_list_drafts (GwStore *self, const GwActor *actor, GError **error);
/* id 0 makes a new one and returns its id in *id. */
gboolean gw_store_save_draft (GwStore *self,
                              const GwActor *actor,
                              gint64 *id,
                              const char *kind,
                              const char *payload,
                              GError **error);
gboolean gw_store_drop_draft (GwStore *self, const GwActor *actor, gint64 id, GError **error);

/* ---- import batches ---- */
GPtrArray *gw_store_list_batches (GwStore *self, GError **error); /* newest first */

/* ---- counters: (month, type, leaf area) -> opened, closed; parents by sum ---- */
typedef struct
{
  gint32 month;
  guint32 type, area;
  gint64 opened, closed;
} GwCounterCell; /* month = year*12 + month-1, civil */
/* Every cell of the leaf counters. */
GArray *gw_store_read_counters (GwStore *self, GError **error);
/* Compares counters, snapshot and recount of the matters; number of differences (0 = right). */
gint64 gw_store_check_counters (GwStore *self, GError **error);

/* ---- care of the file ---- */
/* Chain, structure (integrity_check), counters, matter state == last event's state for every
 * matter. */
gboolean gw_store_verify (GwStore *self,
                          GwVerifyReport *report,
                          GwProgressFunc progress,
                          gpointer data,
                          GCancellable *cancellable,
                          GError **error);
/* Online backup into a temporary file beside @target, checked, fsynced, renamed; refuses to
 * overwrite. */
gboolean gw_store_backup (GwStore *self,
                          const char *target,
                          GwProgressFunc progress,
                          gpointer data,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
