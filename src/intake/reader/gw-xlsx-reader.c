/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-xlsx-reader.h"

#include <string.h>

#include "gw-xlsx-merges.h"
#include "gw-xlsx-sheet.h"
#include "gw-xlsx-strings.h"
#include "gw-xlsx-styles.h"
#include "gw-xml.h"

typedef struct
{
  char *id;
  char *target; /* name of a part, without leading "/" */
  char *type;   /* last part of the type's address, as "worksheet" */
} Relation;

typedef struct
{
  char *name;
  char *relation;
  gboolean is_hidden;
} BookSheet;

typedef struct
{
  const GwInput *input;
  GwZip *zip;
  GwSink *sink;
  char *path;        /* of the workbook part */
  GArray *relations; /* of Relation */
  GArray *sheets;    /* of BookSheet */
  gboolean starts_1904;
  const char *folder; /* while relations are read: where targets start from */
} Workbook;

static void
relation_clear (gpointer data)
{
  Relation *relation = data;

  g_free (relation->id);
  g_free (relation->target);
  g_free (relation->type);
}

static void
sheet_clear (gpointer data)
{
  BookSheet *sheet = data;

  g_free (sheet->name);
  g_free (sheet->relation);
}

static void
workbook_clear (Workbook *self)
{
  g_free (self->path);
  g_array_unref (self->relations);
  g_array_unref (self->sheets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Workbook, workbook_clear)

/* "xl" and "worksheets/sheet1.xml" give "xl/worksheets/sheet1.xml"; a target that leaves the
 * archive finds no part and is told as missing. */
static char *
dup_target (const char *folder, const char *target)
{
  g_autofree char *joined = NULL;
  g_autofree char *canonical = NULL;

  if (target[0] == '/')
    return g_strdup (target + 1);
  /* Two slashes in front are a root of their own to POSIX. */
  joined = g_strconcat ("/", folder, *folder == '\0' ? "" : "/", target, NULL);
  canonical = g_canonicalize_filename (joined, "/");
  return g_strdup (canonical + 1);
}

static void
relation_start (GwXml *xml, const char *name, const char **attributes, gpointer user_data)
{
  Workbook *self = user_data;
  const char *id = gw_xml_get_attribute (attributes, "Id");
  const char *type = gw_xml_get_attribute (attributes, "Type");
  const char *target = gw_xml_get_attribute (attributes, "Target");
  const char *slash = type == NULL ? NULL : strrchr (type, '/');
  Relation relation = { 0 };

  if (strcmp (name, "Relationship") != 0 || id == NULL || target == NULL || slash == NULL ||
      self->relations->len >= 4 * GW_ZIP_MAX_PARTS)
    return;
  relation = (Relation){ g_strdup (id), dup_target (self->folder, target), g_strdup (slash + 1) };
  g_array_append_val (self->relations, relation);
}

static const Relation *
find_relation (const Workbook *self, const char *id, const char *type)
{
  for (guint i = 0; i < self->relations->len; i++)
    {
      const Relation *relation = &g_array_index (self->relations, Relation, i);

      if ((id == NULL || strcmp (relation->id, id) == 0) && strcmp (relation->type, type) == 0)
        return relation;
    }
  return NULL;
}

static gboolean
read_relations (Workbook *self, const char *name, const char *folder)
{
  static const GwXmlHandler handler = { relation_start, NULL, NULL };
  const GwZipPart *part = gw_zip_find (self->zip, name);

  g_array_set_size (self->relations, 0);
  self->folder = folder;
  return part == NULL || gw_xml_parse (self->zip, self->sink, part, &handler, self, FALSE);
}

static gboolean
find_workbook (Workbook *self)
{
  const Relation *relation = NULL;

  if (!read_relations (self, "_rels/.rels", ""))
    return FALSE;
  relation = find_relation (self, NULL, "officeDocument");
  self->path = g_strdup (relation == NULL ? "xl/workbook.xml" : relation->target);
  return TRUE;
}

static gboolean
read_workbook_relations (Workbook *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *base = g_path_get_basename (self->path);
  g_autofree char *name = g_strdup_printf ("%s/_rels/%s.rels", folder, base);

  return read_relations (self, strcmp (folder, ".") == 0 ? name + 2 : name,
                         strcmp (folder, ".") == 0 ? "" : folder);
}

static gboolean
is_true (const char *text)
{
  return text != NULL && (strcmp (text, "1") == 0 || strcmp (text, "true") == 0);
}

static void
workbook_start (GwXml *xml, const char *name, const char **attributes, gpointer user_data)
{
  Workbook *self = user_data;
  const char *title = gw_xml_get_attribute (attributes, "name");
  const char *state = gw_xml_get_attribute (attributes, "state");
  const char *relation = gw_xml_get_attribute (attributes, "id");

  if (strcmp (name, "workbookPr") == 0)
    self->starts_1904 = is_true (gw_xml_get_attribute (attributes, "date1904"));
  if (strcmp (name, "sheet") == 0 && title != NULL && relation != NULL &&
      self->sheets->len < GW_FRAME_MAX_SHEETS)
    {
      BookSheet sheet = { g_strdup (title), g_strdup (relation),
                          state != NULL && strcmp (state, "visible") != 0 };

      g_array_append_val (self->sheets, sheet);
    }
}

static const BookSheet *
get_sheet (const Workbook *self, guint index)
{
  return &g_array_index (self->sheets, BookSheet, index);
}

/* Charts and dialogs are sheets too, but hold no rows. */
static void
drop_sheets_without_rows (Workbook *self)
{
  for (guint i = self->sheets->len; i > 0; i--)
    if (find_relation (self, get_sheet (self, i - 1)->relation, "worksheet") == NULL)
      g_array_remove_index (self->sheets, i - 1);
}

static gboolean
read_workbook (Workbook *self)
{
  static const GwXmlHandler handler = { workbook_start, NULL, NULL };
  const GwZipPart *part = NULL;

  if (!find_workbook (self) || !read_workbook_relations (self))
    return FALSE;
  part = gw_zip_find (self->zip, self->path);
  if (part == NULL)
    return gw_sink_fatal (self->sink, GW_PROBLEM_MISSING_PART, 0, 0, self->path, NULL);
  if (!gw_xml_parse (self->zip, self->sink, part, &handler, self, FALSE))
    return FALSE;
  drop_sheets_without_rows (self);
  return TRUE;
}

/* Values from other files are whatever those held long ago; nobody can check them here. */
static gboolean
check_links (Workbook *self)
{
  const GwZipPart *link = gw_zip_find_under (self->zip, "xl/externalLinks/");
  const GwZipPart *macros = gw_zip_find_ending (self->zip, "vbaProject.bin");

  if (link != NULL)
    return gw_sink_fatal (self->sink, GW_PROBLEM_EXTERNAL_LINK, 0, 0, link->name, NULL);
  if (macros != NULL)
    (void)gw_sink_problem (self->sink, GW_SEVERITY_WARNING, GW_PROBLEM_MACROS, 0, 0, macros->name,
                           NULL);
  return TRUE;
}

static char *
dup_sheet_names (const Workbook *self)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < self->sheets->len && names->len < GW_FRAME_MAX_NAME / 2; i++)
    g_string_append_printf (names, i == 0 ? "%s" : ", %s", get_sheet (self, i)->name);
  return g_string_free (names, FALSE);
}

static gboolean
choose_sheet (const Workbook *self, const char *wanted, guint *index)
{
  g_autofree char *names = NULL;

  for (guint i = 0; i < self->sheets->len; i++)
    {
      const BookSheet *sheet = get_sheet (self, i);

      if (wanted == NULL ? !sheet->is_hidden : strcmp (sheet->name, wanted) == 0)
        {
          *index = i;
          return TRUE;
        }
    }
  if (self->sheets->len == 0)
    return gw_sink_fatal (self->sink, GW_PROBLEM_NO_LAYER, 0, 0, NULL);
  if (wanted == NULL)
    return gw_sink_fatal (self->sink, GW_PROBLEM_HIDDEN_SHEET, 0, 0, get_sheet (self, 0)->name,
                          NULL);
  names = dup_sheet_names (self);
  return gw_sink_fatal (self->sink, GW_PROBLEM_NO_SUCH_SHEET, 0, 0, wanted, names, NULL);
}

static void
tell_other_sheets (const Workbook *self, guint index, gboolean is_asked)
{
  g_autofree char *text = NULL;
  guint others = 0;

  for (guint i = 0; i < self->sheets->len; i++)
    {
      const BookSheet *sheet = get_sheet (self, i);

      others += i != index && !sheet->is_hidden;
      if (i != index && sheet->is_hidden)
        (void)gw_sink_problem (self->sink, GW_SEVERITY_NOTE, GW_PROBLEM_HIDDEN_SHEET, 0, 0,
                               sheet->name, NULL);
    }
  text = g_strdup_printf ("%u", others);
  if (others > 0 && !is_asked)
    (void)gw_sink_problem (self->sink, GW_SEVERITY_NOTE, GW_PROBLEM_MORE_SHEETS, 0, 0,
                           get_sheet (self, index)->name, text, NULL);
}

static gboolean
send_hello (const Workbook *self, guint index)
{
  g_autofree GwSinkSheet *sheets = g_new0 (GwSinkSheet, self->sheets->len);
  GwSinkHello hello = { .format = GW_READER_XLSX,
                        .encoding = GW_ENCODING_UTF8,
                        .reason = GW_REASON_FORMAT,
                        .input_bytes = self->input->size,
                        .sheet = index,
                        .n_sheets = self->sheets->len,
                        .sheets = sheets };

  for (guint i = 0; i < self->sheets->len; i++)
    sheets[i] = (GwSinkSheet){ get_sheet (self, i)->name, get_sheet (self, i)->is_hidden };
  return gw_sink_hello (self->sink, &hello);
}

static const GwZipPart *
find_related (const Workbook *self, const char *type)
{
  const Relation *relation = find_relation (self, NULL, type);

  return relation == NULL ? NULL : gw_zip_find (self->zip, relation->target);
}

static gboolean
read_sheet (const Workbook *self, guint index)
{
  g_autoptr (GwXlsxStrings) strings = NULL;
  g_autoptr (GArray) kinds = NULL;
  g_autoptr (GArray) merges = NULL;
  const Relation *relation = find_relation (self, get_sheet (self, index)->relation, "worksheet");
  GwXlsxSheet sheet = { self->zip, self->sink };

  sheet.part = gw_zip_find (self->zip, relation->target);
  if (sheet.part == NULL)
    return gw_sink_fatal (self->sink, GW_PROBLEM_MISSING_PART, 0, 0, relation->target, NULL);
  strings = gw_xlsx_strings_read (self->zip, self->sink, find_related (self, "sharedStrings"));
  if (strings == NULL)
    return FALSE;
  kinds = gw_xlsx_styles_read (self->zip, self->sink, find_related (self, "styles"));
  if (kinds == NULL)
    return FALSE;
  merges = gw_xlsx_merges_read (self->zip, self->sink, sheet.part);
  if (merges == NULL)
    return FALSE;
  sheet.strings = strings;
  sheet.kinds = kinds;
  sheet.merges = merges;
  sheet.starts_1904 = self->starts_1904;
  return gw_xlsx_sheet_read (&sheet);
}

gboolean
gw_xlsx_reader_read (const GwInput *input, GwZip *zip, const char *sheet, GwSink *sink)
{
  g_auto (Workbook) self = { .input = input, .zip = zip, .sink = sink };
  guint index = 0;

  self.relations = g_array_new (FALSE, FALSE, sizeof (Relation));
  self.sheets = g_array_new (FALSE, FALSE, sizeof (BookSheet));
  g_array_set_clear_func (self.relations, relation_clear);
  g_array_set_clear_func (self.sheets, sheet_clear);
  gw_sink_limit_rows (sink, GW_XLSX_MAX_ROWS);
  if (!read_workbook (&self) || !check_links (&self) || !choose_sheet (&self, sheet, &index) ||
      !send_hello (&self, index))
    return FALSE;
  tell_other_sheets (&self, index, sheet != NULL);
  return read_sheet (&self, index);
}
