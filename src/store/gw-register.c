/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-register-private.h"

#include <glib/gi18n-lib.h>

char *
gw_register_dup_meta (GwDb *db, const char *key, GError **error)
{
  g_autoptr (GwStatement) select =
      gw_statement_prepare (db, "SELECT value FROM meta WHERE key = :key", error);
  gboolean row = FALSE;

  if (select == NULL)
    return NULL;
  gw_statement_bind_text (select, ":key", key);
  if (!gw_statement_step (select, &row, error) || !row)
    return NULL;
  return gw_statement_dup_text (select, 0);
}

char *
gw_register_need_meta (GwDb *db, const char *key, GError **error)
{
  GError *local = NULL;
  char *value = gw_register_dup_meta (db, key, &local);

  if (local != NULL)
    g_propagate_error (error, local);
  else if (value == NULL)
    gw_throw (error, GW_ERROR_CORRUPT,
              _ ("%s is damaged (\"%s\" is missing). Do not go on working in it: close the "
                 "program, keep the file, and open the last backup"),
              gw_db_path (db), key);
  return value;
}

gboolean
gw_register_put_meta (GwDb *db, const char *key, const char *value, GError **error)
{
  g_autoptr (GwStatement) upsert = NULL;

  upsert = gw_statement_prepare (db,
                                 "INSERT INTO meta (key, value) VALUES (:key, :value)"
                                 " ON CONFLICT (key) DO UPDATE SET value = :value",
                                 error);
  if (upsert == NULL)
    return FALSE;
  gw_statement_bind_text (upsert, ":key", key);
  gw_statement_bind_text (upsert, ":value", value);
  return gw_statement_run (upsert, error);
}

gboolean
gw_register_drop_meta (GwDb *db, const char *key, GError **error)
{
  g_autoptr (GwStatement) drop =
      gw_statement_prepare (db, "DELETE FROM meta WHERE key = :key", error);

  if (drop == NULL)
    return FALSE;
  gw_statement_bind_text (drop, ":key", key);
  return gw_statement_run (drop, error);
}

static GwArea *
read_area (GwStatement *row)
{
  GwArea *area = g_new0 (GwArea, 1);
  gconstpointer bytes;
  gsize length;

  area->id = (guint32)gw_statement_get_int64 (row, 0);
  area->code = gw_statement_dup_text (row, 1);
  area->name = gw_statement_dup_text (row, 2);
  area->level = (GwAreaLevel)gw_statement_get_int64 (row, 3);
  area->kind = (GwAreaKind)gw_statement_get_int64 (row, 4);
  area->parent = (guint32)gw_statement_get_int64 (row, 5);
  area->successor = (guint32)gw_statement_get_int64 (row, 6);
  area->valid_from = (gint32)gw_statement_get_int64 (row, 7);
  area->valid_to =
      gw_statement_is_null (row, 8) ? G_MAXINT32 : (gint32)gw_statement_get_int64 (row, 8);
  area->label_x = (gint32)gw_statement_get_int64 (row, 9);
  area->label_y = (gint32)gw_statement_get_int64 (row, 10);
  area->households = (guint)gw_statement_get_int64 (row, 11);
  if (!gw_statement_is_null (row, 12))
    {
      bytes = gw_statement_get_blob (row, 12, &length);
      area->geometry = g_bytes_new (bytes, length);
    }
  return area;
}

GwAreaTree *
gw_register_load_areas (GwDb *db, GError **error)
{
  g_autoptr (GwStatement) all = NULL;
  g_autoptr (GPtrArray) areas = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_area_free);
  gboolean row = TRUE;

  all = gw_statement_prepare (db,
                              "SELECT id, code, name, level, kind, parent, successor, valid_from,"
                              " valid_to, label_x, label_y, households, geometry FROM area"
                              " ORDER BY id",
                              error);
  if (all == NULL)
    return NULL;
  while (gw_statement_step (all, &row, error))
    {
      if (!row)
        return gw_area_tree_new_take (g_steal_pointer (&areas), error);
      g_ptr_array_add (areas, read_area (all));
    }
  return NULL;
}

gboolean
gw_register_put_area (GwDb *db, const GwArea *area, GError **error)
{
  g_autoptr (GwStatement) upsert = NULL;
  gsize length = 0;
  gconstpointer bytes = area->geometry != NULL ? g_bytes_get_data (area->geometry, &length) : NULL;

  upsert = gw_statement_prepare (
      db,
      "INSERT INTO area (id, code, name, level, kind, parent, successor, valid_from, valid_to,"
      " label_x, label_y, households, geometry) VALUES (:id, :code, :name, :level, :kind, :parent,"
      " :successor, :from, :to, :x, :y, :households, :geometry)"
      " ON CONFLICT (id) DO UPDATE SET code = :code, name = :name, level = :level, kind = :kind,"
      " parent = :parent, successor = :successor, valid_from = :from, valid_to = :to,"
      " label_x = :x, label_y = :y, households = :households, geometry = :geometry",
      error);
  if (upsert == NULL)
    return FALSE;
  gw_statement_bind_int64 (upsert, ":id", area->id);
  gw_statement_bind_text (upsert, ":code", area->code);
  gw_statement_bind_text (upsert, ":name", area->name);
  gw_statement_bind_int64 (upsert, ":level", area->level);
  gw_statement_bind_int64 (upsert, ":kind", area->kind);
  gw_statement_bind_id (upsert, ":parent", area->parent);
  gw_statement_bind_id (upsert, ":successor", area->successor);
  gw_statement_bind_int64 (upsert, ":from", area->valid_from);
  if (area->valid_to != G_MAXINT32)
    gw_statement_bind_int64 (upsert, ":to", area->valid_to);
  gw_statement_bind_int64 (upsert, ":x", area->label_x);
  gw_statement_bind_int64 (upsert, ":y", area->label_y);
  gw_statement_bind_int64 (upsert, ":households", area->households);
  if (bytes != NULL)
    gw_statement_bind_blob (upsert, ":geometry", bytes, length);
  return gw_statement_run (upsert, error);
}

static GwOrg *
read_org (GwStatement *row)
{
  GwOrg *org = g_new0 (GwOrg, 1);

  org->id = (guint32)gw_statement_get_int64 (row, 0);
  org->code = gw_statement_dup_text (row, 1);
  org->name = gw_statement_dup_text (row, 2);
  org->kind = gw_statement_dup_text (row, 3);
  org->parent = (guint32)gw_statement_get_int64 (row, 4);
  org->area = (guint32)gw_statement_get_int64 (row, 5);
  org->valid_from = (gint32)gw_statement_get_int64 (row, 6);
  org->valid_to =
      gw_statement_is_null (row, 7) ? G_MAXINT32 : (gint32)gw_statement_get_int64 (row, 7);
  return org;
}

static void
free_org (gpointer data)
{
  if (data != NULL)
    gw_org_free (data);
}

static void
free_account (gpointer data)
{
  if (data != NULL)
    gw_account_free (data);
}

/* The position is the id; ids that are not there are NULL. */
static void
add_at (GPtrArray *array, guint32 id, gpointer element)
{
  if (array->len < id)
    g_ptr_array_set_size (array, (int)id);
  g_ptr_array_add (array, element);
}

GPtrArray *
gw_register_load_orgs (GwDb *db, GError **error)
{
  g_autoptr (GwStatement) all = NULL;
  g_autoptr (GPtrArray) orgs = g_ptr_array_new_with_free_func (free_org);
  gboolean row = TRUE;

  g_ptr_array_add (orgs, NULL);
  all = gw_statement_prepare (db,
                              "SELECT id, code, name, kind, parent, area, valid_from, valid_to"
                              " FROM org ORDER BY id",
                              error);
  if (all == NULL)
    return NULL;
  while (gw_statement_step (all, &row, error))
    {
      if (!row)
        return g_steal_pointer (&orgs);
      add_at (orgs, (guint32)gw_statement_get_int64 (all, 0), read_org (all));
    }
  return NULL;
}

gboolean
gw_register_put_org (GwDb *db, const GwOrg *org, GError **error)
{
  g_autoptr (GwStatement) upsert = NULL;

  upsert = gw_statement_prepare (
      db,
      "INSERT INTO org (id, code, name, kind, parent, area, valid_from, valid_to)"
      " VALUES (:id, :code, :name, :kind, :parent, :area, :from, :to)"
      " ON CONFLICT (id) DO UPDATE SET code = :code, name = :name, kind = :kind,"
      " parent = :parent, area = :area, valid_from = :from, valid_to = :to",
      error);
  if (upsert == NULL)
    return FALSE;
  gw_statement_bind_int64 (upsert, ":id", org->id);
  gw_statement_bind_text (upsert, ":code", org->code);
  gw_statement_bind_text (upsert, ":name", org->name);
  gw_statement_bind_text (upsert, ":kind", org->kind);
  gw_statement_bind_id (upsert, ":parent", org->parent);
  gw_statement_bind_id (upsert, ":area", org->area);
  gw_statement_bind_int64 (upsert, ":from", org->valid_from);
  if (org->valid_to != G_MAXINT32 && org->valid_to != 0)
    gw_statement_bind_int64 (upsert, ":to", org->valid_to);
  return gw_statement_run (upsert, error);
}

static GwAccount *
read_account (GwStatement *row)
{
  GwAccount *account = g_new0 (GwAccount, 1);

  account->id = (guint32)gw_statement_get_int64 (row, 0);
  account->org = (guint32)gw_statement_get_int64 (row, 1);
  account->login = gw_statement_dup_text (row, 2);
  account->label = gw_statement_dup_text (row, 3);
  account->roles = (guint32)gw_statement_get_int64 (row, 4);
  account->scope_area = (guint32)gw_statement_get_int64 (row, 5);
  account->active = gw_statement_get_int64 (row, 6) != 0;
  return account;
}

GPtrArray *
gw_register_load_accounts (GwDb *db, GError **error)
{
  g_autoptr (GwStatement) all = NULL;
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (free_account);
  gboolean row = TRUE;

  g_ptr_array_add (accounts, NULL);
  all = gw_statement_prepare (
      db, "SELECT id, org, login, label, roles, scope_area, active FROM account ORDER BY id",
      error);
  if (all == NULL)
    return NULL;
  while (gw_statement_step (all, &row, error))
    {
      if (!row)
        return g_steal_pointer (&accounts);
      add_at (accounts, (guint32)gw_statement_get_int64 (all, 0), read_account (all));
    }
  return NULL;
}

gboolean
gw_register_put_account (GwDb *db, const GwAccount *account, GError **error)
{
  g_autoptr (GwStatement) upsert = NULL;

  upsert = gw_statement_prepare (
      db,
      "INSERT INTO account (id, org, login, label, roles, scope_area, active)"
      " VALUES (:id, :org, :login, :label, :roles, :scope, :active)"
      " ON CONFLICT (id) DO UPDATE SET org = :org, login = :login, label = :label,"
      " roles = :roles, scope_area = :scope, active = :active",
      error);
  if (upsert == NULL)
    return FALSE;
  gw_statement_bind_int64 (upsert, ":id", account->id);
  gw_statement_bind_id (upsert, ":org", account->org);
  gw_statement_bind_text (upsert, ":login", account->login);
  gw_statement_bind_text (upsert, ":label", account->label);
  gw_statement_bind_int64 (upsert, ":roles", account->roles);
  gw_statement_bind_id (upsert, ":scope", account->scope_area);
  gw_statement_bind_int64 (upsert, ":active", account->active ? 1 : 0);
  return gw_statement_run (upsert, error);
}

static void
append_day (GString *csv, gint32 day, GwDayKind kind, const char *name)
{
  g_autofree char *date = gw_day_format (day);
  g_auto (GStrv) parts = g_strsplit (name != NULL ? name : "", "\"", -1);
  g_autofree char *quoted = g_strjoinv ("\"\"", parts);

  g_string_append_printf (csv, "%s,%s,\"%s\"\n", date, kind == GW_DAY_MAKEUP ? "makeup" : "holiday",
                          quoted);
}

GwCalendar *
gw_register_load_calendar (GwDb *db, GError **error)
{
  g_autoptr (GwStatement) all = NULL;
  g_autoptr (GString) csv = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  gboolean row = TRUE;

  all = gw_statement_prepare (db, "SELECT day, kind, name FROM calendar_day ORDER BY day", error);
  if (all == NULL)
    return NULL;
  while (row)
    {
      if (!gw_statement_step (all, &row, error))
        return NULL;
      if (row)
        append_day (csv, (gint32)gw_statement_get_int64 (all, 0),
                    (GwDayKind)gw_statement_get_int64 (all, 1), gw_statement_get_text (all, 2));
    }
  if (csv->len == 0)
    return gw_calendar_new_plain ();
  bytes = g_bytes_new (csv->str, csv->len);
  return gw_calendar_new_from_csv (bytes, error);
}

gboolean
gw_register_put_calendar (GwDb *db, const GwCalendar *calendar, GError **error)
{
  g_autoptr (GwStatement) insert = NULL;

  if (!gw_db_exec (db, "DELETE FROM calendar_day", error))
    return FALSE;
  insert = gw_statement_prepare (
      db, "INSERT INTO calendar_day (day, kind, name) VALUES (:day, :kind, :name)", error);
  if (insert == NULL)
    return FALSE;
  for (guint i = 0; i < gw_calendar_n_entries (calendar); ++i)
    {
      const char *name = NULL;
      gint32 day = 0;
      GwDayKind kind = GW_DAY_WORKING;

      gw_calendar_get_entry (calendar, i, &day, &kind, &name);
      gw_statement_bind_int64 (insert, ":day", day);
      gw_statement_bind_int64 (insert, ":kind", kind);
      gw_statement_bind_text (insert, ":name", name);
      if (!gw_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}
