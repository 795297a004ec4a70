/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frame-harness.h"
#include "gw-matter-cell.h"
#include "gw-matter-list-model.h"
#include "gw-matter-list.h"

/* ---- the model ---- */

typedef struct
{
  GwSession *session;
  GwMatterListModel *model;
  guint position, removed, added, changes;
} Fixture;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  fixture->position = position;
  fixture->removed = removed;
  fixture->added = added;
  fixture->changes++;
}

static void
select_all (Fixture *fixture)
{
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GwSelection) selection = NULL;
  g_autoptr (GError) error = NULL;

  selection = gw_session_select_sync (fixture->session, filter, &error);
  g_assert_no_error (error);
  gw_matter_list_model_set_selection (fixture->model, selection);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->session = frame_harness_open ();
  fixture->model = gw_matter_list_model_new (fixture->session);
  g_signal_connect (fixture->model, "items-changed", G_CALLBACK (items_changed_cb), fixture);
  select_all (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  frame_harness_finalize (fixture->model);
  frame_harness_close (fixture->session);
}

static gboolean
has_row (gpointer data)
{
  return gw_matter_item_get_row (data) != NULL;
}

static void
test_length_at_once (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)), ==, FRAME_ROWS);
  g_assert_cmpuint (fixture->changes, ==, 1);
  g_assert_cmpuint (fixture->added, ==, FRAME_ROWS);
  g_assert_cmpuint (gw_matter_list_model_n_kept (fixture->model), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->model), FRAME_ROWS));
}

/* Looking at one line reads its page, no more. */
static void
test_reads_pages (Fixture *fixture, gconstpointer data)
{
  GwSelection *selection = gw_matter_list_model_get_selection (fixture->model);
  g_autoptr (GwMatterItem) item = NULL, neighbour = NULL, far = NULL;

  item = g_list_model_get_item (G_LIST_MODEL (fixture->model), 300);
  g_assert_null (gw_matter_item_get_row (item));
  frame_harness_wait (has_row, item);
  g_assert_cmpint (gw_matter_item_get_row (item)->id, ==, selection->ids[300]);
  g_assert_cmpuint (gw_matter_list_model_n_kept (fixture->model), ==, GW_LIST_PAGE);
  neighbour = g_list_model_get_item (G_LIST_MODEL (fixture->model), 301);
  g_assert_nonnull (gw_matter_item_get_row (neighbour));
  far = g_list_model_get_item (G_LIST_MODEL (fixture->model), 900);
  g_assert_null (gw_matter_item_get_row (far));
  frame_harness_wait (has_row, far);
}

/* The reader keeps place and focus: one new matter on top is one new line. */
static void
test_new_matter_is_one_line (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GwMatterItem) first = NULL, again = NULL;
  gint64 id = 0;

  first = g_list_model_get_item (G_LIST_MODEL (fixture->model), 0);
  frame_harness_wait (has_row, first);
  frame_harness_seat (fixture->session, GW_ROLE_INTAKE);
  id = frame_harness_submit (fixture->session, "院墙倒塌引发的争议");
  select_all (fixture);
  g_assert_cmpuint (fixture->changes, ==, 2);
  g_assert_cmpuint (fixture->removed, ==, 0);
  g_assert_cmpuint (fixture->added, ==, 1);
  g_assert_cmpint (gw_matter_list_model_get_selection (fixture->model)->ids[fixture->position], ==,
                   id);
  again = g_list_model_get_item (G_LIST_MODEL (fixture->model), fixture->position == 0 ? 1 : 0);
  g_assert_true (again == first);
}

static void
test_same_answer_changes_nothing (Fixture *fixture, gconstpointer data)
{
  select_all (fixture);
  g_assert_cmpuint (fixture->changes, ==, 1);
  gw_matter_list_model_set_selection (fixture->model, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)), ==, 0);
  g_assert_cmpuint (fixture->removed, ==, FRAME_ROWS);
}

/* ---- the widget ---- */

static gboolean
has_answer (gpointer data)
{
  return gw_filter_model_get_selection (data) != NULL && !gw_filter_model_is_loading (data);
}

static gboolean
is_drawn (gpointer data)
{
  GtkSelectionModel *lines = gtk_column_view_get_model (data);

  return g_list_model_get_n_items (G_LIST_MODEL (lines)) > 0;
}

static void
test_selecting_sets_the_matter (void)
{
  GwSession *session = frame_harness_open ();
  GwFilterModel *model = gw_filter_model_new (session);
  GtkWidget *window = gtk_window_new (), *list = gw_matter_list_new (model);
  GtkColumnView *table = GTK_COLUMN_VIEW (gw_matter_list_get_table (GW_MATTER_LIST (list)));
  GtkSelectionModel *lines = gtk_column_view_get_model (table);
  GwSelection *selection = NULL;

  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  frame_harness_wait (has_answer, model);
  frame_harness_wait (is_drawn, table);
  selection = gw_filter_model_get_selection (model);
  g_assert_cmpint (gw_filter_model_get_matter (model), ==, 0);
  gtk_selection_model_select_item (lines, 5, TRUE);
  g_assert_cmpint (gw_filter_model_get_matter (model), ==, selection->ids[5]);

  gw_filter_model_set_matter (model, selection->ids[9]);
  g_assert_true (gtk_selection_model_is_selected (lines, 9));
  gw_filter_model_set_matter (model, 0);
  g_assert_false (gtk_selection_model_is_selected (lines, 9));

  gtk_window_destroy (GTK_WINDOW (window));
  frame_harness_settle ();
  frame_harness_finalize (model);
  frame_harness_close (session);
}

static GtkColumnViewColumn *
column_of (GtkColumnView *table, GwColumn column)
{
  g_autoptr (GtkColumnViewColumn) found =
      g_list_model_get_item (gtk_column_view_get_columns (table), column);

  return found;
}

/* A click on a header is what sorts: the filter follows it, and the header the filter. */
static void
test_headers_sort (void)
{
  GwSession *session = frame_harness_open ();
  GwFilterModel *model = gw_filter_model_new (session);
  GtkWidget *window = gtk_window_new (), *list = gw_matter_list_new (model);
  GtkColumnView *table = GTK_COLUMN_VIEW (gw_matter_list_get_table (GW_MATTER_LIST (list)));
  static const struct
  {
    GwColumn column;
    GtkSortType direction;
    GwSort sort;
  } rows[] = {
    { GW_COLUMN_NUMBER, GTK_SORT_ASCENDING, GW_SORT_NUMBER_ASC },
    { GW_COLUMN_DUE, GTK_SORT_ASCENDING, GW_SORT_DUE_ASC },
    { GW_COLUMN_REPORTED, GTK_SORT_ASCENDING, GW_SORT_REPORTED_ASC },
    { GW_COLUMN_REPORTED, GTK_SORT_DESCENDING, GW_SORT_REPORTED_DESC },
    { GW_COLUMN_STATE, GTK_SORT_ASCENDING, GW_SORT_STATE },
    { GW_COLUMN_AREA, GTK_SORT_ASCENDING, GW_SORT_AREA },
  };

  gtk_window_set_child (GTK_WINDOW (window), list);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gtk_column_view_sort_by_column (table, column_of (table, rows[i].column), rows[i].direction);
      g_assert_cmpint (gw_filter_model_get (model)->sort, ==, rows[i].sort);
    }
  gtk_window_destroy (GTK_WINDOW (window));
  frame_harness_wait (has_answer, model);
  frame_harness_settle ();
  frame_harness_finalize (model);
  frame_harness_close (session);
}

static void
test_columns_are_remembered (void)
{
  GwSession *session = frame_harness_open ();
  GwFilterModel *model = gw_filter_model_new (session);
  GwMatterList *list = GW_MATTER_LIST (g_object_ref_sink (gw_matter_list_new (model)));
  static const char *const wanted[] = { "area", "title", NULL };
  g_auto (GStrv) hidden = NULL;

  gw_matter_list_set_hidden (list, wanted);
  hidden = gw_matter_list_dup_hidden (list);
  /* The title cannot be hidden, whatever a settings file says. */
  g_assert_cmpuint (g_strv_length (hidden), ==, 1);
  g_assert_cmpstr (hidden[0], ==, "area");
  frame_harness_wait (has_answer, model);
  frame_harness_finalize (list);
  frame_harness_finalize (model);
  frame_harness_close (session);
}

static void
test_cells (void)
{
  GwSession *session = frame_harness_open ();
  g_autoptr (GwMatter) row = gw_matter_new ();
  gint64 now = gw_session_now (session);
  g_autofree char *none = NULL, *due = NULL, *closed = NULL, *lamp = NULL, *area = NULL;

  none = gw_matter_cell_text (GW_COLUMN_TITLE, NULL, GW_LAMP_NONE, session, now);
  g_assert_cmpstr (none, ==, "");
  row->state = GW_STATE_HANDLING;
  row->due = now + 3 * 86400;
  due = gw_matter_cell_text (GW_COLUMN_DUE, row, GW_LAMP_GREEN, session, now);
  g_assert_cmpstr (due, ==, "3 days left");
  row->state = GW_STATE_CLOSED;
  closed = gw_matter_cell_text (GW_COLUMN_DUE, row, GW_LAMP_NONE, session, now);
  g_assert_cmpstr (closed, ==, "");
  lamp = gw_matter_cell_text (GW_COLUMN_LAMP, row, GW_LAMP_RED, session, now);
  g_assert_true (g_str_has_prefix (lamp, "▲ "));
  area = gw_matter_cell_text (GW_COLUMN_AREA, row, GW_LAMP_NONE, session, now);
  g_assert_cmpstr (area, ==, "–");
  frame_harness_close (session);
}

int
main (int argc, char **argv)
{
  int status = 0;

  if (!frame_harness_init (&argc, &argv))
    return 77;
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/matter-list-model/length-at-once", test_length_at_once);
  ADD ("/matter-list-model/reads-pages", test_reads_pages);
  ADD ("/matter-list-model/new-matter-is-one-line", test_new_matter_is_one_line);
  ADD ("/matter-list-model/same-answer-changes-nothing", test_same_answer_changes_nothing);
#undef ADD
  g_test_add_func ("/matter-list/selecting-sets-the-matter", test_selecting_sets_the_matter);
  g_test_add_func ("/matter-list/headers-sort", test_headers_sort);
  g_test_add_func ("/matter-list/columns-are-remembered", test_columns_are_remembered);
  g_test_add_func ("/matter-cell/texts", test_cells);
  status = g_test_run ();
  frame_harness_finish ();
  return status;
}
