/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-state-track.h"

#include "gw-ui.h"
#include <glib/gi18n-lib.h>

/* The plain way; every other state stands beside one of these. */
static const GwMatterState way[] = { GW_STATE_REPORTED, GW_STATE_FILED,   GW_STATE_WAITING,
                                     GW_STATE_HANDLING, GW_STATE_HANDLED, GW_STATE_EVALUATING,
                                     GW_STATE_CLOSED };

struct _GwStateTrack
{
  AdwBin parent;
  GtkWidget *marks[G_N_ELEMENTS (way)];
  GtkBox *line;
  GtkLabel *word;
};

G_DEFINE_FINAL_TYPE (GwStateTrack, gw_state_track, ADW_TYPE_BIN)

static gsize
step_of (GwMatterState state)
{
  if (state == GW_STATE_PAUSED)
    state = GW_STATE_HANDLING;
  if (state == GW_STATE_ARCHIVED)
    return G_N_ELEMENTS (way);
  for (gsize i = 0; i < G_N_ELEMENTS (way); i++)
    if (way[i] == state)
      return i;
  return 0;
}

static void
gw_state_track_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL); /* else it is unparented twice */
  gtk_widget_dispose_template (GTK_WIDGET (object), GW_TYPE_STATE_TRACK);
  G_OBJECT_CLASS (gw_state_track_parent_class)->dispose (object);
}

static void
gw_state_track_class_init (GwStateTrackClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_state_track_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               GW_RESOURCE_PREFIX "/form/gw-state-track.ui");
  gtk_widget_class_bind_template_child (widget_class, GwStateTrack, line);
  gtk_widget_class_bind_template_child (widget_class, GwStateTrack, word);
}

static void
gw_state_track_init (GwStateTrack *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (way); i++)
    {
      if (i > 0)
        {
          GtkWidget *rule = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

          gtk_widget_set_hexpand (rule, TRUE);
          gtk_widget_set_valign (rule, GTK_ALIGN_CENTER);
          gtk_box_append (self->line, rule);
        }
      self->marks[i] = gtk_label_new (NULL);
      gtk_widget_set_tooltip_text (self->marks[i], gw_state_label (way[i]));
      gtk_box_append (self->line, self->marks[i]);
    }
}

GtkWidget *
gw_state_track_new (void)
{
  return g_object_new (GW_TYPE_STATE_TRACK, NULL);
}

void
gw_state_track_set (GwStateTrack *self, GwMatterState state)
{
  gsize step = step_of (state);
  g_autofree char *name = NULL;

  g_return_if_fail (GW_IS_STATE_TRACK (self));
  for (gsize i = 0; i < G_N_ELEMENTS (way); i++)
    {
      const char *css[] = { i == step  ? "track-now"
                            : i < step ? "track-done"
                                       : "track-later",
                            NULL };

      gtk_widget_set_css_classes (self->marks[i], css);
      gtk_label_set_text (GTK_LABEL (self->marks[i]), i == step ? "◉" : i < step ? "●" : "○");
    }
  name = step < G_N_ELEMENTS (way)
             ? g_strdup_printf (_ ("%s – step %zu of %zu"), gw_state_label (state), step + 1,
                                G_N_ELEMENTS (way))
             : g_strdup (gw_state_label (state));
  gtk_label_set_text (self->word, name);
  gw_ui_set_name (GTK_WIDGET (self->line), name);
}
