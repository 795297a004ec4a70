/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frame-harness.h"
#include "gw-area-picker.h"
#include "gw-choice.h"
#include "gw-org-picker.h"

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_area_is_chosen (void)
{
  GwSession *session = frame_harness_open ();
  const GwAreaTree *tree = gw_session_get_areas (session);
  const GwArea *root = gw_area_tree_root (tree);
  GtkWidget *picker = g_object_ref_sink (gw_area_picker_new (session));
  guint n = 0;

  g_signal_connect_swapped (picker, "changed", G_CALLBACK (count_cb), &n);
  g_assert_cmpuint (gw_picker_get (GW_PICKER (picker)), ==, 0);
  gw_area_picker_set (GW_PICKER (picker), session, root->id);
  g_assert_cmpuint (gw_picker_get (GW_PICKER (picker)), ==, root->id);
  g_assert_cmpuint (n, ==, 1);
  gw_area_picker_set (GW_PICKER (picker), session, root->id);
  g_assert_cmpuint (n, ==, 1); /* the same again is no change */
  g_assert_finalize_object (picker);
  frame_harness_close (session);
}

/* A name that was typed over is not the thing that stood there. */
static void
test_typing_unchooses (void)
{
  GwSession *session = frame_harness_open ();
  GtkWidget *picker = g_object_ref_sink (gw_area_picker_new (session));
  GtkWidget *entry = gw_picker_get_focus (GW_PICKER (picker));

  gw_area_picker_set (GW_PICKER (picker), session, 1);
  gtk_editable_set_text (GTK_EDITABLE (entry), "介福");
  g_assert_cmpuint (gw_picker_get (GW_PICKER (picker)), ==, 0);
  g_assert_true (gw_picker_is_open_ended (GW_PICKER (picker)));
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  g_assert_false (gw_picker_is_open_ended (GW_PICKER (picker)));
  g_assert_finalize_object (picker);
  frame_harness_close (session);
}

static void
test_choice (void)
{
  GtkWidget *widget = g_object_ref_sink (gw_choice_new ("none"));
  GwChoice *choice = GW_CHOICE (widget);
  guint n = 0;

  gw_choice_add (choice, "a", "A");
  gw_choice_add (choice, "b", "B");
  g_signal_connect_swapped (choice, "changed", G_CALLBACK (count_cb), &n);
  g_assert_null (gw_choice_get (choice));
  gw_choice_set (choice, "b");
  g_assert_cmpstr (gw_choice_get (choice), ==, "b");
  g_assert_cmpuint (n, ==, 1);
  gw_choice_set (choice, "no such id");
  g_assert_null (gw_choice_get (choice));
  g_assert_cmpuint (gw_choice_get_size (choice), ==, 2);
  gw_choice_clear (choice);
  g_assert_cmpuint (gw_choice_get_size (choice), ==, 0);
  g_assert_finalize_object (widget);
}

int
main (int argc, char **argv)
{
  int result = 0;

  if (!frame_harness_init (&argc, &argv))
    return 77;
  g_test_add_func ("/form/picker/area-is-chosen", test_area_is_chosen);
  g_test_add_func ("/form/picker/typing-unchooses", test_typing_unchooses);
  g_test_add_func ("/form/choice", test_choice);
  result = g_test_run ();
  frame_harness_finish ();
  return result;
}
