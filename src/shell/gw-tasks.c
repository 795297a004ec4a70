/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-tasks.h"

#include "gw-ui.h"
#include <glib/gi18n-lib.h>

typedef struct
{
  guint id;
  char *title;               /* owned */
  GCancellable *cancellable; /* owned, nullable */
  GtkWidget *row;            /* borrowed child */
  GtkProgressBar *bar;       /* borrowed child */
} Task;

struct _GwTasks
{
  AdwBin parent;
  GPtrArray *running; /* owned */
  guint last;
  GtkMenuButton *button;
  GtkSpinner *spinner;
  GtkLabel *count;
  GtkPopover *popover;
  GtkBox *rows;
};

G_DEFINE_FINAL_TYPE (GwTasks, gw_tasks, ADW_TYPE_BIN)

static void
task_free (gpointer data)
{
  Task *task = data;

  g_free (task->title);
  g_clear_object (&task->cancellable);
  g_free (task);
}

static Task *
find (GwTasks *self, guint id)
{
  for (guint i = 0; i < self->running->len; i++)
    {
      Task *task = g_ptr_array_index (self->running, i);

      if (task->id == id)
        return task;
    }
  return NULL;
}

static void
show_count (GwTasks *self)
{
  guint n = self->running->len;
  g_autofree char *text = g_strdup_printf ("%u", n);

  gtk_label_set_label (self->count, text);
  gtk_spinner_set_spinning (self->spinner, n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  if (n == 0)
    gtk_popover_popdown (self->popover);
}

static GtkWidget *
row_new (Task *task)
{
  GtkWidget *row = gtk_grid_new ();
  GtkWidget *title = gtk_label_new (task->title);
  GtkWidget *bar = gtk_progress_bar_new ();

  gtk_grid_set_column_spacing (GTK_GRID (row), 12);
  gtk_grid_set_row_spacing (GTK_GRID (row), 4);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_set_hexpand (title, TRUE);
  gw_ui_set_name (bar, task->title);
  gtk_grid_attach (GTK_GRID (row), title, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (row), bar, 0, 1, 1, 1);
  if (task->cancellable != NULL)
    {
      g_autofree char *name = g_strdup_printf (_ ("Cancel: %s"), task->title);
      GtkWidget *cancel = gw_ui_icon_button ("process-stop-symbolic", name, NULL);

      g_signal_connect_object (cancel, "clicked", G_CALLBACK (g_cancellable_cancel),
                               task->cancellable, G_CONNECT_SWAPPED);
      gtk_grid_attach (GTK_GRID (row), cancel, 1, 0, 1, 2);
    }
  task->row = row;
  task->bar = GTK_PROGRESS_BAR (bar);
  return row;
}

static void
gw_tasks_finalize (GObject *object)
{
  g_ptr_array_unref (GW_TASKS (object)->running);
  G_OBJECT_CLASS (gw_tasks_parent_class)->finalize (object);
}

static void
gw_tasks_class_init (GwTasksClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gw_tasks_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, GW_RESOURCE_PREFIX "/gw-tasks.ui");
  gtk_widget_class_bind_template_child (widget_class, GwTasks, button);
  gtk_widget_class_bind_template_child (widget_class, GwTasks, spinner);
  gtk_widget_class_bind_template_child (widget_class, GwTasks, count);
  gtk_widget_class_bind_template_child (widget_class, GwTasks, popover);
  gtk_widget_class_bind_template_child (widget_class, GwTasks, rows);
}

static void
gw_tasks_init (GwTasks *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->running = g_ptr_array_new_with_free_func (task_free);
}

GtkWidget *
gw_tasks_new (void)
{
  return g_object_new (GW_TYPE_TASKS, NULL);
}

guint
gw_tasks_begin (GwTasks *self, const char *title, GCancellable *cancellable)
{
  Task *task = NULL;

  g_return_val_if_fail (GW_IS_TASKS (self) && title != NULL, 0);
  task = g_new0 (Task, 1);
  task->id = ++self->last;
  task->title = g_strdup (title);
  task->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  g_ptr_array_add (self->running, task);
  gtk_box_append (self->rows, row_new (task));
  show_count (self);
  return task->id;
}

void
gw_tasks_set_fraction (GwTasks *self, guint task, double fraction)
{
  Task *found = NULL;

  g_return_if_fail (GW_IS_TASKS (self));
  found = find (self, task);
  if (found == NULL)
    return;
  if (fraction < 0)
    gtk_progress_bar_pulse (found->bar);
  else
    gtk_progress_bar_set_fraction (found->bar, CLAMP (fraction, 0, 1));
}

void
gw_tasks_end (GwTasks *self, guint task)
{
  Task *found = NULL;

  g_return_if_fail (GW_IS_TASKS (self));
  found = find (self, task);
  if (found == NULL)
    return;
  gtk_box_remove (self->rows, found->row);
  g_ptr_array_remove (self->running, found);
  show_count (self);
}

guint
gw_tasks_n_running (GwTasks *self)
{
  g_return_val_if_fail (GW_IS_TASKS (self), 0);
  return self->running->len;
}

char *
gw_tasks_dup_summary (GwTasks *self)
{
  GString *text = NULL;

  g_return_val_if_fail (GW_IS_TASKS (self), NULL);
  if (self->running->len == 0)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < self->running->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            ((Task *)g_ptr_array_index (self->running, i))->title);
  return g_string_free (text, FALSE);
}

GwTasks *
gw_tasks_of (GtkWidget *from)
{
  GtkRoot *root = gtk_widget_get_root (from);

  return root != NULL ? g_object_get_data (G_OBJECT (root), "gw-tasks") : NULL;
}
