/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-import-page.h"

#include "gw-import-columns.h"
#include "gw-import-plan.h"
#include "gw-plan-rows.h"
#include "gw-tasks.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

struct _GwImportPage
{
  AdwBin parent_instance;
  GwSession *session;         /* owned */
  GwImportPlan *plan;         /* owned, nullable */
  GwPlanRows *rows;           /* owned, nullable */
  GtkSingleSelection *chosen; /* owned by the view */
  char *path, *type;          /* owned, nullable: what is being looked at */
  GCancellable *work;         /* owned, nullable: reading, re-checking or writing */
  gboolean filling;           /* choices are set by us, not by a person */
  gboolean encoding_chosen;   /* by a person, for the file that is being looked at */

  GtkStack *stack;
  GtkLabel *working_label;
  GtkProgressBar *progress;
  GtkWidget *cancel_button;
  AdwStatusPage *failed_page;
  GtkLabel *file_label, *format_label, *notes_label, *crs_reason, *summary_label;
  GtkWidget *crs_box;
  GtkDropDown *crs_choice;
  GtkWidget *encoding_box, *sheet_box;
  GtkDropDown *encoding_choice, *sheet_choice;
  GtkExpander *columns_expander;
  GtkFlowBox *columns_box;
  GtkToggleButton *problems_toggle;
  GtkWidget *next_button;
  GtkColumnView *view;
  GtkButton *commit_button;
};

G_DEFINE_FINAL_TYPE (GwImportPage, gw_import_page, ADW_TYPE_BIN)

enum
{
  COMMITTED,
  CLOSE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
stop_work (GwImportPage *self)
{
  if (self->work != NULL)
    g_cancellable_cancel (self->work);
  g_clear_object (&self->work);
}

static void
drop_plan (GwImportPage *self)
{
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  self->chosen = NULL;
  g_clear_object (&self->rows);
  g_clear_object (&self->plan);
}

static GCancellable *
begin_work (GwImportPage *self, const char *what)
{
  stop_work (self);
  self->work = g_cancellable_new ();
  gtk_label_set_text (self->working_label, what);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_stack_set_visible_child_name (self->stack, "working");
  gtk_widget_grab_focus (self->cancel_button);
  return self->work;
}

/* What a worker is waited for with: the page, and its line among the tasks of the header. */
typedef struct
{
  GwImportPage *self; /* owned */
  GwTasks *tasks;     /* owned, nullable */
  guint task;
} Waiting;

static Waiting *
waiting_new (GwImportPage *self, const char *what)
{
  Waiting *waiting = g_new0 (Waiting, 1);
  GwTasks *tasks = gw_tasks_of (GTK_WIDGET (self));

  waiting->self = g_object_ref (self);
  if (tasks != NULL)
    {
      waiting->tasks = g_object_ref (tasks);
      waiting->task = gw_tasks_begin (tasks, what, self->work);
    }
  return waiting;
}

static void
waiting_free (Waiting *waiting)
{
  if (waiting->tasks != NULL)
    gw_tasks_end (waiting->tasks, waiting->task);
  g_clear_object (&waiting->tasks);
  g_object_unref (waiting->self);
  g_free (waiting);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Waiting, waiting_free)

/* The page shows the last work that was begun; an earlier one that is being cancelled keeps silent.
 */
static void
progress_cb (double fraction, gpointer data)
{
  Waiting *waiting = data;

  if (waiting->tasks != NULL)
    gw_tasks_set_fraction (waiting->tasks, waiting->task, fraction);
  if (waiting->self->progress != NULL)
    gtk_progress_bar_set_fraction (waiting->self->progress, CLAMP (fraction, 0, 1));
}

static void
show_failure (GwImportPage *self, const GError *error)
{
  g_autofree char *text = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->failed_page, text);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

/* ---- preview ---- */

static void
show_summary (GwImportPage *self)
{
  guint64 refused = gw_import_plan_n_verdict (self->plan, GW_ROW_REFUSED);
  guint64 warned = gw_import_plan_n_verdict (self->plan, GW_ROW_WARNED);
  guint64 good = gw_import_plan_n_rows (self->plan) - refused;
  g_autofree char *summary =
      g_strdup_printf (_ ("%lu rows can be taken in, %lu of them with a remark; %lu are refused"),
                       (gulong)good, (gulong)warned, (gulong)refused);
  g_autofree char *action = g_strdup_printf (_ ("Take In %lu Rows"), (gulong)good);

  gtk_label_set_text (self->summary_label, summary);
  gtk_button_set_label (self->commit_button, action);
  gtk_widget_set_sensitive (GTK_WIDGET (self->commit_button), good > 0);
  gtk_widget_set_sensitive (self->next_button, warned + refused > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->problems_toggle), warned + refused > 0);
}

static void
show_notes (GwImportPage *self)
{
  GPtrArray *problems = gw_import_plan_get_file_problems (self->plan);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            ((GwRowProblem *)g_ptr_array_index (problems, i))->message);
  gtk_label_set_text (self->notes_label, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->notes_label), problems->len > 0);
}

static void
show_rows (GwImportPage *self)
{
  g_set_object (&self->rows, NULL);
  self->rows = gw_plan_rows_new (self->plan, gtk_toggle_button_get_active (self->problems_toggle));
  self->chosen = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));
  gtk_single_selection_set_autoselect (self->chosen, FALSE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->chosen));
  g_object_unref (self->chosen); /* the view keeps it */
}

/* In the order of the list; the first is found by the program. */
static const char *const encodings[] = { NULL, "utf-8", "gb18030", "utf-16le", "utf-16be" };

static void
show_encoding (GwImportPage *self)
{
  gtk_widget_set_visible (self->encoding_box, gw_import_plan_get_encoding (self->plan) != NULL);
  if (!self->encoding_chosen)
    gtk_drop_down_set_selected (self->encoding_choice, 0);
}

static void
show_sheets (GwImportPage *self)
{
  guint sheet;
  const char *const *names = gw_import_plan_get_sheets (self->plan, &sheet);
  g_autoptr (GtkStringList) list = gtk_string_list_new (names);

  gtk_drop_down_set_model (self->sheet_choice, G_LIST_MODEL (list));
  gtk_widget_set_visible (self->sheet_box, g_list_model_get_n_items (G_LIST_MODEL (list)) > 1);
  if (names[0] != NULL)
    gtk_drop_down_set_selected (self->sheet_choice, sheet);
}

static void
show_preview (GwImportPage *self)
{
  self->filling = TRUE;
  show_encoding (self);
  show_sheets (self);
  gtk_label_set_text (self->file_label, gw_import_plan_get_file_name (self->plan));
  gtk_label_set_text (self->format_label, gw_import_plan_get_format (self->plan));
  gtk_widget_set_visible (self->crs_box, gw_import_plan_has_points (self->plan));
  gtk_drop_down_set_selected (self->crs_choice, gw_import_plan_get_crs (self->plan));
  gtk_label_set_text (self->crs_reason, gw_import_plan_get_crs_reason (self->plan));
  gw_import_columns_fill (self->view, self->plan);
  show_notes (self);
  show_summary (self);
  show_rows (self);
  self->filling = FALSE;
  gtk_stack_set_visible_child_name (self->stack, "preview");
}

/* ---- mapping ---- */

static void
rechecked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Waiting) waiting = data;
  GwImportPage *self = waiting->self;
  g_autoptr (GError) error = NULL;

  if (gw_import_plan_recheck_finish (GW_IMPORT_PLAN (source), result, &error))
    {
      if (self->plan == GW_IMPORT_PLAN (source))
        show_preview (self);
      return;
    }
  if (self->plan == GW_IMPORT_PLAN (source))
    {
      gw_ui_toast_error (GTK_WIDGET (self), error);
      show_preview (self);
    }
}

static void
recheck (GwImportPage *self, int column, const char *field)
{
  const char *what = _ ("Checking the rows again…");
  GCancellable *work = begin_work (self, what);

  gw_import_plan_recheck_async (self->plan, column, field,
                                (GwCrs)gtk_drop_down_get_selected (self->crs_choice), work,
                                rechecked_cb, waiting_new (self, what));
}

static void
crs_changed_cb (GtkDropDown *choice, GParamSpec *pspec, GwImportPage *self)
{
  if (!self->filling && self->plan != NULL)
    recheck (self, -1, NULL);
}

static void
field_changed_cb (GtkDropDown *choice, GParamSpec *pspec, GwImportPage *self)
{
  int column = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (choice), "column"));
  guint selected = gtk_drop_down_get_selected (choice);

  if (self->filling || self->plan == NULL)
    return;
  recheck (self, column,
           selected == 0 ? NULL : gw_import_plan_get_field_ids (self->plan)[selected - 1]);
}

static guint
position_of_field (GwImportPlan *plan, const char *field)
{
  const char *const *ids = gw_import_plan_get_field_ids (plan);

  for (guint i = 0; field != NULL && ids[i] != NULL; i++)
    if (g_str_equal (ids[i], field))
      return i + 1;
  return 0;
}

static GtkWidget *
mapping_of (GwImportPage *self, guint column, const GwPlanColumn *facts)
{
  const char *const *labels = gw_import_plan_get_field_labels (self->plan);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *header = gtk_label_new (facts->header);
  GtkWidget *choice;
  g_autofree char *name = g_strdup_printf (_ ("Column “%s” is"), facts->header);

  gtk_string_list_append (names, _ ("Left out"));
  for (guint i = 0; labels[i] != NULL; i++)
    gtk_string_list_append (names, labels[i]);
  choice = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (names)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), position_of_field (self->plan, facts->field));
  gw_ui_set_name (choice, name);
  g_object_set_data (G_OBJECT (choice), "column", GINT_TO_POINTER ((int)column));
  g_signal_connect (choice, "notify::selected", G_CALLBACK (field_changed_cb), self);
  gtk_label_set_xalign (GTK_LABEL (header), 0);
  gtk_label_set_ellipsize (GTK_LABEL (header), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (header, facts->guessed ? "warning" : "caption");
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), choice);
  return box;
}

static void
fill_mapping (GwImportPage *self)
{
  GPtrArray *columns = gw_import_plan_get_columns (self->plan);
  GtkWidget *child;
  guint matched = 0;
  g_autofree char *label = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->columns_box))) != NULL)
    gtk_flow_box_remove (self->columns_box, child);
  self->filling = TRUE;
  for (guint i = 0; i < columns->len; i++)
    {
      const GwPlanColumn *facts = g_ptr_array_index (columns, i);

      matched += facts->field != NULL;
      gtk_flow_box_insert (self->columns_box, mapping_of (self, i, facts), -1);
    }
  self->filling = FALSE;
  label = g_strdup_printf (_ ("Columns: %u of %u are matched"), matched, columns->len);
  gtk_expander_set_label (self->columns_expander, label);
}

/* ---- reading ---- */

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Waiting) waiting = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwImportPlan) plan =
      gw_session_plan_import_finish (GW_SESSION (source), result, &error);
  GwImportPage *self = waiting->self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* Read again as somebody chose, and it cannot be: what was there before stays. */
  if (plan == NULL && self->plan != NULL)
    {
      self->encoding_chosen = FALSE;
      gw_ui_toast_error (GTK_WIDGET (self), error);
      show_preview (self);
      return;
    }
  if (plan == NULL)
    {
      show_failure (self, error);
      return;
    }
  g_set_object (&self->plan, plan);
  fill_mapping (self);
  show_preview (self);
}

static void
read_file (GwImportPage *self, const GwImportChoice *choice)
{
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *what = g_strdup_printf (_ ("Reading %s…"), name);
  GCancellable *work = begin_work (self, what);
  Waiting *waiting = waiting_new (self, what);

  gw_session_plan_import_async (self->session, self->path, self->type, choice, progress_cb, waiting,
                                work, planned_cb, waiting);
}

static void
choice_changed_cb (GtkDropDown *drop_down, GParamSpec *pspec, GwImportPage *self)
{
  GwImportChoice choice = { NULL, NULL };
  GObject *sheet = gtk_drop_down_get_selected_item (self->sheet_choice);

  if (self->filling || self->plan == NULL)
    return;
  self->encoding_chosen = TRUE;
  choice.encoding = encodings[gtk_drop_down_get_selected (self->encoding_choice)];
  if (gtk_widget_get_visible (self->sheet_box) && sheet != NULL)
    choice.sheet = gtk_string_object_get_string (GTK_STRING_OBJECT (sheet));
  read_file (self, &choice);
}

static const char *
first_type (GwImportPage *self)
{
  GPtrArray *modules = gw_session_get_modules (self->session);

  for (guint i = 0; i < modules->len; i++)
    {
      const GwModuleSpec *module = g_ptr_array_index (modules, i);

      if (module->imports->len > 0)
        return ((GwImportSpec *)g_ptr_array_index (module->imports, 0))->type;
    }
  return NULL;
}

void
gw_import_page_open (GwImportPage *self, GFile *file, const char *type_key)
{
  drop_plan (self);
  g_free (self->path);
  g_free (self->type);
  self->path = g_file_get_path (file);
  self->type = g_strdup (type_key != NULL ? type_key : first_type (self));
  self->encoding_chosen = FALSE;
  if (self->type == NULL || self->path == NULL)
    {
      adw_status_page_set_description (
          self->failed_page, self->path == NULL
                                 ? _ ("The file is not on this computer: copy it here first")
                                 : _ ("No module that takes in tables is loaded"));
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }
  read_file (self, NULL);
}

/* ---- writing ---- */

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Waiting) waiting = data;
  g_autoptr (GError) error = NULL;
  guint taken = 0, refused = 0;
  gint64 batch =
      gw_session_commit_import_finish (GW_SESSION (source), result, &taken, &refused, &error);
  GwImportPage *self = waiting->self;

  g_clear_object (&self->work);
  if (batch == 0)
    {
      gw_ui_toast_error (GTK_WIDGET (self), error);
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gw_ui_toast (GTK_WIDGET (self), _ ("Import cancelled: nothing of it stays"));
      if (self->plan != NULL)
        show_preview (self);
      return;
    }
  drop_plan (self);
  gtk_stack_set_visible_child_name (self->stack, "choose");
  g_signal_emit (self, signals[COMMITTED], 0, batch, taken, refused);
}

static void
commit_clicked_cb (GtkButton *button, GwImportPage *self)
{
  const char *what = _ ("Taking in the rows…");
  GCancellable *work = begin_work (self, what);
  Waiting *waiting = waiting_new (self, what);

  gw_session_commit_import_async (self->session, self->plan, progress_cb, waiting, work,
                                  committed_cb, waiting);
}

/* ---- the other buttons ---- */

static void
cancel_clicked_cb (GtkButton *button, GwImportPage *self)
{
  if (self->work != NULL)
    g_cancellable_cancel (self->work);
  if (self->plan == NULL)
    gtk_stack_set_visible_child_name (self->stack, "choose");
}

static void
discard_clicked_cb (GtkButton *button, GwImportPage *self)
{
  drop_plan (self);
  gtk_stack_set_visible_child_name (self->stack, "choose");
  g_signal_emit (self, signals[CLOSE], 0);
}

static void
problems_toggled_cb (GtkToggleButton *button, GwImportPage *self)
{
  if (self->plan != NULL)
    show_rows (self);
}

static void
next_clicked_cb (GtkButton *button, GwImportPage *self)
{
  guint now = gtk_single_selection_get_selected (self->chosen);
  guint next =
      gw_plan_rows_next_problem (self->rows, now == GTK_INVALID_LIST_POSITION ? 0 : now + 1);

  if (next == GTK_INVALID_LIST_POSITION)
    next = gw_plan_rows_next_problem (self->rows, 0);
  if (next == GTK_INVALID_LIST_POSITION)
    return;
  gtk_single_selection_set_selected (self->chosen, next);
  /* The list's own action moves it into view; there is no function for that before GTK 4.12. */
  gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)),
                              "list.scroll-to-item", "u", next);
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, GwImportPage *self)
{
  gw_import_page_open (self, g_value_get_object (value), NULL);
  return TRUE;
}

static void
gw_import_page_dispose (GObject *object)
{
  GwImportPage *self = GW_IMPORT_PAGE (object);

  stop_work (self);
  drop_plan (self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->type, g_free);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else it is unparented twice */
  gtk_widget_dispose_template (GTK_WIDGET (self), GW_TYPE_IMPORT_PAGE);
  G_OBJECT_CLASS (gw_import_page_parent_class)->dispose (object);
}

static void
gw_import_page_class_init (GwImportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_import_page_dispose;
  signals[COMMITTED] =
      g_signal_new ("committed", GW_TYPE_IMPORT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, G_TYPE_INT64, G_TYPE_UINT, G_TYPE_UINT);
  signals[CLOSE] = g_signal_new ("close", GW_TYPE_IMPORT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               GW_RESOURCE_PREFIX "/form/gw-import-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, stack);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, working_label);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, progress);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, failed_page);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, file_label);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, format_label);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, notes_label);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, crs_box);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, crs_choice);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, crs_reason);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, encoding_box);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, encoding_choice);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, sheet_box);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, sheet_choice);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, columns_expander);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, columns_box);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, summary_label);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, problems_toggle);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, next_button);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, view);
  gtk_widget_class_bind_template_child (widget_class, GwImportPage, commit_button);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, commit_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, discard_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, problems_toggled_cb);
}

static void
gw_import_page_init (GwImportPage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);
  g_autoptr (GtkStringList) systems = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint crs = 0; crs < GW_N_CRS; crs++)
    gtk_string_list_append (systems, gw_crs_get_name ((GwCrs)crs));
  gtk_drop_down_set_model (self->crs_choice, G_LIST_MODEL (systems));
  g_signal_connect (self->encoding_choice, "notify::selected", G_CALLBACK (choice_changed_cb),
                    self);
  g_signal_connect (self->sheet_choice, "notify::selected", G_CALLBACK (choice_changed_cb), self);
  g_signal_connect (self->crs_choice, "notify::selected", G_CALLBACK (crs_changed_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  gw_ui_leave_on_tab (GTK_WIDGET (self->view));
}

GtkWidget *
gw_import_page_new (GwSession *session)
{
  GwImportPage *self = g_object_new (GW_TYPE_IMPORT_PAGE, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
