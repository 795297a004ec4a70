/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-timeline.h"

#include "gw-ui.h"
#include "gw-words.h"
#include <glib/gi18n-lib.h>

#define SEAL_SHOWN 12

struct _GwTimeline
{
  AdwBin parent;
  GwSession *session; /* owned */
  GtkListBox *rows;
};

G_DEFINE_FINAL_TYPE (GwTimeline, gw_timeline, ADW_TYPE_BIN)

static void
gw_timeline_dispose (GObject *object)
{
  g_clear_object (&GW_TIMELINE (object)->session);
  adw_bin_set_child (ADW_BIN (object), NULL); /* else it is unparented twice */
  gtk_widget_dispose_template (GTK_WIDGET (object), GW_TYPE_TIMELINE);
  G_OBJECT_CLASS (gw_timeline_parent_class)->dispose (object);
}

static void
gw_timeline_class_init (GwTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_timeline_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               GW_RESOURCE_PREFIX "/form/gw-timeline.ui");
  gtk_widget_class_bind_template_child (widget_class, GwTimeline, rows);
}

static void
gw_timeline_init (GwTimeline *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gw_ui_leave_on_tab (GTK_WIDGET (self->rows));
}

GtkWidget *
gw_timeline_new (GwSession *session)
{
  GwTimeline *self = g_object_new (GW_TYPE_TIMELINE, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

static GtkWidget *
text_label (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

/* The place of the entry in the journal. That it is sealed says nothing about whether the seal was
 * tried: no check mark, but where to have it checked. */
static GtkWidget *
seal_label (const GwEvent *event)
{
  g_autofree char *seal = g_strndup (event->hash, SEAL_SHOWN);
  g_autofree char *text = g_strdup_printf (
      _ ("Entry %ld of the journal, seal %s…; “Check the Journal” tries all seals"),
      (long)event->seq, seal);
  g_autofree char *place = g_strdup_printf ("#%ld", (long)event->seq);
  GtkWidget *mark = gtk_label_new (place);

  gtk_widget_set_tooltip_text (mark, text);
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_widget_add_css_class (mark, "timeline-time");
  gtk_widget_add_css_class (mark, "numeric");
  gtk_widget_add_css_class (mark, "dim-label");
  gw_ui_set_name (mark, text);
  return mark;
}

static GtkWidget *
head_line (const GwEvent *event)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *time = gw_time_format (event->at);
  GtkWidget *what = text_label (gw_verb_past (event->verb), "timeline-verb");
  GtkWidget *when = text_label (time, "timeline-time");

  gtk_widget_set_hexpand (what, TRUE);
  gtk_widget_add_css_class (when, "numeric");
  gtk_widget_add_css_class (when, "dim-label");
  gtk_box_append (GTK_BOX (head), what);
  gtk_box_append (GTK_BOX (head), when);
  gtk_box_append (GTK_BOX (head), seal_label (event));
  return head;
}

static GtkWidget *
event_row (GwTimeline *self, const GwEvent *event)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *delta = gw_words_delta (self->session, event);
  g_autofree char *who = event->account == 0
                             ? g_strdup (_ ("The program"))
                             : g_strdup_printf ("%s · %s", gw_words_org (self->session, event->org),
                                                gw_role_label (event->role));
  g_autofree char *time = gw_time_format (event->at);
  g_autofree char *name = g_strdup_printf ("%s %s %s", time, gw_verb_past (event->verb), who);

  gtk_box_append (GTK_BOX (box), head_line (event));
  gtk_box_append (GTK_BOX (box), text_label (who, "dim-label"));
  if (delta != NULL)
    gtk_box_append (GTK_BOX (box), text_label (delta, NULL));
  if (event->reason != NULL && *event->reason != '\0')
    gtk_box_append (GTK_BOX (box), text_label (event->reason, NULL));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gw_ui_set_name (row, name);
  return row;
}

void
gw_timeline_show (GwTimeline *self, GPtrArray *events)
{
  GtkListBoxRow *row = NULL;

  g_return_if_fail (GW_IS_TIMELINE (self));
  while ((row = gtk_list_box_get_row_at_index (self->rows, 0)) != NULL)
    gtk_list_box_remove (self->rows, GTK_WIDGET (row));
  for (guint i = events != NULL ? events->len : 0; i-- > 0;)
    gtk_list_box_append (self->rows, event_row (self, g_ptr_array_index (events, i)));
}
