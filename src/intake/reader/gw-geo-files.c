/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-geo-files.h"

#include <cpl_vsi.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  const GwInput *input;
  const char *name;
} GeoFile;

/* What GDAL calls an open file. */
typedef struct
{
  const GeoFile *file;
  guint64 offset;
  gboolean is_at_end;
} GeoHandle;

static gboolean
is_input (const GeoFile *file, const char *path)
{
  return strcmp (path, file->name) == 0;
}

static int
stat_cb (void *user_data, const char *path, VSIStatBufL *status, int flags)
{
  const GeoFile *file = user_data;

  if (!is_input (file, path))
    return -1;
  memset (status, 0, sizeof *status);
  status->st_mode = S_IFREG | S_IRUSR;
  status->st_size = (off_t)file->input->size;
  return 0;
}

static void *
open_cb (void *user_data, const char *path, const char *access)
{
  const GeoFile *file = user_data;
  GeoHandle *handle = NULL;

  if (!is_input (file, path) || strpbrk (access, "wa+") != NULL)
    return NULL;
  handle = g_new0 (GeoHandle, 1);
  handle->file = file;
  return handle;
}

static vsi_l_offset
tell_cb (void *file)
{
  return ((const GeoHandle *)file)->offset;
}

static int
seek_cb (void *file, vsi_l_offset offset, int whence)
{
  GeoHandle *handle = file;

  if (whence == SEEK_END)
    offset += handle->file->input->size;
  else if (whence == SEEK_CUR)
    offset += handle->offset;
  handle->offset = offset;
  handle->is_at_end = FALSE;
  return 0;
}

static size_t
read_cb (void *file, void *bytes, size_t size, size_t count)
{
  GeoHandle *handle = file;
  gsize wanted;
  gssize n;

  if (size == 0 || !g_size_checked_mul (&wanted, size, count))
    return 0;
  n = gw_input_read_at (handle->file->input, handle->offset, bytes, wanted);
  if (n < 0)
    return 0;
  handle->offset += (guint64)n;
  handle->is_at_end = (gsize)n < wanted;
  return (gsize)n / size;
}

static int
eof_cb (void *file)
{
  return ((const GeoHandle *)file)->is_at_end;
}

static int
close_cb (void *file)
{
  g_free (file);
  return 0;
}

gboolean
gw_geo_files_install (const GwInput *input, const char *name)
{
  VSIFilesystemPluginCallbacksStruct *callbacks = VSIAllocFilesystemPluginCallbacksStruct ();
  GeoFile *file = g_new0 (GeoFile, 1);

  /* GDAL keeps it as long as the process lives. */
  *file = (GeoFile){ input, name };
  callbacks->pUserData = file;
  callbacks->stat = stat_cb;
  callbacks->open = open_cb;
  callbacks->tell = tell_cb;
  callbacks->seek = seek_cb;
  callbacks->read = read_cb;
  callbacks->eof = eof_cb;
  callbacks->close = close_cb;
  return VSIInstallPluginHandler (GW_GEO_FOLDER, callbacks) == 0;
}
