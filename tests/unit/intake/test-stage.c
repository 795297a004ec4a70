/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-stage.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_ROWS 5000u

typedef struct
{
  char *folder; /* owned */
  GwStage *stage;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("stage-XXXXXX", &error);
  g_assert_no_error (error);
  self->stage = gw_stage_new (self->folder, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  gw_stage_unref (self->stage);
  /* Nothing with a name was ever in it. */
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
}

static void
append (GwStage *stage, guint64 row, guint n_cells, const char *const *cells)
{
  g_autoptr (GError) error = NULL;
  guint32 lengths[GW_STAGE_MAX_CELLS];
  guint8 flags[GW_STAGE_MAX_CELLS];

  for (guint i = 0; i < n_cells; i++)
    {
      lengths[i] = (guint32)strlen (cells[i]);
      flags[i] = (guint8)(row + i);
    }
  gw_stage_append (stage, row, (guint)(row % 16), n_cells, cells, lengths, flags, &error);
  g_assert_no_error (error);
}

static void
seal (GwStage *stage)
{
  g_autoptr (GError) error = NULL;

  gw_stage_seal (stage, &error);
  g_assert_no_error (error);
}

/* Beyond one buffer, rows of any width, in any order. */
static void
test_any_row (Fixture *self, gconstpointer unused)
{
  g_autofree char *long_text = g_strnfill (3000, 'x');
  GwStageRow row;

  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autofree char *text = g_strdup_printf ("第%u行", i);
      const char *const cells[] = { text, "", long_text, "末" };

      append (self->stage, 2 + 3 * (guint64)i, i % 5, cells);
    }
  seal (self->stage);
  g_assert_cmpuint (gw_stage_n_rows (self->stage), ==, N_ROWS);
  for (guint step = 0; step < N_ROWS; step++)
    {
      guint i = step * 2711 % N_ROWS;
      g_autofree char *text = g_strdup_printf ("第%u行", i);

      gw_stage_read (self->stage, i, &row);
      g_assert_cmpuint (row.row, ==, 2 + 3 * (guint64)i);
      g_assert_cmpuint (row.flags, ==, (2 + 3 * i) % 16);
      g_assert_cmpuint (row.n_cells, ==, i % 5);
      if (row.n_cells > 0)
        g_assert_cmpstr (row.cells[0], ==, text);
      if (row.n_cells > 2)
        g_assert_cmpuint (row.lengths[2], ==, 3000);
      if (row.n_cells > 3)
        g_assert_cmpuint (row.cell_flags[3], ==, (guint8)(2 + 3 * i + 3));
      g_assert_cmpstr (gw_stage_row_cell (&row, 200), ==, "");
    }
}

static void
test_find (Fixture *self, gconstpointer unused)
{
  const char *const cells[] = { "a" };

  for (guint i = 0; i < 100; i++)
    append (self->stage, 2 + 3 * (guint64)i, 1, cells);
  seal (self->stage);
  for (guint i = 0; i < 100; i++)
    g_assert_cmpuint (gw_stage_find (self->stage, 2 + 3 * (guint64)i), ==, i);
  g_assert_cmpuint (gw_stage_find (self->stage, 1), ==, G_MAXUINT64);
  g_assert_cmpuint (gw_stage_find (self->stage, 3), ==, G_MAXUINT64);
  g_assert_cmpuint (gw_stage_find (self->stage, 1000), ==, G_MAXUINT64);
}

static void
test_empty (Fixture *self, gconstpointer unused)
{
  seal (self->stage);
  g_assert_cmpuint (gw_stage_n_rows (self->stage), ==, 0);
  g_assert_cmpuint (gw_stage_find (self->stage, 1), ==, G_MAXUINT64);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/stage/any-row", Fixture, NULL, set_up, test_any_row, tear_down);
  g_test_add ("/stage/find", Fixture, NULL, set_up, test_find, tear_down);
  g_test_add ("/stage/empty", Fixture, NULL, set_up, test_empty, tear_down);
  return g_test_run ();
}
