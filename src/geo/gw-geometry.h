/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Points, boxes, multi-polygons and lines on one integer lattice.
 *
 * Every coordinate is a longitude or latitude of CGCS2000/WGS 84 times 10^7 (about 1 cm), so that
 * two areas that share a border share it exactly, and tests are exact integer arithmetic.
 * A geometry does not change once made, may be shared between threads, and is freed with its last
 * reference. */

#include <glib.h>

G_BEGIN_DECLS

#define GW_LATTICE_PER_DEGREE 10000000
#define GW_LATTICE_MAX_X 1800000000
#define GW_LATTICE_MAX_Y 900000000
/* Stands in both coordinates of a record that has no place. */
#define GW_LATTICE_NONE G_MININT32
/* More points in one geometry are refused when bytes are read (a limit on memory, not on need). */
#define GW_GEOMETRY_MAX_POINTS (1u << 22)

typedef struct
{
  gint32 x; /* longitude * 1e7 */
  gint32 y; /* latitude * 1e7 */
} GwPoint;

/* Closed: all four sides belong to it. Empty when x0 > x1. */
typedef struct
{
  gint32 x0, y0, x1, y1;
} GwBox;

/* Degrees to the nearest lattice point; a value that is no finite number or out of range gives
 * GW_LATTICE_NONE in both coordinates. */
GwPoint gw_point_from_degrees (double lon, double lat);
double gw_lattice_to_degrees (gint32 value);
gboolean gw_point_is_valid (GwPoint point);
/* Metres on the ellipsoid by local radii; good to 0.1 % up to 100 km. */
double gw_point_distance_m (GwPoint a, GwPoint b);

#define GW_BOX_EMPTY ((GwBox){ G_MAXINT32, G_MAXINT32, G_MININT32, G_MININT32 })
/* Borders count as inside; two boxes that share only a border intersect. */
gboolean gw_box_is_empty (GwBox box);
gboolean gw_box_contains (GwBox box, GwPoint point);
gboolean gw_box_intersects (GwBox a, GwBox b);
GwBox gw_box_union (GwBox a, GwBox b);
GwBox gw_box_add_point (GwBox box, GwPoint point);

/* ---- GwRings: a multi-polygon ---------------------------------------------------------------
 * Rings are kept open (the first point is not repeated), outer rings counter-clockwise and holes
 * clockwise (RFC 7946); a hole follows the outer ring it lies in. Inside is by the even-odd rule.
 */

typedef struct _GwRings GwRings;
typedef struct _GwRingsBuilder GwRingsBuilder;

/* Collects rings in the order of GeoJSON: for each polygon its outer ring, then its holes. */
GwRingsBuilder *gw_rings_builder_new (void);
/* The next ring is the outer ring of a new polygon. */
void gw_rings_builder_start_polygon (GwRingsBuilder *builder);
/* Adds a ring; closing and repeated points are dropped, the direction is set right. */
void gw_rings_builder_add_ring (GwRingsBuilder *builder, const GwPoint *points, guint n_points);
/* Frees @builder and returns what it collected (transfer full), unchecked: see gw_rings_check. */
GwRings *gw_rings_builder_end (GwRingsBuilder *builder) G_GNUC_WARN_UNUSED_RESULT;
void gw_rings_builder_free (GwRingsBuilder *builder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwRingsBuilder, gw_rings_builder_free)

/* One polygon without holes from @n_points points, open or closed. */
GwRings *gw_rings_new_polygon (const GwPoint *points, guint n_points) G_GNUC_WARN_UNUSED_RESULT;
GwRings *gw_rings_ref (const GwRings *rings);
void gw_rings_unref (GwRings *rings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwRings, gw_rings_unref)

/* Holes count as rings; the points of all rings together. */
guint gw_rings_get_n_rings (const GwRings *rings);
guint gw_rings_get_n_points (const GwRings *rings);
/* The points of ring @i, open, lent as long as @rings lives. */
const GwPoint *gw_rings_get_ring (const GwRings *rings, guint i, guint *n_points);
gboolean gw_rings_is_hole (const GwRings *rings, guint i);
GwBox gw_rings_get_box (const GwRings *rings);
gboolean gw_rings_is_equal (const GwRings *a, const GwRings *b);

/* Twice the area in square lattice units, exact: the double areas of areas that fill a parent
 * without gap or overlap sum to the parent's. */
gint64 gw_rings_get_double_area (const GwRings *rings);
/* Square metres on the WGS 84 ellipsoid. */
double gw_rings_get_area_m2 (const GwRings *rings);

/* Half-open crossing rule on integers: a point on a border that several areas share is in exactly
 * one of them. O(points); for many questions use GwLocate, which answers the same. */
gboolean gw_rings_contains (const GwRings *rings, GwPoint point);

/* A point well inside for a label: the pole of inaccessibility of the largest part to about 1 %
 * of its size. It is in the area by gw_rings_contains unless the area is degenerate. */
GwPoint gw_rings_get_label_point (const GwRings *rings);

/* FALSE with GW_ERROR_INVALID and the place when a ring has fewer than three points or no area,
 * a point is out of range, or edges cross or overlap; touching in a point is allowed.
 * GW_ERROR_LIMIT when the check would cost too much. */
gboolean gw_rings_check (const GwRings *rings, GError **error);

/* Delta-coded varints, about 5 bytes per point. Equal rings give equal bytes. */
GBytes *gw_rings_to_bytes (const GwRings *rings) G_GNUC_WARN_UNUSED_RESULT;
/* Accepts bytes from anywhere: NULL with GW_ERROR_CORRUPT unless they decode exactly to rings in
 * range with three or more points each. Crossings are left to gw_rings_check. */
GwRings *gw_rings_from_bytes (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* ---- GwLines: a set of polylines (rivers, roads) ----------------------------------------------
 */

typedef struct _GwLines GwLines;

/* @lengths: points per line; @points: all of them in a row. Copies. */
GwLines *gw_lines_new (const GwPoint *points,
                       const guint *lengths,
                       guint n_lines) G_GNUC_WARN_UNUSED_RESULT;
GwLines *gw_lines_ref (const GwLines *lines);
void gw_lines_unref (GwLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwLines, gw_lines_unref)

/* As for rings: numbers, the points of line @i (lent as long as @lines lives), the box around
 * all. */
guint gw_lines_get_n_lines (const GwLines *lines);
guint gw_lines_get_n_points (const GwLines *lines);
const GwPoint *gw_lines_get_line (const GwLines *lines, guint i, guint *n_points);
GwBox gw_lines_get_box (const GwLines *lines);
gboolean gw_lines_is_equal (const GwLines *a, const GwLines *b);

/* As gw_rings_to_bytes. */
GBytes *gw_lines_to_bytes (const GwLines *lines) G_GNUC_WARN_UNUSED_RESULT;
/* As gw_rings_from_bytes; a line has two or more points. */
GwLines *gw_lines_from_bytes (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
