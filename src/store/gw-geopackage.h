/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A new GeoPackage (OGC 12-128r18, version 1.3) with one layer of points in WGS 84: what GIS
 * programs open. An output only; the live file of a centre is no GeoPackage. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct _GwGeopackage GwGeopackage;

/* @path must not exist. Columns are added before gw_geopackage_start; rows are one transaction. */
GwGeopackage *gw_geopackage_new (const char *path,
                                 const char *layer,
                                 const char *description,
                                 GError **error);
void gw_geopackage_free (GwGeopackage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwGeopackage, gw_geopackage_free)

/* @id: [a-z0-9_]; @type: TEXT, REAL, INTEGER or DATETIME. */
void gw_geopackage_add_column (GwGeopackage *self, const char *id, const char *type);
gboolean gw_geopackage_start (GwGeopackage *self, GError **error);
/* Values of the row to come; what is not set is NULL. */
void gw_geopackage_set_text (GwGeopackage *self, guint column, const char *text);
void gw_geopackage_set_number (GwGeopackage *self, guint column, double number);
void gw_geopackage_set_time (GwGeopackage *self, guint column, gint64 utc); /* 0 = NULL */
/* @x, @y: 1e-7 degree. */
gboolean gw_geopackage_add_row (
    GwGeopackage *self, gboolean has_point, gint32 x, gint32 y, GError **error);
/* Builds the spatial index, checks it, commits. */
gboolean gw_geopackage_finish (GwGeopackage *self, GError **error);

G_END_DECLS
