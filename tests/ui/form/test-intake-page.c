/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frame-harness.h"
#include "gw-draft-keeper.h"
#include "gw-error.h"
#include "gw-intake-page.h"
#include "gw-record-form.h"

static GwIntake *
whole_intake (GwSession *session)
{
  GwIntake *intake = gw_intake_new ("risk.dispute/dispute");
  const GwArea *root = gw_area_tree_root (gw_session_get_areas (session));
  g_autoptr (GArray) leaves = gw_area_tree_leaves (gw_session_get_areas (session), root->id);

  intake->title = g_strdup ("物业费标准争议");
  intake->summary = g_strdup ("双方就费用标准各执一词，请求调解");
  g_free (intake->source);
  intake->source = g_strdup ("phone");
  intake->level = 2;
  intake->urgency = GW_URGENCY_URGENT;
  intake->severity = GW_SEVERITY_GENERAL;
  intake->sensitivity = GW_SENSITIVITY_INTERNAL;
  intake->precision = GW_PRECISION_GRID;
  intake->area = g_array_index (leaves, guint32, 0);
  g_hash_table_insert (intake->values, g_strdup ("dtype"), g_strdup ("property_mgmt"));
  g_hash_table_insert (intake->values, g_strdup ("persons_band"), g_strdup ("b10_49"));
  g_hash_table_insert (intake->values, g_strdup ("escalation_signs"),
                       g_strdup ("threat_said,group"));
  return intake;
}

/* What goes in comes out, also texts, codes and sets of codes. */
static void
test_form_keeps_an_intake (void)
{
  GwSession *session = frame_harness_open ();
  GtkWidget *form = g_object_ref_sink (gw_record_form_new (session, GW_RECORD_FORM_NEW));
  g_autoptr (GwIntake) before = whole_intake (session);
  g_autoptr (GwIntake) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *one = NULL, *other = NULL;

  gw_record_form_load (GW_RECORD_FORM (form), before);
  after = gw_record_form_dup_intake (GW_RECORD_FORM (form));
  one = gw_intake_serialise (before);
  other = gw_intake_serialise (after);
  g_assert_cmpstr (one, ==, other);
  g_assert_true (gw_record_form_check (GW_RECORD_FORM (form), &error));
  g_assert_no_error (error);
  gw_record_form_clear (GW_RECORD_FORM (form), NULL);
  g_assert_true (gw_record_form_is_blank (GW_RECORD_FORM (form)));
  g_assert_finalize_object (form);
  frame_harness_close (session);
}

static void
test_form_says_what_is_missing (void)
{
  GwSession *session = frame_harness_open ();
  GtkWidget *form = g_object_ref_sink (gw_record_form_new (session, GW_RECORD_FORM_NEW));
  static const struct
  {
    const char *what;
    int field; /* which text is spoilt */
    const char *text;
  } cases[] = {
    { "no title", 0, "" },
    { "a mobile number in the title", 0, "请回电 13800138000" },
    { "no summary", 1, "" },
    { "an identity number in the summary", 1, "证号 11010519491231002X" },
    { "a mobile number in the address", 2, "找 13800138000" },
    { "no area", 3, NULL },
    { "a required field is missing", 4, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GwIntake) intake = whole_intake (session);
      char **texts[] = { &intake->title, &intake->summary, &intake->address };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].what);
      if (cases[i].field < 3)
        {
          g_free (*texts[cases[i].field]);
          *texts[cases[i].field] = g_strdup (cases[i].text);
        }
      else if (cases[i].field == 3)
        intake->area = GW_AREA_NONE;
      else
        g_hash_table_remove (intake->values, "dtype");
      gw_record_form_load (GW_RECORD_FORM (form), intake);
      g_assert_false (gw_record_form_check (GW_RECORD_FORM (form), &error));
      g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
    }
  g_assert_finalize_object (form);
  frame_harness_close (session);
}

/* A point of the district decides the area, and comes back from the form as it went in. */
static void
test_point_places_the_matter (void)
{
  GwSession *session = frame_harness_open ();
  GtkWidget *form = g_object_ref_sink (gw_record_form_new (session, GW_RECORD_FORM_NEW));
  const GwAreaTree *tree = gw_session_get_areas (session);
  g_autoptr (GArray) leaves = gw_area_tree_leaves (tree, gw_area_tree_root (tree)->id);
  const GwArea *leaf = gw_area_tree_get (tree, g_array_index (leaves, guint32, leaves->len / 2));
  g_autoptr (GwIntake) intake = NULL;
  guint32 there = gw_session_locate (session, leaf->label_x, leaf->label_y);

  g_assert_cmpuint (there, !=, GW_AREA_NONE);
  gw_record_form_set_point (GW_RECORD_FORM (form), leaf->label_x, leaf->label_y);
  intake = gw_record_form_dup_intake (GW_RECORD_FORM (form));
  g_assert_true (intake->has_point);
  g_assert_cmpint (intake->x, ==, leaf->label_x);
  g_assert_cmpint (intake->y, ==, leaf->label_y);
  g_assert_cmpuint (intake->area, ==, there);
  g_assert_cmpint (intake->precision, ==, GW_PRECISION_EXACT);
  g_assert_finalize_object (form);
  frame_harness_close (session);
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  (void)gw_draft_keeper_flush_finish (GW_DRAFT_KEEPER (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *)data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *)data;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GPtrArray **)data = gw_session_list_drafts_finish (GW_SESSION (source), result, NULL);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *)data != NULL;
}

/* However often it is written, a form is one draft, and the last word is the one that is kept. */
static void
test_one_form_is_one_draft (void)
{
  GwSession *session = frame_harness_open ();
  GwDraftKeeper *keeper = gw_draft_keeper_new (session, "intake", 0);
  gboolean done = FALSE;
  g_autoptr (GPtrArray) drafts = NULL;

  frame_harness_seat (session, GW_ROLE_INTAKE);
  for (int i = 0; i < 3; i++)
    {
      gw_draft_keeper_take (keeper, g_strdup_printf ("word %d", i));
      done = FALSE;
      gw_draft_keeper_flush_async (keeper, flushed_cb, &done);
      if (i == 1) /* two on their way at once */
        continue;
      frame_harness_wait (is_true, &done);
    }
  gw_session_list_drafts_async (session, NULL, listed_cb, &drafts);
  frame_harness_wait (is_set, &drafts);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpstr (((GwDraft *)g_ptr_array_index (drafts, 0))->payload, ==, "word 2");
  g_assert_cmpint (((GwDraft *)g_ptr_array_index (drafts, 0))->id, ==,
                   gw_draft_keeper_get_id (keeper));
  frame_harness_settle ();
  g_assert_finalize_object (keeper);
  frame_harness_close (session);
}

static void
submitted_cb (GwIntakePage *page, gint64 id, const char *number, gint64 *taken)
{
  g_assert_true (g_str_has_prefix (number, "510903-DIS-"));
  *taken = id;
}

static gboolean
is_receipt (gpointer data)
{
  GtkStack *stack =
      GTK_STACK (gtk_widget_get_template_child (GTK_WIDGET (data), GW_TYPE_INTAKE_PAGE, "stack"));

  return g_str_equal (gtk_stack_get_visible_child_name (stack), "receipt");
}

static void
press (GtkWidget *page, const char *id)
{
  g_signal_emit_by_name (gtk_widget_get_template_child (page, GW_TYPE_INTAKE_PAGE, id), "clicked");
}

/* From a draft that a crash left to the matter: the draft goes with it. */
static void
test_draft_becomes_a_matter (void)
{
  GwSession *session = frame_harness_open ();
  GtkWidget *page = g_object_ref_sink (gw_intake_page_new (session));
  g_autoptr (GwIntake) intake = whole_intake (session);
  GwDraftKeeper *keeper = gw_draft_keeper_new (session, "intake", 0);
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GPtrArray) left = NULL;
  gboolean done = FALSE;
  gint64 taken = 0;

  frame_harness_seat (session, GW_ROLE_INTAKE);
  gw_draft_keeper_take (keeper, gw_intake_serialise (intake));
  gw_draft_keeper_flush_async (keeper, flushed_cb, &done);
  frame_harness_wait (is_true, &done);
  gw_session_list_drafts_async (session, NULL, listed_cb, &drafts);
  frame_harness_wait (is_set, &drafts);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_signal_connect (page, "submitted", G_CALLBACK (submitted_cb), &taken);
  gw_intake_page_start (GW_INTAKE_PAGE (page), NULL, g_ptr_array_index (drafts, 0));
  press (page, "submit");
  frame_harness_wait (is_receipt, page);
  press (page, "show");
  g_assert_cmpint (taken, !=, 0);
  gw_session_list_drafts_async (session, NULL, listed_cb, &left);
  frame_harness_wait (is_set, &left);
  g_assert_cmpuint (left->len, ==, 0);
  frame_harness_settle ();
  g_assert_finalize_object (keeper);
  g_assert_finalize_object (page);
  frame_harness_close (session);
}

/* The first widget of @type below @widget; of buttons, the one with that label. */
static GtkWidget *
find (GtkWidget *widget, GType type, const char *label)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) &&
      (label == NULL || g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
closed_cb (gboolean *closed)
{
  *closed = TRUE;
}

/* A form that is left is in the drafts; one that is thrown away is not. */
static void
test_leaving_keeps_the_draft (void)
{
  static const struct
  {
    const char *button;
    guint n_drafts;
  } cases[] = { { "_Keep as Draft", 1 }, { "_Throw Away", 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GwSession *session = frame_harness_open ();
      GtkWidget *page = g_object_ref_sink (gw_intake_page_new (session));
      g_autoptr (GPtrArray) drafts = NULL;
      gboolean closed = FALSE;

      frame_harness_seat (session, GW_ROLE_INTAKE);
      gw_intake_page_start (GW_INTAKE_PAGE (page), "risk.dispute/dispute", NULL);
      g_signal_connect_swapped (page, "close", G_CALLBACK (closed_cb), &closed);
      gtk_editable_set_text (GTK_EDITABLE (find (page, GTK_TYPE_ENTRY, NULL)), "物业费标准争议");
      g_signal_emit_by_name (find (page, GTK_TYPE_BUTTON, cases[i].button), "clicked");
      frame_harness_wait (is_true, &closed);
      gw_session_list_drafts_async (session, NULL, listed_cb, &drafts);
      frame_harness_wait (is_set, &drafts);
      g_assert_cmpuint (drafts->len, ==, cases[i].n_drafts);
      frame_harness_settle ();
      g_assert_finalize_object (page);
      frame_harness_close (session);
    }
}

int
main (int argc, char **argv)
{
  int result = 0;

  if (!frame_harness_init (&argc, &argv))
    return 77;
  g_test_add_func ("/form/intake/keeps-an-intake", test_form_keeps_an_intake);
  g_test_add_func ("/form/intake/says-what-is-missing", test_form_says_what_is_missing);
  g_test_add_func ("/form/intake/point-places", test_point_places_the_matter);
  g_test_add_func ("/form/intake/one-form-is-one-draft", test_one_form_is_one_draft);
  g_test_add_func ("/form/intake/draft-becomes-a-matter", test_draft_becomes_a_matter);
  g_test_add_func ("/form/intake/leaving-keeps-the-draft", test_leaving_keeps_the_draft);
  result = g_test_run ();
  frame_harness_finish ();
  return result;
}
