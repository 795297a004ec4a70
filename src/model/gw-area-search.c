/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-area-tree-private.h"
#include "gw-text.h"

#include <string.h>

static gboolean
lies_in_any (const GwAreaTree *self, const GPtrArray *above, guint32 id)
{
  for (guint i = 0; i < above->len; i++)
    {
      const GwArea *area = g_ptr_array_index (above, i);

      if (area->id != id && gw_area_tree_contains (self, area->id, id))
        return TRUE;
    }
  return FALSE;
}

static void
sort_out (const GwAreaTree *self,
          const char *stem,
          const GPtrArray *above,
          GwNameClass wanted,
          GPtrArray *preferred,
          GPtrArray *others)
{
  const GPtrArray *found = gw_area_tree_of_stem (self, stem);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      GwArea *area = g_ptr_array_index (found, i);
      GwNameClass name_class = gw_area_tree_key (self, area->id)->name_class;

      if (above == NULL || lies_in_any (self, above, area->id))
        g_ptr_array_add (wanted == GW_NAME_PLAIN || name_class == wanted ? preferred : others,
                         area);
    }
}

/* The areas of that stem inside @above (nullable: anywhere). Of these, those whose name says the
 * same class as the question does, when there are any: who asks for a village wants villages. */
static GPtrArray *
find_plain (const GwAreaTree *self, const char *folded, const GPtrArray *above)
{
  GwNameClass wanted;
  g_autofree char *stem = gw_area_name_stem_of_folded (folded, &wanted);
  g_autoptr (GPtrArray) preferred = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  sort_out (self, stem, above, wanted, preferred, others);
  /* 谷村村委会 is called 谷村, which looks like a 谷 with a suffix. */
  if (!g_str_equal (stem, folded))
    sort_out (self, folded, above, wanted, preferred, others);
  return preferred->len > 0 ? g_steal_pointer (&preferred) : g_steal_pointer (&others);
}

/* As a whole, else as "仁里镇放羊村": the first cut from the left at which the left part names
 * areas and the right part names areas inside them, at most @depth cuts deep. */
static GPtrArray *
find_name (const GwAreaTree *self, const char *folded, const GPtrArray *above, guint depth)
{
  g_autoptr (GPtrArray) found = find_plain (self, folded, above);

  if (folded[0] == '\0' || depth == 0)
    return g_steal_pointer (&found);
  for (const char *cut = g_utf8_next_char (folded); found->len == 0 && *cut != '\0';
       cut = g_utf8_next_char (cut))
    {
      g_autofree char *left = g_strndup (folded, (gsize)(cut - folded));
      g_autoptr (GPtrArray) outer = find_plain (self, left, above);

      if (outer->len == 0)
        continue;
      g_clear_pointer (&found, g_ptr_array_unref);
      found = find_name (self, cut, outer, depth - 1);
    }
  return g_steal_pointer (&found);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  guint32 one = (*(const GwArea *const *)a)->id;
  guint32 other = (*(const GwArea *const *)b)->id;

  return (one > other) - (one < other);
}

GPtrArray *
gw_area_tree_find_name (const GwAreaTree *self, const char *name)
{
  g_autofree char *folded = gw_text_fold (name == NULL ? "" : name);
  GPtrArray *found;

  /* District, township and community may stand before a grid. Longer texts are no names, and trying
   * all their cuts would cost. */
  found = find_name (self, folded, NULL, gw_text_length (folded) > 60 ? 0 : 3);
  g_ptr_array_sort (found, compare_ids);
  return found;
}

typedef enum
{
  NO_FIT,
  FITS,
  BEGINS,
} Fit;

static gboolean
is_all_ascii_letters (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_isalpha (*at))
      return FALSE;
  return TRUE;
}

/* "jfl" for 介福路: at the start of the name, or anywhere in what makes the name: the initials of
 * 社区 and 村委会 would fit half the district. */
static Fit
fit_initials (const GwAreaTree *self, const GwArea *area, const char *word)
{
  gsize length = gw_text_length (area->name);
  g_autofree char *start = g_utf8_substring (area->name, 0, (glong)MIN (strlen (word), length));

  if (gw_text_matches_initials (start, word))
    return BEGINS;
  return gw_text_matches_initials (gw_area_tree_key (self, area->id)->stem, word) ? FITS : NO_FIT;
}

static Fit
fit_word (const GwAreaTree *self, const GwArea *area, const char *word)
{
  const char *name = gw_area_tree_key (self, area->id)->folded;

  if (g_str_has_prefix (name, word) || g_str_has_prefix (area->code, word))
    return BEGINS;
  if (strstr (name, word) != NULL)
    return FITS;
  return is_all_ascii_letters (word) ? fit_initials (self, area, word) : NO_FIT;
}

static gboolean
fits_area_or_above (const GwAreaTree *self, const GwArea *area, const char *word)
{
  for (; area != NULL; area = gw_area_tree_get (self, area->parent))
    if (fit_word (self, area, word) != NO_FIT)
      return TRUE;
  return FALSE;
}

static Fit
fit_words (const GwAreaTree *self, const GwArea *area, const char *const *words)
{
  guint n = g_strv_length ((char **)words);
  Fit fit = fit_word (self, area, words[n - 1]);

  for (guint i = 0; fit != NO_FIT && i + 1 < n; i++)
    if (!fits_area_or_above (self, area, words[i]))
      return NO_FIT;
  return fit;
}

/* By code within a level, so that the list reads like the published one. */
static int
compare_areas (gconstpointer a, gconstpointer b)
{
  const GwArea *one = *(const GwArea *const *)a;
  const GwArea *other = *(const GwArea *const *)b;

  return one->level != other->level ? (int)one->level - (int)other->level
                                    : strcmp (one->code, other->code);
}

GPtrArray *
gw_area_tree_search (const GwAreaTree *self, const char *text, guint max)
{
  g_autofree char *folded = gw_text_fold (text == NULL ? "" : text);
  g_auto (GStrv) words = g_strsplit (folded, " ", 9);
  GPtrArray *found = g_ptr_array_new ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  for (guint32 id = 1; folded[0] != '\0' && id <= gw_area_tree_size (self); id++)
    {
      const GwArea *area = gw_area_tree_get (self, id);
      Fit fit =
          gw_area_is_current (area) ? fit_words (self, area, (const char *const *)words) : NO_FIT;

      if (fit != NO_FIT)
        g_ptr_array_add (fit == BEGINS ? found : others, (gpointer)area);
    }
  g_ptr_array_sort (found, compare_areas);
  g_ptr_array_sort (others, compare_areas);
  g_ptr_array_extend (found, others, NULL, NULL);
  if (found->len > max)
    g_ptr_array_set_size (found, (int)max);
  return found;
}
