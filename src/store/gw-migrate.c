/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-migrate-private.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>

#define CHECKSUM_BYTES 32

static void
checksum_of (const GwMigration *step, guint8 sum[CHECKSUM_BYTES])
{
  crypto_generichash (sum, CHECKSUM_BYTES, (const guint8 *)step->sql, strlen (step->sql), NULL, 0);
}

/* *found FALSE when the step is not applied yet. */
static gboolean
check_applied (GwDb *db, const GwMigration *step, gboolean *found, GError **error)
{
  g_autoptr (GwStatement) statement = NULL;
  guint8 sum[CHECKSUM_BYTES];
  gconstpointer stored;
  gsize length = 0;

  statement =
      gw_statement_prepare (db, "SELECT checksum FROM migration WHERE number = :number", error);
  if (statement == NULL)
    return FALSE;
  gw_statement_bind_int64 (statement, ":number", step->number);
  if (!gw_statement_step (statement, found, error))
    return FALSE;
  if (!*found)
    return TRUE;
  checksum_of (step, sum);
  stored = gw_statement_get_blob (statement, 0, &length);
  if (length == sizeof sum && memcmp (stored, sum, sizeof sum) == 0)
    return TRUE;
  return gw_throw (error, GW_ERROR_CORRUPT,
                   _ ("%s was laid out by step %u (%s) of a changed program: the checksum of the "
                      "step differs. Open it with the program that made it, or the last backup"),
                   gw_db_path (db), step->number, step->name);
}

static gboolean
note_applied (GwDb *db, const GwMigration *step, gint64 now, GError **error)
{
  g_autoptr (GwStatement) statement = NULL;
  guint8 sum[CHECKSUM_BYTES];

  statement = gw_statement_prepare (db,
                                    "INSERT INTO migration (number, name, checksum, applied)"
                                    " VALUES (:number, :name, :checksum, :applied)",
                                    error);
  if (statement == NULL)
    return FALSE;
  checksum_of (step, sum);
  gw_statement_bind_int64 (statement, ":number", step->number);
  gw_statement_bind_text (statement, ":name", step->name);
  gw_statement_bind_blob (statement, ":checksum", sum, sizeof sum);
  gw_statement_bind_int64 (statement, ":applied", now);
  return gw_statement_run (statement, error);
}

static gboolean
set_user_version (GwDb *db, guint number, GError **error)
{
  /* A pragma takes no parameter; the number is our own. */
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %u", number);

  return gw_db_exec (db, sql, error);
}

static gboolean
apply_step (GwDb *db, const GwMigration *step, gint64 now, GError **error)
{
  if (!gw_db_begin_write (db, error))
    return FALSE;
  if (gw_db_exec (db, step->sql, error) && note_applied (db, step, now, error) &&
      set_user_version (db, step->number, error) && gw_db_commit (db, error))
    return TRUE;
  gw_db_rollback (db);
  return gw_prefix (error, "applying step %u (%s)", step->number, step->name);
}

static gboolean
make_table (GwDb *db, gboolean may_write, GError **error)
{
  gint64 there = 0;

  if (gw_db_query_int64 (db, "SELECT 1 FROM sqlite_schema WHERE name = 'migration'", &there, error))
    return TRUE;
  if (*error != NULL)
    return FALSE;
  if (!may_write)
    return gw_throw (error, GW_ERROR_CORRUPT,
                     _ ("%s has no list of its own steps. Open the last backup"), gw_db_path (db));
  return gw_db_exec (db,
                     "CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL,"
                     " checksum BLOB NOT NULL, applied INTEGER NOT NULL) STRICT",
                     error);
}

/**
 * gw_migrate:
 * @db: a connection with nothing under way
 * @steps: (array length=n): all steps the program knows, in order
 * @may_write: apply what is missing
 * @now: UTC seconds, noted with each step
 *
 * Brings a file to the last step, or says why not. Blocking.
 *
 * Returns: %FALSE with @error; every applied step is whole
 */
gboolean
gw_migrate (
    GwDb *db, const GwMigration *steps, guint n, gboolean may_write, gint64 now, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!make_table (db, may_write, &local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (guint i = 0; i < n; ++i)
    {
      gboolean found = FALSE;

      if (!check_applied (db, &steps[i], &found, error))
        return FALSE;
      if (found)
        continue;
      if (!may_write)
        return gw_throw (error, GW_ERROR_READ_ONLY,
                         _ ("%s was made by an older version and must be brought up to date first. "
                            "Open it where it may be written"),
                         gw_db_path (db));
      if (!apply_step (db, &steps[i], now, error))
        return FALSE;
    }
  return TRUE;
}
