/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which coordinate system a planned file is in, by a sample of its rows. */
#include "gw-import-plan-private.h"

#include <glib/gi18n-lib.h>

/* Rows that the guess of the coordinate system looks at. */
#define SAMPLE_ROWS 4000u
/* A file counts as swapped when so many of its points fit the other way round, and none as it is.
 */
#define SWAPPED_SHARE 0.5

typedef struct
{
  GArray *points;  /* GwPoint */
  GArray *claimed; /* guint32: area id or NONE */
} Sample;

static void
take_sample (GwImportPlan *self, Sample *sample)
{
  const GwStage *stage = gw_foreign_file_get_stage (self->file);
  guint64 n_rows = gw_stage_n_rows (stage);
  guint64 n = MIN (n_rows, SAMPLE_ROWS);
  GwCheckWorld world;
  g_autoptr (GwRowCheck) check = NULL;
  GwStageRow row;

  gw_import_plan_fill_world (self, self->mapping, &world);
  check = gw_row_check_new (&world);
  for (guint64 i = 0; i < n; i++)
    {
      GwPoint point;
      guint32 claimed;

      gw_stage_read (stage, i * n_rows / n, &row);
      if (!gw_row_check_sample (check, &row, &point, &claimed))
        continue;
      g_array_append_val (sample->points, point);
      g_array_append_val (sample->claimed, claimed);
    }
}

/* Files name communities: the communities with borders, and where each area lies among them. */
static GwLocate *
locate_communities (const GwReference *facts, GHashTable *index_of)
{
  g_autoptr (GPtrArray) shapes = g_ptr_array_new ();

  for (guint32 id = 1; id <= gw_area_tree_size (facts->tree); id++)
    {
      const GwArea *area = gw_area_tree_get (facts->tree, id);

      if (area->level != GW_LEVEL_COMMUNITY || !gw_area_is_current (area) ||
          facts->rings->pdata[id] == NULL)
        continue;
      g_hash_table_insert (index_of, GUINT_TO_POINTER (id), GUINT_TO_POINTER (shapes->len + 1));
      g_ptr_array_add (shapes, facts->rings->pdata[id]);
    }
  return shapes->len > 0 ? gw_locate_new ((const GwRings *const *)shapes->pdata, shapes->len)
                         : NULL;
}

static guint16 *
claimed_indexes (const GwReference *facts, GHashTable *index_of, const GArray *claimed)
{
  guint16 *indexes = g_new (guint16, claimed->len + 1);

  for (guint i = 0; i < claimed->len; i++)
    {
      guint32 community = gw_area_tree_ancestor (facts->tree, g_array_index (claimed, guint32, i),
                                                 GW_LEVEL_COMMUNITY);
      guint found = GPOINTER_TO_UINT (g_hash_table_lookup (index_of, GUINT_TO_POINTER (community)));

      indexes[i] = found != 0 ? (guint16)(found - 1) : GW_LOCATE_NONE;
    }
  return indexes;
}

static gboolean
is_surely_swapped (const GwCrsGuess *guess)
{
  const GwCrsScore *turned = &guess->scores[guess->crs][1], *plain = &guess->scores[guess->crs][0];

  return guess->is_swapped && plain->n_inside == 0 &&
         turned->n_inside > SWAPPED_SHARE * guess->n_points;
}

void
gw_import_plan_guess_crs (GwImportPlan *self)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (GwPoint));
  g_autoptr (GArray) claimed = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GHashTable) index_of = g_hash_table_new (NULL, NULL);
  g_autoptr (GwLocate) communities = NULL;
  g_autofree guint16 *indexes = NULL;
  Sample sample = { points, claimed };
  const GwLocate *locate;
  GwCrsGuess guess;

  self->mapping->crs = GW_CRS_CGCS2000;
  take_sample (self, &sample);
  communities = locate_communities (self->facts, index_of);
  locate = communities != NULL ? communities : gw_reference_get_locate (self->facts);
  if (locate == NULL || points->len == 0)
    {
      self->crs_reason = g_strdup (_ ("The file has no coordinates to judge by"));
      return;
    }
  indexes = claimed_indexes (self->facts, index_of, claimed);
  guess = gw_crs_guess ((const GwPoint *)(gconstpointer)points->data,
                        communities != NULL ? indexes : NULL, points->len, locate);
  self->mapping->crs = guess.crs;
  self->swapped = is_surely_swapped (&guess);
  self->crs_reason = gw_crs_guess_dup_reason (&guess);
}
