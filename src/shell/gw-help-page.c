/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-help-page.h"

#include "gw-page-frame.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

struct _GwHelpPage
{
  AdwBin parent;
};

G_DEFINE_FINAL_TYPE (GwHelpPage, gw_help_page, ADW_TYPE_BIN)

static const struct
{
  const char *prefix, *css;
} kinds[] = {
  { "## ", "title-4" },
  { "# ", "title-2" },
  { "- ", "help-point" },
  { "", "body" },
};

static GtkWidget *
line_new (const char *line)
{
  gsize kind = 0;
  GtkWidget *label = gtk_label_new (NULL);
  g_autofree char *text = NULL;

  while (!g_str_has_prefix (line, kinds[kind].prefix))
    kind++;
  text = g_strconcat (*kinds[kind].prefix == '-' ? "•  " : "", line + strlen (kinds[kind].prefix),
                      NULL);
  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  gtk_widget_add_css_class (label, kinds[kind].css);
  return label;
}

/* The first language of the desk that has a text; English is always there. */
static GBytes *
load_text (void)
{
  const char *const *languages = g_get_language_names ();

  for (gsize i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *path = g_strdup_printf (GW_RESOURCE_PREFIX "/help/%s.txt", languages[i]);
      GBytes *bytes = g_resources_lookup_data (path, 0, NULL);

      if (bytes != NULL)
        return bytes;
    }
  return g_resources_lookup_data (GW_RESOURCE_PREFIX "/help/en.txt", 0, NULL);
}

static void
gw_help_page_class_init (GwHelpPageClass *klass)
{
}

static void
gw_help_page_init (GwHelpPage *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autoptr (GBytes) bytes = load_text ();
  g_auto (GStrv) lines = NULL;

  g_return_if_fail (bytes != NULL);
  lines = g_strsplit (g_bytes_get_data (bytes, NULL), "\n", -1);
  gtk_widget_add_css_class (column, "help");
  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0' && !g_str_has_prefix (*line, "//"))
      gtk_box_append (GTK_BOX (column), line_new (*line));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  adw_bin_set_child (ADW_BIN (self), gw_page_frame_new (_ ("Help"), scroller));
}

GtkWidget *
gw_help_page_new (void)
{
  return g_object_new (GW_TYPE_HELP_PAGE, NULL);
}
