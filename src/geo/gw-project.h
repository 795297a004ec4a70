/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The coordinate systems Chinese files come in, and the guess which one a file is in.
 *
 * All data of the program is CGCS2000, which for our purpose (centimetres to decimetres) equals
 * WGS 84. GCJ-02 is the offset system of Chinese map providers (about 450 m off), BD-09 the
 * provider's second offset on top of it. The forward formulas are those published as reverse
 * engineered and agree with the MIT-licensed gcoord library; the way back is by iteration. */

#include "gw-locate.h"

G_BEGIN_DECLS

typedef enum
{
  GW_CRS_WGS84,
  GW_CRS_CGCS2000,
  GW_CRS_GCJ02,
  GW_CRS_BD09,
} GwCrs;
#define GW_N_CRS 4

/* "wgs84", "cgcs2000", "gcj02", "bd09": stored in files and tables. */
const char *gw_crs_to_id (GwCrs crs);
/* FALSE and @crs untouched when @id is no such id; upper case, '-' and '_' do not matter. */
gboolean gw_crs_from_id (const char *id, GwCrs *crs);
/* For the screen, translated. */
const char *gw_crs_get_name (GwCrs crs);

/* Degrees, in place. Outside of the box of China, where GCJ-02 has no offset, nothing moves. There
 * and back again is exact to less than 1 cm. */
void gw_project (GwCrs from, GwCrs to, double *lon, double *lat);
GwPoint gw_project_point (GwCrs from, GwCrs to, GwPoint point);
void gw_project_points (GwCrs from, GwCrs to, GwPoint *points, gsize n_points);
/* A copy in the other system; shared borders stay shared. */
GwRings *gw_project_rings (GwCrs from, GwCrs to, const GwRings *rings) G_GNUC_WARN_UNUSED_RESULT;

/* What a sample looks like if read as one system. */
typedef struct
{
  guint n_inside;      /* lie in some area */
  guint n_near_border; /* of these, would leave the known areas within 500 m */
  guint n_agreeing;    /* of the points that claim an area, lie in just that */
} GwCrsScore;

typedef struct
{
  GwCrs crs;           /* the likeliest: never GW_CRS_WGS84, which looks the same as CGCS2000 */
  gboolean is_swapped; /* latitude and longitude have changed places */
  double confidence;   /* 0 nothing fits or nothing tells them apart ... 1 */
  guint n_points;      /* points with coordinates */
  guint n_claimed;     /* of these, with a claimed area */
  /* By [crs][is_swapped]; the WGS 84 row repeats the CGCS2000 row. */
  GwCrsScore scores[GW_N_CRS][2];
  GwCrs runner_up;
} GwCrsGuess;

/* @points: raw values of the file on the lattice (a swapped file has latitudes in x), such as a
 * sample of up to some thousand rows; @claimed: nullable, per point the index of the area that the
 * row names, or GW_LOCATE_NONE. */
GwCrsGuess gw_crs_guess (const GwPoint *points,
                         const guint16 *claimed,
                         gsize n_points,
                         const GwLocate *locate);
/* One translated sentence with the figures that led to the guess. */
char *gw_crs_guess_dup_reason (const GwCrsGuess *guess) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
