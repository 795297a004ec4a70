/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-application-private.h"

#include "gw-long-work.h"
#include "gw-session-bus.h"
#include "gw-tasks.h"
#include <glib/gi18n-lib.h>

/* Which file is open. Another one is opened beside it, and takes its place once it can be read: a
 * file that cannot be opened takes nothing away. */

/* ---- where things lie ---- */

static char *
data_file (GwApplication *self, const char *name)
{
  if (self->profile != NULL)
    return g_build_filename (self->profile, name, NULL);
  return g_build_filename (g_get_user_data_dir (), "gridwork", name, NULL);
}

static char *
demo_path (GwApplication *self)
{
  g_autofree char *name = NULL;

  name = g_strdup_printf ("demo-%" G_GUINT64_FORMAT ".gridwork", self->demo_seed);
  return data_file (self, name);
}

static gboolean
exists (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The file of the last time, else the usual one; NULL on the first run. */
static char *
usual_path (GwApplication *self)
{
  g_autofree char *last = g_settings_get_string (self->settings, "last-file");
  g_autofree char *usual = data_file (self, "centre.gridwork");

  if (*last != '\0' && exists (last))
    return g_steal_pointer (&last);
  return exists (usual) ? g_steal_pointer (&usual) : NULL;
}

static void
set_path (GwApplication *self, const char *path)
{
  char *copy = g_strdup (path);

  g_free (self->path);
  self->path = copy;
}

/* ---- showing ---- */

void
gw_application_show (GwApplication *self)
{
  if (self->window == NULL)
    return;
  if (self->session != NULL)
    {
      if (gw_window_get_session (self->window) != self->session)
        gw_window_take_session (self->window, self->session);
      if (self->import != NULL)
        gw_window_import (self->window, self->import);
      g_clear_pointer (&self->import, g_free);
    }
  else if (self->problem != NULL)
    gw_window_show_problem (self->window, self->path, self->problem);
  else if (self->making != NULL)
    gw_window_show_making (self->window, self->making);
  else if (self->path == NULL)
    gw_window_show_first_run (self->window);
  else
    gw_window_show_opening (self->window);
}

/* ---- leaving ---- */

static void
leave_bus (GwApplication *self)
{
  g_object_set_data (G_OBJECT (self->session), "gw-session-bus", NULL);
}

void
gw_application_close_file (GwApplication *self)
{
  if (self->session == NULL)
    return;
  leave_bus (self);
  gw_session_close (self->session);
  g_clear_object (&self->session);
}

static void
close_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  gw_session_close (data);
  g_task_return_boolean (task, TRUE);
}

/* The last verbs of the file may still be on their way to the disk: a thread waits for them. */
static void
close_elsewhere (GwApplication *self, GAsyncReadyCallback closed)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, closed, NULL);

  if (self->window != NULL)
    gw_window_leave_session (self->window);
  leave_bus (self);
  g_task_set_task_data (task, g_steal_pointer (&self->session), g_object_unref);
  g_task_run_in_thread (task, close_thread);
}

/* ---- opening ---- */

static void
take_session (GwApplication *self, GwSession *session)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (self));

  g_clear_error (&self->problem);
  if (self->session != NULL)
    close_elsewhere (self, NULL);
  set_path (self, gw_session_get_path (session));
  self->session = session;
  if (bus != NULL)
    gw_session_bus_export (session, bus);
  gw_application_show (self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwApplication) self = data;
  g_autofree char *path = g_steal_pointer (&self->wanted);
  g_autoptr (GError) error = NULL;
  GwSession *session = gw_session_open_finish (result, &error);

  g_debug ("start: file is open");
  g_clear_object (&self->opening);
  if (session != NULL)
    take_session (self, session);
  else if (self->session != NULL && self->window != NULL)
    gw_window_refuse_file (self->window, path, error);
  else if (self->session == NULL)
    {
      set_path (self, path);
      g_clear_error (&self->problem);
      self->problem = g_steal_pointer (&error);
      gw_application_show (self);
    }
  g_application_release (G_APPLICATION (self));
}

static void
start_opening (GwApplication *self)
{
  GwSessionFlags flags = self->flags | (self->safe ? GW_SESSION_NO_MODULES : 0);

  g_application_hold (G_APPLICATION (self)); /* the window may be closed meanwhile */
  gw_session_open_async (self->wanted, flags, self->clock, self->opening, opened_cb,
                         g_object_ref (self));
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  start_opening (GW_APPLICATION (source));
}

void
gw_application_open (GwApplication *self, const char *path, GwSessionFlags flags)
{
  g_return_if_fail (GW_IS_APPLICATION (self) && path != NULL);
  if (self->opening != NULL)
    return; /* one after the other */
  self->opening = g_cancellable_new ();
  self->wanted = g_strdup (path);
  self->flags = flags;
  if (self->session == NULL)
    {
      set_path (self, path);
      g_clear_error (&self->problem);
    }
  /* A file is not opened beside itself: its lock is held here. */
  if (self->session != NULL && g_str_equal (path, gw_session_get_path (self->session)))
    close_elsewhere (self, closed_cb);
  else
    start_opening (self);
}

void
gw_application_reopen (GwApplication *self, GwSessionFlags flags)
{
  g_return_if_fail (GW_IS_APPLICATION (self));
  if (self->path != NULL)
    {
      g_autofree char *path = g_strdup (self->path);

      gw_application_open (self, path, flags);
    }
}

/* ---- the demonstration district ---- */

static void
making_cb (double fraction, gpointer data)
{
  GwApplication *self = data;

  if (self->window == NULL)
    return;
  gw_window_set_making_fraction (self->window, fraction);
  if (self->making_task != 0)
    gw_tasks_set_fraction (gw_tasks_of (GTK_WIDGET (self->window)), self->making_task, fraction);
}

static void
end_making (GwApplication *self)
{
  if (self->making_task != 0 && self->window != NULL)
    gw_tasks_end (gw_tasks_of (GTK_WIDGET (self->window)), self->making_task);
  self->making_task = 0;
  g_clear_object (&self->making);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwApplication) self = data;
  g_autofree char *path = demo_path (self);
  g_autoptr (GError) error = NULL;
  gboolean is_made = gw_long_work_make_demo_finish (result, &error);

  end_making (self);
  if (is_made)
    gw_application_open (self, path, 0);
  else if (self->session != NULL)
    {
      if (self->window != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gw_window_refuse_file (self->window, path, error);
    }
  else
    {
      gboolean is_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      g_clear_error (&self->problem);
      set_path (self, is_cancelled ? NULL : path);
      if (!is_cancelled)
        self->problem = g_steal_pointer (&error);
      gw_application_show (self);
    }
  g_application_release (G_APPLICATION (self));
}

/* While a file is open the work stands among the tasks, and the desk stays in use. */
static void
make_demo (GwApplication *self, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  (void)g_mkdir_with_parents (folder, 0700); /* the demo says why it cannot be written */
  self->making = g_cancellable_new ();
  if (self->session != NULL && self->window != NULL)
    self->making_task = gw_tasks_begin (gw_tasks_of (GTK_WIDGET (self->window)),
                                        _ ("Making the demonstration district"), self->making);
  g_application_hold (G_APPLICATION (self));
  gw_long_work_make_demo_async (path, self->demo_seed, making_cb, self, self->making, made_cb,
                                g_object_ref (self));
}

void
gw_application_open_demo (GwApplication *self)
{
  g_autofree char *path = NULL;

  g_return_if_fail (GW_IS_APPLICATION (self));
  path = demo_path (self);
  if (self->opening != NULL || self->making != NULL ||
      (self->session != NULL && g_str_equal (path, gw_session_get_path (self->session))))
    return;
  if (exists (path))
    {
      gw_application_open (self, path, 0);
      return;
    }
  g_clear_error (&self->problem);
  make_demo (self, path);
  gw_application_show (self);
}

void
gw_application_begin (GwApplication *self)
{
  g_autofree char *path = self->demo           ? demo_path (self)
                          : self->path != NULL ? g_strdup (self->path)
                                               : usual_path (self);

  if (self->demo && !exists (path))
    make_demo (self, path);
  else if (path != NULL)
    gw_application_open (self, path, 0);
}
