/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <glib/gstdio.h>

void
fixture_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  if (dir == NULL)
    return;
  (void)g_chmod (folder, 0700);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        fixture_remove_folder (path);
      else
        (void)g_unlink (path);
    }
  (void)g_rmdir (folder);
}

static GwFieldSpec *
field (const char *id, GwFieldType kind, GwPrivacyClass privacy, guint32 flags)
{
  GwFieldSpec *spec = gw_field_spec_new ();

  spec->id = g_strdup (id);
  spec->label = g_strdup (id);
  spec->kind = kind;
  spec->privacy = privacy;
  spec->flags = flags;
  return spec;
}

GwTypeSpec *
fixture_type (void)
{
  GwTypeSpec *type = gw_type_spec_new ();

  type->key = g_strdup (FIXTURE_TYPE);
  type->module = g_strdup ("risk.dispute");
  type->table = g_strdup ("m_disp_dispute");
  type->number_code = g_strdup ("DIS");
  type->label = g_strdup ("dispute");
  type->label_plural = g_strdup ("disputes");
  type->icon = g_strdup ("");
  type->version = 1;
  if (type->fields == NULL)
    type->fields = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_field_spec_free);
  g_ptr_array_add (type->fields, field ("people", GW_FIELD_INT, GW_CLASS_OPEN, GW_FIELD_IN_LIST));
  g_ptr_array_add (type->fields, field ("amount", GW_FIELD_REAL, GW_CLASS_OPEN, 0));
  g_ptr_array_add (type->fields, field ("since", GW_FIELD_DATE, GW_CLASS_INTERNAL, 0));
  g_ptr_array_add (type->fields, field ("wish", GW_FIELD_TEXT, GW_CLASS_INTERNAL, 0));
  g_ptr_array_add (type->fields, field ("signs", GW_FIELD_TEXT, GW_CLASS_RESTRICTED, 0));
  g_ptr_array_add (type->fields, field ("phone", GW_FIELD_TEXT, GW_CLASS_VAULT, 0));
  return type;
}

/* Area n of a binary tree: 1 district, 2-3 townships, 4-7 communities, ... 16-31 micro-areas. */
static GwArea *
area_of (guint32 id)
{
  GwArea *area = g_new0 (GwArea, 1);
  guint level = (guint)g_bit_storage (id);

  area->id = id;
  area->parent = id / 2;
  area->level = (GwAreaLevel)level;
  area->kind = GW_AREA_URBAN;
  area->valid_from = 0;
  area->valid_to = G_MAXINT32;
  area->code = id == 1 ? g_strdup ("510903") : g_strdup_printf ("510903%03u", id);
  area->name = g_strdup_printf ("片区%u", id);
  return area;
}

static gboolean
put_orgs (GwTx *tx, GError **error)
{
  static const char *const kinds[] = { "government", "department", "street" };

  for (guint32 id = 1; id <= G_N_ELEMENTS (kinds); ++id)
    {
      g_autofree char *code = g_strdup_printf ("510903-U%u", id);
      g_autofree char *name = g_strdup_printf ("单位%u", id);
      GwOrg org = { 0 };

      org.id = id;
      org.code = code;
      org.name = name;
      org.kind = (char *)kinds[id - 1];
      org.valid_to = G_MAXINT32;
      if (!gw_tx_put_org (tx, &org, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_accounts (GwTx *tx, GError **error)
{
  for (guint32 role = 0; role < GW_N_ROLES; ++role)
    {
      GwAccount account = { 0 };

      account.id = role + 1;
      account.org = role % 3 + 1;
      account.login = (char *)gw_role_id ((GwRole)role);
      account.label = (char *)gw_role_id ((GwRole)role);
      account.roles = 1u << role;
      account.active = TRUE;
      if (!gw_tx_put_account (tx, &account, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fill_cb (GwTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) areas = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_area_free);
  g_autoptr (GwTypeSpec) type = fixture_type ();

  for (guint32 id = 1; id <= FIXTURE_N_AREAS; ++id)
    g_ptr_array_add (areas, area_of (id));
  return gw_tx_put_meta (tx, GW_META_CENTRE, "510903", error) &&
         gw_tx_put_areas (tx, areas, error) && put_orgs (tx, error) && put_accounts (tx, error) &&
         gw_tx_put_type (tx, type, data, error);
}

void
fixture_fill (GwStore *store, guint32 *type)
{
  const GwActor program = { 0 };
  g_autoptr (GError) error = NULL;

  gw_store_write (store, GW_LANE_VERB, &program, fill_cb, type, NULL, &error);
  g_assert_no_error (error);
}

void
fixture_set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("gw-store-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "centre.gridwork", NULL);
  self->clock = gw_clock_new_fixed (FIXTURE_NOW);
  self->store = gw_store_open (self->path, GW_OPEN_CREATE, self->clock, &error);
  g_assert_no_error (error);
  fixture_fill (self->store, &self->type);
}

void
fixture_tear_down (Fixture *self, gconstpointer unused)
{
  g_clear_pointer (&self->store, gw_store_unref);
  g_clear_pointer (&self->clock, gw_clock_unref);
  fixture_remove_folder (self->folder);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->path, g_free);
}

void
fixture_reopen (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->store, gw_store_unref);
  self->store = gw_store_open (self->path, GW_OPEN_REQUIRE_WRITE, self->clock, &error);
  g_assert_no_error (error);
}

GwActor
fixture_actor (GwRole role, guint32 org, guint32 scope)
{
  GwActor actor = { 0 };

  actor.account = (guint32)role + 1;
  actor.role = role;
  actor.org = org;
  actor.scope_area = scope;
  actor.purpose = "test";
  return actor;
}

GwMatter *
fixture_matter (const Fixture *self, guint n)
{
  GwMatter *matter = gw_matter_new ();

  matter->type = self->type;
  matter->state = GW_STATE_REPORTED;
  matter->urgency = (GwUrgency)(n % 3 + 1);
  matter->severity = GW_SEVERITY_GENERAL;
  matter->sensitivity = GW_SENSITIVITY_INTERNAL;
  matter->precision = GW_PRECISION_EXACT;
  matter->level = 1;
  matter->has_point = TRUE;
  matter->x = 1055700000 + (gint32)n % 1000;
  matter->y = 305200000 + (gint32)n % 1000;
  matter->area = FIXTURE_FIRST_MICRO + n % 16;
  matter->reported = FIXTURE_NOW - (gint64)(n % 400) * 86400;
  matter->source = g_strdup (n % 2 == 0 ? "hotline" : "visit");
  matter->title = g_strdup_printf ("物业纠纷 %u", n);
  matter->summary = g_strdup ("楼道堆放杂物");
  matter->address = g_strdup ("介福路 1 号");
  if (matter->values == NULL)
    matter->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (matter->values, g_strdup ("people"), g_strdup ("3"));
  g_hash_table_insert (matter->values, g_strdup ("amount"), g_strdup ("1200.5"));
  g_hash_table_insert (matter->values, g_strdup ("since"), g_strdup ("2026-03-17"));
  g_hash_table_insert (matter->values, g_strdup ("wish"), g_strdup ("尽快清理"));
  g_hash_table_insert (matter->values, g_strdup ("signs"), g_strdup ("threat_said"));
  return matter;
}

gboolean
fixture_insert_in (GwTx *tx, GwMatter *matter, GError **error)
{
  GwEvent event = { 0 };

  if (!gw_tx_insert_matter (tx, matter, error))
    return FALSE;
  event.matter = matter->id;
  event.verb = GW_VERB_SUBMIT;
  event.from = GW_STATE_DRAFT;
  event.to = matter->state;
  return gw_tx_append_event (tx, &event, error);
}

static gboolean
insert_cb (GwTx *tx, gpointer data, GError **error)
{
  return fixture_insert_in (tx, data, error);
}

gint64
fixture_insert (Fixture *self, guint n)
{
  g_autoptr (GwMatter) matter = fixture_matter (self, n);
  g_autoptr (GError) error = NULL;

  gw_store_write (self->store, GW_LANE_VERB, &self->program, insert_cb, matter, NULL, &error);
  g_assert_no_error (error);
  return matter->id;
}

gboolean
fixture_move_in (
    GwTx *tx, gint64 id, GwVerb verb, GwMatterState to, const char *reason, GError **error)
{
  g_autoptr (GwMatter) before = gw_tx_get_matter (tx, id, error);
  g_autoptr (GwMatter) after = before != NULL ? gw_matter_copy (before) : NULL;
  GwEvent event = { 0 };

  if (before == NULL)
    return FALSE;
  after->state = to;
  after->closed = gw_state_is_open (to) ? 0 : gw_tx_now (tx);
  event.matter = id;
  event.verb = verb;
  event.from = before->state;
  event.to = to;
  event.reason = (char *)reason;
  return gw_tx_update_matter (tx, before, after, error) && gw_tx_append_event (tx, &event, error);
}

typedef struct
{
  gint64 id;
  GwVerb verb;
  GwMatterState to;
  const char *reason;
} Move;

static gboolean
move_cb (GwTx *tx, gpointer data, GError **error)
{
  const Move *move = data;

  return fixture_move_in (tx, move->id, move->verb, move->to, move->reason, error);
}

void
fixture_move (Fixture *self, gint64 id, GwVerb verb, GwMatterState to, const char *reason)
{
  Move move = { id, verb, to, reason };
  g_autoptr (GError) error = NULL;

  gw_store_write (self->store, GW_LANE_VERB, &self->program, move_cb, &move, NULL, &error);
  g_assert_no_error (error);
}

void
fixture_assert_sound (GwStore *store)
{
  g_autoptr (GError) error = NULL;
  GwVerifyReport report = { 0 };

  gw_store_verify (store, &report, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (report.problem, ==, NULL);
  g_assert_cmpint (report.first_bad, ==, 0);
  gw_verify_report_clear (&report);
}
