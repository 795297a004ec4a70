/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-db-statement-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PROBE_BYTES (64 * 1024)

static gboolean
means_full (int system_errno)
{
  return system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG;
}

static off_t
size_of (const char *path)
{
  struct stat info;

  return stat (path, &info) == 0 ? info.st_size : 0;
}

/* SQLite reports quotas and limits of file size as a plain write error, and errno is gone by then:
 * so the same write is tried beside the file. */
static gboolean
cannot_grow (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *bytes = g_malloc0 (PROBE_BYTES);
  int fd = open (folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  gssize written;
  int problem;

  if (fd < 0)
    return means_full (errno);
  errno = 0;
  written = pwrite (fd, bytes, PROBE_BYTES, MAX (size_of (path), size_of (wal)));
  problem = errno;
  close (fd);
  return written >= 0 ? written < PROBE_BYTES : means_full (problem);
}

static gboolean
is_full (const char *path, int rc, int system_errno)
{
  if ((rc & 0xff) == SQLITE_FULL)
    return TRUE;
  return (rc & 0xff) == SQLITE_IOERR &&
         (means_full (system_errno) || (rc != SQLITE_IOERR_READ && cannot_grow (path)));
}

static gboolean
throw_broken (const char *path, int rc, const char *detail, GError **error)
{
  if ((rc & 0xff) == SQLITE_NOTADB)
    return gw_throw (error, GW_ERROR_FORMAT,
                     _ ("%s is not a Gridwork file. Choose a file whose name ends in .gridwork"),
                     path);
  return gw_throw (error, GW_ERROR_CORRUPT,
                   _ ("%s is damaged (%s). Do not go on working in it: close the program, keep the "
                      "file, and open the last backup"),
                   path, detail);
}

static gboolean
throw_unwritable (const char *path, int rc, const char *detail, GError **error)
{
  if ((rc & 0xff) == SQLITE_READONLY || (rc & 0xff) == SQLITE_PERM || rc == SQLITE_AUTH)
    return gw_throw (error, GW_ERROR_READ_ONLY,
                     _ ("%s cannot be written (%s). Ask for the right to write the file and its "
                        "folder, or copy the file to a folder of your own"),
                     path, detail);
  return gw_throw (error, GW_ERROR_FAILED,
                   _ ("%s cannot be opened (%s). Check that the folder exists and may be read"),
                   path, detail);
}

/**
 * gw_db_throw_code:
 * @path: the file the message names
 * @rc: result code of SQLite, extended or not
 * @system_errno: errno of the system call that failed, 0 when unknown
 * @detail: what SQLite says
 *
 * Returns: %FALSE, with @error set to a text that says what to do
 */
gboolean
gw_db_throw_code (const char *path, int rc, int system_errno, const char *detail, GError **error)
{
  if (is_full (path, rc, system_errno))
    return gw_throw (error, GW_ERROR_FULL,
                     _ ("No space is left for %s. Nothing was lost: free some space and do it "
                        "again"),
                     path);
  switch (rc & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return throw_broken (path, rc, detail, error);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
      return throw_unwritable (path, rc, detail, error);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return gw_throw (error, GW_ERROR_BUSY,
                       _ ("Another program is using %s. Close it there and do it again"), path);
    case SQLITE_CONSTRAINT:
      return gw_throw (error, GW_ERROR_INVALID, _ ("%s: a value breaks a rule (%s)"), path, detail);
    case SQLITE_IOERR:
      return gw_throw (error, GW_ERROR_FAILED,
                       _ ("The disk did not do what was asked for %s (%s: %s). What was confirmed "
                          "before is kept: check the disk and do it again"),
                       path, detail, g_strerror (system_errno));
    default:
      return gw_throw (error, GW_ERROR_FAILED, "%s: %s", path, detail);
    }
}

/**
 * gw_db_throw:
 * @rc: what the call on @self returned
 *
 * Returns: %FALSE, with @error set
 */
gboolean
gw_db_throw (GwDb *self, int rc, GError **error)
{
  sqlite3 *handle = gw_db_handle (self);
  int primary = rc & 0xff;

  if (primary == SQLITE_INTERRUPT)
    {
      g_propagate_error (error,
                         g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled")));
      return FALSE;
    }
  if (primary == SQLITE_IOERR || primary == SQLITE_FULL || primary == SQLITE_CANTOPEN)
    gw_db_private_mark_failed (self);
  return gw_db_throw_code (gw_db_path (self), rc,
                           handle != NULL ? sqlite3_system_errno (handle) : 0,
                           handle != NULL ? sqlite3_errmsg (handle) : sqlite3_errstr (rc), error);
}

/* SQLite puts the name of the database on a line of its own in front; the reader has one file. */
static char *
finding_of (const char *text)
{
  const char *line = g_str_has_prefix (text, "*** in database") ? strchr (text, '\n') : NULL;

  return g_strdelimit (g_strdup (line != NULL ? line + 1 : text), "\n", ' ');
}

gboolean
gw_db_quick_check (GwDb *self, GError **error)
{
  g_autoptr (GwStatement) check = gw_statement_prepare (self, "PRAGMA quick_check(1)", error);
  g_autofree char *finding = NULL;
  gboolean row = FALSE;

  if (check == NULL || !gw_statement_step (check, &row, error))
    return FALSE;
  if (row && g_strcmp0 (gw_statement_get_text (check, 0), "ok") == 0)
    return TRUE;
  finding = finding_of (row ? gw_statement_get_text (check, 0) : "?");
  return throw_broken (gw_db_path (self), SQLITE_CORRUPT, finding, error);
}
