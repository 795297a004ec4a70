/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frame-harness.h"
#include "gw-banner.h"
#include "gw-breadcrumb.h"
#include "gw-error.h"
#include "gw-figure-strip.h"
#include "gw-filter-bar.h"
#include "gw-help-page.h"
#include "gw-matter-list.h"
#include "gw-palette.h"
#include "gw-shortcuts-page.h"
#include "gw-sidebar.h"
#include "gw-start-page.h"
#include "gw-status-bar.h"
#include "gw-tasks.h"
#include "gw-ui.h"

/* ---- each page: built, drawn, every button has a name, and it dies with its window ---- */

typedef GtkWidget *(*MakeFunc) (GwFilterModel *model);

static GtkWidget *
make_banner (GwFilterModel *model)
{
  GtkWidget *widget = gw_banner_new ();

  gw_banner_show (GW_BANNER (widget), "warning", "text", "Yes", "win.yes", "No", "win.no");
  return widget;
}

static GtkWidget *
make_start (GwFilterModel *model)
{
  GtkWidget *widget = gw_start_page_new ();

  gw_start_page_show_first_run (GW_START_PAGE (widget));
  return widget;
}

static GtkWidget *
make_problem (GwFilterModel *model)
{
  GtkWidget *widget = gw_start_page_new ();
  g_autoptr (GError) error = g_error_new_literal (GW_ERROR, GW_ERROR_BUSY, "held by <another>");

  gw_start_page_show_problem (GW_START_PAGE (widget), "/some/file.gridwork", error);
  return widget;
}

static GtkWidget *
make_status (GwFilterModel *model)
{
  GtkWidget *widget = gw_status_bar_new ();

  gw_status_bar_set_session (GW_STATUS_BAR (widget), gw_filter_model_get_session (model));
  return widget;
}

static GtkWidget *
make_shortcuts (GwFilterModel *model)
{
  return gw_shortcuts_page_new ();
}

static GtkWidget *
make_help (GwFilterModel *model)
{
  return gw_help_page_new ();
}

static GtkWidget *
make_tasks (GwFilterModel *model)
{
  GtkWidget *widget = gw_tasks_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  (void)gw_tasks_begin (GW_TASKS (widget), "Backup", cancellable);
  return widget;
}

static const struct
{
  const char *name;
  MakeFunc make;
} pages[] = {
  { "sidebar", gw_sidebar_new },
  { "filter-bar", gw_filter_bar_new },
  { "breadcrumb", gw_breadcrumb_new },
  { "figure-strip", gw_figure_strip_new },
  { "matter-list", gw_matter_list_new },
  { "status-bar", make_status },
  { "banner", make_banner },
  { "start", make_start },
  { "problem", make_problem },
  { "shortcuts", make_shortcuts },
  { "help", make_help },
  { "tasks", make_tasks },
};

static gboolean
has_answer (gpointer data)
{
  return gw_filter_model_get_selection (data) != NULL && !gw_filter_model_is_loading (data);
}

/* A button that shows no text must be told to a screen reader. */
static void
check_names (GtkWidget *widget, const char *page)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_BUTTON (child) && gtk_button_get_icon_name (GTK_BUTTON (child)) != NULL &&
          !GTK_IS_MENU_BUTTON (widget))
        {
          g_test_message ("%s: %s", page, gtk_button_get_icon_name (GTK_BUTTON (child)));
          g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (child),
                                                           GTK_ACCESSIBLE_PROPERTY_LABEL));
        }
      check_names (child, page);
    }
}

static void
test_page (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  GwSession *session = frame_harness_open ();
  GwFilterModel *model = gw_filter_model_new (session);
  GtkWidget *window = gtk_window_new (), *page = pages[i].make (model);

  gtk_window_set_default_size (GTK_WINDOW (window), 900, 600);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  frame_harness_wait (has_answer, model);
  gtk_test_widget_wait_for_draw (window);
  check_names (page, pages[i].name);
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *)&page);
  gtk_window_destroy (GTK_WINDOW (window));
  while (page != NULL && g_main_context_iteration (NULL, TRUE))
    ;
  frame_harness_finalize (model);
  frame_harness_close (session);
}

/* ---- what they do ---- */

static GtkWidget *
find_button (GtkWidget *widget, const char *tooltip)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = NULL;

      if (GTK_IS_BUTTON (child) && g_strcmp0 (gtk_widget_get_tooltip_text (child), tooltip) == 0)
        return child;
      found = find_button (child, tooltip);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_chip_takes_away (void)
{
  GwSession *session = frame_harness_open ();
  GwFilterModel *model = gw_filter_model_new (session);
  GtkWidget *window = gtk_window_new (), *bar = gw_filter_bar_new (model);
  g_autoptr (GwFilter) filter = gw_filter_new ();
  GtkWidget *chip = NULL;

  gtk_window_set_child (GTK_WINDOW (window), bar);
  g_assert_null (find_button (bar, "Take away: Overdue"));
  filter->overdue_only = filter->open_only = TRUE;
  gw_filter_model_set (model, filter);
  chip = find_button (bar, "Take away: Overdue");
  g_assert_nonnull (chip);
  g_signal_emit_by_name (chip, "clicked");
  g_assert_false (gw_filter_model_get (model)->overdue_only);
  g_assert_true (gw_filter_model_get (model)->open_only);
  g_assert_true (gtk_widget_activate_action (bar, "filter.open", NULL));
  g_assert_false (gw_filter_model_get (model)->open_only);
  gtk_window_destroy (GTK_WINDOW (window));
  frame_harness_wait (has_answer, model);
  frame_harness_settle ();
  frame_harness_finalize (model);
  frame_harness_close (session);
}

static void
test_sidebar_modules (void)
{
  GwSession *session = frame_harness_open ();
  GwFilterModel *model = gw_filter_model_new (session);
  GwSidebar *sidebar = GW_SIDEBAR (g_object_ref_sink (gw_sidebar_new (model)));
  guint n = gw_session_get_modules (session)->len;

  g_assert_cmpuint (n, >=, 1);
  g_assert_true (gw_sidebar_activate_module (sidebar, 1));
  g_assert_cmpstr (gw_filter_model_get (model)->module, ==, "risk.dispute");
  g_assert_false (gw_sidebar_activate_module (sidebar, n + 1));
  g_assert_false (gw_sidebar_activate_module (sidebar, 0));
  frame_harness_wait (has_answer, model);
  frame_harness_finalize (sidebar);
  frame_harness_finalize (model);
  frame_harness_close (session);
}

static guint
count_figures (GtkWidget *widget)
{
  guint n = GTK_IS_BUTTON (widget) && gtk_widget_has_css_class (widget, "figure") ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_figures (child);
  return n;
}

static gboolean
has_figures (gpointer data)
{
  return count_figures (data) > 1; /* one holds the place until the answer */
}

static void
test_figures_follow_the_session (void)
{
  GwSession *session = frame_harness_open ();
  GwFilterModel *model = gw_filter_model_new (session);
  GtkWidget *window = gtk_window_new (), *strip = gw_figure_strip_new (model);
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GPtrArray) figures = NULL;

  gtk_window_set_child (GTK_WINDOW (window), strip);
  frame_harness_wait (has_answer, model);
  frame_harness_wait (has_figures, strip);
  figures = gw_session_figures_sync (session, filter, NULL);
  g_assert_cmpuint (count_figures (strip), ==, figures->len);
  gtk_window_destroy (GTK_WINDOW (window));
  frame_harness_settle ();
  frame_harness_finalize (model);
  frame_harness_close (session);
}

static void
test_tasks (void)
{
  GwTasks *tasks = GW_TASKS (g_object_ref_sink (gw_tasks_new ()));
  guint first = 0, second = 0;
  g_autofree char *summary = NULL;

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (tasks)));
  first = gw_tasks_begin (tasks, "Backup", NULL);
  second = gw_tasks_begin (tasks, "Import", NULL);
  gw_tasks_set_fraction (tasks, first, 0.5);
  gw_tasks_set_fraction (tasks, first, 7); /* clamped */
  g_assert_cmpuint (gw_tasks_n_running (tasks), ==, 2);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (tasks)));
  summary = gw_tasks_dup_summary (tasks);
  g_assert_cmpstr (summary, ==, "Backup\nImport");
  gw_tasks_end (tasks, first);
  gw_tasks_end (tasks, first); /* a task may end after its row is gone */
  gw_tasks_set_fraction (tasks, first, 1);
  g_assert_cmpuint (gw_tasks_n_running (tasks), ==, 1);
  gw_tasks_end (tasks, second);
  g_assert_null (gw_tasks_dup_summary (tasks));
  frame_harness_finalize (tasks);
}

static void
test_palette_dies (void)
{
  GwSession *session = frame_harness_open ();
  GwFilterModel *model = gw_filter_model_new (session);
  GtkWidget *window = gtk_window_new (), *palette = NULL;

  gtk_window_present (GTK_WINDOW (window));
  palette = gw_palette_present (GTK_WINDOW (window), session, model);
  g_object_add_weak_pointer (G_OBJECT (palette), (gpointer *)&palette);
  gtk_window_close (GTK_WINDOW (palette));
  while (palette != NULL && g_main_context_iteration (NULL, TRUE))
    ;
  gtk_window_destroy (GTK_WINDOW (window));
  frame_harness_wait (has_answer, model);
  frame_harness_settle ();
  frame_harness_finalize (model);
  frame_harness_close (session);
}

static void
test_texts (void)
{
  gint64 now = gw_time_of_day (gw_day_from_ymd (2022, 12, 31), 10, 0, 0);
  static const struct
  {
    gint64 offset;
    const char *text;
  } rows[] = {
    { 86400, "1 day left" },          { 3 * 86400, "3 days left" }, { 7200, "today 12:00" },
    { -7200, "overdue since today" }, { -86400, "1 day over" },     { -5 * 86400, "5 days over" },
  };
  static const struct
  {
    guint64 n;
    const char *text;
  } counts[] = {
    { 0, "0" }, { 999, "999" }, { 1000, "1,000" }, { 64259, "64,259" }, { 5000000, "5,000,000" },
  };
  g_autofree char *none = gw_ui_format_due (0, now);

  g_assert_cmpstr (none, ==, "");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = gw_ui_format_due (now + rows[i].offset, now);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *text = gw_ui_format_count (counts[i].n);
      g_assert_cmpstr (text, ==, counts[i].text);
    }
}

int
main (int argc, char **argv)
{
  int status = 0;

  if (!frame_harness_init (&argc, &argv))
    return 77;
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *name = g_strdup_printf ("/page/%s", pages[i].name);
      g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_page);
    }
  g_test_add_func ("/filter-bar/chip-takes-away", test_chip_takes_away);
  g_test_add_func ("/sidebar/modules", test_sidebar_modules);
  g_test_add_func ("/figure-strip/follows-the-session", test_figures_follow_the_session);
  g_test_add_func ("/tasks/begin-and-end", test_tasks);
  g_test_add_func ("/palette/dies", test_palette_dies);
  g_test_add_func ("/ui/texts", test_texts);
  status = g_test_run ();
  frame_harness_finish ();
  return status;
}
