/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Long work that goes on while the window is used: a button with a count in the header, and below
 * it each task with its progress and a way to cancel. */

#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_TASKS (gw_tasks_get_type ())
G_DECLARE_FINAL_TYPE (GwTasks, gw_tasks, GW, TASKS, AdwBin)

GtkWidget *gw_tasks_new (void);
/* Shows a task until gw_tasks_end() is called with the returned number. @cancellable nullable. */
guint gw_tasks_begin (GwTasks *self, const char *title, GCancellable *cancellable);
/* @fraction < 0: unknown. Unknown numbers are ignored: a task may outlive its window. */
void gw_tasks_set_fraction (GwTasks *self, guint task, double fraction);
void gw_tasks_end (GwTasks *self, guint task);
guint gw_tasks_n_running (GwTasks *self);
/* A sentence that names what runs; nullable, transfer full. */
char *gw_tasks_dup_summary (GwTasks *self);

/* The list of the window that @from lies in; NULL when it lies in none. */
GwTasks *gw_tasks_of (GtkWidget *from);

G_END_DECLS
