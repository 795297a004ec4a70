/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-error.h"
#include "model-fixtures.h"

#include <string.h>

static void
assert_same_field (const GwFieldSpec *a, const GwFieldSpec *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (a->label, ==, b->label);
  g_assert_cmpstr (a->help, ==, b->help);
  g_assert_cmpstr (a->target, ==, b->target);
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpint (a->privacy, ==, b->privacy);
  g_assert_cmpuint (a->flags, ==, b->flags);
  g_assert_cmpuint (a->max_len, ==, b->max_len);
  g_assert_true (memcmp (&a->min, &b->min, sizeof a->min) == 0);
  g_assert_true (memcmp (&a->max, &b->max, sizeof a->max) == 0);
}

static void
assert_same_list (const GwCodeListSpec *a, const GwCodeListSpec *b)
{
  g_assert_cmpstr (a->id, ==, b->id);
  g_assert_cmpstr (a->label, ==, b->label);
  g_assert_cmpuint (a->codes->len, ==, b->codes->len);
  for (guint i = 0; i < a->codes->len; i++)
    {
      const GwCodeSpec *one = g_ptr_array_index (a->codes, i);
      const GwCodeSpec *other = g_ptr_array_index (b->codes, i);

      g_assert_cmpstr (one->code, ==, other->code);
      g_assert_cmpstr (one->label, ==, other->label);
      g_assert_cmpstr (one->parent, ==, other->parent);
      g_assert_cmpuint (one->rank, ==, other->rank);
      g_assert_cmpint (one->retired, ==, other->retired);
    }
}

static void
test_description_round_trip (void)
{
  g_autoptr (GwTypeSpec) type = fixture_type ();
  g_autoptr (GwTypeSpec) back = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;
  GwFieldSpec *odd = g_ptr_array_index (type->fields, 3);

  odd->min = 0.1;
  odd->max = 1e300;
  odd->flags = GW_FIELD_REQUIRED | GW_FIELD_SEARCH;
  odd->help = g_strdup ("quotes ' \" \\ and\nlines, 中文");
  odd->max_len = 77;
  odd->privacy = GW_CLASS_RESTRICTED;
  type->loaded = TRUE;

  text = gw_type_spec_describe (type);
  back = gw_type_spec_from_description (text, &error);
  g_assert_no_error (error);
  again = gw_type_spec_describe (back);
  g_assert_cmpstr (text, ==, again);

  g_assert_cmpstr (back->key, ==, type->key);
  g_assert_cmpstr (back->module, ==, type->module);
  g_assert_cmpstr (back->table, ==, type->table);
  g_assert_cmpstr (back->number_code, ==, "DIS");
  g_assert_cmpstr (back->label_plural, ==, "Disputes");
  g_assert_null (back->icon);
  g_assert_cmpuint (back->version, ==, 3);
  g_assert_false (back->loaded);
  g_assert_cmpuint (back->fields->len, ==, type->fields->len);
  for (guint i = 0; i < type->fields->len; i++)
    assert_same_field (g_ptr_array_index (type->fields, i), g_ptr_array_index (back->fields, i));
  g_assert_cmpuint (back->lists->len, ==, 1);
  assert_same_list (g_ptr_array_index (type->lists, 0), g_ptr_array_index (back->lists, 0));
}

#define HEAD "{'module': <'risk.dispute'>, 'key': <'risk.dispute/dispute'>, "
#define FIELD(text) HEAD "'fields': <[" text "]>}"

static void
test_hostile_descriptions (void)
{
  static const char *const texts[] = {
    "",
    "nonsense",
    "{'key': <1>}",
    "{'key': <'risk.dispute/dispute'>}",
    "[",
    HEAD "}",
    HEAD "'fields': <'none'>}",
    "{'module': <'../../etc'>, 'key': <'../../etc/passwd'>, 'fields': <@a(ssssuuuudd) []>}",
    "{'module': <'risk..x'>, 'key': <'risk..x/y'>, 'fields': <@a(ssssuuuudd) []>}",
    "{'module': <'risk.dispute'>, 'key': <'risk.safety/x'>, 'fields': <@a(ssssuuuudd) []>}",
    HEAD "'table': <'matter'>, 'fields': <@a(ssssuuuudd) []>}",
    HEAD "'table': <'m_x; DROP TABLE matter'>, 'fields': <@a(ssssuuuudd) []>}",
    HEAD "'number-code': <'D-S'>, 'fields': <@a(ssssuuuudd) []>}",
    HEAD "'icon': <'/tmp/x'>, 'fields': <@a(ssssuuuudd) []>}",
    FIELD ("('a b', 'A', '', '', uint32 1, uint32 1, uint32 0, uint32 0, 0.0, 0.0)"),
    FIELD ("('a', 'A', '', '', uint32 0, uint32 1, uint32 0, uint32 0, 0.0, 0.0)"),
    FIELD ("('a', 'A', '', '', uint32 13, uint32 1, uint32 0, uint32 0, 0.0, 0.0)"),
    FIELD ("('a', 'A', '', '', uint32 1, uint32 0, uint32 0, uint32 0, 0.0, 0.0)"),
    FIELD ("('a', 'A', '', '', uint32 1, uint32 5, uint32 0, uint32 0, 0.0, 0.0)"),
    FIELD ("('a', 'A', '', '', uint32 1, uint32 1, uint32 0, uint32 0, nan, 0.0)"),
    FIELD ("('a', 'A', '', '', uint32 1, uint32 1, uint32 0, uint32 0, 5.0, 1.0)"),
    FIELD ("('a', 'A', '', 'none', uint32 8, uint32 1, uint32 0, uint32 0, 0.0, 0.0)"),
    FIELD ("('a', 'A', '', '', uint32 1, uint32 1, uint32 0, uint32 0, 0.0, 0.0), "
           "('a', 'A', '', '', uint32 1, uint32 1, uint32 0, uint32 0, 0.0, 0.0)"),
    HEAD "'lists': <[('l', '', [('x', '', '', uint32 0, false), ('x', '', '', 0, false)])]>, "
         "'fields': <@a(ssssuuuudd) []>}",
    HEAD "'lists': <[('l', '', [('x,y', '', '', uint32 0, false)])]>, "
         "'fields': <@a(ssssuuuudd) []>}",
    "\xff\xfe",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("row %u", i);
      g_assert_null (gw_type_spec_from_description (texts[i], &error));
      g_assert_error (error, GW_ERROR, GW_ERROR_CORRUPT);
    }
}

static void
test_hostile_sizes (void)
{
  g_autofree char *deep = g_strnfill (100000, '<');
  g_autofree char *brackets = g_strnfill (100000, '[');
  g_autofree char *huge = g_strnfill (GW_TYPE_MAX_TEXT + 1, ' ');
  g_autoptr (GString) many = g_string_new (HEAD "'fields': <[");
  const char *texts[] = { deep, brackets, huge, NULL };

  for (guint i = 0; i <= GW_TYPE_MAX_FIELDS; i++)
    g_string_append_printf (
        many, "%s('f%u', '', '', '', uint32 1, uint32 1, uint32 0, uint32 0, 0.0, 0.0)",
        i > 0 ? ", " : "", i);
  g_string_append (many, "]>}");
  texts[3] = many->str;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (gw_type_spec_from_description (texts[i], &error));
      g_assert_error (error, GW_ERROR, GW_ERROR_CORRUPT);
    }
}

/* Any change of any byte either is refused or gives a type that can be described again. */
static void
test_mutated_descriptions (void)
{
  g_autoptr (GwTypeSpec) type = fixture_type ();
  g_autofree char *text = gw_type_spec_describe (type);
  gsize length = strlen (text);

  for (guint round = 0; round < 3000; round++)
    {
      g_autofree char *mutant = g_strdup (text);
      g_autoptr (GwTypeSpec) back = NULL;
      g_autoptr (GError) error = NULL;

      mutant[g_test_rand_int_range (0, (int)length)] = (char)g_test_rand_int_range (1, 256);
      if (g_test_rand_bit ())
        mutant[g_test_rand_int_range (0, (int)length)] = '\0';
      back = gw_type_spec_from_description (mutant, &error);
      if (back == NULL)
        g_assert_error (error, GW_ERROR, GW_ERROR_CORRUPT);
      else
        {
          g_autofree char *again = gw_type_spec_describe (back);
          g_autoptr (GwTypeSpec) twice = gw_type_spec_from_description (again, &error);

          g_assert_no_error (error);
        }
    }
}

/* A newer program may say more. */
static void
test_unknown_keys_are_ignored (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwTypeSpec) type =
      gw_type_spec_from_description (HEAD "'future': <[1, 2]>, 'fields': <@a(ssssuuuudd) []>}",
                                     &error);

  g_assert_no_error (error);
  g_assert_cmpstr (type->label, ==, "risk.dispute/dispute");
}

static void
test_code_list (void)
{
  g_autoptr (GwTypeSpec) type = fixture_type ();
  const GwCodeListSpec *list = gw_type_spec_find_list (type, "numbers");
  GwCodeListSpec *copy = gw_code_list_spec_copy (list);
  g_autofree char *label = gw_code_spec_dup_label (gw_code_list_spec_find (list, "one"));

  assert_same_list (list, copy);
  gw_code_list_spec_free (copy);
  g_assert_cmpstr (label, ==, "First");
  g_assert_null (gw_code_list_spec_find (list, "three"));
  g_assert_null (gw_code_list_spec_match (list, ""));
  g_assert_null (gw_code_list_spec_match (list, NULL));
  g_assert_cmpstr (gw_code_list_spec_match (list, "Ｆｉｒｓｔ")->code, ==, "one");
  g_assert_null (gw_type_spec_find_list (type, NULL));
  g_assert_null (gw_type_spec_find_field (type, "nothing"));
}

static void
test_module_spec (void)
{
  g_autoptr (GwModuleSpec) module = gw_module_spec_new ();
  g_autoptr (GwModuleSpec) again = gw_module_spec_ref (module);
  GwImportSpec *import = gw_import_spec_new ();

  module->id = g_strdup ("risk.dispute");
  g_ptr_array_add (module->types, fixture_type ());
  g_ptr_array_add (import->columns, gw_import_column_spec_new ());
  g_ptr_array_add (module->imports, import);
  g_ptr_array_add (module->indicators, gw_indicator_spec_new ());
  g_ptr_array_add (module->layers, gw_layer_spec_new ());
  g_assert_true (again == module);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/type/description-round-trip", test_description_round_trip);
  g_test_add_func ("/type/hostile-descriptions", test_hostile_descriptions);
  g_test_add_func ("/type/hostile-sizes", test_hostile_sizes);
  g_test_add_func ("/type/mutated-descriptions", test_mutated_descriptions);
  g_test_add_func ("/type/unknown-keys-are-ignored", test_unknown_keys_are_ignored);
  g_test_add_func ("/type/code-list", test_code_list);
  g_test_add_func ("/type/module-spec", test_module_spec);
  return g_test_run ();
}
