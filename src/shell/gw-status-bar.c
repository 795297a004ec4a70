/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-status-bar.h"

#include "gw-ui.h"
#include <glib/gi18n-lib.h>

struct _GwStatusBar
{
  AdwBin parent;
  GwSession *session; /* owned, nullable */
  GtkLabel *file;
  GtkLabel *demo;
  GtkLabel *problem;
  GtkLabel *seat;
};

G_DEFINE_FINAL_TYPE (GwStatusBar, gw_status_bar, ADW_TYPE_BIN)

static char *
seat_text (GwSession *session)
{
  const GwActor *actor = gw_session_get_actor (session);
  const GwAccount *account = gw_session_get_account (session);
  GPtrArray *orgs = gw_session_get_orgs (session);
  const GwOrg *org =
      actor->org != 0 && actor->org < orgs->len ? g_ptr_array_index (orgs, actor->org) : NULL;

  return g_strdup_printf (_ ("%s · %s · %s"), org != NULL ? org->name : _ ("no unit"),
                          account != NULL ? account->label : _ ("no account"),
                          gw_role_label (actor->role));
}

static char *
file_text (GwSession *session)
{
  const char *holder = gw_session_get_holder (session);

  if (gw_session_get_damage (session) != NULL)
    return g_strdup (_ ("Database damaged"));
  if (holder != NULL)
    return g_strdup_printf (_ ("Reading only, held by %s"), holder);
  if (gw_session_is_read_only (session))
    return g_strdup (_ ("Reading only"));
  return g_strdup (_ ("Database in order"));
}

static void
show (GwStatusBar *self)
{
  g_autofree char *file = NULL, *seat = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), self->session != NULL);
  if (self->session == NULL)
    return;
  file = file_text (self->session);
  seat = seat_text (self->session);
  gtk_label_set_label (self->file, file);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->file), gw_session_get_path (self->session));
  gtk_label_set_label (self->seat, seat);
  gtk_widget_set_visible (GTK_WIDGET (self->demo), gw_session_is_demo (self->session));
}

static void
gw_status_bar_dispose (GObject *object)
{
  GwStatusBar *self = GW_STATUS_BAR (object);

  gw_status_bar_set_session (self, NULL);
  G_OBJECT_CLASS (gw_status_bar_parent_class)->dispose (object);
}

static void
gw_status_bar_class_init (GwStatusBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_status_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               GW_RESOURCE_PREFIX "/gw-status-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, GwStatusBar, file);
  gtk_widget_class_bind_template_child (widget_class, GwStatusBar, demo);
  gtk_widget_class_bind_template_child (widget_class, GwStatusBar, problem);
  gtk_widget_class_bind_template_child (widget_class, GwStatusBar, seat);
}

static void
gw_status_bar_init (GwStatusBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show (self);
}

GtkWidget *
gw_status_bar_new (void)
{
  return g_object_new (GW_TYPE_STATUS_BAR, NULL);
}

void
gw_status_bar_set_session (GwStatusBar *self, GwSession *session)
{
  g_return_if_fail (GW_IS_STATUS_BAR (self));
  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  (void)g_set_object (&self->session, session);
  if (session != NULL)
    {
      g_signal_connect_swapped (session, "seat-changed", G_CALLBACK (show), self);
      g_signal_connect_swapped (session, "damaged", G_CALLBACK (show), self);
      show (self);
    }
  else
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
gw_status_bar_set_problem (GwStatusBar *self, const char *problem)
{
  g_return_if_fail (GW_IS_STATUS_BAR (self));
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->problem), problem);
}
