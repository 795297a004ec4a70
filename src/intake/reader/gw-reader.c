/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-reader.h"

#include <errno.h>
#include <string.h>

#include "gw-csv-reader.h"
#include "gw-sniff.h"
#include "gw-xlsx-reader.h"
#include "gw-zip.h"

/* Sizes of security.md 3.7. */
#define CSV_MAX_BYTES G_GUINT64_CONSTANT (2147483648)
#define GEOPACKAGE_MAX_BYTES G_GUINT64_CONSTANT (536870912)
#define SMALL_MAX_BYTES G_GUINT64_CONSTANT (33554432)
/* GDAL holds a GeoJSON text several times over in memory. */
#define GEOJSON_MAX_BYTES G_GUINT64_CONSTANT (67108864)

gboolean
gw_reader_wants_geo (GwReaderFormat format, const char *ending)
{
  static const char *const endings[] = { "geojson", "json", "gpkg", "zip", "shz" };

  if (format != GW_READER_AUTO)
    return format >= GW_READER_GEOJSON;
  for (gsize i = 0; ending != NULL && i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (ending, endings[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
check_size (const GwInput *input, guint64 limit, GwSink *sink)
{
  g_autofree char *found = NULL;
  g_autofree char *allowed = NULL;

  if (input->size <= limit)
    return TRUE;
  found = g_strdup_printf ("%lu", (gulong)input->size);
  allowed = g_strdup_printf ("%lu", (gulong)limit);
  return gw_sink_fatal (sink, GW_PROBLEM_TOO_LARGE, 0, 0, found, allowed, NULL);
}

static gboolean
read_csv (const GwInput *input, const GwReaderRequest *request, GwSink *sink)
{
  GwCsvOptions options = { request->encoding, request->separator };

  return check_size (input, CSV_MAX_BYTES, sink) && gw_csv_reader_read (input, &options, sink);
}

static gboolean
read_geo (const GwInput *input,
          const GwReaderRequest *request,
          GwReaderFormat format,
          guint64 limit,
          GwSink *sink)
{
  static const char *const names[] = { [GW_READER_GEOJSON] = "GeoJSON",
                                       [GW_READER_GEOPACKAGE] = "GeoPackage",
                                       [GW_READER_SHAPEFILE] = "Shapefile" };

  if (!check_size (input, limit, sink))
    return FALSE;
  if (request->read_geo != NULL)
    return request->read_geo (input, format, request->sheet, sink);
  /* The module was not loaded because the name did not announce it, or there is none. */
  if (!gw_reader_wants_geo (request->format, request->ending))
    return gw_sink_fatal (sink, GW_PROBLEM_WRONG_NAME, 0, 0, names[format],
                          request->ending == NULL ? "" : request->ending, NULL);
  return gw_sink_fatal (sink, GW_PROBLEM_NOT_BUILT, 0, 0, names[format], NULL);
}

static gboolean
tell_unknown (const guint8 *bytes, gsize length, GwSink *sink)
{
  GString *hex = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (gsize i = 0; i < MIN (length, 8); i++)
    g_string_append_printf (hex, i == 0 ? "%02X" : " %02X", bytes[i]);
  text = g_string_free (hex, FALSE);
  return gw_sink_fatal (sink, GW_PROBLEM_UNKNOWN_FORMAT, 0, 0, text, NULL);
}

static gboolean
is_open_document (const GwZip *zip)
{
  return gw_zip_find (zip, "content.xml") != NULL &&
         gw_zip_find (zip, "META-INF/manifest.xml") != NULL;
}

static gboolean
read_zip (const GwInput *input,
          const GwReaderRequest *request,
          const guint8 *bytes,
          gsize length,
          GwSink *sink)
{
  g_autoptr (GwZip) zip = NULL;

  if (!check_size (input, SMALL_MAX_BYTES, sink))
    return FALSE;
  zip = gw_zip_open (input, sink);
  if (zip == NULL)
    return FALSE;
  if (is_open_document (zip))
    return gw_sink_fatal (sink, GW_PROBLEM_OPENDOCUMENT, 0, 0, NULL);
  if (gw_zip_find (zip, "[Content_Types].xml") != NULL && gw_zip_find_under (zip, "xl/") != NULL)
    return gw_xlsx_reader_read (input, zip, request->sheet, sink);
  if (gw_zip_find_ending (zip, ".shp") != NULL)
    return read_geo (input, request, GW_READER_SHAPEFILE, SMALL_MAX_BYTES, sink);
  return tell_unknown (bytes, length, sink);
}

static gboolean
read_by_content (const GwInput *input,
                 const GwReaderRequest *request,
                 const guint8 *bytes,
                 gsize length,
                 GwSink *sink)
{
  switch (gw_sniff (bytes, length))
    {
    case GW_SNIFF_EMPTY:
      return gw_sink_fatal (sink, GW_PROBLEM_EMPTY_FILE, 0, 0, NULL);
    case GW_SNIFF_ZIP:
      return read_zip (input, request, bytes, length, sink);
    case GW_SNIFF_SQLITE:
      return read_geo (input, request, GW_READER_GEOPACKAGE, GEOPACKAGE_MAX_BYTES, sink);
    case GW_SNIFF_GEOJSON:
      return read_geo (input, request, GW_READER_GEOJSON, GEOJSON_MAX_BYTES, sink);
    case GW_SNIFF_OLD_EXCEL:
      return gw_sink_fatal (sink, GW_PROBLEM_OLD_EXCEL, 0, 0, NULL);
    case GW_SNIFF_ENCRYPTED:
      return gw_sink_fatal (sink, GW_PROBLEM_ENCRYPTED, 0, 0, NULL);
    case GW_SNIFF_HTML:
      return gw_sink_fatal (sink, GW_PROBLEM_HTML, 0, 0, NULL);
    case GW_SNIFF_SPREADSHEET_XML:
      return gw_sink_fatal (sink, GW_PROBLEM_SPREADSHEET_XML, 0, 0, NULL);
    case GW_SNIFF_PDF:
      return gw_sink_fatal (sink, GW_PROBLEM_PDF, 0, 0, NULL);
    case GW_SNIFF_TEXT:
      return read_csv (input, request, sink);
    case GW_SNIFF_UNKNOWN:
    default:
      return tell_unknown (bytes, length, sink);
    }
}

gboolean
gw_reader_read (const GwInput *input, const GwReaderRequest *request, GwSink *sink)
{
  guint8 bytes[GW_SNIFF_BYTES];
  gssize n = gw_input_read_at (input, 0, bytes, sizeof bytes);

  if (n < 0)
    (void)gw_sink_fatal (sink, GW_PROBLEM_READ_FAILED, 0, 0, g_strerror (errno), NULL);
  /* Who insists on CSV gets it: a text may look like anything. */
  else if (request->format == GW_READER_CSV && n > 0)
    (void)read_csv (input, request, sink);
  else
    (void)read_by_content (input, request, bytes, (gsize)n, sink);
  return gw_sink_finish (sink);
}
