/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-project.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Read as the wrong system a file is shifted by half a kilometre to a full one: some points leave
 * the district, more leave the area they claim. Each reading is compared with the best one point
 * by point; a point for which only one of the two fits speaks for that one. */

/* How far "near the border" is: 500 m, about the shift of GCJ-02, in lattice units of latitude. */
#define NEAR_UNITS 45000
/* A point that speaks for one of two readings does so rightly in four cases out of five. */
#define LOG_ODDS 1.3862943611198906 /* log 4 */
/* Without a claim a point says less: it may be outside for many reasons. */
#define WEIGHT_OF_INSIDE 0.5
/* More than this many odds change nothing any more and would only overflow. */
#define MAX_EVIDENCE 40.0

typedef struct
{
  GwCrs crs;
  gboolean is_swapped;
  guint8 *fits; /* owned, per point: 2 in the claimed area, 1 inside, 0 neither */
  double fit;
} Reading;

static const GwCrs candidates[] = { GW_CRS_CGCS2000, GW_CRS_GCJ02, GW_CRS_BD09 };
#define N_READINGS (2 * G_N_ELEMENTS (candidates))

static gboolean
is_near_border (const GwLocate *locate, GwPoint point)
{
  static const gint8 around[8][2] = { { 1, 0 }, { -1, 0 }, { 0, 1 },  { 0, -1 },
                                      { 1, 1 }, { 1, -1 }, { -1, 1 }, { -1, -1 } };

  for (guint i = 0; i < G_N_ELEMENTS (around); i++)
    {
      if (gw_locate_find (locate, point.x + around[i][0] * NEAR_UNITS,
                          point.y + around[i][1] * NEAR_UNITS) == GW_LOCATE_NONE)
        return TRUE;
    }
  return FALSE;
}

/* FALSE when the row has no coordinates that could be a place, the right way round or swapped. */
static gboolean
is_usable (GwPoint point)
{
  return gw_point_is_valid (point) || gw_point_is_valid ((GwPoint){ point.y, point.x });
}

static void
score_point (Reading *reading,
             GwCrsScore *score,
             GwPoint point,
             guint16 claimed,
             const GwLocate *locate,
             guint8 *fits)
{
  guint16 found;

  if (reading->is_swapped)
    point = (GwPoint){ point.y, point.x };
  *fits = 0;
  if (!gw_point_is_valid (point))
    return;
  point = gw_project_point (reading->crs, GW_CRS_CGCS2000, point);
  found = gw_locate_find (locate, point.x, point.y);
  if (found == GW_LOCATE_NONE)
    return;
  score->n_inside++;
  score->n_near_border += is_near_border (locate, point);
  *fits = 1;
  if (claimed != GW_LOCATE_NONE && claimed == found)
    {
      score->n_agreeing++;
      *fits = 2;
    }
}

static void
score_reading (Reading *reading,
               GwCrsScore *score,
               const GwPoint *points,
               const guint16 *claimed,
               gsize n_points,
               const GwLocate *locate)
{
  reading->fits = g_new0 (guint8, n_points + 1);
  for (gsize i = 0; i < n_points; i++)
    {
      if (is_usable (points[i]))
        score_point (reading, score, points[i], claimed == NULL ? GW_LOCATE_NONE : claimed[i],
                     locate, &reading->fits[i]);
    }
  reading->fit = score->n_agreeing + WEIGHT_OF_INSIDE * score->n_inside;
}

/* The logarithm of the odds for @a against @b. */
static double
compare_readings (const Reading *a, const Reading *b, gsize n_points)
{
  double evidence = 0;

  for (gsize i = 0; i < n_points; i++)
    {
      gint inside = (a->fits[i] > 0) - (b->fits[i] > 0);
      gint agreeing = (a->fits[i] == 2) - (b->fits[i] == 2);

      evidence += WEIGHT_OF_INSIDE * inside + agreeing;
    }
  return CLAMP (evidence * LOG_ODDS, -MAX_EVIDENCE, MAX_EVIDENCE);
}

static void
decide (GwCrsGuess *guess, const Reading *readings, gsize n_points)
{
  const Reading *best = &readings[0], *second = NULL;
  double others = 0;

  for (guint i = 1; i < N_READINGS; i++)
    {
      if (readings[i].fit > best->fit)
        best = &readings[i];
    }
  for (guint i = 0; i < N_READINGS; i++)
    {
      const Reading *other = &readings[i];

      if (other == best)
        continue;
      others += exp (-compare_readings (best, other, n_points));
      if (second == NULL || other->fit > second->fit)
        second = other;
    }
  guess->crs = best->crs;
  guess->is_swapped = best->is_swapped;
  guess->runner_up = second->crs;
  /* One out of six readings taken by chance is a confidence of 0. */
  if (best->fit > 0)
    guess->confidence =
        CLAMP ((1 / (1 + others) - 1.0 / N_READINGS) * N_READINGS / (N_READINGS - 1.0), 0.0, 1.0);
}

GwCrsGuess
gw_crs_guess (const GwPoint *points, const guint16 *claimed, gsize n_points, const GwLocate *locate)
{
  GwCrsGuess guess = { .crs = GW_CRS_CGCS2000, .runner_up = GW_CRS_GCJ02 };
  Reading readings[N_READINGS] = { 0 };

  for (gsize i = 0; i < n_points; i++)
    {
      if (is_usable (points[i]))
        {
          guess.n_points++;
          guess.n_claimed += claimed != NULL && claimed[i] != GW_LOCATE_NONE;
        }
    }
  for (guint i = 0; i < N_READINGS; i++)
    {
      Reading *reading = &readings[i];

      /* Plain readings come first, so that they win a tie. */
      reading->crs = candidates[i % G_N_ELEMENTS (candidates)];
      reading->is_swapped = i >= G_N_ELEMENTS (candidates);
      score_reading (reading, &guess.scores[reading->crs][reading->is_swapped], points, claimed,
                     n_points, locate);
    }
  for (guint i = 0; i < 2; i++)
    guess.scores[GW_CRS_WGS84][i] = guess.scores[GW_CRS_CGCS2000][i];
  decide (&guess, readings, n_points);
  for (guint i = 0; i < N_READINGS; i++)
    g_free (readings[i].fits);
  return guess;
}

static char *
dup_figures (const GwCrsGuess *guess, GwCrs crs)
{
  const GwCrsScore *score = &guess->scores[crs][guess->is_swapped];

  if (guess->n_claimed > 0)
    return g_strdup_printf (_ ("read as %s, %u of %u points lie in the area their row names"),
                            gw_crs_get_name (crs), score->n_agreeing, guess->n_claimed);
  return g_strdup_printf (_ ("read as %s, %u of %u points lie in the district"),
                          gw_crs_get_name (crs), score->n_inside, guess->n_points);
}

char *
gw_crs_guess_dup_reason (const GwCrsGuess *guess)
{
  g_autofree char *best = NULL, *second = NULL;

  if (guess->n_points == 0)
    return g_strdup (_ ("The file has no coordinates to judge by"));
  if (guess->scores[guess->crs][guess->is_swapped].n_inside == 0)
    return g_strdup_printf (
        _ ("None of %u points lies in the district in any coordinate system; check the columns"),
        guess->n_points);
  best = dup_figures (guess, guess->crs);
  if (guess->runner_up == guess->crs)
    return g_strdup_printf (guess->is_swapped ? _ ("Latitude and longitude have changed places: %s")
                                              : _ ("By position: %s"),
                            best);
  second = dup_figures (guess, guess->runner_up);
  return g_strdup_printf (guess->is_swapped
                              ? _ ("Latitude and longitude have changed places: %s; %s")
                              : _ ("By position: %s; %s"),
                          best, second);
}
