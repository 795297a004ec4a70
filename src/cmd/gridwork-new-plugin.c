/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes the folder of a new module from the templates of the program. */

#include "gw-config.h"
#include "gw-error.h"
#include "gw-locale.h"
#include "gw-name-lint.h"
#include "gw-paths.h"
#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/* As long as the note and the tables allow. */
#define MAX_ID 63u
#define MAX_RECORD 32u
#define MAX_NAMESPACE 12u

typedef struct
{
  char *record, *label, *label_zh, *group, *folder; /* owned, as given; then completed */
  char *id, *name, *ns, *code, *title, *domain;     /* owned, made of the others */
} Wish;

static void
wish_clear (Wish *self)
{
  char *texts[] = { self->record, self->label, self->label_zh, self->group, self->folder, self->id,
                    self->name,   self->ns,    self->code,     self->title, self->domain };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, wish_clear)

/* ---- names ---- */

static gboolean
is_word (const char *text, gsize length, const char *also)
{
  if (length == 0 || !g_ascii_islower (text[0]))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_islower (text[i]) && !g_ascii_isdigit (text[i]) && strchr (also, text[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
check_id (const char *id, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (id, ".", -1);
  gboolean good = g_strv_length (parts) >= 2 && strlen (id) <= MAX_ID;

  for (char **part = parts; good && *part != NULL; part++)
    good = is_word (*part, strlen (*part), "");
  if (good)
    return TRUE;
  return gw_throw (error, GW_ERROR_INVALID,
                   _ ("“%s” is no id: write small letters and digits parted by dots, such as "
                      "org.example.streetlights"),
                   id);
}

static gboolean
check_record (const char *record, GError **error)
{
  const char *kind;

  if (record == NULL)
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("--record: name the kind of matter, such as lamp"));
  if (!is_word (record, strlen (record), "_") || strlen (record) > MAX_RECORD)
    return gw_throw (
        error, GW_ERROR_INVALID,
        _ ("--record: “%s” must be a small letter and then small letters, digits or _"), record);
  kind = gw_name_lint (record);
  return kind == NULL || gw_throw (error, GW_ERROR_REFUSED,
                                   _ ("--record: “%s” reads like %s, which the program does not "
                                      "hold"),
                                   record, g_dgettext (GW_GETTEXT_DOMAIN, kind));
}

static gboolean
check_group (const char *group, GError **error)
{
  static const char *const groups[] = { "core", "base", "risk", "gov", NULL };

  return g_strv_contains (groups, group) ||
         gw_throw (error, GW_ERROR_INVALID, _ ("--group: “%s” is none of core, base, risk, gov"),
                   group);
}

/* Quotes and backslashes would end the strings of the files that are written. */
static gboolean
check_label (const char *label, GError **error)
{
  return (*label != '\0' && strpbrk (label, "\"\\\n%?") == NULL &&
          g_utf8_validate (label, -1, NULL)) ||
         gw_throw (error, GW_ERROR_INVALID, _ ("“%s” is no label: one line without quotes"), label);
}

static char *
capitalise (const char *word)
{
  char *text = g_strdup (word);

  text[0] = g_ascii_toupper (text[0]);
  return g_strdelimit (text, "_", ' ');
}

/* Three letters, filled up: "lamp" is LAM, "ox" OXZ. */
static char *
make_code (const char *record)
{
  char code[4] = "ZZZ";
  guint n = 0;

  for (const char *at = record; *at != '\0' && n < 3; at++)
    if (g_ascii_isalpha (*at))
      code[n++] = g_ascii_toupper (*at);
  return g_strdup (code);
}

static gboolean
complete (Wish *self, const char *id, GError **error)
{
  if (!check_id (id, error) || !check_record (self->record, error))
    return FALSE;
  self->id = g_strdup (id);
  self->name = g_strdup (strrchr (id, '.') + 1);
  self->ns = g_strndup (self->name, MAX_NAMESPACE);
  self->code = make_code (self->record);
  self->title = capitalise (self->name);
  self->domain = g_strdup_printf ("gridwork-%s", id);
  self->group = self->group != NULL ? self->group : g_strdup ("gov");
  self->label = self->label != NULL ? self->label : capitalise (self->record);
  self->label_zh = self->label_zh != NULL ? self->label_zh : g_strdup (self->label);
  self->folder = self->folder != NULL ? self->folder : g_strdup (self->name);
  /* The catalogue would name one text twice. */
  if (g_str_equal (self->title, self->label))
    {
      g_free (self->title);
      self->title = g_strdup_printf ("%s module", self->label);
    }
  if (strlen (self->ns) < 2)
    return gw_throw (error, GW_ERROR_INVALID, _ ("“%s” is too short for a name of tables"),
                     self->ns);
  return check_group (self->group, error) && check_label (self->label, error) &&
         check_label (self->label_zh, error);
}

/* ---- files ---- */

static char *
fill (const Wish *self, const char *template)
{
  const struct
  {
    const char *mark, *value;
  } marks[] = {
    { "@ID@", self->id },         { "@NAME@", self->name },   { "@NS@", self->ns },
    { "@RECORD@", self->record }, { "@LABEL@", self->label }, { "@LABEL_ZH@", self->label_zh },
    { "@CODE@", self->code },     { "@TITLE@", self->title }, { "@GROUP@", self->group },
    { "@DOMAIN@", self->domain },
  };
  GString *text = g_string_new (template);

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    (void)g_string_replace (text, marks[i].mark, marks[i].value, 0);
  return g_string_free (text, FALSE);
}

static gboolean
write_one (const Wish *self, const char *template, const char *name, GError **error)
{
  g_autofree char *relative = g_build_filename ("plugin-template", template, NULL);
  g_autofree char *from = gw_path_data (relative);
  g_autofree char *filled_name = fill (self, name);
  g_autofree char *to = g_build_filename (self->folder, filled_name, NULL);
  g_autofree char *raw = NULL;
  g_autofree char *text = NULL;

  if (!g_file_get_contents (from, &raw, NULL, error))
    return FALSE;
  text = fill (self, raw);
  return g_file_set_contents (to, text, -1, error);
}

static gboolean
write_all (const Wish *self, GError **error)
{
  static const struct
  {
    const char *template, *name;
  } files[] = {
    { "module.c.in", "@NAME@.c" },       { "meson.build.in", "meson.build" },
    { "README.md.in", "README.md" },     { "po-meson.build.in", "po/meson.build" },
    { "po-LINGUAS.in", "po/LINGUAS" },   { "po-POTFILES.in", "po/POTFILES.in" },
    { "po-zh_CN.po.in", "po/zh_CN.po" },
  };
  g_autofree char *po = g_build_filename (self->folder, "po", NULL);

  /* Nobody's work is written over. */
  if (g_mkdir (self->folder, 0755) != 0 || g_mkdir (po, 0755) != 0)
    return gw_throw (error, GW_ERROR_EXISTS, _ ("making the folder “%s”: %s"), self->folder,
                     g_strerror (errno));
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    if (!write_one (self, files[i].template, files[i].name, error))
      return FALSE;
  return TRUE;
}

static void
tell_next (const Wish *self)
{
  printf (_ ("The folder “%s” holds the module %s. Next:\n"), self->folder, self->id);
  printf ("  cd %s\n  meson setup b && meson compile -C b && meson test -C b\n"
          "  GW_PLUGIN_PATH=$PWD/b gridwork-cli modules\n",
          self->folder);
}

int
main (int argc, char **argv)
{
  g_auto (Wish) wish = { 0 };
  g_auto (GStrv) ids = NULL;
  const GOptionEntry entries[] = {
    { "record", 0, 0, G_OPTION_ARG_STRING, &wish.record, N_ ("Kind of matter, as an id"), "NAME" },
    { "label", 0, 0, G_OPTION_ARG_STRING, &wish.label, N_ ("Its English name"), "TEXT" },
    { "label-zh", 0, 0, G_OPTION_ARG_STRING, &wish.label_zh, N_ ("Its Chinese name"), "TEXT" },
    { "group", 0, 0, G_OPTION_ARG_STRING, &wish.group, N_ ("core, base, risk or gov (gov)"),
      "GROUP" },
    { "folder", 0, 0, G_OPTION_ARG_FILENAME, &wish.folder, N_ ("Folder to make"), "FOLDER" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &ids, NULL, NULL },
    { NULL }
  };
  g_autofree char *locale = gw_path_locale ();
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;

  gw_locale_init (locale);
  context = g_option_context_new (_ ("ID – write the folder of a new module"));
  g_option_context_add_main_entries (context, entries, GW_GETTEXT_DOMAIN);
  if (!g_option_context_parse (context, &argc, &argv, &error) ||
      (ids == NULL || ids[1] != NULL
           ? !gw_throw (&error, GW_ERROR_INVALID, _ ("name one id, such as org.example.lamps"))
           : !complete (&wish, ids[0], &error)))
    {
      g_printerr ("gridwork-new-plugin: %s\n", error->message);
      return 2;
    }
  if (!write_all (&wish, &error))
    {
      g_printerr ("gridwork-new-plugin: %s\n", error->message);
      return 1;
    }
  tell_next (&wish);
  return 0;
}
