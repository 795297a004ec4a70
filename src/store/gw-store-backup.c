/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A copy that is known to be good before it gets its name. */
#include "gw-file-state-private.h"
#include "gw-journal-private.h"
#include "gw-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define PAGES_PER_STEP 2000

typedef struct
{
  gint64 seq;
  guint8 hash[GW_JOURNAL_HASH_BYTES];
} Head;

static gboolean
read_head (GwDb *db, Head *head, GError **error)
{
  g_autoptr (GwStatement) last =
      gw_statement_prepare (db, "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1", error);
  gboolean row = FALSE;
  gconstpointer hash;
  gsize length = 0;

  memset (head, 0, sizeof *head);
  if (last == NULL || !gw_statement_step (last, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  head->seq = gw_statement_get_int64 (last, 0);
  hash = gw_statement_get_blob (last, 1, &length);
  memcpy (head->hash, hash, MIN (length, sizeof head->hash));
  return TRUE;
}

static gboolean
copy_pages (GwDb *from,
            GwDb *to,
            GwProgressFunc progress,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  sqlite3_backup *backup =
      sqlite3_backup_init (gw_db_handle (to), "main", gw_db_handle (from), "main");
  int rc = SQLITE_OK;

  if (backup == NULL)
    return gw_db_throw (to, sqlite3_errcode (gw_db_handle (to)), error);
  while (rc == SQLITE_OK && !g_cancellable_is_cancelled (cancellable))
    {
      int total;

      rc = sqlite3_backup_step (backup, PAGES_PER_STEP);
      total = sqlite3_backup_pagecount (backup);
      if (progress != NULL && total > 0)
        progress (0.8 * (1.0 - (double)sqlite3_backup_remaining (backup) / total), data);
    }
  (void)sqlite3_backup_finish (backup);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  return rc == SQLITE_DONE ||
         gw_db_throw_code (gw_db_path (to), rc, sqlite3_system_errno (gw_db_handle (to)),
                           sqlite3_errstr (rc), error);
}

/* One file without a log: it can be carried about by anybody. */
static gboolean
check_copy (const char *path, const Head *head, GError **error)
{
  g_autoptr (GwDb) db = gw_db_open (path, GW_DB_READ_WRITE, error);
  Head copied;

  if (db == NULL || !gw_db_exec (db, "PRAGMA journal_mode = DELETE", error) ||
      !gw_db_quick_check (db, error) || !read_head (db, &copied, error))
    return FALSE;
  return memcmp (&copied, head, sizeof copied) == 0 ||
         gw_throw (error, GW_ERROR_CORRUPT,
                   _ ("The copy %s does not end with the same entry of the journal"), path);
}

static gboolean
sync_file (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean synced = fd >= 0 && fsync (fd) == 0;
  int problem = errno;

  if (fd >= 0)
    close (fd);
  return synced || gw_throw (error, problem == ENOSPC ? GW_ERROR_FULL : GW_ERROR_FAILED,
                             _ ("writing %s to disk: %s"), path, g_strerror (problem));
}

/* link() refuses an existing name, which rename() would overwrite. */
static gboolean
give_name (const char *temporary, const char *target, GError **error)
{
  if (link (temporary, target) == 0)
    return gw_file_state_sync_folder (target, error);
  if (errno == EEXIST)
    return gw_throw (error, GW_ERROR_EXISTS, _ ("%s is already there. Choose another name"),
                     target);
  /* A memory stick knows no links. */
  if (g_file_test (target, G_FILE_TEST_EXISTS) || g_rename (temporary, target) != 0)
    return gw_throw (error, GW_ERROR_FAILED, _ ("naming the copy %s: %s"), target,
                     g_strerror (errno));
  return gw_file_state_sync_folder (target, error);
}

static gboolean
copy (GwStore *self,
      const char *temporary,
      Head *head,
      GwProgressFunc progress,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;
  g_autoptr (GwDb) to = NULL;

  if (!gw_store_private_reader (&reader, self, cancellable, error) ||
      !gw_db_begin_read (reader.db, error) || !read_head (reader.db, head, error))
    return FALSE;
  to = gw_db_open (temporary, GW_DB_CREATE, error);
  return to != NULL && copy_pages (reader.db, to, progress, data, cancellable, error);
}

static void
remove_copy (const char *temporary)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); ++i)
    {
      g_autofree char *path = g_strconcat (temporary, suffixes[i], NULL);

      (void)g_unlink (path);
    }
}

/**
 * gw_store_backup:
 * @target: a name that is not there yet
 *
 * Copies the file while work goes on, checks the copy and gives it its name. Blocking.
 * Errors: EXISTS, FULL, CORRUPT, cancelled; then nothing is left behind.
 *
 * Returns: %FALSE with @error
 */
gboolean
gw_store_backup (GwStore *self,
                 const char *target,
                 GwProgressFunc progress,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autofree char *temporary = g_strconcat (target, ".part", NULL);
  gboolean done;
  Head head;

  if (g_file_test (target, G_FILE_TEST_EXISTS))
    return gw_throw (error, GW_ERROR_EXISTS, _ ("%s is already there. Choose another name"),
                     target);
  remove_copy (temporary);
  done = copy (self, temporary, &head, progress, data, cancellable, error) &&
         check_copy (temporary, &head, error) && sync_file (temporary, error) &&
         give_name (temporary, target, error);
  remove_copy (temporary);
  if (done && progress != NULL)
    progress (1.0, data);
  return done;
}
