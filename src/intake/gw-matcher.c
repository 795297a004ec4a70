/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-matcher.h"

#include "gw-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Below this share of common letters two words are strangers. */
#define MIN_LIKENESS 0.5

typedef struct
{
  char *text; /* owned, folded by fold_header() */
  int target;
} Alias;

struct _GwMatcher
{
  const GwTypeSpec *type; /* borrowed */
  GArray *aliases;        /* owned, Alias */
  GHashTable *exact;      /* owned: borrowed alias text -> target + 1 */
};

/* The words that every table of matters uses, whatever its module says. */
static const struct
{
  const char *id, *label, *words;
} own_targets[GW_N_OWN_TARGETS] = {
  [GW_TARGET_TITLE] = { "title", N_ ("Title"), "标题|title" },
  [GW_TARGET_SUMMARY] = { "summary", N_ ("Summary"), "内容|简述|summary" },
  [GW_TARGET_SOURCE] = { "source", N_ ("Source"), "来源|source" },
  [GW_TARGET_LEVEL] = { "level", N_ ("Level"), "层级|level" },
  [GW_TARGET_URGENCY] = { "urgency", N_ ("Urgency"), "紧急程度|urgency" },
  [GW_TARGET_SEVERITY] = { "severity", N_ ("Severity"), "严重程度|severity" },
  [GW_TARGET_OCCURRED] = { "occurred", N_ ("Time of the event"), "发生时间|occurred" },
  [GW_TARGET_REPORTED] = { "reported", N_ ("Time of the report"), "受理时间|上报时间|reported" },
  [GW_TARGET_ADDRESS] = { "address", N_ ("Address"), "地址|address" },
  [GW_TARGET_AREA_CODE] = { "area_code", N_ ("Code of the area"), "区划代码|社区代码|area_code" },
  [GW_TARGET_AREA_NAME] = { "area_name", N_ ("Name of the area"), "所属社区|社区|area_name" },
  [GW_TARGET_LON] = { "lon", N_ ("Longitude"), "经度|lon|longitude" },
  [GW_TARGET_LAT] = { "lat", N_ ("Latitude"), "纬度|lat|latitude" },
  [GW_TARGET_EXTERNAL_ID] = { "external_id", N_ ("Number in the other system"),
                              "工单编号|external_id" },
  [GW_TARGET_PLACE] = { "place", N_ ("Name of the place"), "场所名称|place" },
  [GW_TARGET_NOTE] = { "note", N_ ("Note"), "备注|note" },
};

/* ---- folding ---- */

static gboolean
is_noise (gunichar ch)
{
  return g_unichar_isspace (ch) || ch == '*' || ch == ':' || ch == '"' || ch == '\'' ||
         ch == 0x3010 || ch == 0x3011 || ch == 0xfeff || ch == '#';
}

/* Also without white space within ("发 生 时 间", a line break in the cell) and without the star of
 * required columns. */
static char *
fold_header (const char *text)
{
  g_autofree char *folded = gw_text_fold (text);
  GString *out = g_string_new (NULL);

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    if (!is_noise (g_utf8_get_char (at)))
      g_string_append_unichar (out, g_utf8_get_char (at));
  return g_string_free (out, FALSE);
}

/* "经度(wgs84)" -> "经度"; NULL when there is nothing to take off. */
static char *
without_unit (const char *folded)
{
  gsize length = strlen (folded);
  const char *open;

  if (length < 3)
    return NULL;
  if (folded[length - 1] == ')')
    open = strchr (folded, '(');
  else if (folded[length - 1] == ']')
    open = strchr (folded, '[');
  else
    return NULL;
  return open != NULL && open > folded ? g_strndup (folded, (gsize)(open - folded)) : NULL;
}

/* ---- making ---- */

static void
add_alias (GwMatcher *self, const char *word, int target)
{
  Alias alias = { fold_header (word), target };

  if (alias.text[0] == '\0' || g_hash_table_contains (self->exact, alias.text))
    {
      g_free (alias.text);
      return;
    }
  g_array_append_val (self->aliases, alias);
  g_hash_table_insert (self->exact, alias.text, GINT_TO_POINTER (target + 1));
}

static void
add_words (GwMatcher *self, const char *words, int target)
{
  g_auto (GStrv) parts = g_strsplit (words != NULL ? words : "", "|", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    add_alias (self, parts[i], target);
}

static void
clear_alias (gpointer data)
{
  g_free (((Alias *)data)->text);
}

GwMatcher *
gw_matcher_new (const GwTypeSpec *type, GPtrArray *columns)
{
  GwMatcher *self = g_new0 (GwMatcher, 1);

  self->type = type;
  self->aliases = g_array_new (FALSE, FALSE, sizeof (Alias));
  g_array_set_clear_func (self->aliases, clear_alias);
  self->exact = g_hash_table_new (g_str_hash, g_str_equal);
  /* What the module declares wins over the common words. */
  for (guint i = 0; columns != NULL && i < columns->len; i++)
    {
      const GwImportColumnSpec *column = g_ptr_array_index (columns, i);
      int target = gw_matcher_find (self, column->field);

      if (target != GW_TARGET_NONE)
        add_words (self, column->headers, target);
    }
  for (int target = 0; target < (int)gw_matcher_n_targets (self); target++)
    {
      add_alias (self, gw_matcher_get_id (self, target), target);
      add_alias (self, gw_matcher_get_label (self, target), target);
      if (target < GW_N_OWN_TARGETS)
        add_words (self, own_targets[target].words, target);
    }
  return self;
}

void
gw_matcher_free (GwMatcher *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->exact);
  g_array_unref (self->aliases);
  g_free (self);
}

/* ---- targets ---- */

guint
gw_matcher_n_targets (const GwMatcher *self)
{
  return GW_N_OWN_TARGETS + self->type->fields->len;
}

static const GwFieldSpec *
field_of (const GwMatcher *self, int target)
{
  return g_ptr_array_index (self->type->fields, target - GW_N_OWN_TARGETS);
}

const char *
gw_matcher_get_id (const GwMatcher *self, int target)
{
  return target < GW_N_OWN_TARGETS ? own_targets[target].id : field_of (self, target)->id;
}

const char *
gw_matcher_get_label (const GwMatcher *self, int target)
{
  return target < GW_N_OWN_TARGETS ? _ (own_targets[target].label) : field_of (self, target)->label;
}

int
gw_matcher_find (const GwMatcher *self, const char *id)
{
  for (int target = 0; id != NULL && target < (int)gw_matcher_n_targets (self); target++)
    if (g_str_equal (gw_matcher_get_id (self, target), id))
      return target;
  return GW_TARGET_NONE;
}

/* ---- matching ---- */

static int
find_exact (const GwMatcher *self, const char *folded)
{
  gpointer found = g_hash_table_lookup (self->exact, folded);
  g_autofree char *bare = found == NULL ? without_unit (folded) : NULL;

  if (bare != NULL)
    found = g_hash_table_lookup (self->exact, bare);
  return found != NULL ? GPOINTER_TO_INT (found) - 1 : GW_TARGET_NONE;
}

/* Letters of @b that also stand in @a, each used once. */
static guint
common_letters (const char *a, const char *b)
{
  g_autofree gunichar *letters = g_utf8_to_ucs4_fast (a, -1, NULL);
  guint common = 0;

  for (; *b != '\0'; b = g_utf8_next_char (b))
    for (guint i = 0; letters[i] != 0; i++)
      if (letters[i] == g_utf8_get_char (b))
        {
          letters[i] = G_MAXUINT32;
          common++;
          break;
        }
  return common;
}

/* 0 … 1. One word inside the other is a better sign than scattered letters. */
static double
likeness (const char *header, const char *alias)
{
  gsize longest = MAX (gw_text_length (header), gw_text_length (alias));
  gsize shortest = MIN (gw_text_length (header), gw_text_length (alias));

  if (shortest < 2 || (shortest < 4 && g_str_is_ascii (alias)))
    return 0;
  if (strstr (header, alias) != NULL || strstr (alias, header) != NULL)
    return 0.5 + 0.5 * (double)shortest / (double)longest;
  if (g_str_is_ascii (header))
    return 0;
  return 0.9 * common_letters (header, alias) / (double)longest;
}

static int
find_likely (const GwMatcher *self, const char *folded, const gboolean *taken, double *best)
{
  int target = GW_TARGET_NONE;

  *best = MIN_LIKENESS;
  for (guint i = 0; i < self->aliases->len; i++)
    {
      const Alias *alias = &g_array_index (self->aliases, Alias, i);
      double like = taken[alias->target] ? 0 : likeness (folded, alias->text);

      if (like <= *best)
        continue;
      *best = like;
      target = alias->target;
    }
  return target;
}

static int
column_of (const GwMatch *matches, guint n, int target)
{
  for (guint i = 0; i < n; i++)
    if (matches[i].target == target)
      return (int)i;
  return -1;
}

static void
match_exactly (
    const GwMatcher *self, char *const *folded, guint n, GwMatch *matches, gboolean *taken)
{
  for (guint i = 0; i < n; i++)
    {
      int target = find_exact (self, folded[i]);

      matches[i] = (GwMatch){ GW_TARGET_NONE, FALSE, -1 };
      if (target == GW_TARGET_NONE)
        continue;
      if (taken[target])
        {
          matches[i].twin = column_of (matches, i, target);
          continue;
        }
      taken[target] = TRUE;
      matches[i].target = target;
    }
}

/* The likeliest pair of all first, so that a doubtful header never takes what a better one needs.
 */
static gboolean
match_one_likely (
    const GwMatcher *self, char *const *folded, guint n, GwMatch *matches, gboolean *taken)
{
  double best = 0;
  guint column = 0;
  int target = GW_TARGET_NONE;

  for (guint i = 0; i < n; i++)
    {
      double like;
      int found;

      if (matches[i].target != GW_TARGET_NONE || matches[i].twin >= 0 || folded[i][0] == '\0')
        continue;
      found = find_likely (self, folded[i], taken, &like);
      if (found == GW_TARGET_NONE || like <= best)
        continue;
      best = like;
      column = i;
      target = found;
    }
  if (target == GW_TARGET_NONE)
    return FALSE;
  taken[target] = TRUE;
  matches[column].target = target;
  matches[column].guessed = TRUE;
  return TRUE;
}

static char **
fold_all (const char *const *headers, guint n)
{
  char **folded = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    folded[i] = fold_header (headers[i]);
  return folded;
}

/* Columns without a counterpart are many in wide tables, and each guess compares all of them. */
#define MAX_GUESSED_COLUMNS 64u

void
gw_matcher_match (const GwMatcher *self,
                  const char *const *headers,
                  guint n_headers,
                  GwMatch *matches)
{
  g_auto (GStrv) folded = fold_all (headers, n_headers);
  g_autofree gboolean *taken = g_new0 (gboolean, gw_matcher_n_targets (self));

  match_exactly (self, folded, n_headers, matches, taken);
  while (n_headers <= MAX_GUESSED_COLUMNS &&
         match_one_likely (self, folded, n_headers, matches, taken))
    ;
}

guint
gw_matcher_score (const GwMatcher *self, const char *const *cells, guint n_cells)
{
  guint score = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      /* Long cells are data. */
      g_autofree char *folded = strlen (cells[i]) < 100 ? fold_header (cells[i]) : NULL;

      score += folded != NULL && find_exact (self, folded) != GW_TARGET_NONE;
    }
  return score;
}
