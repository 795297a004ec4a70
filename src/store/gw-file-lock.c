/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-file-lock-private.h"

#include "gw-clock.h"
#include "gw-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct _GwFileLock
{
  int fd;
  char *path;
};

#define GROUP "holder"
#define MAX_RECORD 4096

static char *
boot_id (void)
{
  char *text = NULL;

  if (!g_file_get_contents ("/proc/sys/kernel/random/boot_id", &text, NULL, NULL))
    return g_strdup ("");
  return g_strchomp (text);
}

static void
write_record (int fd, gint64 now)
{
  g_autoptr (GKeyFile) record = g_key_file_new ();
  g_autofree char *boot = boot_id ();
  g_autofree char *text = NULL;
  gsize length = 0;

  g_key_file_set_string (record, GROUP, "host", g_get_host_name ());
  g_key_file_set_string (record, GROUP, "user", g_get_user_name ());
  g_key_file_set_uint64 (record, GROUP, "uid", (guint64)getuid ());
  g_key_file_set_uint64 (record, GROUP, "pid", (guint64)getpid ());
  g_key_file_set_int64 (record, GROUP, "start", now);
  g_key_file_set_string (record, GROUP, "boot", boot);
  text = g_key_file_to_data (record, &length, NULL);
  /* The record only informs; the lock itself is what protects. */
  if (ftruncate (fd, 0) != 0 || pwrite (fd, text, length, 0) != (gssize)length)
    g_debug ("the record of the lock's holder could not be written: %s", g_strerror (errno));
}

static char *
read_holder (int fd)
{
  g_autoptr (GKeyFile) record = g_key_file_new ();
  g_autofree char *host = NULL, *user = NULL, *since = NULL;
  char text[MAX_RECORD];
  gssize length = pread (fd, text, sizeof text, 0);
  guint64 pid;

  if (length <= 0 ||
      !g_key_file_load_from_data (record, text, (gsize)length, G_KEY_FILE_NONE, NULL))
    return g_strdup (_ ("another program"));
  host = g_key_file_get_string (record, GROUP, "host", NULL);
  user = g_key_file_get_string (record, GROUP, "user", NULL);
  pid = g_key_file_get_uint64 (record, GROUP, "pid", NULL);
  since = gw_time_format (g_key_file_get_int64 (record, GROUP, "start", NULL));
  return g_strdup_printf (_ ("%s on %s (process %lu, since %s)"), user != NULL ? user : "?",
                          host != NULL ? host : "?", (gulong)pid, since);
}

/* The holder removes the side file when it goes; a lock on a removed file protects nothing. */
static gboolean
is_still_named (int fd, const char *path)
{
  struct stat mine, named;

  return fstat (fd, &mine) == 0 && stat (path, &named) == 0 && mine.st_ino == named.st_ino &&
         mine.st_dev == named.st_dev;
}

static gboolean
lock_fd (int fd)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  return fcntl (fd, F_OFD_SETLK, &lock) == 0;
}

static GwFileLock *
lock_new (int fd, const char *path, gint64 now)
{
  GwFileLock *self = g_new0 (GwFileLock, 1);

  self->fd = fd;
  self->path = g_strdup (path);
  write_record (fd, now);
  return self;
}

static int
open_side_file (const char *path, GError **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    gw_throw (error, errno == ENOSPC ? GW_ERROR_FULL : GW_ERROR_READ_ONLY,
              _ ("%s cannot be made (%s). Ask for the right to write the folder, or copy the "
                 "file to a folder of your own"),
              path, g_strerror (errno));
  return fd;
}

GwFileLock *
gw_file_lock_take (const char *path, gint64 now, char **holder, GError **error)
{
  for (;;)
    {
      int fd = open_side_file (path, error);

      if (fd < 0)
        return NULL;
      if (!lock_fd (fd))
        {
          *holder = read_holder (fd);
          close (fd);
          return NULL;
        }
      if (is_still_named (fd, path))
        return lock_new (fd, path, now);
      close (fd);
    }
}

void
gw_file_lock_release (GwFileLock *self)
{
  if (self == NULL)
    return;
  /* Removed while the lock is held: nobody can have locked the same name. */
  (void)g_unlink (self->path);
  close (self->fd);
  g_free (self->path);
  g_free (self);
}
