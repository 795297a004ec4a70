/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frame-harness.h"
#include "gw-matter-pane.h"

typedef struct
{
  GwMatterPane *pane;
  GwMatterState state;
} Wanted;

static gboolean
is_shown (gpointer data)
{
  const Wanted *wanted = data;
  const GwMatterView *view = gw_matter_pane_get_view (wanted->pane);

  return view != NULL && view->matter->state == wanted->state;
}

static void
done_cb (GwMatterPane *pane, const char *message, gint64 matter, gint64 *done)
{
  g_assert_cmpstr (message, !=, "");
  *done = matter;
}

/* Whether a button for @verb lies below @widget. */
static gboolean
offers (GtkWidget *widget, const char *verb)
{
  if (GTK_IS_BUTTON (widget) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), "matter.verb") == 0 &&
      g_str_equal (g_variant_get_string (
                       gtk_actionable_get_action_target_value (GTK_ACTIONABLE (widget)), NULL),
                   verb))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (offers (child, verb))
      return TRUE;
  return FALSE;
}

static void
test_a_matter_is_shown_and_filed (void)
{
  GwSession *session = frame_harness_open ();
  GtkWidget *pane = g_object_ref_sink (gw_matter_pane_new (session));
  Wanted wanted = { GW_MATTER_PANE (pane), GW_STATE_REPORTED };
  gint64 id = 0, done = 0;

  frame_harness_seat (session, GW_ROLE_INTAKE);
  id = frame_harness_submit (session, "物业费标准争议");
  g_signal_connect (pane, "done", G_CALLBACK (done_cb), &done);
  gw_matter_pane_set_matter (GW_MATTER_PANE (pane), id);
  frame_harness_wait (is_shown, &wanted);
  g_assert_false (offers (pane, "file")); /* not for this seat */
  frame_harness_seat (session, GW_ROLE_DISPATCHER);
  while (!offers (pane, "file"))
    (void)g_main_context_iteration (NULL, TRUE);
  g_assert_true (offers (pane, "reject"));
  g_assert_false (offers (pane, "note")); /* under "more" */
  g_assert_true (gtk_widget_activate_action (pane, "matter.verb", "s", "file"));
  wanted.state = GW_STATE_FILED;
  frame_harness_wait (is_shown, &wanted);
  g_assert_true (offers (pane, "dispatch"));
  while (done == 0)
    (void)g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (done, ==, id);
  frame_harness_settle ();
  g_assert_finalize_object (pane);
  frame_harness_close (session);
}

/* Each matter of a demonstration district can be shown: every state, also of types whose module is
 * not loaded. */
static void
test_every_state_is_shown (void)
{
  GwSession *session = frame_harness_open ();
  GtkWidget *pane = g_object_ref_sink (gw_matter_pane_new (session));
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GwSelection) all = NULL;
  guint seen = 0;

  frame_harness_seat (session, GW_ROLE_DIRECTOR);
  all = gw_session_select_sync (session, filter, NULL);
  g_assert_nonnull (all);
  for (guint i = 0; i < all->n; i += 17)
    {
      g_autoptr (GwMatterView) view = gw_session_view_sync (session, all->ids[i], NULL);
      Wanted wanted = { GW_MATTER_PANE (pane), 0 };

      g_assert_nonnull (view);
      wanted.state = view->matter->state;
      seen |= 1u << view->matter->state;
      gw_matter_pane_set_matter (GW_MATTER_PANE (pane), 0);
      gw_matter_pane_set_matter (GW_MATTER_PANE (pane), all->ids[i]);
      frame_harness_wait (is_shown, &wanted);
    }
  g_assert_cmpuint (seen & (1u << GW_STATE_CLOSED | 1u << GW_STATE_ARCHIVED), !=, 0);
  g_assert_finalize_object (pane);
  frame_harness_close (session);
}

int
main (int argc, char **argv)
{
  int result = 0;

  if (!frame_harness_init (&argc, &argv))
    return 77;
  g_test_add_func ("/form/pane/shown-and-filed", test_a_matter_is_shown_and_filed);
  g_test_add_func ("/form/pane/every-state", test_every_state_is_shown);
  result = g_test_run ();
  frame_harness_finish ();
  return result;
}
