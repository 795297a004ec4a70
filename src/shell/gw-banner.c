/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-banner.h"

#include "gw-ui.h"

struct _GwBanner
{
  AdwBin parent;
  GtkRevealer *revealer;
  GtkBox *box;
  GtkLabel *message;
  GtkButton *button;
  GtkButton *other;
};

G_DEFINE_FINAL_TYPE (GwBanner, gw_banner, ADW_TYPE_BIN)

static void
gw_banner_class_init (GwBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, GW_RESOURCE_PREFIX "/gw-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, GwBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, GwBanner, box);
  gtk_widget_class_bind_template_child (widget_class, GwBanner, message);
  gtk_widget_class_bind_template_child (widget_class, GwBanner, button);
  gtk_widget_class_bind_template_child (widget_class, GwBanner, other);
}

static void
gw_banner_init (GwBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gw_banner_new (void)
{
  return g_object_new (GW_TYPE_BANNER, NULL);
}

static void
set_button (GtkButton *button, const char *label, const char *action)
{
  gtk_widget_set_visible (GTK_WIDGET (button), label != NULL);
  if (label == NULL)
    return;
  gtk_button_set_label (button, label);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
}

void
gw_banner_show (GwBanner *self,
                const char *style,
                const char *message,
                const char *label,
                const char *action,
                const char *other_label,
                const char *other_action)
{
  const char *classes[] = { "banner", style, NULL };
  g_autofree char *line = NULL;

  g_return_if_fail (GW_IS_BANNER (self) && message != NULL);
  gtk_widget_set_css_classes (GTK_WIDGET (self->box), classes);
  /* A label that wraps takes a line break for less height than it then needs. */
  line = g_strdelimit (g_strdup (message), "\n", ' ');
  gtk_label_set_label (self->message, line);
  set_button (self->button, label, action);
  set_button (self->other, other_label, other_action);
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

void
gw_banner_hide (GwBanner *self)
{
  g_return_if_fail (GW_IS_BANNER (self));
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), FALSE);
}
