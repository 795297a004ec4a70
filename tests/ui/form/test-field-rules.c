/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a module says about its fields together: asked in the form while it is filled in. */
#include "frame-harness.h"
#include "gw-error.h"
#include "gw-field-editor.h"
#include "gw-record-form.h"

#define LAMP "test.lamps/lamp"

/* A whole record with three fields of the module, each nullable. */
static GwIntake *
lamp_intake (GwSession *session, const char *cause, const char *cause_text, const char *lit)
{
  const char *const fields[][2] = {
    { "cause", cause }, { "cause_text", cause_text }, { "lit", lit }, { "broken", "2022-12-05" }
  };
  GwIntake *intake = gw_intake_new (LAMP);
  const GwArea *root = gw_area_tree_root (gw_session_get_areas (session));
  g_autoptr (GArray) leaves = gw_area_tree_leaves (gw_session_get_areas (session), root->id);

  intake->title = g_strdup ("滨河路路灯不亮");
  intake->summary = g_strdup ("三盏路灯夜间不亮");
  g_free (intake->source);
  intake->source = g_strdup ("phone");
  intake->level = 1;
  intake->area = g_array_index (leaves, guint32, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i][1] != NULL)
      g_hash_table_insert (intake->values, g_strdup (fields[i][0]), g_strdup (fields[i][1]));
  return intake;
}

static GwFieldEditor *
find_editor (GtkWidget *from, const char *id)
{
  GwFieldEditor *found = NULL;

  if (GW_IS_FIELD_EDITOR (from) &&
      g_str_equal (gw_field_editor_get_id (GW_FIELD_EDITOR (from)), id))
    return GW_FIELD_EDITOR (from);
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_editor (child, id);
  return found;
}

static gboolean
is_asked (GtkWidget *form, const char *id)
{
  GwFieldEditor *editor = find_editor (form, id);

  g_assert_nonnull (editor);
  return gtk_widget_get_visible (GTK_WIDGET (editor));
}

/* A field is asked for while its condition holds, and what is not asked for is not kept. */
static void
test_shown (void)
{
  GwSession *session = frame_harness_open ();
  GtkWidget *form = g_object_ref_sink (gw_record_form_new (session, GW_RECORD_FORM_NEW));
  g_autoptr (GwIntake) other = lamp_intake (session, "other", "a tree fell on it", NULL);
  g_autoptr (GwIntake) kept = NULL, dropped = NULL;

  gw_record_form_clear (GW_RECORD_FORM (form), LAMP);
  g_assert_false (is_asked (form, "cause_text"));
  gw_record_form_load (GW_RECORD_FORM (form), other);
  g_assert_true (is_asked (form, "cause_text"));
  kept = gw_record_form_dup_intake (GW_RECORD_FORM (form));
  g_assert_cmpstr (g_hash_table_lookup (kept->values, "cause_text"), ==, "a tree fell on it");

  /* As a person changes the field before it. */
  gw_field_editor_set_text (find_editor (form, "cause"), "lamp");
  g_assert_false (is_asked (form, "cause_text"));
  dropped = gw_record_form_dup_intake (GW_RECORD_FORM (form));
  g_assert_null (g_hash_table_lookup (dropped->values, "cause_text"));
  g_assert_finalize_object (form);
  frame_harness_close (session);
}

static void
test_checked (void)
{
  GwSession *session = frame_harness_open ();
  GtkWidget *form = g_object_ref_sink (gw_record_form_new (session, GW_RECORD_FORM_NEW));
  static const struct
  {
    const char *cause, *cause_text, *lit;
    gboolean good;
  } cases[] = {
    { "lamp", NULL, "2022-12-06", TRUE },
    { "lamp", NULL, "2022-12-04", FALSE },
    { "lamp", NULL, NULL, TRUE },
    { "other", NULL, NULL, FALSE },
    { "other", "a tree fell on it", NULL, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GwIntake) intake =
          lamp_intake (session, cases[i].cause, cases[i].cause_text, cases[i].lit);
      g_autoptr (GError) error = NULL;

      gw_record_form_load (GW_RECORD_FORM (form), intake);
      g_assert_cmpint (gw_record_form_check (GW_RECORD_FORM (form), &error), ==, cases[i].good);
      if (!cases[i].good)
        g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
    }
  g_assert_finalize_object (form);
  frame_harness_close (session);
}

int
main (int argc, char **argv)
{
  int result = 0;

  if (!frame_harness_init (&argc, &argv))
    return 77;
  g_test_add_func ("/form/field-rules/shown", test_shown);
  g_test_add_func ("/form/field-rules/checked", test_checked);
  result = g_test_run ();
  frame_harness_finish ();
  return result;
}
