/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new file: complete before it gets its name. */
#include "gw-file-state-private.h"
#include "gw-journal-private.h"
#include "gw-migrate-private.h"
#include "gw-register-private.h"
#include "gw-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <unistd.h>

static gboolean
put_seeds (GwDb *db, GError **error)
{
  guint8 random[16];
  char hex[2 * sizeof random + 1];
  g_autofree char *key = NULL;
  guint64 number;

  randombytes_buf (random, sizeof random);
  sodium_bin2hex (hex, sizeof hex, random, sizeof random);
  randombytes_buf (&number, sizeof number);
  key = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  return gw_register_put_meta (db, GW_META_FILE_UID, hex, error) &&
         gw_register_put_meta (db, GW_META_CASE_KEY, key, error) &&
         gw_register_put_meta (db, GW_META_CHAIN_SUITE, GW_JOURNAL_SUITE, error);
}

/* application_id and user_version are in the file's own header, not in a log, before anything reads
 * it from outside. */
static gboolean
fill (const char *path, gint64 now, GError **error)
{
  g_autoptr (GwDb) db = gw_db_open (path, GW_DB_CREATE, error);
  g_autofree char *id = g_strdup_printf ("PRAGMA application_id = %d", GW_APPLICATION_ID);
  guint n;
  const GwMigration *steps = gw_migrations (&n);

  return db != NULL && gw_db_exec (db, "PRAGMA synchronous = EXTRA", error) &&
         gw_db_exec (db, id, error) && gw_migrate (db, steps, n, TRUE, now, error) &&
         put_seeds (db, error);
}

gboolean
gw_store_private_create (const char *path, gint64 now, GError **error)
{
  g_autofree char *temporary = g_strconcat (path, ".new", NULL);

  /* Left over from a program that was killed while it made a file; the lock is ours now. */
  (void)g_unlink (temporary);
  if (fill (temporary, now, error))
    {
      if (g_rename (temporary, path) == 0)
        return gw_file_state_sync_folder (path, error);
      gw_throw (error, GW_ERROR_FAILED, _ ("making %s: %s"), path, g_strerror (errno));
    }
  (void)g_unlink (temporary);
  return FALSE;
}
