/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proving the whole file: chain, texts, structure, counters, and that every matter is in the state
 * its journal says. */
#include "gw-counters-private.h"
#include "gw-journal-private.h"
#include "gw-register-private.h"
#include "gw-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  GwDb *db; /* borrowed, in one read transaction */
  GwVerifyReport *report;
  GwProgressFunc progress;
  gpointer data;
  GCancellable *cancellable;
  GByteArray *states; /* owned: by matter id, what its last entry says; 0 = no entry */
  guint8 head[GW_JOURNAL_HASH_BYTES];
} Verify;

static void
verify_clear (Verify *self)
{
  g_clear_pointer (&self->states, g_byte_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verify, verify_clear)

#define SHARE_OF_CHAIN 0.6
#define EVENTS_PER_LOOK 10000

static void
tell (Verify *self, double fraction)
{
  if (self->progress != NULL)
    self->progress (fraction, self->data);
}

/* Keeps the first problem only; the walk ends there. */
static void G_GNUC_PRINTF (3, 4) note_problem (Verify *self, gint64 seq, const char *format, ...)
{
  va_list args;

  if (self->report->problem != NULL)
    return;
  va_start (args, format);
  self->report->problem = g_strdup_vprintf (format, args);
  va_end (args);
  self->report->first_bad = seq;
}

static gboolean
is_good (const Verify *self)
{
  return self->report->problem == NULL;
}

static GwJournalEntry
read_entry (GwStatement *row)
{
  GwJournalEntry entry = { 0 };
  gsize length = 0;

  entry.seq = gw_statement_get_int64 (row, 0);
  entry.matter = gw_statement_get_int64 (row, 1);
  entry.at = gw_statement_get_int64 (row, 2);
  entry.verb = (guint8)gw_statement_get_int64 (row, 3);
  entry.from = (guint8)gw_statement_get_int64 (row, 4);
  entry.to = (guint8)gw_statement_get_int64 (row, 5);
  entry.account = (guint32)gw_statement_get_int64 (row, 6);
  entry.role = (guint8)gw_statement_get_int64 (row, 7);
  entry.org = (guint32)gw_statement_get_int64 (row, 8);
  entry.delta = gw_statement_get_text (row, 9);
  entry.commitment = gw_statement_get_blob (row, 10, &length);
  if (length != GW_JOURNAL_HASH_BYTES)
    entry.commitment = NULL;
  return entry;
}

/* An erased text leaves its commitment behind and is no fault; a changed one is. */
static void
check_text (Verify *self, GwStatement *row, const GwJournalEntry *entry)
{
  guint8 commitment[GW_JOURNAL_HASH_BYTES];
  gsize length = 0;
  const guint8 *salt = gw_statement_get_blob (row, 12, &length);

  if (salt == NULL)
    return;
  if (length == GW_JOURNAL_SALT_BYTES && entry->commitment != NULL)
    {
      gw_journal_commit_text (salt, gw_statement_get_text (row, 13), commitment);
      if (memcmp (commitment, entry->commitment, sizeof commitment) == 0)
        return;
    }
  note_problem (self, entry->seq, _ ("The text of entry %ld is not the one that was written"),
                (long)entry->seq);
}

static void
check_entry (Verify *self, GwStatement *row)
{
  GwJournalEntry entry = read_entry (row);
  guint8 hash[GW_JOURNAL_HASH_BYTES];
  gsize length = 0;
  const guint8 *stored = gw_statement_get_blob (row, 11, &length);

  if (entry.seq != self->report->events + 1)
    {
      note_problem (self, self->report->events + 1, _ ("Entry %ld of the journal is missing"),
                    (long)(self->report->events + 1));
      return;
    }
  gw_journal_hash (self->head, &entry, hash);
  if (length != sizeof hash || memcmp (stored, hash, sizeof hash) != 0)
    {
      note_problem (self, entry.seq,
                    _ ("Entry %ld of the journal was changed after it was "
                       "written"),
                    (long)entry.seq);
      return;
    }
  memcpy (self->head, hash, sizeof hash);
  check_text (self, row, &entry);
  if (entry.matter > 0 && (guint64)entry.matter < self->states->len && entry.to != 0)
    self->states->data[entry.matter] = entry.to;
  ++self->report->events;
}

static gboolean
walk_chain (Verify *self, gint64 n_events, GError **error)
{
  g_autoptr (GwStatement) all = NULL;
  g_autofree char *uid = gw_register_need_meta (self->db, GW_META_FILE_UID, error);
  gboolean row = TRUE;

  if (uid == NULL)
    return FALSE;
  gw_journal_genesis (uid, self->head);
  all = gw_statement_prepare (
      self->db,
      "SELECT e.seq, e.matter, e.at, e.verb, e.from_state, e.to_state, e.account, e.role, e.org,"
      " e.delta, e.commitment, e.hash, b.salt, b.reason"
      " FROM event e LEFT JOIN event_body b ON b.seq = e.seq ORDER BY e.seq",
      error);
  if (all == NULL)
    return FALSE;
  while (is_good (self))
    {
      if (!gw_statement_step (all, &row, error))
        return FALSE;
      if (!row)
        break;
      check_entry (self, all);
      if (self->report->events % EVENTS_PER_LOOK == 0)
        tell (self, SHARE_OF_CHAIN * (double)self->report->events / (double)MAX (n_events, 1));
    }
  gw_journal_format (self->head, self->report->head);
  return TRUE;
}

static gboolean
check_states (Verify *self, GError **error)
{
  g_autoptr (GwStatement) all = NULL;
  gboolean row = TRUE;

  all = gw_statement_prepare (self->db, "SELECT id, state, number FROM matter ORDER BY id", error);
  if (all == NULL)
    return FALSE;
  while (is_good (self))
    {
      gint64 id;
      guint8 said;

      if (!gw_statement_step (all, &row, error))
        return FALSE;
      if (!row)
        break;
      ++self->report->matters;
      id = gw_statement_get_int64 (all, 0);
      said = id > 0 && (guint64)id < self->states->len ? self->states->data[id] : 0;
      if (said != gw_statement_get_int64 (all, 1))
        note_problem (self, self->report->events, _ ("%s is in state %d, but its journal says %d"),
                      gw_statement_get_text (all, 2), (int)gw_statement_get_int64 (all, 1),
                      (int)said);
    }
  return TRUE;
}

static gboolean
check_structure (Verify *self, GError **error)
{
  g_autoptr (GwStatement) check =
      gw_statement_prepare (self->db, "PRAGMA integrity_check(1)", error);
  gboolean row = FALSE;

  if (check == NULL || !gw_statement_step (check, &row, error))
    return FALSE;
  if (!row || g_strcmp0 (gw_statement_get_text (check, 0), "ok") != 0)
    note_problem (self, self->report->events, _ ("The structure of the file is damaged: %s"),
                  row ? gw_statement_get_text (check, 0) : "?");
  return TRUE;
}

static gboolean
check_keys (Verify *self, GError **error)
{
  g_autoptr (GwStatement) check =
      gw_statement_prepare (self->db, "PRAGMA foreign_key_check", error);
  gboolean row = FALSE;

  if (check == NULL || !gw_statement_step (check, &row, error))
    return FALSE;
  if (row)
    note_problem (self, self->report->events,
                  _ ("A row of \"%s\" refers to something that is not there"),
                  gw_statement_get_text (check, 0));
  return TRUE;
}

static gboolean
prepare_states (Verify *self, GError **error)
{
  gint64 last = 0;

  if (!gw_db_query_int64 (self->db, "SELECT coalesce(max(id), 0) FROM matter", &last, error))
    return FALSE;
  if (last >= G_MAXUINT - 1)
    return gw_throw (error, GW_ERROR_CORRUPT, _ ("The file holds impossible matter ids"));
  self->states = g_byte_array_sized_new ((guint)last + 1);
  g_byte_array_set_size (self->states, (guint)last + 1);
  memset (self->states->data, 0, self->states->len);
  return TRUE;
}

static gboolean
check_counters (Verify *self, GwStore *store, GError **error)
{
  gint64 differences = gw_store_check_counters (store, error);

  if (differences < 0)
    return FALSE;
  if (differences > 0)
    note_problem (self, self->report->events, _ ("%ld counters differ from what the matters say"),
                  (long)differences);
  return TRUE;
}

static gboolean
run (Verify *self, GError **error)
{
  gint64 n_events = 0;

  if (!gw_db_begin_read (self->db, error) ||
      !gw_db_query_int64 (self->db, "SELECT coalesce(max(seq), 0) FROM event", &n_events, error) ||
      !prepare_states (self, error) || !walk_chain (self, n_events, error))
    return FALSE;
  tell (self, SHARE_OF_CHAIN);
  if (is_good (self) && !check_states (self, error))
    return FALSE;
  if (is_good (self) && !check_keys (self, error))
    return FALSE;
  return !is_good (self) || check_structure (self, error);
}

/* A page that cannot be read is a finding, not a failure of the verification. */
static gboolean
is_finding (const GError *error)
{
  return g_error_matches (error, GW_ERROR, GW_ERROR_CORRUPT);
}

/**
 * gw_store_verify:
 * @report: (out): clear it with gw_verify_report_clear(); first_bad and problem say what is wrong
 * @progress: (nullable): called on this thread with 0 to 1
 *
 * Reads everything. Blocking, on one snapshot: writing goes on meanwhile.
 *
 * Returns: %FALSE with @error when the file could not be read through at all; %TRUE otherwise, also
 *   when something is wrong
 */
gboolean
gw_store_verify (GwStore *self,
                 GwVerifyReport *report,
                 GwProgressFunc progress,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;
  g_auto (Verify) verify = { NULL, report, progress, data, cancellable, NULL, { 0 } };
  g_autoptr (GError) local = NULL;

  memset (report, 0, sizeof *report);
  if (!gw_store_private_reader (&reader, self, cancellable, error))
    return FALSE;
  verify.db = reader.db;
  if (run (&verify, &local))
    {
      gw_store_private_reader_clear (&reader);
      tell (&verify, 0.9);
      if (is_good (&verify))
        (void)check_counters (&verify, self, &local);
    }
  if (local != NULL && is_finding (local))
    note_problem (&verify, MAX (report->events, 1), "%s", local->message);
  else if (local != NULL)
    {
      gw_verify_report_clear (report);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!is_good (&verify) && report->first_bad == 0)
    report->first_bad = MAX (report->events, 1);
  tell (&verify, 1.0);
  return TRUE;
}
