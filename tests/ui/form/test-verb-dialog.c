/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frame-harness.h"
#include "gw-org-picker.h"
#include "gw-verb-dialog.h"

static GwMatterView *
view_of (GwSession *session, gint64 id)
{
  g_autoptr (GError) error = NULL;
  GwMatterView *view = gw_session_view_sync (session, id, &error);

  g_assert_no_error (error);
  return view;
}

/* The table of states is the one source of forms: each row of it must make one. */
static void
test_every_move_makes_a_form (void)
{
  GwSession *session = frame_harness_open ();
  gint64 id = 0;
  guint n = 0;
  const GwMove *moves = gw_moves (&n);

  frame_harness_seat (session, GW_ROLE_INTAKE);
  id = frame_harness_submit (session, "物业费标准争议");
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GwMatterView) view = view_of (session, id);
      GwVerbDialog *dialog = gw_verb_dialog_new (NULL, session, view, &moves[i]);
      g_autoptr (GwVerbRequest) request = gw_verb_dialog_dup_request (dialog);
      g_autoptr (GError) error = NULL;
      gboolean is_good = gw_verb_request_check (request, &moves[i], &error);

      g_assert_cmpint (request->verb, ==, moves[i].verb);
      g_assert_cmpint (request->matter, ==, id);
      g_assert_cmpuint (request->rev, ==, view->matter->rev);
      /* What is missing is said before it is asked for. */
      g_assert_cmpstr (gw_verb_dialog_get_problem (dialog), ==, is_good ? "" : error->message);
      if (moves[i].needs == 0 && moves[i].verb != GW_VERB_NOTE && moves[i].verb != GW_VERB_CORRECT)
        g_assert_true (is_good);
      else
        g_assert_false (is_good);
      g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *)&dialog);
      gtk_window_destroy (GTK_WINDOW (dialog));
      frame_harness_settle ();
      g_assert_null (dialog);
    }
  frame_harness_close (session);
}

/* The first widget of @type below @widget. */
static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_gone (gpointer data)
{
  return *(GtkWidget **)data == NULL;
}

static void
press_apply (GwVerbDialog *dialog)
{
  GtkWidget *apply = GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (dialog), GW_TYPE_VERB_DIALOG, "apply"));

  g_signal_emit_by_name (apply, "clicked");
}

static void
test_dispatch_goes_through (void)
{
  GwSession *session = frame_harness_open ();
  g_autoptr (GwMatterView) view = NULL;
  g_autoptr (GwMatterView) after = NULL;
  g_autoptr (GwVerbRequest) request = NULL;
  g_autoptr (GwMatter) filed = NULL;
  GwVerbDialog *dialog = NULL;
  gint64 id = 0;

  frame_harness_seat (session, GW_ROLE_INTAKE);
  id = frame_harness_submit (session, "物业费标准争议");
  frame_harness_seat (session, GW_ROLE_DISPATCHER);
  request = gw_verb_request_new (id, GW_VERB_FILE);
  filed = gw_session_apply_sync (session, request, NULL);
  g_assert_nonnull (filed);
  view = view_of (session, id);
  dialog =
      gw_verb_dialog_new (NULL, session, view, gw_move_find (GW_STATE_FILED, GW_VERB_DISPATCH));
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *)&dialog);
  press_apply (dialog); /* nothing chosen: stays, says why */
  g_assert_cmpstr (gw_verb_dialog_get_problem (dialog), !=, "");
  gw_picker_set (GW_PICKER (find (GTK_WIDGET (dialog), GW_TYPE_PICKER)), 3, "unit");
  g_assert_cmpstr (gw_verb_dialog_get_problem (dialog), ==, "");
  press_apply (dialog);
  frame_harness_wait (is_gone, &dialog);
  after = view_of (session, id);
  g_assert_cmpint (after->matter->state, ==, GW_STATE_WAITING);
  g_assert_cmpuint (after->matter->lead_org, ==, 3);
  frame_harness_close (session);
}

static gboolean
has_problem (gpointer data)
{
  return *gw_verb_dialog_get_problem (data) != '\0';
}

/* Somebody was faster: the form stays, says so, and cannot be sent again. */
static void
test_stale_is_shown_in_place (void)
{
  GwSession *session = frame_harness_open ();
  g_autoptr (GwMatterView) view = NULL;
  g_autoptr (GwVerbRequest) other = NULL;
  g_autoptr (GwMatter) filed = NULL;
  GwVerbDialog *dialog = NULL;
  GtkWidget *apply = NULL;
  gint64 id = 0;

  frame_harness_seat (session, GW_ROLE_INTAKE);
  id = frame_harness_submit (session, "物业费标准争议");
  frame_harness_seat (session, GW_ROLE_DISPATCHER);
  view = view_of (session, id);
  dialog = gw_verb_dialog_new (NULL, session, view, gw_move_find (GW_STATE_REPORTED, GW_VERB_FILE));
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *)&dialog);
  other = gw_verb_request_new (id, GW_VERB_FILE);
  filed = gw_session_apply_sync (session, other, NULL);
  g_assert_nonnull (filed);
  press_apply (dialog);
  frame_harness_wait (has_problem, dialog);
  apply = GTK_WIDGET (
      gtk_widget_get_template_child (GTK_WIDGET (dialog), GW_TYPE_VERB_DIALOG, "apply"));
  g_assert_false (gtk_widget_get_sensitive (apply));
  gtk_window_destroy (GTK_WINDOW (dialog));
  frame_harness_wait (is_gone, &dialog);
  frame_harness_close (session);
}

/* Only what a person changed is corrected; an untouched form is no correction. */
static void
test_correction_holds_what_changed (void)
{
  GwSession *session = frame_harness_open ();
  g_autoptr (GwMatterView) view = NULL;
  g_autoptr (GwMatterView) after = NULL;
  g_autoptr (GwVerbRequest) untouched = NULL;
  g_autoptr (GwVerbRequest) request = NULL;
  GwVerbDialog *dialog = NULL;
  gint64 id = 0;

  frame_harness_seat (session, GW_ROLE_INTAKE);
  id = frame_harness_submit (session, "物业费标准争议");
  view = view_of (session, id);
  dialog =
      gw_verb_dialog_new (NULL, session, view, gw_move_find (GW_STATE_REPORTED, GW_VERB_CORRECT));
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *)&dialog);
  untouched = gw_verb_dialog_dup_request (dialog);
  g_assert_null (untouched->changes);
  gtk_editable_set_text (GTK_EDITABLE (find (GTK_WIDGET (dialog), GTK_TYPE_ENTRY)),
                         "电梯维修资金争议");
  request = gw_verb_dialog_dup_request (dialog);
  g_assert_cmpuint (g_hash_table_size (request->changes), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (request->changes, "title"), ==, "电梯维修资金争议");
  press_apply (dialog);
  frame_harness_wait (is_gone, &dialog);
  after = view_of (session, id);
  g_assert_cmpstr (after->matter->title, ==, "电梯维修资金争议");
  g_assert_cmpstr (after->matter->summary, ==, view->matter->summary);
  g_assert_cmpuint (after->matter->rev, ==, view->matter->rev + 1);
  frame_harness_close (session);
}

int
main (int argc, char **argv)
{
  int result = 0;

  if (!frame_harness_init (&argc, &argv))
    return 77;
  g_test_add_func ("/form/verb/every-move-makes-a-form", test_every_move_makes_a_form);
  g_test_add_func ("/form/verb/dispatch-goes-through", test_dispatch_goes_through);
  g_test_add_func ("/form/verb/stale-is-shown-in-place", test_stale_is_shown_in_place);
  g_test_add_func ("/form/verb/correction-holds-what-changed", test_correction_holds_what_changed);
  result = g_test_run ();
  frame_harness_finish ();
  return result;
}
