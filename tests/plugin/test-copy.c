/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a module are copied and checked: one row here for each thing that is refused, and
 * what an older or newer interface may look like. */
#include "gw-copy.h"

#include "gw-copy-table.h"
#include "gw-error.h"
#include <math.h>
#include <string.h>

/* A good module that a test may spoil; each table has room for a second row. */
typedef struct
{
  GwCode codes[2];
  GwCodeList lists[2];
  GwField fields[2];
  GwRecordType types[2];
  GwImportColumn columns[2];
  GwImport imports[2];
  GwIndicator indicators[2];
  GwLayer layers[2];
  GwMigration steps[1];
  GwModule module;
  GwPlugin plugin;
} Tables;

/* GW_TABLE wants constant tables, as it should. */
#define ROWS(Type, array) ((GwTable){ (array), G_N_ELEMENTS (array), sizeof (Type) })
#define FIRST(Type, array) ((GwTable){ (array), 1, sizeof (Type) })

static void
make_good (Tables *t)
{
  memset (t, 0, sizeof *t);
  t->codes[0] = (GwCode){ .code = "red", .label = "Red", .aliases = "赤|红" };
  t->codes[1] = (GwCode){ .code = "blue", .label = "Blue" };
  t->lists[0] = (GwCodeList){ "colours", "Colours", ROWS (GwCode, t->codes) };
  t->lists[1] = (GwCodeList){ "shades", "Shades", ROWS (GwCode, t->codes) };
  t->fields[0] = (GwField){ .id = "colour",
                            .label = "Colour",
                            .kind = GW_CODE,
                            .target = "colours",
                            .privacy = GW_PRIVACY_OPEN };
  t->fields[1] =
      (GwField){ .id = "size", .label = "Size", .kind = GW_INT, .privacy = GW_PRIVACY_INTERNAL };
  t->types[0] = (GwRecordType){ .id = "thing",
                                .label = "Thing",
                                .label_plural = "Things",
                                .number_code = "THG",
                                .version = 1,
                                .fields = FIRST (GwField, t->fields) };
  t->types[1] = t->types[0];
  t->types[1].id = "part";
  t->columns[0] = (GwImportColumn){ "colour", "颜色|colour", NULL };
  t->columns[1] = (GwImportColumn){ "title", "标题|title", NULL };
  t->imports[0] = (GwImport){ "sheet", "Sheet", "thing", FIRST (GwImportColumn, t->columns) };
  t->imports[1] = t->imports[0];
  t->indicators[0] = (GwIndicator){ .id = "thing.all",
                                    .label = "Things",
                                    .unit = "pieces",
                                    .expression = "count(type=test.copy/thing)",
                                    .direction = GW_NEAR_TARGET };
  t->indicators[1] = t->indicators[0];
  t->layers[0] = (GwLayer){ .id = "thing.area",
                            .label = "Things",
                            .expression = "count(type=test.copy/thing)",
                            .kind = GW_LAYER_AREAS,
                            .classes = 5 };
  t->layers[1] = t->layers[0];
  t->steps[0] = (GwMigration){ .version = 1, .sql = "CREATE TABLE {ns}_round (day INTEGER)" };
  t->module = (GwModule){ .struct_size = sizeof (GwModule),
                          .schema_version = 1,
                          .ns = "copy",
                          .group = "gov",
                          .order = 2,
                          .code_lists = FIRST (GwCodeList, t->lists),
                          .record_types = FIRST (GwRecordType, t->types),
                          .imports = FIRST (GwImport, t->imports),
                          .indicators = FIRST (GwIndicator, t->indicators),
                          .layers = FIRST (GwLayer, t->layers),
                          .migrations = FIRST (GwMigration, t->steps) };
  t->plugin = (GwPlugin){ .struct_size = sizeof (GwPlugin),
                          .id = "test.copy",
                          .version = "1.0",
                          .name = "Copy",
                          .summary = "A module that is copied",
                          .license = "MIT",
                          .module = &t->module };
}

static char *
shout (const char *message, gpointer unused)
{
  return g_strconcat (message, "!", NULL);
}

static GwModuleSpec *
copy (const Tables *tables, GError **error)
{
  return gw_copy_module (&tables->plugin, shout, NULL, error);
}

static void
test_good (void)
{
  Tables tables;
  g_autoptr (GwModuleSpec) spec = NULL;
  g_autoptr (GError) error = NULL;
  const GwTypeSpec *type;

  make_good (&tables);
  spec = copy (&tables, &error);
  g_assert_no_error (error);
  memset (&tables, 0xee, sizeof tables); /* nothing may point into the library */
  g_assert_cmpstr (spec->id, ==, "test.copy");
  g_assert_cmpstr (spec->name, ==, "Copy!");
  g_assert_cmpuint (spec->order, ==, 3002); /* the fourth group, its second */
  type = g_ptr_array_index (spec->types, 0);
  g_assert_cmpstr (type->key, ==, "test.copy/thing");
  g_assert_cmpstr (type->table, ==, "m_copy_thing");
  g_assert_true (type->loaded);
  g_assert_cmpstr (gw_type_spec_find_field (type, "colour")->label, ==, "Colour!");
  g_assert_nonnull (gw_code_list_spec_match (gw_type_spec_find_list (type, "colours"), "赤"));
  g_assert_cmpstr (((GwImportSpec *)spec->imports->pdata[0])->type, ==, "test.copy/thing");
  g_assert_cmpuint (spec->indicators->len, ==, 1);
  g_assert_cmpuint (spec->layers->len, ==, 1);
}

/* One fault each, made by a function so that it reads as a sentence. */
#define SPOIL(name, statement) \
  static void name (Tables *t) { statement; }

SPOIL (no_label, t->fields[0].label = NULL)
SPOIL (bad_text, t->fields[0].label = "\xff\xfe")
SPOIL (no_privacy, t->fields[0].privacy = GW_PRIVACY_UNSET)
SPOIL (wild_privacy, t->fields[0].privacy = 9)
SPOIL (vault_in_list, (t->fields[0].privacy = GW_PRIVACY_VAULT, t->fields[0].flags = GW_IN_LIST))
SPOIL (suspicious_id, t->fields[0].id = "license_plate")
SPOIL (suspicious_label, t->fields[0].label = "身份证号码")
SPOIL (suspicious_header, t->columns[0].headers = "颜色|人脸照片")
SPOIL (wild_kind, t->fields[0].kind = 77)
SPOIL (wild_flags, t->fields[0].flags = 1u << 20)
SPOIL (lost_list, t->fields[0].target = "nowhere")
SPOIL (capital_id, t->fields[0].id = "Colour")
SPOIL (sql_id, t->fields[0].id = "x; drop table matter")
SPOIL (field_twice, (t->fields[1].id = "colour", t->types[0].fields.n_items = 2))
SPOIL (upside_down, (t->fields[1].min = 9, t->fields[1].max = 1, t->types[0].fields.n_items = 2))
SPOIL (endless, (t->fields[1].max = INFINITY, t->types[0].fields.n_items = 2))
SPOIL (too_many_rows, t->types[0].fields.n_items = GW_COPY_MAX_ROWS + 1)
SPOIL (rows_of_nothing, t->types[0].fields.items = NULL)
SPOIL (code_twice, t->codes[1].code = "red")
SPOIL (late_parent, t->codes[0].parent = "blue")
SPOIL (list_twice, (t->lists[1].id = "colours", t->module.code_lists.n_items = 2))
SPOIL (type_twice, (t->types[1].id = "thing", t->module.record_types.n_items = 2))
SPOIL (small_number, t->types[0].number_code = "thg")
SPOIL (long_number, t->types[0].number_code = "THING")
SPOIL (no_plural, t->types[0].label_plural = "")
SPOIL (lost_type, t->imports[0].record_type = "nothing")
SPOIL (lost_column, t->columns[0].field = "weight")
SPOIL (no_headers, t->columns[0].headers = NULL)
SPOIL (import_twice, t->module.imports.n_items = 2)
SPOIL (no_expression, t->indicators[0].expression = NULL)
SPOIL (two_formulas, t->layers[0].sql = "SELECT 1 AS area_id, 1 AS num")
SPOIL (late_step, t->steps[0].version = 2)
SPOIL (empty_step, t->steps[0].sql = "")
SPOIL (speechless_check, t->fields[0].check = "colour IS NOT NULL")
SPOIL (broken_check, (t->fields[0].check = "colour >", t->fields[0].check_message = "x"))
SPOIL (lost_field, t->fields[0].show_if = "weight > 3")
SPOIL (hidden_required, (t->fields[0].show_if = "1", t->fields[0].flags = GW_REQUIRED))
SPOIL (wild_direction, t->indicators[0].direction = 0)
SPOIL (indicator_twice, t->module.indicators.n_items = 2)
SPOIL (wild_layer, t->layers[0].kind = 0)
SPOIL (layer_twice, t->module.layers.n_items = 2)
SPOIL (wild_group, t->module.group = "misc")
SPOIL (joined_namespace, t->module.ns = "a_b")
SPOIL (long_namespace, t->module.ns = "abcdefghijklm")
SPOIL (no_licence, t->plugin.license = NULL)
SPOIL (shouted_id, t->plugin.id = "Test.Copy")
SPOIL (no_module, t->plugin.module = NULL)
SPOIL (tiny_module, t->module.struct_size = 2)

static void
test_faults (void)
{
  static const struct
  {
    void (*spoil) (Tables *tables);
    const char *says;
    gboolean privacy;
  } cases[] = {
    { no_label, "“label” is missing" },
    { bad_text, "not UTF-8" },
    { no_privacy, "no privacy class", TRUE },
    { wild_privacy, "no privacy class", TRUE },
    { vault_in_list, "is restricted", TRUE },
    { suspicious_id, "“test.copy/thing.license_plate”: “license_plate” reads like a number plate",
      TRUE },
    { suspicious_label, "“身份证号码” reads like an identity number", TRUE },
    { suspicious_header, "“颜色|人脸照片” reads like a feature of the body", TRUE },
    { wild_kind, "kind is 77" },
    { wild_flags, "flags is" },
    { lost_list, "no code list “nowhere”" },
    { capital_id, "GwField[0]: the id “Colour”" },
    { sql_id, "GwField[0]: the id" },
    { field_twice, "the field “colour” stands there twice" },
    { upside_down, "no proper range" },
    { endless, "no proper range" },
    { too_many_rows, "at most 4096" },
    { rows_of_nothing, "without content" },
    { code_twice, "the code “red” stands there twice" },
    { late_parent, "must come before" },
    { list_twice, "GwCodeList: the id “colours” stands there twice" },
    { type_twice, "GwRecordType: the id “thing” stands there twice" },
    { small_number, "three capital letters" },
    { long_number, "three capital letters" },
    { no_plural, "“label_plural” is missing" },
    { lost_type, "no record type “nothing”" },
    { lost_column, "no field “weight”" },
    { no_headers, "“headers” is missing" },
    { import_twice, "GwImport: the id “sheet” stands there twice" },
    { no_expression, "GwIndicator “thing.all” needs one of expression and sql" },
    { two_formulas, "GwLayer “thing.area” needs one of expression and sql" },
    { late_step, "GwMigration[0] has version 2, expected 1" },
    { empty_step, "“sql” is missing" },
    { speechless_check, "has a check and no check_message" },
    { broken_check, "test.copy/thing.colour, check: " },
    { lost_field, "no such column: weight" },
    { hidden_required, "cannot be REQUIRED" },
    { wild_direction, "direction is 0" },
    { indicator_twice, "GwIndicator: the id “thing.all” stands there twice" },
    { wild_layer, "kind is 0" },
    { layer_twice, "GwLayer: the id “thing.area” stands there twice" },
    { wild_group, "group “misc”" },
    { joined_namespace, "namespace “a_b”" },
    { long_namespace, "namespace “abcdefghijklm”" },
    { no_licence, "“license” is missing" },
    { shouted_id, "could not keep its description" },
    { no_module, "GwModule is missing" },
    { tiny_module, "struct_size is 2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Tables tables;
      g_autoptr (GwModuleSpec) spec = NULL;
      g_autoptr (GError) error = NULL;

      make_good (&tables);
      cases[i].spoil (&tables);
      spec = copy (&tables, &error);
      g_assert_null (spec);
      g_assert_cmpint (error->domain, ==, GW_ERROR);
      g_assert_cmpint (error->code, ==, cases[i].privacy ? GW_ERROR_REFUSED : GW_ERROR_INVALID);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

/* Rows of an older interface are shorter: what they lack reads as zero. */
static void
test_older (void)
{
  struct
  {
    const char *code, *label;
  } old_codes[] = { { "red", "Red" }, { "blue", "Blue" } };
  Tables tables;
  g_autoptr (GwModuleSpec) spec = NULL;
  g_autoptr (GError) error = NULL;
  const GwCodeListSpec *list;

  make_good (&tables);
  tables.lists[0].codes = (GwTable){ old_codes, 2, sizeof old_codes[0] };
  spec = copy (&tables, &error);
  g_assert_no_error (error);
  list = g_ptr_array_index (spec->lists, 0);
  g_assert_cmpuint (list->codes->len, ==, 2);
  g_assert_null (gw_code_list_spec_find (list, "blue")->parent);
}

/* Rows of a newer interface are longer: fine while what we do not know is not used. */
static void
test_newer (void)
{
  struct
  {
    GwCode known;
    gint64 unknown;
  } new_codes[] = { { .known = { .code = "red", .label = "Red" } },
                    { .known = { .code = "blue", .label = "Blue" } } };
  Tables tables;
  g_autoptr (GwModuleSpec) spec = NULL;
  g_autoptr (GwModuleSpec) refused = NULL;
  g_autoptr (GError) error = NULL;

  make_good (&tables);
  tables.lists[0].codes = (GwTable){ new_codes, 2, sizeof new_codes[0] };
  spec = copy (&tables, &error);
  g_assert_no_error (error);
  g_assert_nonnull (spec);

  new_codes[1].unknown = 1;
  refused = copy (&tables, &error);
  g_assert_null (refused);
  g_assert_error (error, GW_ERROR, GW_ERROR_TOO_NEW);
  g_assert_nonnull (strstr (error->message, "colours[1] uses a member that is newer"));
}

/* The parts of a matter that the header names as columns of an import. */
static void
test_columns (void)
{
  static const char *const own[] = { "title",   "summary",     "source",    "level",
                                     "urgency", "severity",    "occurred",  "reported",
                                     "address", "area_code",   "area_name", "lon",
                                     "lat",     "external_id", "place",     "note" };

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    {
      Tables tables;
      g_autoptr (GwModuleSpec) spec = NULL;
      g_autoptr (GError) error = NULL;

      make_good (&tables);
      tables.columns[0].field = own[i];
      spec = copy (&tables, &error);
      g_assert_no_error (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plugin/copy/good", test_good);
  g_test_add_func ("/plugin/copy/columns", test_columns);
  g_test_add_func ("/plugin/copy/faults", test_faults);
  g_test_add_func ("/plugin/copy/older", test_older);
  g_test_add_func ("/plugin/copy/newer", test_newer);
  return g_test_run ();
}
