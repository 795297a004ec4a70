/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-sql-policy-private.h"

#include <glib/gi18n-lib.h>
#include <sqlite3.h>
#include <string.h>

/* Columns that modules share: nothing here is free text or leads to a person or a post. A column
 * never leaves this list again: modules in the field read it. */
typedef struct
{
  const char *table;
  const char *columns; /* parted by spaces */
} SharedTable;

static const SharedTable shared_tables[] = {
  { "matter", "id type state urgency severity sensitivity loc_precision level exercise withdrawn "
              "area town comm x y occurred reported due closed lead_org master reopened source" },
  { "area", "id code name level kind parent successor valid_from valid_to label_x label_y "
            "households" },
  { "org", "id code name kind parent area valid_from valid_to" },
  { "record_type", "number key module version" },
  { "calendar_day", "day kind name" },
  { "assignment", "id matter org part sent due accepted returned done" },
  { "clock", "id matter kind unit outcome n start due stop paused_since paused_seconds" },
  { "visit", "id matter at channel answer solved" },
  { "place", "id kind name area x y manager_org active" },
  /* Table-valued functions count as tables. */
  { "json_each", "key value type atom id parent fullkey path json root" },
  { "json_tree", "key value type atom id parent fullkey path json root" },
};

/* Nothing that reaches outside (load_extension), makes much out of little (printf, zeroblob,
 * randomblob) or answers differently each time (random). */
static const char functions[] =
    " abs avg ceil ceiling coalesce count cume_dist date datetime dense_rank first_value floor "
    "glob group_concat hex ifnull iif instr json json_array json_array_length json_each "
    "json_extract json_object json_tree json_type json_valid julianday lag last_value lead length "
    "like likelihood likely lower ltrim max min mod nth_value ntile nullif percent_rank quote rank "
    "replace round row_number rtrim sign strftime substr substring sum time total trim typeof "
    "unicode unixepoch unlikely upper -> ->> ";

/* What ALTER TABLE calls in statements of its own; nobody else can. */
static const char alter_functions[] =
    " sqlite_rename_column sqlite_rename_table sqlite_rename_test sqlite_rename_quotefix "
    "sqlite_drop_column sqlite_fail printf substr like lower ";

void
gw_sql_policy_init (GwSqlPolicy *self, GwPolicyMode mode, const char *ns)
{
  *self = (GwSqlPolicy){ .mode = mode };
  self->prefix = g_strdup_printf ("m_%s_", ns);
  self->tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->reads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
gw_sql_policy_clear (GwSqlPolicy *self)
{
  g_clear_pointer (&self->prefix, g_free);
  g_clear_pointer (&self->tables, g_hash_table_unref);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_pointer (&self->hidden, g_hash_table_unref);
  g_clear_pointer (&self->reads, g_hash_table_unref);
  g_clear_pointer (&self->reason, g_free);
}

/* ---- the statement's first word ---- */

static const char *
skip_comment (const char *at)
{
  const char *end;

  if (at[0] == '-' && at[1] == '-')
    end = strchr (at, '\n');
  else
    {
      end = strstr (at + 2, "*/");
      end = end != NULL ? end + 2 : NULL;
    }
  return end != NULL ? end : at + strlen (at);
}

static const char *
skip_blank (const char *at)
{
  for (;;)
    {
      if (g_ascii_isspace (*at) || *at == ';')
        at++;
      else if ((at[0] == '-' && at[1] == '-') || (at[0] == '/' && at[1] == '*'))
        at = skip_comment (at);
      else
        return at;
    }
}

static gboolean
begins_with (const char *sql, const char *word)
{
  gsize length = strlen (word);

  return g_ascii_strncasecmp (sql, word, length) == 0 && !g_ascii_isalnum (sql[length]);
}

void
gw_sql_policy_begin (GwSqlPolicy *self, const char *sql)
{
  const char *at = skip_blank (sql);

  g_clear_pointer (&self->reason, g_free);
  self->creates = begins_with (at, "CREATE");
  self->changes = self->creates || begins_with (at, "ALTER") || begins_with (at, "DROP");
  self->selects = 0;
}

/* ---- refusing ---- */

static int refuse (GwSqlPolicy *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static int
refuse (GwSqlPolicy *self, const char *format, ...)
{
  va_list args;

  if (self->reason == NULL)
    {
      va_start (args, format);
      self->reason = g_strdup_vprintf (format, args);
      va_end (args);
    }
  return SQLITE_DENY;
}

static gboolean
has_word (const char *list, const char *word)
{
  g_autofree char *lower = g_ascii_strdown (word, -1);
  g_autofree char *padded = g_strconcat (" ", lower, " ", NULL);

  return strstr (list, padded) != NULL;
}

gboolean
gw_sql_policy_is_own (const GwSqlPolicy *self, const char *name)
{
  gsize length = strlen (self->prefix);

  if (name == NULL || strncmp (name, self->prefix, length) != 0 || name[length] == '\0')
    return FALSE;
  /* Small letters only: SQLite takes any case for the same name, people do not. */
  return name[strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

static gboolean
is_schema_table (const char *table)
{
  static const char *const names[] = { "sqlite_master", "sqlite_schema", "sqlite_temp_master",
                                       "sqlite_temp_schema" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (table, names[i]) == 0)
      return TRUE;
  return FALSE;
}

/* ---- reading ---- */

static const SharedTable *
find_shared (const char *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (shared_tables); i++)
    if (g_ascii_strcasecmp (shared_tables[i].table, table) == 0)
      return &shared_tables[i];
  return NULL;
}

/* count(*) names the table and no column, and does so for the name of a CTE as well: the name of a
 * table that the module may not see is refused, any other is a name of the statement's own. */
static int
authorize_whole (GwSqlPolicy *self, const char *table)
{
  g_autofree char *lower = g_ascii_strdown (table, -1);

  if (gw_sql_policy_is_own (self, table) || find_shared (table) != NULL)
    return SQLITE_OK;
  if (g_hash_table_contains (self->tables, lower) || g_str_has_prefix (lower, "sqlite_") ||
      g_str_has_prefix (lower, "m_") || g_str_has_prefix (lower, "pragma_"))
    return refuse (self, _ ("“%s” is no table of this module and none that modules share"), table);
  return SQLITE_OK;
}

/* A restricted field belongs to the handlers of one matter; a sum or a list of them is a leak. */
static int
authorize_own_column (GwSqlPolicy *self, const char *table, const char *column)
{
  g_autofree char *both = g_strdup_printf ("%s.%s", table, column);
  g_autofree char *key = g_ascii_strdown (both, -1);

  if (!g_hash_table_contains (self->hidden, key))
    return SQLITE_OK;
  return refuse (self, _ ("“%s.%s” is a restricted field: no statement may read it"), table,
                 column);
}

static int
authorize_column (GwSqlPolicy *self, const char *table, const char *column)
{
  const SharedTable *shared = find_shared (table);
  g_autofree char *name = NULL;

  if (gw_sql_policy_is_own (self, table))
    return authorize_own_column (self, table, column);
  if (shared == NULL)
    return refuse (self, _ ("reading “%s.%s”: no table of this module and none that modules share"),
                   table, column);
  name = g_strdup_printf (" %s ", shared->columns);
  if (!has_word (name, column))
    return refuse (self, _ ("reading “%s.%s”: modules may read %s of this table"), table, column,
                   shared->columns);
  g_hash_table_add (self->reads, g_strdup_printf ("%s.%s", shared->table, column));
  return SQLITE_OK;
}

static int
authorize_read (GwSqlPolicy *self, const char *table, const char *column, const char *database)
{
  /* ALTER and DROP look up the schema themselves and hold no SELECT of the author's. */
  if (is_schema_table (table) && self->changes)
    return SQLITE_OK;
  if (self->mode == GW_POLICY_EXPRESSION)
    return refuse (self, _ ("“%s.%s”: an expression sees the fields of its record and no table"),
                   table, column);
  if (column == NULL || *column == '\0')
    return authorize_whole (self, table);
  if (g_strcmp0 (database, "main") != 0)
    return refuse (self, _ ("“%s.%s”: only tables of the file itself can be read"),
                   database != NULL ? database : "", table);
  return authorize_column (self, table, column);
}

static int
authorize_function (GwSqlPolicy *self, const char *name)
{
  if (has_word (functions, name) || (self->changes && has_word (alter_functions, name)))
    return SQLITE_OK;
  return refuse (self, _ ("the function “%s” is not for modules"), name);
}

static int
authorize_select (GwSqlPolicy *self)
{
  self->selects++;
  /* The outer one and the one that names the values; see gw_sql_sandbox_expression_new. */
  if (self->mode == GW_POLICY_EXPRESSION && self->selects > 2)
    return refuse (self, _ ("an expression cannot contain SELECT"));
  if (self->creates)
    return refuse (self,
                   _ ("CREATE TABLE … AS SELECT: declare the columns and fill them with INSERT"));
  return SQLITE_OK;
}

/* ---- changing the module's own tables ---- */

static int
authorize_own (GwSqlPolicy *self, const char *name, const char *database)
{
  if (self->mode != GW_POLICY_MIGRATE)
    return refuse (self, _ ("“%s”: this statement may only read"), name != NULL ? name : "");
  if (is_schema_table (name) && self->changes)
    return SQLITE_OK; /* SQLite's own bookkeeping; DEFENSIVE keeps everybody else out */
  if (!gw_sql_policy_is_own (self, name))
    return refuse (self, _ ("“%s” is not a name of this module: begin it with %s"), name,
                   self->prefix);
  if (g_hash_table_contains (self->kept, name))
    return refuse (self,
                   _ ("“%s” belongs to a record type: change its fields and raise its version"),
                   name);
  if (g_strcmp0 (database, "main") != 0)
    return refuse (self, _ ("“%s”: temporary objects are not for modules"), name);
  return SQLITE_OK;
}

static int
authorize_index (GwSqlPolicy *self, const char *index, const char *table, const char *database)
{
  int rc = authorize_own (self, table, database);

  /* DROP TABLE takes the automatic ones along. */
  if (rc != SQLITE_OK || g_str_has_prefix (index, "sqlite_autoindex_"))
    return rc;
  return authorize_own (self, index, database);
}

static const char *
describe (int action)
{
  static const struct
  {
    int action;
    const char *what;
  } names[] = {
    { SQLITE_PRAGMA, "PRAGMA" },
    { SQLITE_ATTACH, "ATTACH" },
    { SQLITE_DETACH, "DETACH" },
    { SQLITE_TRANSACTION, "BEGIN, COMMIT, ROLLBACK" },
    { SQLITE_SAVEPOINT, "SAVEPOINT" },
    { SQLITE_CREATE_TRIGGER, "CREATE TRIGGER" },
    { SQLITE_DROP_TRIGGER, "DROP TRIGGER" },
    { SQLITE_CREATE_VIEW, "CREATE VIEW" },
    { SQLITE_DROP_VIEW, "DROP VIEW" },
    { SQLITE_CREATE_VTABLE, "CREATE VIRTUAL TABLE" },
    { SQLITE_DROP_VTABLE, "DROP TABLE (virtual)" },
    { SQLITE_CREATE_TEMP_TABLE, "CREATE TEMP TABLE" },
    { SQLITE_CREATE_TEMP_INDEX, "CREATE INDEX (temporary)" },
    { SQLITE_CREATE_TEMP_VIEW, "CREATE TEMP VIEW" },
    { SQLITE_CREATE_TEMP_TRIGGER, "CREATE TEMP TRIGGER" },
    { SQLITE_ANALYZE, "ANALYZE" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].action == action)
      return names[i].what;
  return _ ("this kind of statement");
}

int
gw_sql_policy_authorize (void *policy,
                         int action,
                         const char *first,
                         const char *second,
                         const char *database,
                         const char *inner)
{
  GwSqlPolicy *self = policy;

  switch (action)
    {
    case SQLITE_SELECT:
      return authorize_select (self);
    case SQLITE_RECURSIVE:
      return SQLITE_OK; /* the budget of operations ends it */
    case SQLITE_READ:
      return authorize_read (self, first, second, database);
    case SQLITE_FUNCTION:
      return authorize_function (self, second);
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
    case SQLITE_CREATE_TABLE:
    case SQLITE_DROP_TABLE:
      return authorize_own (self, first, database);
    case SQLITE_ALTER_TABLE:
      /* DROP COLUMN puts the column where the other forms put the database. */
      return authorize_own (self, second, first);
    case SQLITE_CREATE_INDEX:
    case SQLITE_DROP_INDEX:
      return authorize_index (self, first, second, database);
    case SQLITE_REINDEX:
      return authorize_own (self, first, database);
    default:
      return refuse (self, _ ("%s is not for modules"), describe (action));
    }
}
