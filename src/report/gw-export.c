/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-export.h"

#include "gw-error.h"
#include "gw-export-private.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Rows are read in pages of their own snapshots: a long export holds no reader back. */
#define PAGE 500u

static const GwExportFormat *const formats[] = { &gw_export_csv, &gw_export_xlsx,
                                                 &gw_export_geojson, &gw_export_gpkg };

const char *const *
gw_export_suffixes (void)
{
  static const char *const suffixes[] = { ".csv", ".xlsx", ".geojson", ".gpkg", NULL };

  return suffixes;
}

static const GwExportFormat *
find_format (const char *path, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_suffix (lower, formats[i]->suffix))
      return formats[i];
  return gw_throw_null (error, GW_ERROR_UNSUPPORTED,
                        _ ("“%s”: end the name with .csv, .xlsx, .geojson or .gpkg"), path);
}

static gboolean
write_page (const GwExportSheet *sheet,
            const GwExportFormat *format,
            gpointer writer,
            const gint64 *ids,
            guint n,
            gint64 *written,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GPtrArray) rows =
      gw_store_get_rows (sheet->job->store, &sheet->job->actor, ids, n, cancellable, error);
  g_autofree GwExportCell *cells = g_new0 (GwExportCell, sheet->columns->len);
  gboolean good = rows != NULL;

  for (guint i = 0; good && i < rows->len; i++)
    {
      const GwMatter *matter = g_ptr_array_index (rows, i);

      if (matter == NULL)
        continue; /* withdrawn between the question and now */
      gw_export_sheet_fill (sheet, matter, cells);
      good = format->row (writer, matter, cells, error);
      gw_export_cells_clear (cells, sheet->columns->len);
      *written += good;
    }
  return good;
}

static gboolean
write_rows (const GwExportSheet *sheet,
            const GwExportFormat *format,
            gpointer writer,
            const GwSelection *selection,
            gint64 *written,
            GwProgressFunc progress,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  for (guint i = 0; i < selection->n; i += PAGE)
    {
      guint n = MIN (PAGE, selection->n - i);

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !write_page (sheet, format, writer, selection->ids + i, n, written, cancellable, error))
        return FALSE;
      if (progress != NULL)
        progress ((double)(i + n) / selection->n, data);
    }
  return TRUE;
}

/* The place is tried before the work: a library that finds out at the end would print instead of
 * saying why. */
static gboolean
try_place (const char *temporary, const char *path, GError **error)
{
  int fd = g_open (temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  if (fd >= 0)
    {
      (void)close (fd);
      return TRUE;
    }
  return gw_throw (error, errno == ENOSPC ? GW_ERROR_FULL : GW_ERROR_READ_ONLY,
                   _ ("“%s” cannot be written: %s. Choose another folder"), path,
                   g_strerror (errno));
}

/* The name appears only when the content is whole and on the disk. */
static gboolean
publish (const char *temporary, const char *path, GError **error)
{
  int fd = g_open (temporary, O_RDONLY | O_CLOEXEC, 0);
  gboolean synced = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    (void)close (fd);
  if (synced && g_rename (temporary, path) == 0)
    return TRUE;
  return gw_throw (error, errno == ENOSPC ? GW_ERROR_FULL : GW_ERROR_FAILED,
                   _ ("“%s” cannot be written: %s"), path, g_strerror (errno));
}

gint64
gw_export_run (const GwExportJob *job,
               const GwSelection *selection,
               const char *path,
               gboolean replace,
               GwProgressFunc progress,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  const GwExportFormat *format = find_format (path, error);
  g_autofree char *temporary = NULL;
  GwExportSheet sheet = { 0 };
  gpointer writer;
  gint64 written = 0;
  gboolean good;

  if (format == NULL)
    return -1;
  if (!replace && g_file_test (path, G_FILE_TEST_EXISTS))
    {
      gw_throw (error, GW_ERROR_EXISTS, _ ("“%s” is there already"), path);
      return -1;
    }
  temporary = g_strdup_printf ("%s.part%s", path, format->suffix);
  if (!try_place (temporary, path, error))
    return -1;
  gw_export_sheet_init (&sheet, job, selection);
  writer = format->begin (&sheet, temporary, error);
  good = writer != NULL;
  if (good)
    {
      good = write_rows (&sheet, format, writer, selection, &written, progress, data, cancellable,
                         error);
      if (good)
        good = format->end (writer, error);
      else
        format->abandon (writer);
    }
  good = good && publish (temporary, path, error);
  if (!good)
    (void)g_unlink (temporary);
  gw_export_sheet_clear (&sheet);
  return good ? written : -1;
}
