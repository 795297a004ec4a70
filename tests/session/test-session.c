/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-rig.h"

typedef struct
{
  GMainLoop *loop;
  guint changes;
} Wait;

static void
changed_cb (GwSession *session, gboolean reference, Wait *wait)
{
  wait->changes++;
  g_main_loop_quit (wait->loop);
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GwMatter **matter = data;
  g_autoptr (GError) error = NULL;

  *matter = gw_session_submit_finish (GW_SESSION (source), result, &error);
  g_assert_no_error (error);
}

/* After a verb, list, map and search are right without asking the file again by hand. */
static void
test_submit (SessionRig *rig, gconstpointer unused)
{
  g_autoptr (GwIntake) intake = session_rig_intake (rig);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GwMatter) matter = NULL;
  g_autoptr (GError) error = NULL;
  Wait wait = { .loop = loop };

  session_rig_sit (rig, "intake");
  g_signal_connect (rig->session, "changed", G_CALLBACK (changed_cb), &wait);
  gw_session_submit_async (rig->session, intake, 0, NULL, submitted_cb, &matter);
  g_main_loop_run (loop);
  while (matter == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (wait.changes, ==, 1);
  g_assert_true (g_str_has_prefix (matter->number, "510903-DIS-2022-"));
  g_assert_cmpint (matter->state, ==, GW_STATE_REPORTED);
  g_assert_cmpuint (session_rig_count (rig, "text=鹳雀楼"), ==, 1);
  g_assert_cmpuint (session_rig_count (rig, "text=鹳"), ==, 1);
  g_assert_cmpuint (session_rig_count (rig, "text=gqlxss"), ==, 1);
  g_assert_cmpuint (session_rig_count (rig, "text=石狮归属"), ==, 1);
  g_assert_cmpuint (session_rig_count (rig, "text=石狮丢失"), ==, 0);
  g_assert_cmpint (gw_session_find_sync (rig->session, matter->case_code, &error), ==, matter->id);
  g_assert_cmpint (gw_session_find_sync (rig->session, matter->number, &error), ==, matter->id);
  g_assert_cmpuint (gw_area_tree_get (gw_session_get_areas (rig->session), matter->area)->level, ==,
                    GW_LEVEL_MICRO);
  g_signal_handlers_disconnect_by_data (rig->session, &wait);
}

static void
test_roles (SessionRig *rig, gconstpointer unused)
{
  g_autoptr (GwIntake) intake = session_rig_intake (rig);
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GError) error = NULL;

  session_rig_sit (rig, "leader");
  g_assert_null (gw_session_submit_sync (rig->session, intake, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_REFUSED);
  g_clear_error (&error);
  session_rig_sit (rig, "sysadmin");
  g_assert_null (gw_session_select_sync (rig->session, filter, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_REFUSED);
  g_clear_error (&error);
  /* A role that the account does not hold is no seat. */
  g_assert_false (gw_session_take_seat (rig->session, 1, GW_ROLE_AUDITOR, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_REFUSED);
}

static void
test_view (SessionRig *rig, gconstpointer unused)
{
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSelection) selection = NULL;
  g_autoptr (GwMatterView) view = NULL;

  filter->states = 1u << GW_STATE_FILED;
  session_rig_sit (rig, "dispatcher");
  selection = gw_session_select_sync (rig->session, filter, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (selection->n, >, 0);
  view = gw_session_view_sync (rig->session, selection->ids[0], &error);
  g_assert_no_error (error);
  g_assert_nonnull (view->type);
  g_assert_cmpuint (view->events->len, ==, 2);
  g_assert_cmpint (view->due, >, 0);
  g_assert_nonnull (view->due_why);
  g_assert_cmpint (g_array_index (view->offers, GwMove, 0).verb, ==, GW_VERB_DISPATCH);
}

/* Sums over children equal the parent, at every level, whatever the filter. */
static void
test_sums (SessionRig *rig, gconstpointer unused)
{
  static const char *const filters[] = { "", "open=yes", "type=risk.dispute/dispute", "text=社区" };
  GwAreaTree *tree = gw_session_get_areas (rig->session);

  for (guint f = 0; f < G_N_ELEMENTS (filters); f++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GwFilter) filter = gw_filter_from_text (filters[f], tree, &error);
      g_autoptr (GwSelection) selection = gw_session_select_sync (rig->session, filter, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (selection->by_area[gw_area_tree_root (tree)->id].total, ==, selection->n);
      for (guint32 id = 1; id <= gw_area_tree_size (tree); id++)
        {
          guint n, sum = 0, own = 0;
          const GwArea *const *children = gw_area_tree_children (tree, id, &n);

          if (n == 0 || !gw_area_is_current (gw_area_tree_get (tree, id)))
            continue;
          for (guint i = 0; i < n; i++)
            sum += selection->by_area[children[i]->id].total;
          for (guint i = 0; i < selection->n; i++)
            own += selection->areas[i] == id;
          g_assert_cmpuint (selection->by_area[id].total, ==, sum + own);
        }
    }
}

/* Under every filter a figure lists exactly the matters it counts. */
static void
test_figures_trace (SessionRig *rig, gconstpointer unused)
{
  static const char *const filters[] = { "",
                                         "area=510903001",
                                         "open=yes",
                                         "state=closed",
                                         "text=社区",
                                         "type=risk.dispute/dispute text=争议",
                                         "type=risk.safety/hazard" };
  GwAreaTree *tree = gw_session_get_areas (rig->session);

  for (guint f = 0; f < G_N_ELEMENTS (filters); f++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GwFilter) filter = gw_filter_from_text (filters[f], tree, &error);
      g_autoptr (GPtrArray) figures = NULL;

      g_assert_no_error (error);
      figures = gw_session_figures_sync (rig->session, filter, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < figures->len; i++)
        {
          const GwFigure *figure = g_ptr_array_index (figures, i);

          if (figure->filter == NULL || g_str_equal (figure->unit, "%"))
            continue;
          g_test_message ("%s: %s", filters[f], figure->id);
          g_assert_cmpuint (session_rig_count (rig, figure->filter), ==, (guint)figure->number);
        }
    }
}

/* Words narrow the figures of a module; a filter for another type leaves them out. */
static void
test_figures_follow (SessionRig *rig, gconstpointer unused)
{
  guint all = session_rig_count (rig, "type=risk.dispute/dispute");
  guint some = session_rig_count (rig, "type=risk.dispute/dispute text=争议");

  g_assert_cmpuint (some, >, 0);
  g_assert_cmpuint (some, <, all);
  g_assert_cmpuint ((guint)session_rig_figure (rig, "", "dis.found"), ==, all);
  g_assert_cmpuint ((guint)session_rig_figure (rig, "text=争议", "dis.found"), ==, some);
  g_assert_false (session_rig_has_figure (rig, "type=risk.safety/hazard", "dis.found"));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(gint64 *)data = gw_session_save_draft_finish (GW_SESSION (source), result, &error);
  g_assert_no_error (error);
}

static void
drafts_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(GPtrArray **)data = gw_session_list_drafts_finish (GW_SESSION (source), result, &error);
  g_assert_no_error (error);
}

static void
test_draft_survives (SessionRig *rig, gconstpointer unused)
{
  g_autoptr (GwIntake) intake = session_rig_intake (rig);
  g_autofree char *text = gw_intake_serialise (intake);
  g_autoptr (GPtrArray) drafts = NULL;
  gint64 id = 0;

  session_rig_sit (rig, "intake");
  gw_session_save_draft_async (rig->session, 0, "intake", text, NULL, saved_cb, &id);
  while (id == 0)
    g_main_context_iteration (NULL, TRUE);
  session_rig_reopen (rig, 0);
  session_rig_sit (rig, "intake");
  gw_session_list_drafts_async (rig->session, NULL, drafts_cb, &drafts);
  while (drafts == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpstr (((GwDraft *)g_ptr_array_index (drafts, 0))->payload, ==, text);
}

/* A second program on the same file reads, and says who writes. */
static void
test_second (SessionRig *rig, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSession) second = gw_session_open_sync (rig->path, 0, rig->clock, &error);
  g_autoptr (GwSession) third = NULL;

  g_assert_no_error (error);
  g_assert_true (gw_session_is_read_only (second));
  g_assert_nonnull (gw_session_get_holder (second));
  third = gw_session_open_sync (rig->path, GW_SESSION_REQUIRE_WRITE, rig->clock, &error);
  g_assert_null (third);
  g_assert_error (error, GW_ERROR, GW_ERROR_BUSY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  SESSION_ADD ("/session/submit", test_submit);
  SESSION_ADD ("/session/roles", test_roles);
  SESSION_ADD ("/session/view", test_view);
  SESSION_ADD ("/session/sums", test_sums);
  SESSION_ADD ("/session/figures-trace", test_figures_trace);
  SESSION_ADD ("/session/figures-follow", test_figures_follow);
  SESSION_ADD ("/session/draft-survives", test_draft_survives);
  SESSION_ADD ("/session/second", test_second);
  return g_test_run ();
}
