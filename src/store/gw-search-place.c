/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gw-search-exact.h"
#include "gw-text.h"
#include "gw-zh-tokenizer.h"

static void
mark_below (GwAreaTree *tree, guint32 area, guint8 *marks)
{
  for (guint32 id = 1; id <= gw_area_tree_size (tree); id++)
    if (gw_area_tree_contains (tree, area, id))
      marks[id] = 1;
}

/* "jfl" for 介福路. At the start only: the initials of 社区 would fit half the district. */
static gboolean
begins_with_initials (const GwArea *area, const char *word)
{
  gsize n = strlen (word);
  const char *end = area->name;
  g_autofree char *start = NULL;

  while (n-- > 0 && *end != '\0')
    end = g_utf8_next_char (end);
  start = g_strndup (area->name, (gsize)(end - area->name));
  return gw_text_matches_initials (start, word);
}

static gboolean
is_called (const GwArea *area, const char *word, gboolean initials, GString *folded)
{
  if (g_strcmp0 (area->code, word) == 0)
    return TRUE;
  gw_zh_fold (folded, area->name);
  return g_str_has_prefix (folded->str, word) || (initials && begins_with_initials (area, word));
}

/* The district itself is no clause: everything lies in it. */
static gboolean
mark_places (GwAreaTree *tree, const char *word, gboolean initials, guint8 *marks)
{
  g_autoptr (GPtrArray) named = gw_area_tree_find_name (tree, word);
  g_autoptr (GString) folded = g_string_new (NULL);
  const GwArea *root = gw_area_tree_root (tree);
  gboolean any = FALSE;

  for (guint i = 0; i < named->len; i++)
    {
      const GwArea *area = g_ptr_array_index (named, i);

      if (area == root)
        continue;
      mark_below (tree, area->id, marks);
      any = TRUE;
    }
  for (guint32 id = 1; id <= gw_area_tree_size (tree); id++)
    {
      const GwArea *area = gw_area_tree_get (tree, id);

      if (area == NULL || area == root || !is_called (area, word, initials, folded))
        continue;
      mark_below (tree, id, marks);
      any = TRUE;
    }
  return any;
}

void
gw_search_find_place (const GwSearchQuery *query,
                      const char *word,
                      gboolean initials,
                      GwSearchSet *set)
{
  const GwSnapshot *snapshot = query->snapshot;
  guint n_areas = gw_area_tree_size (query->tree);
  g_autofree guint8 *marks = g_new0 (guint8, n_areas + 1);

  if (g_utf8_strlen (word, -1) < 2 || !mark_places (query->tree, word, initials, marks))
    return;
  for (guint id = 1; id < snapshot->n; id++)
    {
      guint32 area =
          snapshot->chunks[id >> GW_SNAPSHOT_CHUNK_BITS]->columns.area[id & GW_SNAPSHOT_CHUNK_MASK];

      if (area <= n_areas && marks[area] != 0)
        gw_search_set_add (set, id);
    }
}
