/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-start-page.h"

#include "gw-error.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

struct _GwStartPage
{
  AdwBin parent;
  GtkStack *stack;
  GtkWidget *shown;    /* the page beside "opening", nullable */
  GtkProgressBar *bar; /* nullable: of "making" */
};

G_DEFINE_FINAL_TYPE (GwStartPage, gw_start_page, ADW_TYPE_BIN)

static void
gw_start_page_class_init (GwStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               GW_RESOURCE_PREFIX "/pages/gw-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GwStartPage, stack);
}

static void
gw_start_page_init (GwStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gw_start_page_new (void)
{
  return g_object_new (GW_TYPE_START_PAGE, NULL);
}

static GtkWidget *
button_new (const char *label, const char *action, gboolean suggested)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (button, 280, -1);
  gtk_widget_add_css_class (button, "pill");
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  return button;
}

/* The window's usual first page is the map: what is built here is built when it is needed. */
static GtkWidget *
replace (GwStartPage *self, const char *icon, const char *title, const char *text)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->bar = NULL;
  if (self->shown != NULL)
    gtk_stack_remove (self->stack, self->shown);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), text);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), box);
  gtk_stack_add_child (self->stack, page);
  gtk_stack_set_visible_child (self->stack, page);
  self->shown = page;
  return box;
}

void
gw_start_page_show_opening (GwStartPage *self)
{
  g_return_if_fail (GW_IS_START_PAGE (self));
  gtk_stack_set_visible_child_name (self->stack, "opening");
}

void
gw_start_page_show_first_run (GwStartPage *self)
{
  GtkWidget *box = NULL;

  g_return_if_fail (GW_IS_START_PAGE (self));
  box = replace (self, "org.gridwork.Gridwork", _ ("Welcome to Gridwork"),
                 _ ("The desk of a governance centre: take in, dispatch, follow and close matters, "
                    "on a list and on the map"));
  gtk_box_append (GTK_BOX (box),
                  button_new (_ ("Look at the _Demonstration District"), "win.open-demo", TRUE));
  gtk_box_append (GTK_BOX (box), button_new (_ ("_Open a File…"), "win.open-file", FALSE));
  gtk_box_append (GTK_BOX (box), button_new (_ ("_Create a File…"), "win.create-file", FALSE));
}

void
gw_start_page_show_making (GwStartPage *self, GCancellable *cancellable)
{
  GtkWidget *box = NULL, *bar = NULL, *cancel = NULL;

  g_return_if_fail (GW_IS_START_PAGE (self));
  box = replace (self, "document-save-symbolic", _ ("Making the demonstration district"),
                 _ ("Every matter goes through the same workflow as a real one"));
  bar = gtk_progress_bar_new ();
  gtk_widget_set_size_request (bar, 280, -1);
  gtk_widget_set_halign (bar, GTK_ALIGN_CENTER);
  gw_ui_set_name (bar, _ ("Making the demonstration district"));
  gtk_box_append (GTK_BOX (box), bar);
  if (cancellable != NULL)
    {
      cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
      gtk_widget_set_halign (cancel, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (cancel, "pill");
      g_signal_connect_object (cancel, "clicked", G_CALLBACK (g_cancellable_cancel), cancellable,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), cancel);
    }
  self->bar = GTK_PROGRESS_BAR (bar);
}

void
gw_start_page_set_fraction (GwStartPage *self, double fraction)
{
  g_return_if_fail (GW_IS_START_PAGE (self));
  if (self->bar != NULL)
    gtk_progress_bar_set_fraction (self->bar, CLAMP (fraction, 0, 1));
}

void
gw_start_page_show_problem (GwStartPage *self, const char *path, const GError *error)
{
  g_autofree char *name = NULL, *text = NULL;
  GtkWidget *box = NULL;

  g_return_if_fail (GW_IS_START_PAGE (self) && error != NULL);
  name = g_path_get_basename (path);
  text = g_markup_escape_text (error->message, -1);
  {
    g_autofree char *title = g_strdup_printf (_ ("%s cannot be opened"), name);

    box = replace (self, "dialog-warning-symbolic", title, text);
  }
  gtk_box_append (GTK_BOX (box), button_new (_ ("_Try Again"), "win.retry", TRUE));
  if (!g_error_matches (error, GW_ERROR, GW_ERROR_NOT_FOUND) &&
      !g_error_matches (error, GW_ERROR, GW_ERROR_CORRUPT) &&
      !g_error_matches (error, GW_ERROR, GW_ERROR_TOO_NEW))
    gtk_box_append (GTK_BOX (box),
                    button_new (_ ("Open for _Reading Only"), "win.open-read-only", FALSE));
  gtk_box_append (GTK_BOX (box), button_new (_ ("_Open Another File…"), "win.open-file", FALSE));
}
