/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-area-tree-private.h"

#include "gw-error.h"
#include "gw-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _GwAreaTree
{
  GPtrArray *areas;                  /* owned GwArea; index is id - 1 */
  guint32 (*ancestors)[GW_N_LEVELS]; /* owned; by id, row 0 is all NONE */
  GHashTable *by_code;               /* owned; borrowed code -> borrowed GwArea */
  GwAreaKey *keys;                   /* owned; by id, row 0 unused */
  GHashTable *by_stem;               /* owned; borrowed stem -> GPtrArray of borrowed GwArea */
  const GwArea **children;           /* owned; current children of id lie side by side, by code */
  guint *first; /* owned; size + 2: children of id are first[id]..first[id+1] */
  guint32 root;
};

static void
clear_keys (GwAreaTree *self)
{
  for (guint32 id = 1; self->keys != NULL && id <= self->areas->len; id++)
    {
      g_free (self->keys[id].folded);
      g_free (self->keys[id].stem);
    }
  g_free (self->keys);
}

static void
area_tree_clear (gpointer data)
{
  GwAreaTree *self = data;

  g_clear_pointer (&self->by_code, g_hash_table_unref);
  g_clear_pointer (&self->by_stem, g_hash_table_unref);
  clear_keys (self);
  g_clear_pointer (&self->areas, g_ptr_array_unref);
  g_free (self->ancestors);
  g_free (self->children);
  g_free (self->first);
}

GwAreaTree *
gw_area_tree_ref (GwAreaTree *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
gw_area_tree_unref (GwAreaTree *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, area_tree_clear);
}

guint
gw_area_tree_size (const GwAreaTree *self)
{
  return self->areas->len;
}

const GwArea *
gw_area_tree_get (const GwAreaTree *self, guint32 id)
{
  return id == GW_AREA_NONE || id > self->areas->len ? NULL
                                                     : g_ptr_array_index (self->areas, id - 1);
}

const GwArea *
gw_area_tree_root (const GwAreaTree *self)
{
  return gw_area_tree_get (self, self->root);
}

static gboolean
check_area (GwAreaTree *self, const GwArea *area, guint32 id, GError **error)
{
  if (area->id != id)
    return gw_throw (error, GW_ERROR_CORRUPT,
                     _ ("reading the areas: number %u stands where %u was expected"), area->id, id);
  if (area->code == NULL || area->code[0] == '\0' || area->name == NULL || area->name[0] == '\0')
    return gw_throw (error, GW_ERROR_CORRUPT,
                     _ ("reading the areas: area %u has no code or no name"), id);
  if ((guint)area->level >= GW_N_LEVELS)
    return gw_throw (error, GW_ERROR_CORRUPT, _ ("reading the areas: %s has no known level"),
                     area->code);
  if (area->valid_from > area->valid_to)
    return gw_throw (error, GW_ERROR_CORRUPT, _ ("reading the areas: %s ends before it begins"),
                     area->code);
  if (area->successor > self->areas->len || area->successor == id)
    return gw_throw (error, GW_ERROR_CORRUPT, _ ("reading the areas: %s has no such successor"),
                     area->code);
  /* domain.md 4b.1: a code is never reused. */
  if (!g_hash_table_insert (self->by_code, area->code, (gpointer)area))
    return gw_throw (error, GW_ERROR_CORRUPT, _ ("reading the areas: code %s stands twice"),
                     area->code);
  return TRUE;
}

/* Levels fall strictly from parent to child, so a cycle of parents cannot pass this check. */
static gboolean
check_parent (GwAreaTree *self, const GwArea *area, GError **error)
{
  const GwArea *parent = gw_area_tree_get (self, area->parent);

  if (area->parent == GW_AREA_NONE)
    {
      if (self->root != GW_AREA_NONE)
        return gw_throw (error, GW_ERROR_CORRUPT,
                         _ ("reading the areas: both %s and %s have no parent"),
                         gw_area_tree_root (self)->code, area->code);
      self->root = area->id;
      return TRUE;
    }
  if (parent == NULL || parent->level + 1 != area->level)
    return gw_throw (error, GW_ERROR_CORRUPT,
                     _ ("reading the areas: the parent of %s is not one level above it"),
                     area->code);
  return TRUE;
}

/* A chain of successors that meets itself would never reach a valid area. A walk longer than the
 * number of areas has met one twice. */
static gboolean
check_successors (GwAreaTree *self, const GwArea *area, GError **error)
{
  guint steps = 0;

  for (const GwArea *at = area; at->successor != GW_AREA_NONE; steps++)
    {
      if (steps > self->areas->len)
        return gw_throw (error, GW_ERROR_CORRUPT,
                         _ ("reading the areas: the successors of %s form a circle"), area->code);
      at = gw_area_tree_get (self, at->successor);
    }
  return TRUE;
}

static void
fill_ancestors (GwAreaTree *self)
{
  self->ancestors = g_malloc0_n (self->areas->len + 1, sizeof *self->ancestors);
  for (guint32 id = 1; id <= self->areas->len; id++)
    for (const GwArea *at = gw_area_tree_get (self, id); at != NULL;
         at = gw_area_tree_get (self, at->parent))
      self->ancestors[id][at->level] = at->id;
}

static int
compare_codes (gconstpointer a, gconstpointer b)
{
  const GwArea *const *one = a;
  const GwArea *const *other = b;

  return strcmp ((*one)->code, (*other)->code);
}

static void
fill_children (GwAreaTree *self)
{
  guint n = self->areas->len;
  g_autofree guint *next = NULL;

  self->first = g_new0 (guint, n + 2);
  self->children = g_new0 (const GwArea *, n + 1);
  for (guint32 id = 1; id <= n; id++)
    {
      const GwArea *area = gw_area_tree_get (self, id);

      if (gw_area_is_current (area))
        self->first[area->parent + 1]++;
    }
  for (guint i = 1; i < n + 2; i++)
    self->first[i] += self->first[i - 1];

  next = g_memdup2 (self->first, (n + 1) * sizeof (guint));
  for (guint32 id = 1; id <= n; id++)
    {
      const GwArea *area = gw_area_tree_get (self, id);

      if (gw_area_is_current (area))
        self->children[next[area->parent]++] = area;
    }
  for (guint32 id = 0; id <= n; id++)
    qsort (self->children + self->first[id], self->first[id + 1] - self->first[id],
           sizeof *self->children, compare_codes);
}

static void
fill_keys (GwAreaTree *self)
{
  self->keys = g_new0 (GwAreaKey, self->areas->len + 1);
  self->by_stem =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
  for (guint32 id = 1; id <= self->areas->len; id++)
    {
      GwArea *area = g_ptr_array_index (self->areas, id - 1);
      GwAreaKey *key = &self->keys[id];
      GPtrArray *same;

      key->folded = gw_text_fold (area->name);
      key->stem = gw_area_name_stem_of_folded (key->folded, &key->name_class);
      same = g_hash_table_lookup (self->by_stem, key->stem);
      if (same == NULL)
        {
          same = g_ptr_array_new ();
          g_hash_table_insert (self->by_stem, key->stem, same);
        }
      g_ptr_array_add (same, area);
    }
}

GwAreaTree *
gw_area_tree_new_take (GPtrArray *areas, GError **error)
{
  g_autoptr (GwAreaTree) self = NULL;

  g_return_val_if_fail (areas != NULL, NULL);

  self = g_atomic_rc_box_new0 (GwAreaTree);
  self->areas = areas;
  g_ptr_array_set_free_func (areas, (GDestroyNotify)gw_area_free);
  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < areas->len; i++)
    if (!check_area (self, g_ptr_array_index (areas, i), i + 1, error))
      return NULL;
  for (guint i = 0; i < areas->len; i++)
    if (!check_parent (self, g_ptr_array_index (areas, i), error) ||
        !check_successors (self, g_ptr_array_index (areas, i), error))
      return NULL;

  fill_ancestors (self);
  fill_children (self);
  fill_keys (self);
  return g_steal_pointer (&self);
}

const GwArea *
gw_area_tree_find_code (const GwAreaTree *self, const char *code)
{
  const GwArea *found;

  if (code == NULL)
    return NULL;
  found = g_hash_table_lookup (self->by_code, code);
  /* The statistical code of a district or township is filled up to twelve digits with zeros. */
  if (found == NULL && strlen (code) == 12 && g_str_has_suffix (code, "000"))
    {
      g_autofree char *cut = g_strndup (code, g_str_has_suffix (code, "000000") ? 6 : 9);

      found = g_hash_table_lookup (self->by_code, cut);
    }
  return found;
}

const GwArea *const *
gw_area_tree_children (const GwAreaTree *self, guint32 id, guint *n)
{
  g_return_val_if_fail (id <= self->areas->len, NULL);

  *n = self->first[id + 1] - self->first[id];
  return self->children + self->first[id];
}

guint32
gw_area_tree_ancestor (const GwAreaTree *self, guint32 id, GwAreaLevel level)
{
  if (id > self->areas->len || (guint)level >= GW_N_LEVELS)
    return GW_AREA_NONE;
  return self->ancestors[id][level];
}

gboolean
gw_area_tree_contains (const GwAreaTree *self, guint32 ancestor, guint32 id)
{
  const GwArea *above = gw_area_tree_get (self, ancestor);

  return above != NULL && gw_area_tree_ancestor (self, id, above->level) == ancestor;
}

guint32
gw_area_tree_current (const GwAreaTree *self, guint32 id)
{
  const GwArea *area = gw_area_tree_get (self, id);

  while (area != NULL && !gw_area_is_current (area))
    area = gw_area_tree_get (self, area->successor);
  return area == NULL ? GW_AREA_NONE : area->id;
}

GArray *
gw_area_tree_leaves (const GwAreaTree *self, guint32 id)
{
  GArray *leaves = g_array_new (FALSE, FALSE, sizeof (guint32));
  const GwArea *top = gw_area_tree_get (self, id);

  for (guint32 i = 1; top != NULL && i <= self->areas->len; i++)
    if (self->ancestors[i][top->level] == id && self->first[i] == self->first[i + 1] &&
        gw_area_is_current (gw_area_tree_get (self, i)))
      g_array_append_val (leaves, i);
  return leaves;
}

char *
gw_area_tree_path (const GwAreaTree *self, guint32 id, const char *separator)
{
  GString *path = g_string_new (NULL);
  const GwArea *area = gw_area_tree_get (self, id);

  /* The district itself is all of its own path. */
  if (area != NULL && area->level <= GW_LEVEL_DISTRICT)
    g_string_append (path, area->name);
  for (guint level = GW_LEVEL_TOWNSHIP; area != NULL && level < GW_N_LEVELS; level++)
    {
      const GwArea *at = gw_area_tree_get (self, self->ancestors[id][level]);

      if (at == NULL)
        continue;
      if (path->len > 0)
        g_string_append (path, separator);
      g_string_append (path, at->name);
    }
  return g_string_free (path, FALSE);
}

const GPtrArray *
gw_area_tree_of_stem (const GwAreaTree *self, const char *stem)
{
  return g_hash_table_lookup (self->by_stem, stem);
}

const GwAreaKey *
gw_area_tree_key (const GwAreaTree *self, guint32 id)
{
  return &self->keys[id];
}
