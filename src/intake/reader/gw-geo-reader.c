/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-geo-reader.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <string.h>

#include "gw-geo-files.h"
#include "gw-geo-shape.h"
#include "gw-utf8.h"
#include "gw-zip.h"

/* Exported by GDAL, but declared in a header for C++ only. Registering these three instead of all
 * two hundred drivers is most of the hardening. */
extern void RegisterOGRGeoJSON (void);
extern void RegisterOGRGeoPackage (void);
extern void RegisterOGRShape (void);

#define PROGRESS_FEATURES 2048u

typedef struct
{
  const GwInput *input;
  GwReaderFormat format;
  GwSink *sink;
  GDALDatasetH data;
  OGRLayerH layer;
  OGRCoordinateTransformationH to_degrees; /* nullable */
  GwReaderGeometry geometry;
  char *crs; /* owned */
  guint n_fields;
  guint64 row;

  GwSinkRow room;
  guint8 *out;
  guint n_cells;
} GeoReader;

static void
geo_reader_clear (GeoReader *self)
{
  if (self->to_degrees != NULL)
    OCTDestroyCoordinateTransformation (self->to_degrees);
  if (self->data != NULL)
    (void)GDALClose (self->data);
  g_free (self->crs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GeoReader, geo_reader_clear)

/* Messages of GDAL are asked for where they are told, and must not reach the terminal. */
static void CPL_STDCALL
ignore_error_cb (CPLErr severity, CPLErrorNum number, const char *message)
{
}

/* The database of coordinate systems is opened by the first look-up and stays open. */
static void
warm_up_projections (void)
{
  OGRSpatialReferenceH degrees = OSRNewSpatialReference (NULL);
  OGRSpatialReferenceH metres = OSRNewSpatialReference (NULL);
  OGRCoordinateTransformationH transformation = NULL;

  OSRSetPROJEnableNetwork (0);
  /* CGCS2000, and its three-degree zone of 105° E. */
  if (OSRImportFromEPSG (degrees, 4490) == OGRERR_NONE &&
      OSRImportFromEPSG (metres, 4544) == OGRERR_NONE)
    transformation = OCTNewCoordinateTransformation (metres, degrees);
  if (transformation != NULL)
    OCTDestroyCoordinateTransformation (transformation);
  OSRDestroySpatialReference (degrees);
  OSRDestroySpatialReference (metres);
}

void
gw_reader_geo_prepare (void)
{
  static const char *const settings[][2] = {
    { "GDAL_DRIVER_PATH", "disable" },
    { "GDAL_NUM_THREADS", "1" },
    { "GDAL_PAM_ENABLED", "NO" },
    { "GDAL_DISABLE_READDIR_ON_OPEN", "EMPTY_DIR" },
    { "OGR_GEOJSON_MAX_OBJ_SIZE", "128" },
    { "OGR_SQLITE_PRAGMA",
      "trusted_schema=0,cell_size_check=1,mmap_size=0,query_only=1,temp_store=2" },
    { "OGR_SQLITE_LOAD_EXTENSIONS", "" },
    { "OGR_GPKG_FOREIGN_KEY_CHECK", "NO" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    CPLSetConfigOption (settings[i][0], settings[i][1]);
  (void)CPLSetErrorHandler (ignore_error_cb);
  RegisterOGRGeoJSON ();
  RegisterOGRGeoPackage ();
  RegisterOGRShape ();
  warm_up_projections ();
}

static gboolean
tell_gdal (GeoReader *self)
{
  const char *message = CPLGetLastErrorMsg ();

  return gw_sink_fatal (self->sink, GW_PROBLEM_GDAL, 0, 0,
                        message[0] == '\0' ? "no table found" : message, NULL);
}

/* Where the shapefile lies within its archive, and whether it names its encoding. */
static char *
dup_shape_path (GeoReader *self, const char *archive, gboolean *has_encoding)
{
  g_autoptr (GwZip) zip = gw_zip_open (self->input, self->sink);
  const GwZipPart *shape = zip == NULL ? NULL : gw_zip_find_ending (zip, ".shp");

  if (shape == NULL)
    return NULL;
  *has_encoding = gw_zip_find_ending (zip, ".cpg") != NULL;
  return g_strdup_printf ("/vsizip/{%s}/%s", archive, shape->name);
}

static gboolean
open_data (GeoReader *self)
{
  static const struct
  {
    const char *driver;
    const char *name;
  } kinds[GW_READER_N_FORMATS] = {
    [GW_READER_GEOJSON] = { "GeoJSON", "input.geojson" },
    [GW_READER_GEOPACKAGE] = { "GPKG", "input.gpkg" },
    [GW_READER_SHAPEFILE] = { "ESRI Shapefile", "input.zip" },
  };
  const char *drivers[] = { kinds[self->format].driver, NULL };
  /* Without an encoding of its own GDAL takes a shapefile for Latin 1; here it is GB18030. */
  static const char *const raw_text[] = { "ENCODING=", NULL };
  g_autofree char *path = g_strconcat (GW_GEO_FOLDER, kinds[self->format].name, NULL);
  gboolean has_encoding = TRUE;

  if (!gw_geo_files_install (self->input, kinds[self->format].name))
    return tell_gdal (self);
  if (self->format == GW_READER_SHAPEFILE)
    {
      g_autofree char *inner = dup_shape_path (self, path, &has_encoding);

      if (inner == NULL)
        return gw_sink_fatal (self->sink, GW_PROBLEM_NO_LAYER, 0, 0, NULL);
      g_free (g_steal_pointer (&path));
      path = g_steal_pointer (&inner);
    }
  self->data = GDALOpenEx (path, GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers,
                           has_encoding ? NULL : raw_text, NULL);
  return self->data != NULL || tell_gdal (self);
}

static gboolean
tell_no_layer (GeoReader *self, const char *wanted, int n_layers)
{
  GString *names = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (int i = 0; i < n_layers && names->len < GW_FRAME_MAX_NAME / 2; i++)
    g_string_append_printf (names, i == 0 ? "%s" : ", %s",
                            OGR_L_GetName (GDALDatasetGetLayer (self->data, i)));
  text = g_string_free (names, FALSE);
  return gw_sink_fatal (self->sink, GW_PROBLEM_NO_SUCH_SHEET, 0, 0, wanted, text, NULL);
}

static gboolean
choose_layer (GeoReader *self, const char *wanted, int *index)
{
  int n_layers = GDALDatasetGetLayerCount (self->data);

  if (n_layers <= 0)
    return gw_sink_fatal (self->sink, GW_PROBLEM_NO_LAYER, 0, 0, NULL);
  if (n_layers > GW_GEO_MAX_LAYERS)
    return gw_sink_fatal (self->sink, GW_PROBLEM_MANY_LAYERS, 0, 0, G_STRINGIFY (GW_GEO_MAX_LAYERS),
                          NULL);
  for (int i = 0; i < n_layers; i++)
    {
      OGRLayerH layer = GDALDatasetGetLayer (self->data, i);

      if (layer != NULL && (wanted == NULL || strcmp (OGR_L_GetName (layer), wanted) == 0))
        {
          self->layer = layer;
          *index = i;
          return TRUE;
        }
    }
  return tell_no_layer (self, wanted == NULL ? "" : wanted, n_layers);
}

static GwReaderGeometry
get_geometry (OGRLayerH layer)
{
  OGRwkbGeometryType type = wkbFlatten (OGR_L_GetGeomType (layer));

  if (type == wkbNone)
    return GW_GEOMETRY_NONE;
  return type == wkbPoint ? GW_GEOMETRY_POINT : GW_GEOMETRY_SHAPE;
}

static char *
dup_crs_name (OGRSpatialReferenceH crs)
{
  const char *authority = OSRGetAuthorityName (crs, NULL);
  const char *code = OSRGetAuthorityCode (crs, NULL);
  const char *name = OSRGetName (crs);

  if (authority != NULL && code != NULL)
    return g_strdup_printf ("%s:%s", authority, code);
  return g_strdup (name == NULL ? "" : name);
}

/* Metres on a map sheet become degrees of the same datum; the datum itself is never changed here,
 * because only the user knows whether the file tells the truth about it. */
static void
set_up_crs (GeoReader *self)
{
  OGRSpatialReferenceH crs = OGR_L_GetSpatialRef (self->layer);
  OGRSpatialReferenceH degrees = NULL;

  if (crs == NULL || self->geometry == GW_GEOMETRY_NONE)
    {
      if (self->geometry != GW_GEOMETRY_NONE)
        (void)gw_sink_problem (self->sink, GW_SEVERITY_WARNING, GW_PROBLEM_NO_CRS, 0, 0, NULL);
      return;
    }
  (void)OSRAutoIdentifyEPSG (crs);
  if (!OSRIsProjected (crs))
    {
      self->crs = dup_crs_name (crs);
      return;
    }
  degrees = OSRCloneGeogCS (crs);
  if (degrees == NULL)
    return;
  OSRSetAxisMappingStrategy (degrees, OAMS_TRADITIONAL_GIS_ORDER);
  OSRSetAxisMappingStrategy (crs, OAMS_TRADITIONAL_GIS_ORDER);
  (void)OSRAutoIdentifyEPSG (degrees);
  self->crs = dup_crs_name (degrees);
  self->to_degrees = OCTNewCoordinateTransformation (crs, degrees);
  OSRDestroySpatialReference (degrees);
}

static gboolean
send_hello (GeoReader *self, int chosen)
{
  int n_layers = GDALDatasetGetLayerCount (self->data);
  g_autofree GwSinkSheet *sheets = g_new0 (GwSinkSheet, n_layers);
  GwSinkHello hello = { .format = self->format,
                        .encoding = GW_ENCODING_UTF8,
                        .reason = GW_REASON_FORMAT,
                        .geometry = self->geometry,
                        .input_bytes = self->input->size,
                        .crs = self->crs,
                        .sheet = (guint)chosen,
                        .n_sheets = (guint)n_layers,
                        .sheets = sheets };
  g_autofree char *others = g_strdup_printf ("%d", n_layers - 1);

  for (int i = 0; i < n_layers; i++)
    sheets[i].name = OGR_L_GetName (GDALDatasetGetLayer (self->data, i));
  if (!gw_sink_hello (self->sink, &hello))
    return FALSE;
  if (n_layers > 1)
    return gw_sink_problem (self->sink, GW_SEVERITY_NOTE, GW_PROBLEM_MORE_SHEETS, 0, 0,
                            OGR_L_GetName (self->layer), others, NULL);
  return TRUE;
}

static void
begin_row (GeoReader *self)
{
  self->room = gw_sink_begin_row (self->sink);
  self->out = self->room.text;
  self->n_cells = 0;
  self->row++;
}

static gboolean
put_cell (GeoReader *self, const char *text, guint flags)
{
  gsize length = text == NULL ? 0 : strnlen (text, GW_FRAME_MAX_CELL + 1);
  GwReaderProblemCode code = GW_PROBLEM_NONE;
  g_autofree char *limit = NULL;

  if (length > GW_FRAME_MAX_CELL)
    code = GW_PROBLEM_LONG_CELL;
  else if ((gsize)(self->out - self->room.text) + length > GW_FRAME_MAX_ROW)
    code = GW_PROBLEM_LONG_ROW_TEXT;
  if (code != GW_PROBLEM_NONE)
    {
      limit = g_strdup_printf ("%u",
                               code == GW_PROBLEM_LONG_CELL ? GW_FRAME_MAX_CELL : GW_FRAME_MAX_ROW);
      return gw_sink_fatal (self->sink, code, self->row, self->n_cells + 1, limit, NULL);
    }
  memcpy (self->out, text == NULL ? "" : text, length);
  self->out += length;
  *self->out++ = '\0';
  self->room.cells[self->n_cells++] = gw_sink_cell (length, flags);
  return TRUE;
}

static gboolean
end_row (GeoReader *self)
{
  return gw_sink_end_row (self->sink, self->row, self->n_cells,
                          (gsize)(self->out - self->room.text), 0, FALSE);
}

/* Text of an old shapefile is whatever its author's computer used: here GB18030 or UTF-8. */
static gboolean
put_text (GeoReader *self, const char *text)
{
  gsize length = strlen (text);
  g_autofree char *converted = NULL;

  if (gw_utf8_get_valid_prefix ((const guint8 *)text, length) != length)
    converted = g_convert (text, (gssize)length, "UTF-8", "GB18030", NULL, NULL, NULL);
  return put_cell (self, converted == NULL ? text : converted, 0);
}

static gboolean
put_date (GeoReader *self, OGRFeatureH feature, int field, OGRFieldType type)
{
  int year, month, day, hour, minute, second, zone;
  char text[64];

  if (!OGR_F_GetFieldAsDateTime (feature, field, &year, &month, &day, &hour, &minute, &second,
                                 &zone))
    return put_cell (self, OGR_F_GetFieldAsString (feature, field), GW_CELL_ERROR);
  if (type == OFTTime)
    g_snprintf (text, sizeof text, "%02d:%02d:%02d", hour, minute, second);
  else if (type == OFTDate)
    g_snprintf (text, sizeof text, "%04d-%02d-%02d", year, month, day);
  else
    g_snprintf (text, sizeof text, "%04d-%02d-%02d %02d:%02d:%02d", year, month, day, hour, minute,
                second);
  return put_cell (self, text, GW_CELL_DATE);
}

/* 15 digits are what every decimal number survives; 17 would show 30.52 as 30.520000000000000. */
static gboolean
put_real (GeoReader *self, double number, const char *format)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return put_cell (self, g_ascii_formatd (text, sizeof text, format, number), GW_CELL_NUMBER);
}

static gboolean
put_field (GeoReader *self, OGRFeatureH feature, int field)
{
  OGRFieldType type = OGR_Fld_GetType (OGR_F_GetFieldDefnRef (feature, field));

  if (!OGR_F_IsFieldSetAndNotNull (feature, field))
    return put_cell (self, "", 0);
  if (type == OFTDate || type == OFTDateTime || type == OFTTime)
    return put_date (self, feature, field, type);
  if (type == OFTReal)
    return put_real (self, OGR_F_GetFieldAsDouble (feature, field), "%.15g");
  if (type == OFTInteger || type == OFTInteger64)
    return put_cell (self, OGR_F_GetFieldAsString (feature, field), GW_CELL_NUMBER);
  return put_text (self, OGR_F_GetFieldAsString (feature, field));
}

static void
tell_geometry (GeoReader *self, GwGeoVerdict verdict, guint n_vertices)
{
  static const char *const reasons[] = {
    [GW_GEO_EMPTY] = "empty",
    [GW_GEO_DEEP] = "nested too deep",
    [GW_GEO_NOT_FINITE] = "infinite coordinates",
  };
  g_autofree char *found = g_strdup_printf ("%u", n_vertices);

  if (verdict == GW_GEO_LARGE)
    (void)gw_sink_problem (self->sink, GW_SEVERITY_ROW, GW_PROBLEM_GEOMETRY_LARGE, self->row, 0,
                           found, G_STRINGIFY (100000), NULL);
  else if (verdict != GW_GEO_FINE)
    (void)gw_sink_problem (self->sink, GW_SEVERITY_ROW, GW_PROBLEM_GEOMETRY, self->row, 0,
                           reasons[verdict], NULL);
}

/* The two columns of the point; empty where the geometry is of no use, and then it is told. */
static gboolean
put_point (GeoReader *self, OGRGeometryH shape, gboolean *is_usable)
{
  guint n_vertices = 0;
  GwGeoVerdict verdict = gw_geo_shape_check (shape, &n_vertices);
  double lon = 0;
  double lat = 0;

  if (verdict == GW_GEO_FINE && self->to_degrees != NULL &&
      OGR_G_Transform (shape, self->to_degrees) != OGRERR_NONE)
    verdict = GW_GEO_NOT_FINITE;
  if (verdict == GW_GEO_FINE && !gw_geo_shape_get_point (shape, &lon, &lat))
    verdict = GW_GEO_NOT_FINITE;
  *is_usable = verdict == GW_GEO_FINE;
  tell_geometry (self, verdict, n_vertices);
  if (!*is_usable)
    return put_cell (self, "", 0) && put_cell (self, "", 0);
  return put_real (self, lon, "%.12g") && put_real (self, lat, "%.12g");
}

static gboolean
send_shape (GeoReader *self, OGRGeometryH shape)
{
  gsize length = (gsize)OGR_G_WkbSize (shape);
  g_autofree guint8 *wkb = NULL;

  if (length > GW_FRAME_MAX_SHAPE)
    {
      tell_geometry (self, GW_GEO_LARGE, (guint)(length / 16));
      return TRUE;
    }
  wkb = g_malloc (length);
  if (OGR_G_ExportToIsoWkb (shape, wkbNDR, wkb) != OGRERR_NONE)
    return TRUE;
  return gw_sink_shape (self->sink, self->row, wkb, length);
}

static gboolean
send_feature (GeoReader *self, OGRFeatureH feature)
{
  OGRGeometryH shape = OGR_F_GetGeometryRef (feature);
  gboolean is_usable = FALSE;

  begin_row (self);
  for (guint i = 0; i < self->n_fields; i++)
    if (!put_field (self, feature, (int)i))
      return FALSE;
  if (self->geometry != GW_GEOMETRY_NONE && !put_point (self, shape, &is_usable))
    return FALSE;
  if (!end_row (self))
    return FALSE;
  return !is_usable || self->geometry != GW_GEOMETRY_SHAPE || send_shape (self, shape);
}

static gboolean
send_names (GeoReader *self)
{
  OGRFeatureDefnH names = OGR_L_GetLayerDefn (self->layer);

  self->n_fields = (guint)OGR_FD_GetFieldCount (names);
  if (self->n_fields + 2 > GW_FRAME_MAX_COLUMNS)
    return gw_sink_fatal (self->sink, GW_PROBLEM_MANY_COLUMNS, 1, GW_FRAME_MAX_COLUMNS + 1,
                          G_STRINGIFY (256), NULL);
  begin_row (self);
  for (guint i = 0; i < self->n_fields; i++)
    if (!put_text (self, OGR_Fld_GetNameRef (OGR_FD_GetFieldDefn (names, (int)i))))
      return FALSE;
  if (self->geometry != GW_GEOMETRY_NONE &&
      (!put_cell (self, "lon", 0) || !put_cell (self, "lat", 0)))
    return FALSE;
  /* Names of fields are the header whatever the rows look like. */
  return end_row (self) && gw_sink_settle_header (self->sink);
}

/* GDAL does not tell where in the file it is; the share of features is as good for a bar. */
static void
send_progress (GeoReader *self, guint64 n_all)
{
  guint64 n = self->row - 1;

  if (n % PROGRESS_FEATURES == 0 && n_all > 0)
    (void)gw_sink_progress (self->sink, MIN (n, n_all) * (self->input->size / n_all));
}

static gboolean
send_features (GeoReader *self)
{
  guint64 n_all = (guint64)MAX (OGR_L_GetFeatureCount (self->layer, FALSE), 0);
  gboolean is_sent = TRUE;

  CPLErrorReset ();
  OGR_L_ResetReading (self->layer);
  while (is_sent)
    {
      OGRFeatureH feature = OGR_L_GetNextFeature (self->layer);

      if (feature == NULL)
        break;
      is_sent = send_feature (self, feature);
      OGR_F_Destroy (feature);
      send_progress (self, n_all);
    }
  if (is_sent && CPLGetLastErrorType () >= CE_Failure)
    return tell_gdal (self);
  return is_sent;
}

gboolean
gw_reader_geo_read (const GwInput *input, GwReaderFormat format, const char *layer, GwSink *sink)
{
  g_auto (GeoReader) self = { .input = input, .format = format, .sink = sink };
  int index = 0;

  gw_sink_limit_rows (sink, GW_GEO_MAX_ROWS);
  if (!open_data (&self) || !choose_layer (&self, layer, &index))
    return FALSE;
  self.geometry = get_geometry (self.layer);
  set_up_crs (&self);
  return send_hello (&self, index) && send_names (&self) && send_features (&self);
}
