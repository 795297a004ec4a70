/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frame-harness.h"
#include "gw-filter-clause.h"
#include "gw-filter-model.h"

static void
count_cb (GObject *object, int *count)
{
  (*count)++;
}

static gboolean
is_answered (gpointer data)
{
  return !gw_filter_model_is_loading (data);
}

static void
test_first_answer (void)
{
  GwSession *session = frame_harness_open ();
  GwFilterModel *model = gw_filter_model_new (session);

  g_assert_true (gw_filter_model_is_loading (model));
  g_assert_null (gw_filter_model_get_selection (model));
  frame_harness_wait (is_answered, model);
  g_assert_cmpuint (gw_filter_model_get_selection (model)->n, ==, FRAME_ROWS);
  g_assert_null (gw_filter_model_get_problem (model));
  frame_harness_finalize (model);
  frame_harness_close (session);
}

static void
test_says_changes_once (void)
{
  GwSession *session = frame_harness_open ();
  GwFilterModel *model = gw_filter_model_new (session);
  int changes = 0, answers = 0;

  frame_harness_wait (is_answered, model);
  g_signal_connect (model, "changed", G_CALLBACK (count_cb), &changes);
  g_signal_connect (model, "selection-changed", G_CALLBACK (count_cb), &answers);
  gw_filter_model_set_text (model, NULL);
  gw_filter_model_set_text (model, "");
  gw_filter_model_set_area (model, GW_AREA_NONE);
  g_assert_cmpint (changes, ==, 0);
  gw_filter_model_set_type (model, "risk.dispute", NULL);
  gw_filter_model_set_type (model, "risk.dispute", NULL);
  g_assert_cmpint (changes, ==, 1);
  frame_harness_wait (is_answered, model);
  g_assert_cmpint (answers, ==, 1);
  g_assert_cmpuint (gw_filter_model_get_selection (model)->n, <, FRAME_ROWS);
  frame_harness_finalize (model);
  frame_harness_close (session);
}

/* Only the answer to the last question may appear, whatever order they come in. */
static void
test_last_question_wins (void)
{
  GwSession *session = frame_harness_open ();
  GwFilterModel *model = gw_filter_model_new (session);
  g_autoptr (GwSelection) right = NULL;
  g_autoptr (GwFilter) filter = gw_filter_new ();
  int answers = 0;

  filter->open_only = TRUE;
  right = gw_session_select_sync (session, filter, NULL);
  g_assert_nonnull (right);
  g_signal_connect (model, "selection-changed", G_CALLBACK (count_cb), &answers);
  for (int i = 0; i < 20; i++)
    gw_filter_model_set_area (model, 2 + (guint32)i % 3);
  gw_filter_model_set (model, filter);
  frame_harness_wait (is_answered, model);
  g_assert_cmpint (answers, ==, 1);
  g_assert_cmpuint (gw_filter_model_get_selection (model)->n, ==, right->n);
  frame_harness_finalize (model);
  frame_harness_close (session);
}

typedef struct
{
  GwFilterModel *model;
  guint n;
} Expected;

static gboolean
has_n (gpointer data)
{
  Expected *expected = data;
  GwSelection *selection = gw_filter_model_get_selection (expected->model);

  return selection != NULL && selection->n == expected->n;
}

static void
test_follows_the_file (void)
{
  GwSession *session = frame_harness_open ();
  GwFilterModel *model = gw_filter_model_new (session);
  Expected expected = { model, FRAME_ROWS + 2 };

  frame_harness_wait (is_answered, model);
  frame_harness_seat (session, GW_ROLE_INTAKE);
  (void)frame_harness_submit (session, "电梯停用引发的争议");
  (void)frame_harness_submit (session, "停车位归属的争议");
  frame_harness_wait (has_n, &expected);
  frame_harness_wait (is_answered, model);
  frame_harness_finalize (model);
  frame_harness_close (session);
}

static void
test_leaves_while_asking (void)
{
  GwSession *session = frame_harness_open ();
  GwFilterModel *model = gw_filter_model_new (session);

  gw_filter_model_set_text (model, "停车");
  g_object_run_dispose (G_OBJECT (model));
  frame_harness_settle ();
  g_object_add_weak_pointer (G_OBJECT (model), (gpointer *)&model);
  g_object_unref (model);
  while (model != NULL) /* the cancelled answer still holds it */
    (void)g_main_context_iteration (NULL, TRUE);
  frame_harness_close (session);
}

static void
test_matter (void)
{
  GwSession *session = frame_harness_open ();
  GwFilterModel *model = gw_filter_model_new (session);
  int changes = 0;

  g_signal_connect (model, "matter-changed", G_CALLBACK (count_cb), &changes);
  gw_filter_model_set_matter (model, 7);
  gw_filter_model_set_matter (model, 7);
  g_assert_cmpint (changes, ==, 1);
  g_assert_cmpint (gw_filter_model_get_matter (model), ==, 7);
  frame_harness_wait (is_answered, model);
  frame_harness_finalize (model);
  frame_harness_close (session);
}

/* Each chip can be taken away, and taking all away leaves nothing but the area and the order. */
static void
test_clauses (void)
{
  GwSession *session = frame_harness_open ();
  g_autoptr (GwFilter) filter = gw_filter_new (), rest = gw_filter_new ();
  gint64 now = gw_session_now (session);
  g_autoptr (GPtrArray) list = NULL;

  filter->module = g_strdup ("risk.dispute");
  filter->open_only = filter->overdue_only = filter->has_box = TRUE;
  filter->west = 1;
  filter->states = 1u << GW_STATE_FILED | 1u << GW_STATE_WAITING;
  filter->org = 1;
  filter->batch = 3;
  filter->text = g_strdup ("物业");
  g_assert_true (gw_filter_clause_set_period (filter, "month", now));
  g_assert_cmpstr (gw_filter_clause_get_period (filter, now), ==, "month");
  list = gw_filter_clause_list (filter, session);
  g_assert_cmpuint (list->len, ==, 10);
  for (guint i = 0; i < list->len; i++)
    {
      const GwFilterClause *clause = g_ptr_array_index (list, i);

      g_assert_cmpuint (strlen (clause->label), >, 0);
      gw_filter_clause_remove (clause, filter);
    }
  g_assert_true (gw_filter_equal (filter, rest));
  frame_harness_close (session);
}

static void
test_periods (void)
{
  g_autoptr (GwFilter) filter = gw_filter_new ();
  gint64 now = gw_time_of_day (gw_day_from_ymd (2022, 12, 31), 10, 0, 0);
  static const struct
  {
    const char *id;
    int year, month, day;
  } rows[] = {
    { "today", 2022, 12, 31 },
    { "week", 2022, 12, 25 },
    { "month", 2022, 12, 2 },
    { "year", 2022, 1, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_true (gw_filter_clause_set_period (filter, rows[i].id, now));
      g_assert_cmpint (filter->from, ==,
                       gw_time_of_day (gw_day_from_ymd (rows[i].year, rows[i].month, rows[i].day),
                                       0, 0, 0));
      g_assert_cmpint (filter->to, ==, 0);
    }
  filter->to = now;
  g_assert_cmpstr (gw_filter_clause_get_period (filter, now), ==, "other");
  g_assert_true (gw_filter_clause_set_period (filter, "", now));
  g_assert_cmpint (filter->from, ==, 0);
  g_assert_false (gw_filter_clause_set_period (filter, "decade", now));
}

int
main (int argc, char **argv)
{
  int status = 0;

  if (!frame_harness_init (&argc, &argv))
    return 77;
  g_test_add_func ("/filter-model/first-answer", test_first_answer);
  g_test_add_func ("/filter-model/says-changes-once", test_says_changes_once);
  g_test_add_func ("/filter-model/last-question-wins", test_last_question_wins);
  g_test_add_func ("/filter-model/follows-the-file", test_follows_the_file);
  g_test_add_func ("/filter-model/leaves-while-asking", test_leaves_while_asking);
  g_test_add_func ("/filter-model/matter", test_matter);
  g_test_add_func ("/filter-clause/all-can-go", test_clauses);
  g_test_add_func ("/filter-clause/periods", test_periods);
  status = g_test_run ();
  frame_harness_finish ();
  return status;
}
