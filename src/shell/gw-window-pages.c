/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-window-private.h"

#include "gw-help-page.h"
#include "gw-import-page.h"
#include "gw-intake-page.h"
#include "gw-shortcuts-page.h"
#include "gw-sidebar.h"
#include "gw-situation-page.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

static gboolean
is_home (const char *page)
{
  return g_str_equal (page, "situation") || g_str_equal (page, "matters");
}

/* Pages beside the situation are built when they are first opened. */
static GtkWidget *
page_widget (GwWindow *self, const char *page)
{
  GtkWidget *widget = NULL;

  if (is_home (page))
    return self->situation;
  widget = gtk_stack_get_child_by_name (self->pages, page);
  if (widget != NULL)
    return widget;
  if (g_str_equal (page, "shortcuts"))
    widget = gw_shortcuts_page_new ();
  else if (g_str_equal (page, "help"))
    widget = gw_help_page_new ();
  if (widget != NULL)
    gtk_stack_add_named (self->pages, widget, page);
  return widget;
}

void
gw_window_set_page (GwWindow *self, const char *page)
{
  GtkWidget *widget = page_widget (self, page);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "page");

  if (widget == NULL)
    return;
  if (is_home (self->page) && !is_home (page))
    {
      g_free (self->page_before);
      self->page_before = g_strdup (self->page);
    }
  if (is_home (page))
    gw_situation_page_set_map_shown (GW_SITUATION_PAGE (self->situation),
                                     g_str_equal (page, "situation"));
  gtk_stack_set_visible_child (self->pages, widget);
  g_free (self->page);
  self->page = g_strdup (page);
  if (self->sidebar != NULL)
    gw_sidebar_set_page (GW_SIDEBAR (self->sidebar), page);
  if (action != NULL)
    g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (page));
  gw_window_save_soon (self);
  gw_window_tell_soon (self);
}

void
gw_window_go_back (GwWindow *self)
{
  g_autofree char *before = g_strdup (self->page_before);

  if (!is_home (self->page))
    gw_window_set_page (self, self->session != NULL ? before : "start");
  else if (self->situation != NULL)
    (void)gw_situation_page_go_back (GW_SITUATION_PAGE (self->situation));
}

/* ---- taking in ---- */

static void
picked_cb (gpointer owner, gboolean has_point, gint x, gint y)
{
  if (has_point)
    gw_intake_page_set_point (owner, x, y);
  gw_intake_page_focus (owner);
}

static void
pick_point_cb (GwWindow *self)
{
  gw_window_pick_point (self, G_OBJECT (self->intake), picked_cb);
}

static void
submitted_cb (GwWindow *self, gint64 id, const char *number)
{
  g_autofree char *text = g_strdup_printf (_ ("%s was taken in"), number);

  gw_window_go_back (self);
  gw_window_show_matter (self, id);
  gw_window_toast (self, text);
  gw_window_ask_drafts (self);
}

static void
closed_cb (GwWindow *self)
{
  gw_window_go_back (self);
  gw_window_ask_drafts (self);
}

void
gw_window_start_intake (GwWindow *self, const char *type, const GwDraft *draft)
{
  if (self->session == NULL)
    return;
  if (self->intake == NULL)
    {
      self->intake = gw_intake_page_new (self->session);
      gtk_stack_add_named (self->pages, self->intake, "intake");
      g_signal_connect_object (self->intake, "pick-point", G_CALLBACK (pick_point_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->intake, "submitted", G_CALLBACK (submitted_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->intake, "close", G_CALLBACK (closed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  gw_window_set_page (self, "intake");
  gw_intake_page_start (GW_INTAKE_PAGE (self->intake), type, draft);
  gw_intake_page_focus (GW_INTAKE_PAGE (self->intake));
}

/* ---- importing ---- */

static void
committed_cb (GwWindow *self, gint64 batch, guint rows, guint refused)
{
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autofree char *text = NULL;

  text = refused > 0 ? g_strdup_printf (_ ("%u matters taken in, %u rows refused"), rows, refused)
                     : g_strdup_printf (_ ("%u matters taken in"), rows);
  filter->sort = gw_filter_model_get (self->model)->sort;
  filter->batch = batch;
  gw_filter_model_set (self->model, filter);
  gw_window_set_page (self, "situation");
  {
    g_autofree char *undo = g_strdup_printf ("win.undo-batch(int64 %" G_GINT64_FORMAT ")", batch);

    gw_ui_toast_undo (GTK_WIDGET (self->pages), text, undo);
  }
}

void
gw_window_start_import (GwWindow *self, GFile *file, const char *type)
{
  g_autofree char *why = NULL;

  if (!gw_actions_is_allowed (gw_actions_find ("win.import"), self->session, &why))
    {
      gw_window_toast (self, why);
      return;
    }
  if (self->import == NULL)
    {
      self->import = gw_import_page_new (self->session);
      gtk_stack_add_named (self->pages, self->import, "import");
      g_signal_connect_object (self->import, "committed", G_CALLBACK (committed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->import, "close", G_CALLBACK (gw_window_go_back), self,
                               G_CONNECT_SWAPPED);
    }
  gw_window_set_page (self, "import");
  gw_import_page_open (GW_IMPORT_PAGE (self->import), file, type);
}

/* Every page that asks the session goes with it. */
void
gw_window_leave_pages (GwWindow *self)
{
  GtkWidget **all[] = { &self->situation, &self->intake, &self->import };

  gtk_stack_set_visible_child (self->pages, self->start);
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      if (*all[i] != NULL)
        gtk_stack_remove (self->pages, *all[i]);
      *all[i] = NULL;
    }
}
