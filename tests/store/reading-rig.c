/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading-rig.h"

#include <glib/gstdio.h>

const GwActor rig_program = { .purpose = "test" };

static void
add_area (GPtrArray *areas, guint32 parent, GwAreaLevel level, const char *code, const char *name)
{
  GwArea *area = g_new0 (GwArea, 1);

  area->id = areas->len + 1;
  area->parent = parent;
  area->level = level;
  area->kind = GW_AREA_URBAN;
  area->valid_to = G_MAXINT32;
  area->code = g_strdup (code);
  area->name = g_strdup (name);
  g_ptr_array_add (areas, area);
}

static GPtrArray *
make_areas (void)
{
  GPtrArray *areas = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_area_free);

  add_area (areas, 0, GW_LEVEL_DISTRICT, "510903", "船山区");
  add_area (areas, 1, GW_LEVEL_TOWNSHIP, "510903002", "仁里镇");
  add_area (areas, 1, GW_LEVEL_TOWNSHIP, "510903001", "凯旋路街道");
  add_area (areas, 2, GW_LEVEL_COMMUNITY, "510903002001", "放羊村");
  add_area (areas, 2, GW_LEVEL_COMMUNITY, "510903002002", "郪江村");
  add_area (areas, 3, GW_LEVEL_COMMUNITY, "510903001001", "嘉禾社区");
  add_area (areas, 4, GW_LEVEL_GRID, "510903002001001", "放羊一格");
  add_area (areas, 6, GW_LEVEL_GRID, "510903001001001", "嘉禾一格");
  return areas;
}

static void
add_field (GwTypeSpec *type, const char *id, GwPrivacyClass privacy, guint32 flags)
{
  GwFieldSpec *field = gw_field_spec_new ();

  field->id = g_strdup (id);
  field->label = g_strdup (id);
  field->kind = GW_FIELD_TEXT;
  field->privacy = privacy;
  field->flags = flags;
  g_ptr_array_add (type->fields, field);
}

static GwTypeSpec *
make_type (const char *key, const char *module, const char *table, const char *code)
{
  GwTypeSpec *type = gw_type_spec_new ();

  type->key = g_strdup (key);
  type->module = g_strdup (module);
  type->table = g_strdup (table);
  type->number_code = g_strdup (code);
  type->label = g_strdup (key);
  type->label_plural = g_strdup (key);
  type->version = 1;
  add_field (type, "note", GW_CLASS_INTERNAL, GW_FIELD_SEARCH);
  add_field (type, "secret", GW_CLASS_RESTRICTED, GW_FIELD_SEARCH);
  add_field (type, "plain", GW_CLASS_INTERNAL, 0);
  return type;
}

static gboolean
put_types (GwTx *tx, GError **error)
{
  g_autoptr (GwTypeSpec) first = make_type ("risk.b/one", "risk.b", "m_b_one", "BBB");
  g_autoptr (GwTypeSpec) second = make_type ("risk.a/two", "risk.a", "m_a_two", "AAA");
  guint32 number;

  return gw_tx_put_type (tx, first, &number, error) && gw_tx_put_type (tx, second, &number, error);
}

static gboolean
set_up_cb (GwTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) areas = make_areas ();
  GwOrg orgs[2] = { { .id = 1,
                      .code = (char *)"510903-A",
                      .name = (char *)"甲局",
                      .kind = (char *)"department",
                      .valid_to = G_MAXINT32 },
                    { .id = 2,
                      .code = (char *)"510903-B",
                      .name = (char *)"乙局",
                      .kind = (char *)"department",
                      .valid_to = G_MAXINT32 } };

  return gw_tx_put_meta (tx, "centre.code", "510903", error) &&
         gw_tx_put_areas (tx, areas, error) && gw_tx_put_org (tx, &orgs[0], error) &&
         gw_tx_put_org (tx, &orgs[1], error) && put_types (tx, error);
}

static void
write_or_die (Rig *self, GwTxFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;

  gw_store_write (self->store, GW_LANE_VERB, &rig_program, func, data, NULL, &error);
  g_assert_no_error (error);
}

void
rig_open (Rig *self, GwOpenFlags flags)
{
  g_autoptr (GError) error = NULL;

  self->store = gw_store_open (self->path, flags, self->clock, &error);
  g_assert_no_error (error);
}

Rig *
rig_new (void)
{
  Rig *self = g_new0 (Rig, 1);

  self->folder = g_dir_make_tmp ("gw-reading-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  self->path = g_build_filename (self->folder, "a.gridwork", NULL);
  self->clock = gw_clock_new_fixed (RIG_NOW);
  self->matters = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_matter_free);
  g_ptr_array_add (self->matters, NULL);
  rig_open (self, GW_OPEN_CREATE | GW_OPEN_REQUIRE_WRITE);
  write_or_die (self, set_up_cb, NULL);
  return self;
}

void
rig_close (Rig *self)
{
  if (self->store != NULL)
    gw_store_close (self->store);
  g_clear_pointer (&self->store, gw_store_unref);
}

static void
empty_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_assert_cmpint (g_unlink (file), ==, 0);
    }
}

void
rig_free (Rig *self)
{
  rig_close (self);
  empty_folder (self->folder);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_ptr_array_unref (self->matters);
  gw_clock_unref (self->clock);
  g_free (self->path);
  g_free (self->folder);
  g_free (self);
}

char *
rig_side_path (const Rig *self, const char *suffix)
{
  return g_strconcat (self->path, ".", suffix, NULL);
}

GwMatter *
rig_matter (const char *title, const char *summary)
{
  GwMatter *matter = gw_matter_new ();

  matter->type = 1;
  matter->state = GW_STATE_REPORTED;
  matter->urgency = GW_URGENCY_NORMAL;
  matter->severity = GW_SEVERITY_GENERAL;
  matter->sensitivity = GW_SENSITIVITY_INTERNAL;
  matter->precision = GW_PRECISION_GRID;
  matter->level = 1;
  matter->area = 7;
  matter->reported = RIG_NOW - 3600;
  matter->source = g_strdup ("visit");
  matter->title = g_strdup (title);
  matter->summary = g_strdup (summary);
  return matter;
}

static gboolean
append_event (GwTx *tx, gint64 matter, GwVerb verb, GError **error)
{
  GwEvent event = {
    .matter = matter, .verb = verb, .from = GW_STATE_DRAFT, .to = GW_STATE_REPORTED
  };

  return gw_tx_append_event (tx, &event, error);
}

static gboolean
put_cb (GwTx *tx, gpointer data, GError **error)
{
  GPtrArray *matters = data;

  for (guint i = 0; i < matters->len; i++)
    {
      GwMatter *matter = g_ptr_array_index (matters, i);

      if (!gw_tx_insert_matter (tx, matter, error) ||
          !append_event (tx, matter->id, GW_VERB_SUBMIT, error))
        return FALSE;
    }
  return TRUE;
}

void
rig_put (Rig *self, GPtrArray *matters)
{
  write_or_die (self, put_cb, matters);
  for (guint i = 0; i < matters->len; i++)
    {
      GwMatter *matter = g_ptr_array_index (matters, i);

      g_assert_cmpint (matter->id, ==, self->matters->len);
      g_ptr_array_add (self->matters, gw_matter_copy (matter));
    }
  g_ptr_array_unref (matters);
}

gint64
rig_put_one (Rig *self, GwMatter *matter)
{
  GPtrArray *matters = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_matter_free);

  g_ptr_array_add (matters, matter);
  rig_put (self, matters);
  return self->matters->len - 1;
}

GwMatter *
rig_get (Rig *self, gint64 id)
{
  return g_ptr_array_index (self->matters, id);
}

static gboolean
update_cb (GwTx *tx, gpointer data, GError **error)
{
  GwMatter *after = data;
  g_autoptr (GwMatter) before = gw_tx_get_matter (tx, after->id, error);

  return before != NULL && gw_tx_update_matter (tx, before, after, error) &&
         append_event (tx, after->id, GW_VERB_CORRECT, error);
}

void
rig_update (Rig *self, GwMatter *after)
{
  write_or_die (self, update_cb, after);
  gw_matter_free (rig_get (self, after->id));
  g_ptr_array_index (self->matters, after->id) = after;
}

static gboolean
withdraw_cb (GwTx *tx, gpointer data, GError **error)
{
  return gw_tx_withdraw_matter (tx, data, error) &&
         append_event (tx, ((GwMatter *)data)->id, GW_VERB_WITHDRAW, error);
}

/* The rig forgets it: NULL in its list. */
void
rig_withdraw (Rig *self, gint64 id)
{
  write_or_die (self, withdraw_cb, rig_get (self, id));
  gw_matter_free (rig_get (self, id));
  g_ptr_array_index (self->matters, id) = NULL;
}

GwSelection *
rig_select (Rig *self, const GwActor *actor, const GwFilter *filter)
{
  g_autoptr (GError) error = NULL;
  GwSelection *selection = gw_store_select (self->store, actor, filter, NULL, &error);

  g_assert_no_error (error);
  return selection;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *)a, right = *(const gint64 *)b;

  return (left > right) - (left < right);
}

GArray *
rig_search (Rig *self, const GwActor *actor, const char *text)
{
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GwSelection) selection = NULL;
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  filter->text = g_strdup (text);
  selection = rig_select (self, actor, filter);
  g_array_append_vals (ids, selection->ids, selection->n);
  g_array_sort (ids, compare_ids);
  return ids;
}
