/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-file-state-private.h"

#include "gw-config.h"
#include "gw-error.h"
#include "gw-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#define HEADER_BYTES 100
#define MAGIC "SQLite format 3"
#define FUSE_TYPE 0x65735546u

static const struct
{
  guint32 magic;
  const char *name;
} network_types[] = {
  { 0x6969u, "NFS" },        { 0x517Bu, "SMB" },       { 0xFF534D42u, "CIFS" },
  { 0xFE534D42u, "SMB" },    { 0x564Cu, "NCP" },       { 0x5346414Fu, "AFS" },
  { 0x73757245u, "Coda" },   { 0x01021997u, "9P" },    { 0x00C36400u, "Ceph" },
  { 0x7461636Fu, "OCFS2" },  { 0x01161970u, "GFS2" },  { 0x0BD00BD0u, "Lustre" },
  { 0x47504653u, "GPFS" },   { 0xAAD7AAEAu, "PanFS" }, { 0x19830326u, "FhGFS" },
  { 0x013111A8u, "BeeGFS" },
};

void
gw_file_state_clear (GwFileState *self)
{
  g_clear_pointer (&self->network, g_free);
}

/* A file system in user space may be a local disk (NTFS) or somebody else's computer (sshfs). */
static char *
fuse_name (dev_t device)
{
  g_autofree char *table = NULL;
  g_autofree char *wanted = g_strdup_printf ("%u:%u", major (device), minor (device));
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents ("/proc/self/mountinfo", &table, NULL, NULL))
    return g_strdup ("FUSE");
  lines = g_strsplit (table, "\n", -1);
  for (guint i = 0; lines[i] != NULL; ++i)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 4);
      const char *rest = strstr (lines[i], " - ");

      if (rest == NULL || g_strv_length (words) < 3 || strcmp (words[2], wanted) != 0)
        continue;
      if (g_str_has_prefix (rest + 3, "fuseblk "))
        return NULL;
      return g_strndup (rest + 3, strcspn (rest + 3, " "));
    }
  return g_strdup ("FUSE");
}

static char *
network_name (const char *folder)
{
  struct statfs fs;
  struct stat info;
  guint32 type;

  if (statfs (folder, &fs) != 0)
    return NULL;
  type = (guint32)fs.f_type;
#if GW_TEST_HOOKS
  if (g_getenv ("GW_TEST_FS_TYPE") != NULL)
    type = (guint32)g_ascii_strtoull (g_getenv ("GW_TEST_FS_TYPE"), NULL, 0);
#endif
  for (guint i = 0; i < G_N_ELEMENTS (network_types); ++i)
    if (network_types[i].magic == type)
      return g_strdup (network_types[i].name);
  if (type == FUSE_TYPE && stat (folder, &info) == 0)
    return fuse_name (info.st_dev);
  return NULL;
}

/* The superuser may write what is marked read-only; the mark is meant all the same. */
static gboolean
is_writable (const char *path)
{
  struct stat info;

  return stat (path, &info) == 0 && (info.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) != 0 &&
         access (path, W_OK) == 0;
}

static guint32
read_be32 (const guint8 *bytes)
{
  return (guint32)bytes[0] << 24 | (guint32)bytes[1] << 16 | (guint32)bytes[2] << 8 | bytes[3];
}

static gboolean
throw_no_gridwork_file (const char *path, GError **error)
{
  return gw_throw (error, GW_ERROR_FORMAT,
                   _ ("%s is not a Gridwork file. Choose a file whose name ends in .gridwork"),
                   path);
}

/* Offsets: section "The Database Header" of the SQLite file format. */
static gboolean
check_header (const char *path, const guint8 *header, gint64 size, gboolean has_wal, GError **error)
{
  guint32 page_size = (guint32)header[16] << 8 | header[17];
  guint32 pages = read_be32 (header + 28), version = read_be32 (header + 60);
  gboolean pages_known = read_be32 (header + 24) == read_be32 (header + 92);

  if (memcmp (header, MAGIC, sizeof MAGIC) != 0 ||
      read_be32 (header + 68) != (guint32)GW_APPLICATION_ID)
    return throw_no_gridwork_file (path, error);
  if (version > GW_STORE_FORMAT)
    return gw_throw (error, GW_ERROR_TOO_NEW,
                     _ ("%s was written by a newer version of Gridwork (format %u, this one reads "
                        "up to %d). Nothing was changed: open it with the newer version"),
                     path, version, GW_STORE_FORMAT);
  page_size = page_size == 1 ? 65536 : page_size;
  /* A program that was killed while it moved the log leaves the last pages in the log. */
  if (pages_known && !has_wal && (gint64)pages * page_size > size)
    return gw_throw (error, GW_ERROR_CORRUPT,
                     _ ("%s is cut short: %ld bytes are there, %ld belong there. It was probably "
                        "not copied to the end: copy it again, or "
                        "open the last backup"),
                     path, (long)size, (long)pages * (long)page_size);
  return TRUE;
}

static gboolean
read_header (GwFileState *self, const char *path, GError **error)
{
  guint8 header[HEADER_BYTES];
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gssize length;
  struct stat info;

  if (fd < 0)
    return gw_throw (error, GW_ERROR_READ_ONLY,
                     _ ("%s cannot be read (%s). Ask for the right to read it"), path,
                     g_strerror (errno));
  length = fstat (fd, &info) == 0 ? read (fd, header, sizeof header) : -1;
  close (fd);
  if (length < 0)
    return gw_throw (error, GW_ERROR_CORRUPT,
                     _ ("%s cannot be read (%s). Check the disk, or open the last backup"), path,
                     g_strerror (errno));
  self->empty = length == 0;
  if (self->empty)
    return TRUE;
  if (length < (gssize)sizeof header)
    return throw_no_gridwork_file (path, error);
  return check_header (path, header, info.st_size, self->has_wal, error);
}

gboolean
gw_file_state_read (GwFileState *self, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  struct stat info;

  memset (self, 0, sizeof *self);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return gw_throw (error, GW_ERROR_NOT_FOUND,
                     _ ("There is no folder %s. Check the name, or plug in the disk it lies on"),
                     folder);
  self->network = network_name (folder);
  self->has_wal = stat (wal, &info) == 0 && info.st_size > 0;
  self->exists = stat (path, &info) == 0;
  if (!self->exists)
    {
      self->may_write = is_writable (folder);
      return TRUE;
    }
  if (!S_ISREG (info.st_mode))
    return throw_no_gridwork_file (path, error);
  self->may_write = is_writable (path) && is_writable (folder);
  return read_header (self, path, error);
}

gboolean
gw_file_state_sync_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean synced = fd >= 0 && fsync (fd) == 0;
  int problem = errno;

  if (fd >= 0)
    close (fd);
  return synced || gw_throw (error, GW_ERROR_FAILED, _ ("writing the folder %s to disk: %s"),
                             folder, g_strerror (problem));
}
