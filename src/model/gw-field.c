/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-clock.h"
#include "gw-error.h"
#include "gw-free-text.h"
#include "gw-text.h"
#include "gw-type.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* When a field states no length of its own; in characters. */
#define DEFAULT_TEXT_LENGTH 200u
#define DEFAULT_LONGTEXT_LENGTH 4000u
#define MAX_REFERENCE_LENGTH 64u

/* Reads @text, which is not blank, into its canonical form (transfer full); NULL with @error. */
typedef char *(*Reader) (const GwFieldSpec *self,
                         const GwTypeSpec *type,
                         const char *text,
                         GError **error);

static char *
refuse (const GwFieldSpec *self, GError **error, const char *reason)
{
  return gw_throw_null (error, GW_ERROR_INVALID, "%s: %s", self->label, reason);
}

static char *
read_free (const GwFieldSpec *self, char *tidy, guint default_length, GError **error)
{
  g_autofree char *text = tidy;
  gsize max_length = self->max_len > 0 ? self->max_len : default_length;

  if (!gw_free_text_check (self->label, text, max_length, self->privacy == GW_CLASS_VAULT, error))
    return NULL;
  return g_steal_pointer (&text);
}

static char *
read_text (const GwFieldSpec *self, const GwTypeSpec *type, const char *text, GError **error)
{
  return read_free (self, gw_text_tidy (text), DEFAULT_TEXT_LENGTH, error);
}

static char *
read_longtext (const GwFieldSpec *self, const GwTypeSpec *type, const char *text, GError **error)
{
  return read_free (self, gw_free_text_tidy (text), DEFAULT_LONGTEXT_LENGTH, error);
}

/* Folded, without the thousands separators that spreadsheets print. */
static char *
fold_number (const char *text)
{
  char *folded = gw_text_fold (text);
  char *to = folded;
  gboolean in_fraction = FALSE;

  for (const char *from = folded; *from != '\0'; from++)
    {
      /* Only "1,234" is a separator: a comma with exactly three digits behind it. */
      gboolean separates = *from == ',' && !in_fraction && to > folded &&
                           g_ascii_isdigit (from[-1]) && strspn (from + 1, "0123456789") == 3;

      in_fraction = in_fraction || *from == '.';
      if (!separates)
        *to++ = *from;
    }
  *to = '\0';
  return folded;
}

static gboolean
is_number (const char *text)
{
  const char *at = text + (text[0] == '-' || text[0] == '+');
  gsize digits = strspn (at, "0123456789");

  at += digits;
  if (*at == '.')
    {
      gsize decimals = strspn (++at, "0123456789");

      digits += decimals;
      at += decimals;
    }
  if (digits > 0 && *at == 'e')
    {
      at += 1 + (at[1] == '-' || at[1] == '+');
      digits = strspn (at, "0123456789");
      at += digits;
    }
  return digits > 0 && *at == '\0';
}

static gboolean
has_range (const GwFieldSpec *self)
{
  return self->min < 0 || self->min > 0 || self->max < 0 || self->max > 0;
}

static gboolean
check_range (const GwFieldSpec *self, double value, GError **error)
{
  char low[G_ASCII_DTOSTR_BUF_SIZE];
  char high[G_ASCII_DTOSTR_BUF_SIZE];

  if (!has_range (self) || (value >= self->min && value <= self->max))
    return TRUE;
  g_ascii_formatd (low, sizeof low, "%.15g", self->min);
  g_ascii_formatd (high, sizeof high, "%.15g", self->max);
  return gw_throw (error, GW_ERROR_INVALID,
                   _ ("%s: the number is out of range; enter one from %s to %s"), self->label, low,
                   high);
}

static char *
read_int (const GwFieldSpec *self, const GwTypeSpec *type, const char *text, GError **error)
{
  g_autofree char *folded = fold_number (text);
  const char *digits = folded[0] == '+' ? folded + 1 : folded;
  char *point = strchr (folded, '.');
  gint64 value;

  /* A spreadsheet writes 3 as "3.0". */
  if (point != NULL && strspn (point + 1, "0") == strlen (point + 1))
    *point = '\0';
  if (digits[0] == '+' ||
      !g_ascii_string_to_signed (digits, 10, G_MININT64, G_MAXINT64, &value, NULL))
    return refuse (self, error, _ ("this is no whole number; enter digits only"));
  if (!check_range (self, (double)value, error))
    return NULL;
  return g_strdup_printf ("%" G_GINT64_FORMAT, value);
}

static char *
read_real (const GwFieldSpec *self, const GwTypeSpec *type, const char *text, GError **error)
{
  g_autofree char *folded = fold_number (text);
  char out[G_ASCII_DTOSTR_BUF_SIZE];
  double value;

  if (!is_number (folded))
    return refuse (self, error, _ ("this is no number; enter digits, with a point for decimals"));
  value = g_ascii_strtod (folded, NULL);
  if (!isfinite (value))
    return refuse (self, error, _ ("the number is too large"));
  if (!check_range (self, value, error))
    return NULL;

  /* The short form when it says the same number, so that 0.1 stays 0.1. */
  g_ascii_formatd (out, sizeof out, "%.15g", value);
  if (g_ascii_strtod (out, NULL) < value || g_ascii_strtod (out, NULL) > value)
    g_ascii_dtostr (out, sizeof out, value);
  return g_strdup (g_str_equal (out, "-0") ? "0" : out);
}

static char *
read_bool (const GwFieldSpec *self, const GwTypeSpec *type, const char *text, GError **error)
{
  static const char *const yes[] = {
    "1", "true", "yes", "y", "t", "是", "有", "真", "√", "对", NULL
  };
  static const char *const no[] = { "0",  "false", "no",   "n",  "f", "否",
                                    "无", "没有",  "不是", "假", "×", NULL };
  g_autofree char *folded = gw_text_fold (text);

  if (g_strv_contains (yes, folded))
    return g_strdup ("1");
  if (g_strv_contains (no, folded))
    return g_strdup ("0");
  return refuse (self, error, _ ("this is neither yes nor no; enter 是 or 否, yes or no"));
}

static char *
read_date (const GwFieldSpec *self, const GwTypeSpec *type, const char *text, GError **error)
{
  gint32 day;

  if (!gw_day_parse (text, &day))
    return refuse (self, error, _ ("this is no date; enter it like 2026-11-24"));
  return gw_day_format (day);
}

static char *
read_time (const GwFieldSpec *self, const GwTypeSpec *type, const char *text, GError **error)
{
  gint64 utc;
  gboolean has_time;
  char *end;

  if (gw_time_parse (text, &utc, &has_time))
    return g_strdup_printf ("%" G_GINT64_FORMAT, utc);
  /* The canonical form itself; eight digits are a date and were read above. */
  utc = g_ascii_strtoll (text, &end, 10);
  if (end != text && *end == '\0' && strlen (text) <= 12)
    return g_strdup_printf ("%" G_GINT64_FORMAT, utc);
  return refuse (self, error, _ ("this is no time; enter it like 2026-11-24 14:05"));
}

static const GwCodeListSpec *
find_list (const GwFieldSpec *self, const GwTypeSpec *type, GError **error)
{
  const GwCodeListSpec *list = type == NULL ? NULL : gw_type_spec_find_list (type, self->target);

  if (list == NULL)
    refuse (self, error, _ ("its list of values is missing; load the module it belongs to"));
  return list;
}

/* A few values that would have been right, for the message. */
static char *
some_labels (const GwCodeListSpec *list)
{
  GString *labels = g_string_new (NULL);
  guint shown = 0;

  for (guint i = 0; i < list->codes->len && shown < 5; i++)
    {
      const GwCodeSpec *code = g_ptr_array_index (list->codes, i);
      g_autofree char *label = gw_code_spec_dup_label (code);

      if (code->retired)
        continue;
      g_string_append_printf (labels, "%s%s", shown > 0 ? _ (", ") : "", label);
      shown++;
    }
  if (shown < list->codes->len)
    g_string_append (labels, "…");
  return g_string_free (labels, FALSE);
}

static char *
refuse_value (const GwFieldSpec *self, const GwCodeListSpec *list, const char *text, GError **error)
{
  g_autofree char *labels = some_labels (list);
  g_autofree char *shown = gw_text_ellipsize (text, 20);

  /* What was typed may be a number of a person that slipped into this column. */
  if (gw_text_find_personal (text, NULL) != GW_PERSONAL_NONE)
    return gw_throw_null (error, GW_ERROR_INVALID,
                          _ ("%s: this is not in the list; choose one of: %s"), self->label,
                          labels);
  return gw_throw_null (error, GW_ERROR_INVALID,
                        _ ("%s: “%s” is not in the list; choose one of: %s"), self->label, shown,
                        labels);
}

static char *
read_code (const GwFieldSpec *self, const GwTypeSpec *type, const char *text, GError **error)
{
  const GwCodeListSpec *list = find_list (self, type, error);
  const GwCodeSpec *code;

  if (list == NULL)
    return NULL;
  code = gw_code_list_spec_match (list, text);
  return code != NULL ? g_strdup (code->code) : refuse_value (self, list, text, error);
}

/* In the order of the list and each once, so that equal sets are equal texts. */
static char *
join_codes (const GwCodeListSpec *list, GHashTable *chosen)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < list->codes->len; i++)
    {
      const GwCodeSpec *code = g_ptr_array_index (list->codes, i);

      if (g_hash_table_contains (chosen, code->code))
        g_string_append_printf (joined, "%s%s", joined->len > 0 ? "," : "", code->code);
    }
  return g_string_free (joined, FALSE);
}

/* Splits at any separator people use; NFKC has made the full-width ones narrow. */
static char **
split_values (const char *text)
{
  g_autofree char *folded = gw_text_fold (text);
  g_autoptr (GString) unified = g_string_new (folded);

  g_string_replace (unified, "、", ",", 0);
  g_strdelimit (unified->str, ";|\n", ',');
  return g_strsplit (unified->str, ",", -1);
}

static char *
read_codes (const GwFieldSpec *self, const GwTypeSpec *type, const char *text, GError **error)
{
  const GwCodeListSpec *list = find_list (self, type, error);
  g_auto (GStrv) parts = split_values (text);
  g_autoptr (GHashTable) chosen = g_hash_table_new (g_str_hash, g_str_equal);

  if (list == NULL)
    return NULL;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const GwCodeSpec *code;

      if (gw_text_is_blank (parts[i]))
        continue;
      code = gw_code_list_spec_match (list, parts[i]);
      if (code == NULL)
        return refuse_value (self, list, parts[i], error);
      g_hash_table_add (chosen, code->code);
    }
  return join_codes (list, chosen);
}

static char *
read_reference (const GwFieldSpec *self, const GwTypeSpec *type, const char *text, GError **error)
{
  g_autofree char *tidy = gw_text_tidy (text);

  if (gw_text_length (tidy) > MAX_REFERENCE_LENGTH)
    return refuse (self, error, _ ("this is no number of a record; choose the record anew"));
  for (const char *at = tidy; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr ("-_./", *at) == NULL)
      return refuse (self, error, _ ("this is no number of a record; choose the record anew"));
  return g_steal_pointer (&tidy);
}

static char *
read_files (const GwFieldSpec *self, const GwTypeSpec *type, const char *text, GError **error)
{
  g_auto (GStrv) parts = split_values (text);
  GString *joined = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *hash = g_strstrip (parts[i]);

      if (hash[0] == '\0')
        continue;
      if (strlen (hash) != 64 || strspn (hash, "0123456789abcdef") != 64)
        {
          g_string_free (joined, TRUE);
          return refuse (self, error, _ ("this is no attached file; attach the file anew"));
        }
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? "," : "", hash);
    }
  return g_string_free (joined, FALSE);
}

static const Reader readers[] = {
  [GW_FIELD_TEXT] = read_text,       [GW_FIELD_LONGTEXT] = read_longtext,
  [GW_FIELD_INT] = read_int,         [GW_FIELD_REAL] = read_real,
  [GW_FIELD_BOOL] = read_bool,       [GW_FIELD_DATE] = read_date,
  [GW_FIELD_TIME] = read_time,       [GW_FIELD_CODE] = read_code,
  [GW_FIELD_CODES] = read_codes,     [GW_FIELD_REF] = read_reference,
  [GW_FIELD_PLACE] = read_reference, [GW_FIELD_FILES] = read_files,
};

gboolean
gw_field_spec_check (const GwFieldSpec *self,
                     const GwTypeSpec *type,
                     const char *text,
                     char **canonical,
                     GError **error)
{
  g_autofree char *value = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail ((guint)self->kind < G_N_ELEMENTS (readers) && readers[self->kind] != NULL,
                        FALSE);

  if (text != NULL && !g_utf8_validate (text, -1, NULL))
    return gw_throw (error, GW_ERROR_INVALID, _ ("%s: the text is not UTF-8"), self->label);

  if (text != NULL && !gw_text_is_blank (text))
    {
      value = readers[self->kind](self, type, text, error);
      if (value == NULL)
        return FALSE;
      if (value[0] == '\0') /* nothing but separators */
        g_clear_pointer (&value, g_free);
    }
  if (value == NULL && (self->flags & GW_FIELD_REQUIRED))
    return gw_throw (error, GW_ERROR_INVALID, _ ("%s: a value is required; fill it in"),
                     self->label);

  if (canonical != NULL)
    *canonical = g_steal_pointer (&value);
  return TRUE;
}

char *
gw_code_spec_dup_label (const GwCodeSpec *self)
{
  const char *label = self->label == NULL || self->label[0] == '\0' ? self->code : self->label;

  return g_strndup (label, strcspn (label, "|"));
}

static char *
display_codes (const GwFieldSpec *self, const GwTypeSpec *type, const char *canonical)
{
  const GwCodeListSpec *list = type == NULL ? NULL : gw_type_spec_find_list (type, self->target);
  g_auto (GStrv) codes = g_strsplit (canonical, ",", -1);
  GString *labels = g_string_new (NULL);

  for (guint i = 0; codes[i] != NULL; i++)
    {
      const GwCodeSpec *code = list == NULL ? NULL : gw_code_list_spec_find (list, codes[i]);
      /* An unknown code shows as itself: rows stay readable without their module. */
      g_autofree char *label = code != NULL ? gw_code_spec_dup_label (code) : g_strdup (codes[i]);

      g_string_append_printf (labels, "%s%s", i > 0 ? _ (", ") : "", label);
    }
  return g_string_free (labels, FALSE);
}

static char *
display_date (const char *canonical)
{
  g_autoptr (GDateTime) date = NULL;
  gint32 day;
  int year, month, day_of_month;

  if (!gw_day_parse (canonical, &day))
    return g_strdup (canonical);
  gw_day_to_ymd (day, &year, &month, &day_of_month);
  date = g_date_time_new_utc (year, month, day_of_month, 0, 0, 0);
  /* Translators: how a date is shown, in the letters of g_date_time_format(): %-m月%-d日 … */
  return date == NULL ? g_strdup (canonical) : g_date_time_format (date, _ ("%-d %b %Y"));
}

static char *
display_time (const char *canonical)
{
  char *end;
  gint64 utc = g_ascii_strtoll (canonical, &end, 10);

  return end == canonical || *end != '\0' ? g_strdup (canonical) : gw_time_format (utc);
}

static char *
display_files (const char *canonical)
{
  guint n = 1;

  for (const char *at = canonical; (at = strchr (at, ',')) != NULL; at++)
    n++;
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u file", "%u files", n), n);
}

char *
gw_field_spec_display (const GwFieldSpec *self, const GwTypeSpec *type, const char *canonical)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (canonical == NULL || canonical[0] == '\0')
    return g_strdup ("");

  switch (self->kind)
    {
    case GW_FIELD_CODE:
    case GW_FIELD_CODES:
      return display_codes (self, type, canonical);
    case GW_FIELD_DATE:
      return display_date (canonical);
    case GW_FIELD_TIME:
      return display_time (canonical);
    case GW_FIELD_BOOL:
      return g_strdup (g_str_equal (canonical, "1") ? _ ("Yes") : _ ("No"));
    case GW_FIELD_FILES:
      return display_files (canonical);
    case GW_FIELD_TEXT:
    case GW_FIELD_LONGTEXT:
    case GW_FIELD_INT:
    case GW_FIELD_REAL:
    case GW_FIELD_REF:
    case GW_FIELD_PLACE:
    default:
      return g_strdup (canonical);
    }
}
