/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading matters and their journal, masked and limited to the actor's scope. */
#include "gw-journal-private.h"
#include "gw-mask-private.h"
#include "gw-matter-row-private.h"
#include "gw-parts-private.h"
#include "gw-register-private.h"
#include "gw-store-private.h"

#include <glib/gi18n-lib.h>

/* What answering takes, held together for many rows. */
typedef struct
{
  GwReader reader;
  GwAreaTree *tree;       /* owned */
  GwRecordTables *tables; /* owned */
  const GwActor *actor;
} Desk;

static void
desk_clear (Desk *self)
{
  gw_store_private_reader_clear (&self->reader);
  g_clear_pointer (&self->tree, gw_area_tree_unref);
  g_clear_pointer (&self->tables, gw_record_tables_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static gboolean
desk_open (
    Desk *self, GwStore *store, const GwActor *actor, GCancellable *cancellable, GError **error)
{
  self->actor = actor;
  self->tree = gw_store_private_dup_tree (store, error);
  if (self->tree == NULL)
    return FALSE;
  self->tables = gw_store_private_dup_tables (store, error);
  return self->tables != NULL &&
         gw_store_private_reader (&self->reader, store, cancellable, error) &&
         gw_db_begin_read (self->reader.db, error);
}

/* NULL without @error when there is no such row. */
static GwMatter *
read_header (GwDb *db, gint64 id, GError **error)
{
  g_autoptr (GwStatement) select = NULL;
  gboolean row = FALSE;

  select =
      gw_statement_prepare (db, "SELECT " GW_MATTER_COLUMNS " FROM matter WHERE id = ?1", error);
  if (select == NULL)
    return NULL;
  gw_statement_set_int64 (select, 1, id);
  if (!gw_statement_step (select, &row, error) || !row)
    return NULL;
  return gw_matter_row_read (select);
}

static gboolean
read_values (Desk *self, GwMatter *matter, GwMask *mask, GError **error)
{
  const GwRecordTable *table = gw_record_tables_get (self->tables, matter->type);

  if (table == NULL)
    return gw_throw (error, GW_ERROR_CORRUPT, _ ("This file knows no record type %u"),
                     matter->type);
  g_clear_pointer (&matter->values, g_hash_table_unref);
  matter->values =
      gw_record_table_read (table, self->reader.db, matter->id, gw_mask_shows, mask, error);
  return matter->values != NULL;
}

static gboolean
mask_matter (Desk *self, GwMatter *matter, gboolean list_only, GError **error)
{
  GwMask mask;

  if (!gw_mask_make (&mask, self->reader.db, self->actor, matter, error))
    return FALSE;
  mask.list_only = list_only;
  if (!read_values (self, matter, &mask, error))
    return FALSE;
  gw_mask_apply (&mask, matter);
  return TRUE;
}

/* Header only, in scope; errors NOT_FOUND and REFUSED. */
static GwMatter *
find_in_scope (Desk *self, gint64 id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GwMatter) matter = read_header (self->reader.db, id, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (matter == NULL)
    return gw_throw_null (error, GW_ERROR_NOT_FOUND, _ ("There is no matter with id %ld"),
                          (long)id);
  if (!gw_store_private_in_scope (self->tree, self->actor, matter->area))
    return gw_throw_null (error, GW_ERROR_REFUSED, _ ("%s lies outside the area you work for"),
                          matter->number);
  return g_steal_pointer (&matter);
}

/**
 * gw_store_get_matter:
 *
 * One matter with the values the actor may see. Blocking.
 *
 * Returns: (transfer full) (nullable): the matter; NULL with NOT_FOUND or REFUSED
 */
GwMatter *
gw_store_get_matter (GwStore *self, const GwActor *actor, gint64 id, GError **error)
{
  g_auto (Desk) desk = { GW_READER_INIT, NULL, NULL, NULL };
  g_autoptr (GwMatter) matter = NULL;

  g_return_val_if_fail (self != NULL && actor != NULL, NULL);

  if (!desk_open (&desk, self, actor, NULL, error))
    return NULL;
  matter = find_in_scope (&desk, id, error);
  if (matter == NULL || !mask_matter (&desk, matter, FALSE, error))
    return NULL;
  return g_steal_pointer (&matter);
}

static void
free_matter (gpointer data)
{
  if (data != NULL)
    gw_matter_free (data);
}

GPtrArray *
gw_store_get_rows (GwStore *self,
                   const GwActor *actor,
                   const gint64 *ids,
                   guint n,
                   GCancellable *cancellable,
                   GError **error)
{
  g_auto (Desk) desk = { GW_READER_INIT, NULL, NULL, NULL };
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n, free_matter);

  g_return_val_if_fail (self != NULL && actor != NULL, NULL);

  if (!desk_open (&desk, self, actor, cancellable, error))
    return NULL;
  for (guint i = 0; i < n; ++i)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (GwMatter) matter = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      matter = find_in_scope (&desk, ids[i], &local);
      if (matter != NULL && !mask_matter (&desk, matter, TRUE, error))
        return NULL;
      if (matter == NULL && !g_error_matches (local, GW_ERROR, GW_ERROR_NOT_FOUND) &&
          !g_error_matches (local, GW_ERROR, GW_ERROR_REFUSED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      g_ptr_array_add (rows, g_steal_pointer (&matter));
    }
  return g_steal_pointer (&rows);
}

/* 0 without @error when nothing fits. */
static gint64
find_number (GwDb *db, const char *number, GError **error)
{
  g_autoptr (GwStatement) select =
      gw_statement_prepare (db, "SELECT id FROM matter WHERE number = :number", error);
  gboolean row = FALSE;

  if (select == NULL)
    return 0;
  gw_statement_bind_text (select, ":number", number);
  if (!gw_statement_step (select, &row, error) || !row)
    return 0;
  return gw_statement_get_int64 (select, 0);
}

/* A case code says its matter's id; the row says whether it is really its code. */
static gint64
find_case_code (GwDb *db, const char *text, GError **error)
{
  char code[GW_CASE_CODE_LENGTH + 1];
  g_autofree char *key = NULL;
  g_autoptr (GwMatter) matter = NULL;
  guint64 id = 0;

  if (!gw_case_code_normalise (text, code))
    return 0;
  key = gw_register_need_meta (db, GW_META_CASE_KEY, error);
  if (key == NULL || !gw_case_code_number (code, g_ascii_strtoull (key, NULL, 10), &id) ||
      id > G_MAXINT64)
    return 0;
  matter = read_header (db, (gint64)id, error);
  return matter != NULL && g_strcmp0 (matter->case_code, code) == 0 ? matter->id : 0;
}

static gint64
find_id (GwDb *db, const char *text, GError **error)
{
  g_autoptr (GwMatter) matter = NULL;
  gint64 id = 0;

  if (!g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL))
    return 0;
  matter = read_header (db, id, error);
  return matter != NULL ? id : 0;
}

/**
 * gw_store_find_matter:
 * @text: a number, a case code or a decimal id, as typed
 *
 * Says only whether there is such a matter; looking at it is another request. Blocking.
 *
 * Returns: the id; 0 with NOT_FOUND when there is none
 */
gint64
gw_store_find_matter (GwStore *self, const char *text, GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;
  g_autofree char *upper = NULL;
  g_autoptr (GError) local = NULL;
  gint64 id;

  if (!gw_store_private_reader (&reader, self, NULL, error))
    return 0;
  upper = g_strstrip (g_ascii_strup (text, -1));
  id = find_number (reader.db, upper, &local);
  if (id == 0 && local == NULL)
    id = find_case_code (reader.db, upper, &local);
  if (id == 0 && local == NULL)
    id = find_id (reader.db, upper, &local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (id == 0)
    gw_throw (error, GW_ERROR_NOT_FOUND, _ ("There is no matter \"%s\""), text);
  return id;
}

static GwEvent *
read_event (GwStatement *row, gboolean with_text)
{
  GwEvent *event = g_new0 (GwEvent, 1);
  gconstpointer hash;
  gsize length;

  event->seq = gw_statement_get_int64 (row, 0);
  event->matter = gw_statement_get_int64 (row, 1);
  event->at = gw_statement_get_int64 (row, 2);
  event->verb = (GwVerb)gw_statement_get_int64 (row, 3);
  event->from = (GwMatterState)gw_statement_get_int64 (row, 4);
  event->to = (GwMatterState)gw_statement_get_int64 (row, 5);
  event->account = (guint32)gw_statement_get_int64 (row, 6);
  event->role = (GwRole)gw_statement_get_int64 (row, 7);
  event->org = (guint32)gw_statement_get_int64 (row, 8);
  event->delta = gw_statement_dup_text (row, 9);
  hash = gw_statement_get_blob (row, 10, &length);
  if (length == GW_JOURNAL_HASH_BYTES)
    gw_journal_format (hash, event->hash);
  if (with_text)
    event->reason = gw_statement_dup_text (row, 11);
  return event;
}

static GPtrArray *
read_events (GwDb *db, gint64 matter, gboolean with_text, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_event_free);
  g_autoptr (GwStatement) select = NULL;
  gboolean row = TRUE;

  select = gw_statement_prepare (
      db,
      "SELECT e.seq, e.matter, e.at, e.verb, e.from_state, e.to_state, e.account, e.role, e.org,"
      " e.delta, e.hash, b.reason FROM event e LEFT JOIN event_body b ON b.seq = e.seq"
      " WHERE e.matter = :matter ORDER BY e.seq",
      error);
  if (select == NULL)
    return NULL;
  gw_statement_bind_int64 (select, ":matter", matter);
  while (gw_statement_step (select, &row, error))
    {
      if (!row)
        return g_steal_pointer (&events);
      g_ptr_array_add (events, read_event (select, with_text));
    }
  return NULL;
}

GPtrArray *
gw_store_list_events (GwStore *self, const GwActor *actor, gint64 matter, GError **error)
{
  g_auto (Desk) desk = { GW_READER_INIT, NULL, NULL, NULL };
  g_autoptr (GwMatter) header = NULL;
  GwMask mask;

  if (!desk_open (&desk, self, actor, NULL, error))
    return NULL;
  header = find_in_scope (&desk, matter, error);
  if (header == NULL || !gw_mask_make (&mask, desk.reader.db, actor, header, error))
    return NULL;
  return read_events (desk.reader.db, matter, mask.texts, error);
}

GPtrArray *
gw_store_list_assignments (GwStore *self, gint64 matter, GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;

  if (!gw_store_private_reader (&reader, self, NULL, error))
    return NULL;
  return gw_parts_list_assignments (reader.db, matter, error);
}

GArray *
gw_store_list_clocks (GwStore *self, gint64 matter, GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;

  if (!gw_store_private_reader (&reader, self, NULL, error))
    return NULL;
  return gw_parts_list_clocks (reader.db, matter, error);
}
