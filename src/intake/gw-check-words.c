/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-reader-client.h"
#include "gw-row-check-private.h"
#include "gw-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A column of free text that was matched by mistake must not fill the memory. */
#define MAX_WORDS 50000u

typedef struct
{
  const char *word;
  int number;
} Grade;

/* What files call them, folded; the ids and the words of the screen are matched as well. */
static const Grade levels[] = {
  { "1", 1 },          { "community", 1 }, { "社区", 1 },     { "社区级", 1 },   { "村", 1 },
  { "村级", 1 },       { "村社区", 1 },    { "村(社区)", 1 }, { "网格", 1 },     { "一级", 1 },
  { "2", 2 },          { "township", 2 },  { "街道", 2 },     { "街道级", 2 },   { "镇", 2 },
  { "乡镇", 2 },       { "乡镇级", 2 },    { "镇街", 2 },     { "乡镇街道", 2 }, { "镇级", 2 },
  { "乡镇(街道)", 2 }, { "二级", 2 },      { "3", 3 },        { "district", 3 }, { "区", 3 },
  { "区级", 3 },       { "县", 3 },        { "县级", 3 },     { "区县", 3 },     { "三级", 3 },
};
static const Grade urgencies[] = {
  { "normal", GW_URGENCY_NORMAL },       { "一般", GW_URGENCY_NORMAL },
  { "普通", GW_URGENCY_NORMAL },         { "正常", GW_URGENCY_NORMAL },
  { "平件", GW_URGENCY_NORMAL },         { "不紧急", GW_URGENCY_NORMAL },
  { "低", GW_URGENCY_NORMAL },           { "low", GW_URGENCY_NORMAL },
  { "urgent", GW_URGENCY_URGENT },       { "紧急", GW_URGENCY_URGENT },
  { "较急", GW_URGENCY_URGENT },         { "急", GW_URGENCY_URGENT },
  { "加急", GW_URGENCY_URGENT },         { "急件", GW_URGENCY_URGENT },
  { "中", GW_URGENCY_URGENT },           { "high", GW_URGENCY_URGENT },
  { "emergency", GW_URGENCY_EMERGENCY }, { "特急", GW_URGENCY_EMERGENCY },
  { "特别紧急", GW_URGENCY_EMERGENCY },  { "非常紧急", GW_URGENCY_EMERGENCY },
  { "高", GW_URGENCY_EMERGENCY },        { "突发", GW_URGENCY_EMERGENCY },
};
static const Grade severities[] = {
  { "general", GW_SEVERITY_GENERAL },
  { "一般", GW_SEVERITY_GENERAL },
  { "轻微", GW_SEVERITY_GENERAL },
  { "larger", GW_SEVERITY_LARGER },
  { "较大", GW_SEVERITY_LARGER },
  { "较重", GW_SEVERITY_LARGER },
  { "较严重", GW_SEVERITY_LARGER },
  { "serious", GW_SEVERITY_SERIOUS },
  { "重大", GW_SEVERITY_SERIOUS },
  { "严重", GW_SEVERITY_SERIOUS },
  { "very_serious", GW_SEVERITY_VERY_SERIOUS },
  { "特别重大", GW_SEVERITY_VERY_SERIOUS },
  { "特大", GW_SEVERITY_VERY_SERIOUS },
  { "特别严重", GW_SEVERITY_VERY_SERIOUS },
};

static const struct
{
  int target;
  const Grade *grades;
  guint n;
} scales[] = {
  { GW_TARGET_LEVEL, levels, G_N_ELEMENTS (levels) },
  { GW_TARGET_URGENCY, urgencies, G_N_ELEMENTS (urgencies) },
  { GW_TARGET_SEVERITY, severities, G_N_ELEMENTS (severities) },
};

void
gw_word_free (gpointer data)
{
  GwWord *word = data;

  g_free (word->owned);
  g_free (word->error);
  g_free (word);
}

/* ---- words that are known already ---- */

static GHashTable *
table_of (GwRowCheck *self, int target)
{
  if (self->words[target] == NULL)
    self->words[target] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, gw_word_free);
  return self->words[target];
}

static const GwWord *
remember (GwRowCheck *self, int target, const char *text, GwWord *word)
{
  GHashTable *table = table_of (self, target);

  if (g_hash_table_size (table) >= MAX_WORDS)
    g_hash_table_remove_all (table);
  g_hash_table_insert (table, g_strdup (text), word);
  return word;
}

static char *
shown (const char *text)
{
  /* It may be a number of a person that slipped into this column. */
  return gw_text_find_personal (text, NULL) != GW_PERSONAL_NONE ? g_strdup ("…")
                                                                : gw_text_ellipsize (text, 20);
}

/* ---- level, urgency, severity ---- */

static char *
usual_words (const Grade *grades, guint n)
{
  GString *words = g_string_new (NULL);
  int last = 0;

  /* One word for each grade: the first Chinese one. */
  for (guint i = 0; i < n; i++)
    if (grades[i].number != last && (guchar)grades[i].word[0] >= 0x80)
      {
        g_string_append_printf (words, "%s%s", words->len > 0 ? _ (", ") : "", grades[i].word);
        last = grades[i].number;
      }
  return g_string_free (words, FALSE);
}

static GwWord *
read_grade (const Grade *grades, guint n, const char *text)
{
  g_autofree char *folded = gw_text_fold (text);
  GwWord *word = g_new0 (GwWord, 1);
  g_autofree char *words = NULL;
  g_autofree char *seen = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *alias = gw_text_fold (grades[i].word);
      g_autofree char *label = gw_text_fold (gw_term_label (grades[i].word));

      if (g_str_equal (alias, folded) || g_str_equal (label, folded))
        {
          word->number = grades[i].number;
          return word;
        }
    }
  words = usual_words (grades, n);
  seen = shown (text);
  word->error =
      g_strdup_printf (_ ("“%s” is not a word that is known here; use one of: %s"), seen, words);
  return word;
}

/* @usual stays when the cell is empty or refused. */
static int
check_grade (GwRowCheck *self, guint scale, int usual)
{
  int target = scales[scale].target;
  int column = gw_check_column (self, target);
  const char *text = gw_check_cell (self, target);
  const GwWord *word;

  if (*text == '\0' || !gw_check_raw (self, column))
    return usual;
  word = g_hash_table_lookup (table_of (self, target), text);
  if (word == NULL && gw_text_is_blank (text))
    return usual;
  if (word == NULL)
    word = remember (self, target, text, read_grade (scales[scale].grades, scales[scale].n, text));
  if (word->error == NULL)
    return word->number;
  gw_check_refuse (self, column, "%s", word->error);
  return usual;
}

void
gw_check_grades (GwRowCheck *self)
{
  self->out.level = check_grade (self, 0, 1);
  self->out.urgency = (GwUrgency)check_grade (self, 1, GW_URGENCY_NORMAL);
  self->out.severity = (GwSeverity)check_grade (self, 2, GW_SEVERITY_GENERAL);
}

/* ---- source ---- */

static GwWord *
read_source (const char *text)
{
  GwWord *word = g_new0 (GwWord, 1);
  g_autoptr (GString) labels = NULL;
  g_autofree char *seen = NULL;

  if (gw_source_match (text, &word->text))
    return word;
  labels = g_string_new (NULL);
  for (guint i = 0; gw_sources ()[i] != NULL; i++)
    g_string_append_printf (labels, "%s%s", i > 0 ? _ (", ") : "",
                            gw_term_label (gw_sources ()[i]));
  seen = shown (text);
  word->error = g_strdup_printf (_ ("“%s” is not a source that is known here; use one of: %s"),
                                 seen, labels->str);
  return word;
}

void
gw_check_source (GwRowCheck *self)
{
  int column = gw_check_column (self, GW_TARGET_SOURCE);
  const char *text = gw_check_cell (self, GW_TARGET_SOURCE);
  const GwWord *word;

  self->out.source = "other";
  if (*text == '\0' || !gw_check_raw (self, column))
    return;
  word = g_hash_table_lookup (table_of (self, GW_TARGET_SOURCE), text);
  if (word == NULL && gw_text_is_blank (text))
    return;
  if (word == NULL)
    word = remember (self, GW_TARGET_SOURCE, text, read_source (text));
  if (word->error == NULL)
    self->out.source = word->text;
  else
    gw_check_refuse (self, column, "%s", word->error);
}

/* ---- fields of the type ---- */

/* The place says which column it is; the label of the field in front would say it twice. */
static char *
without_label (const GwFieldSpec *field, const char *message)
{
  gsize length = strlen (field->label);

  if (g_str_has_prefix (message, field->label) && g_str_has_prefix (message + length, ": "))
    return g_strdup (message + length + 2);
  return g_strdup (message);
}

static GwWord *
read_field (GwRowCheck *self, const GwFieldSpec *field, const char *text)
{
  GwWord *word = g_new0 (GwWord, 1);
  g_autoptr (GError) error = NULL;

  if (!gw_field_spec_check (field, self->world.type, text, &word->owned, &error))
    word->error = without_label (field, error->message);
  word->text = word->owned;
  return word;
}

static gboolean
is_free_text (const GwFieldSpec *field)
{
  return field->kind == GW_FIELD_TEXT || field->kind == GW_FIELD_LONGTEXT;
}

static const char *
check_free_field (GwRowCheck *self, const GwFieldSpec *field, int target)
{
  gboolean paragraphs = field->kind == GW_FIELD_LONGTEXT;
  gsize max = field->max_len > 0 ? field->max_len : paragraphs ? 4000 : 200;

  return gw_check_text (self, target, max, paragraphs);
}

static const char *
check_date_field (GwRowCheck *self, const GwFieldSpec *field, int target)
{
  gint64 utc;

  if (!gw_check_time (self, target, &utc))
    return NULL;
  if (field->kind == GW_FIELD_DATE)
    return gw_check_keep_take (self, gw_day_format (gw_day_of_time (utc)));
  return gw_check_keep_take (self, g_strdup_printf ("%" G_GINT64_FORMAT, utc));
}

static const char *
check_word_field (GwRowCheck *self, const GwFieldSpec *field, int target)
{
  int column = gw_check_column (self, target);
  const char *text = gw_check_cell (self, target);
  const GwWord *word;

  if (*text == '\0' || !gw_check_raw (self, column))
    return NULL;
  word = g_hash_table_lookup (table_of (self, target), text);
  if (word == NULL && gw_text_is_blank (text))
    return NULL;
  if (word == NULL)
    word = remember (self, target, text, read_field (self, field, text));
  if (word->error != NULL)
    gw_check_refuse (self, column, "%s", word->error);
  return word->error == NULL ? word->text : NULL;
}

/* What was refused has been told. What is not known yet the centre finds out before it files the
 * matter; a column that is missing altogether is told once for the whole file. */
static void
check_missing (GwRowCheck *self, int target)
{
  int column = gw_check_column (self, target);

  if (column < 0 || !gw_text_is_blank (gw_check_cell (self, target)))
    return;
  /* The value stands in the sheet, only not in this row. */
  if ((gw_stage_row_flags (self->row, column) & GW_CELL_MERGED) != 0)
    gw_check_require (self, target);
  else
    gw_check_warn (self, column,
                   _ ("there is no value; it must be filled in before the matter is filed"));
}

void
gw_check_field (GwRowCheck *self, guint i)
{
  const GwFieldSpec *field = g_ptr_array_index (self->world.type->fields, i);
  int target = GW_N_OWN_TARGETS + (int)i;
  const char *value = NULL;

  if (field->privacy == GW_CLASS_VAULT)
    return; /* has no column; told once for the whole file */
  if (gw_check_column (self, target) >= 0)
    {
      if (is_free_text (field))
        value = check_free_field (self, field, target);
      else if (field->kind == GW_FIELD_DATE || field->kind == GW_FIELD_TIME)
        value = check_date_field (self, field, target);
      else
        value = check_word_field (self, field, target);
    }
  self->out.values[i] = value;
  if (value == NULL && (field->flags & GW_FIELD_REQUIRED) != 0)
    check_missing (self, target);
}
