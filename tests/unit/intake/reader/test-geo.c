/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Guards gw-geo-reader, gw-geo-files and gw-geo-shape as they really run: in the caged program,
 * on files that GDAL itself wrote here. */

#include <cpl_conv.h>
#include <gdal.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <string.h>

#include "reader-harness.h"

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("gridwork-geo-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      (void)g_remove (path);
    }
  (void)g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static char *
read_path (const char *path, const char *layer)
{
  GwReaderOptions options = { .sheet = layer };
  GString *log = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  GwReaderSummary summary = { 0 };

  (void)gw_reader_client_read (path, &options, &reader_harness_handler, log, &summary, NULL,
                               &error);
  reader_harness_append_end (log, &summary, error);
  return g_string_free (log, FALSE);
}

static char *
read_text (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return read_path (path, NULL);
}

#define COLLECTION "{\"type\":\"FeatureCollection\",\"features\":["

static void
test_geojson_points (Fixture *fixture, gconstpointer data)
{
  g_autofree char *log =
      read_text (fixture, "p.geojson",
                 COLLECTION "{\"type\":\"Feature\",\"properties\":{\"名称\":\"东街\",\"数\":3},"
                            "\"geometry\":{\"type\":\"Point\",\"coordinates\":[105.57,30.51]}}]}");

  g_assert_cmpstr (log, ==,
                   "hello GeoJSON UTF-8 EPSG:4326 sheets:input*\n"
                   "header 1: 名称|数|lon|lat\n"
                   "row 2: 东街|3{number}|105.57{number}|30.51{number}\nend 1\n");
}

static void
test_geojson_shapes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *log =
      read_text (fixture, "s.geojson",
                 COLLECTION
                 "{\"type\":\"Feature\",\"properties\":{\"n\":\"a\"},\"geometry\":{\"type\":"
                 "\"Polygon\",\"coordinates\":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]}},"
                 "{\"type\":\"Feature\",\"properties\":{\"n\":\"b\"},\"geometry\":null}]}");

  g_assert_nonnull (strstr (log, "row 2: a|5{number}|5{number}\nshape 2: 93\n"));
  g_assert_nonnull (strstr (log, "problem 103 3:0: empty\n"));
  g_assert_true (g_str_has_suffix (log, "row 3: b\nend 2\n"));
}

static void
test_large_shape (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (COLLECTION "{\"type\":\"Feature\",\"properties\":{\"n\":"
                                                      "\"a\"},\"geometry\":{\"type\":\"Polygon\","
                                                      "\"coordinates\":[[[0,0]");
  g_autofree char *log = NULL;

  for (guint i = 1; i < 100010; i++)
    g_string_append_printf (text, ",[%u,%u]", i % 90, i % 80);
  g_string_append (text, ",[0,0]]]}}]}");
  log = read_text (fixture, "l.geojson", text->str);
  g_assert_nonnull (strstr (log, "problem 104 2:0: 100011, 100000\n"));
  g_assert_null (strstr (log, "shape 2"));
}

/* Writes a layer of one point in the coordinate system of @epsg. */
static char *
write_layer (Fixture *fixture, const char *driver, const char *name, int epsg, double x, double y)
{
  static const char *const options[] = { "ENCODING=GB18030", NULL };
  char **chinese_text = (char **)options;
  char *path = g_build_filename (fixture->folder, name, NULL);
  OGRSpatialReferenceH crs = OSRNewSpatialReference (NULL);
  GDALDatasetH dataset =
      GDALCreate (GDALGetDriverByName (driver), path, 0, 0, 0, GDT_Unknown, NULL);
  OGRFieldDefnH field = OGR_Fld_Create ("name", OFTString);
  OGRGeometryH point = OGR_G_CreateGeometry (wkbPoint);
  OGRLayerH layer = NULL;
  OGRFeatureH feature = NULL;

  g_assert_nonnull (dataset);
  g_assert_cmpint (OSRImportFromEPSG (crs, epsg), ==, OGRERR_NONE);
  layer = GDALDatasetCreateLayer (dataset, "points", crs, wkbPoint,
                                  strcmp (driver, "GPKG") == 0 ? NULL : chinese_text);
  g_assert_nonnull (layer);
  g_assert_cmpint (OGR_L_CreateField (layer, field, TRUE), ==, OGRERR_NONE);
  feature = OGR_F_Create (OGR_L_GetLayerDefn (layer));
  OGR_F_SetFieldString (feature, 0, "西街");
  OGR_G_SetPoint_2D (point, 0, x, y);
  g_assert_cmpint (OGR_F_SetGeometryDirectly (feature, point), ==, OGRERR_NONE);
  g_assert_cmpint (OGR_L_CreateFeature (layer, feature), ==, OGRERR_NONE);
  OGR_F_Destroy (feature);
  OGR_Fld_Destroy (field);
  OSRDestroySpatialReference (crs);
  GDALClose (dataset);
  return path;
}

static void
test_geopackage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_layer (fixture, "GPKG", "d.gpkg", 4490, 105.58, 30.52);
  g_autofree char *log = read_path (path, NULL);
  g_autofree char *missing = read_path (path, "none");

  g_assert_cmpstr (log, ==,
                   "hello GeoPackage UTF-8 EPSG:4490 sheets:points*\nheader 1: name|lon|lat\n"
                   "row 2: 西街|105.58{number}|30.52{number}\nend 1\n");
  g_assert_nonnull (strstr (missing, "no sheet or layer “none”; there are: points"));
}

/* A map sheet in metres: Gauss-Krüger, central meridian 105° E, easting 500 km on the meridian. */
static void
test_metres (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_layer (fixture, "GPKG", "m.gpkg", 4544, 500000, 3377000);
  g_autofree char *log = read_path (path, NULL);

  g_assert_nonnull (strstr (log, "hello GeoPackage UTF-8 EPSG:4490"));
  g_assert_nonnull (strstr (log, "row 2: 西街|105{number}|30.51"));
}

static void
test_damaged_geopackage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_layer (fixture, "GPKG", "x.gpkg", 4490, 105.58, 30.52);
  g_autofree char *bytes = NULL;
  gsize n = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  for (gsize keep = 512; keep < n; keep += n / 6)
    {
      g_autofree char *log = NULL;

      g_assert_true (g_file_set_contents (path, bytes, (gssize)keep, NULL));
      log = read_path (path, NULL);
      g_assert_null (strstr (log, "broke down"));
      g_assert_nonnull (strstr (log, "error FORMAT"));
    }
}

static void
test_shapefile (Fixture *fixture, gconstpointer data)
{
  static const char *const endings[] = { "shp", "shx", "dbf", "prj" };
  g_autofree char *path = write_layer (fixture, "ESRI Shapefile", "s.shp", 4490, 105.5, 30.5);
  g_autofree char *archive = g_build_filename (fixture->folder, "s.zip", NULL);
  g_autofree char *log = NULL;
  void *zip = CPLCreateZip (archive, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strdup_printf ("s.%s", endings[i]);
      g_autofree char *part = g_build_filename (fixture->folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize n = 0;

      g_assert_true (g_file_get_contents (part, &bytes, &n, NULL));
      g_assert_cmpint (CPLCreateFileInZip (zip, name, NULL), ==, CE_None);
      g_assert_cmpint (CPLWriteFileInZip (zip, bytes, (int)n), ==, CE_None);
      g_assert_cmpint (CPLCloseFileInZip (zip), ==, CE_None);
    }
  g_assert_cmpint (CPLCloseZip (zip), ==, CE_None);
  log = read_path (archive, NULL);
  g_assert_nonnull (strstr (log, "hello Shapefile UTF-8"));
  /* Without its .cpg part the archive does not say that the text is GB18030. */
  g_assert_nonnull (strstr (log, "row 2: 西街|105.5{number}|30.5{number}\nend 1\n"));
}

static void
add (const char *path, void (*run) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, run, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  GDALAllRegister ();
  add ("/reader/geo/geojson-points", test_geojson_points);
  add ("/reader/geo/geojson-shapes", test_geojson_shapes);
  add ("/reader/geo/large-shape", test_large_shape);
  add ("/reader/geo/geopackage", test_geopackage);
  add ("/reader/geo/metres", test_metres);
  add ("/reader/geo/damaged-geopackage", test_damaged_geopackage);
  add ("/reader/geo/shapefile", test_shapefile);
  return g_test_run ();
}
