/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-rig.h"

#include "gw-demo.h"
#include "gw-test-object.h"
#include <glib/gstdio.h>

static void
open_session (SessionRig *self, GwSessionFlags flags)
{
  g_autoptr (GError) error = NULL;

  self->session = gw_session_open_sync (self->path, flags, self->clock, &error);
  g_assert_no_error (error);
}

void
session_rig_set_up (SessionRig *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("gw-session-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "demo.gridwork", NULL);
  self->clock = gw_clock_new_fixed (RIG_NOW);
  gw_demo_create (self->path, RIG_ROWS, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  open_session (self, 0);
}

void
session_rig_tear_down (SessionRig *self, gconstpointer unused)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  gw_test_drop (g_steal_pointer (&self->session));
  g_clear_pointer (&self->clock, gw_clock_unref);
  dir = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      (void)g_unlink (path);
    }
  (void)g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

void
session_rig_reopen (SessionRig *self, GwSessionFlags flags)
{
  gw_test_drop (g_steal_pointer (&self->session));
  open_session (self, flags);
}

void
session_rig_sit (SessionRig *self, const char *login)
{
  GPtrArray *accounts = gw_session_get_accounts (self->session);
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i < accounts->len; i++)
    {
      const GwAccount *account = g_ptr_array_index (accounts, i);

      if (!g_str_equal (account->login, login))
        continue;
      for (guint role = 0; role < GW_N_ROLES; role++)
        if ((account->roles & (1u << role)) != 0)
          {
            gw_session_take_seat (self->session, account->id, (GwRole)role, &error);
            g_assert_no_error (error);
            return;
          }
    }
  g_assert_not_reached ();
}

char *
session_rig_file (SessionRig *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

GwIntake *
session_rig_intake (SessionRig *self)
{
  GwIntake *intake = gw_intake_new ("risk.dispute/dispute");
  GwAreaTree *tree = gw_session_get_areas (self->session);
  g_autoptr (GArray) leaves = gw_area_tree_leaves (tree, gw_area_tree_root (tree)->id);
  const GwArea *leaf = gw_area_tree_get (tree, g_array_index (leaves, guint32, 0));

  intake->title = g_strdup ("鹳雀楼下石狮归属之争");
  intake->summary = g_strdup ("两户对门前石狮的归属有分歧");
  intake->source = g_strdup ("visit");
  intake->level = 1;
  intake->urgency = GW_URGENCY_NORMAL;
  intake->severity = GW_SEVERITY_GENERAL;
  intake->sensitivity = GW_SENSITIVITY_INTERNAL;
  intake->precision = GW_PRECISION_EXACT;
  intake->has_point = TRUE;
  intake->x = leaf->label_x;
  intake->y = leaf->label_y;
  g_hash_table_insert (intake->values, g_strdup ("dtype"), g_strdup ("neighbour"));
  g_hash_table_insert (intake->values, g_strdup ("persons_band"), g_strdup ("b2"));
  return intake;
}

static gboolean
find_figure (SessionRig *self, const char *filter_text, const char *id, double *number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwFilter) filter =
      gw_filter_from_text (filter_text, gw_session_get_areas (self->session), &error);
  g_autoptr (GPtrArray) figures = NULL;

  g_assert_no_error (error);
  figures = gw_session_figures_sync (self->session, filter, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < figures->len; i++)
    {
      const GwFigure *figure = g_ptr_array_index (figures, i);

      if (!g_str_equal (figure->id, id))
        continue;
      *number = figure->number;
      return TRUE;
    }
  return FALSE;
}

double
session_rig_figure (SessionRig *self, const char *filter, const char *id)
{
  double number = 0;

  g_assert_true (find_figure (self, filter, id, &number));
  return number;
}

gboolean
session_rig_has_figure (SessionRig *self, const char *filter, const char *id)
{
  double number;

  return find_figure (self, filter, id, &number);
}

guint
session_rig_count (SessionRig *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwFilter) filter =
      gw_filter_from_text (text, gw_session_get_areas (self->session), &error);
  g_autoptr (GwSelection) selection = NULL;

  g_assert_no_error (error);
  selection = gw_session_select_sync (self->session, filter, &error);
  g_assert_no_error (error);
  return selection->n;
}
