/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-error.h"
#include "model-fixtures.h"

#include <string.h>

#define HASH "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static void
test_values (void)
{
  static const struct
  {
    const char *field;
    const char *text;
    const char *canonical; /* "!" = refused, NULL = no value */
  } cases[] = {
    { "text", " 邻里  纠纷 ", "邻里 纠纷" },
    { "text", "", NULL },
    { "text", " 　 ", NULL },
    { "text", NULL, NULL },
    { "text", "\x01 control", "control" }, /* unprintable rubbish of terminals is dropped */
    { "longtext",
      "a\x01"
      "b",
      "!" },
    { "text", "\xff\xfe", "!" },
    { "text", "手机13800138000", "!" },
    { "text", "身份证11010519491231002X", "!" },
    { "text", "编号 11010519491231002", "编号 11010519491231002" }, /* 17 digits are no ID number */
    { "longtext", " 一\r\n\r\n二  \n", "一\n\n二" },
    { "longtext", "联系电话：１３８００１３８０００", "!" }, /* full width hides nothing */
    { "int", "12", "12" },
    { "int", " １２ ", "12" },
    { "int", "+7", "7" },
    { "int", "-7", "-7" },
    { "int", "3.0", "3" },
    { "int", "1,234,567", "1234567" },
    { "int", "3.5", "!" },
    { "int", "3,5", "!" },
    { "int", "++7", "!" },
    { "int", "十二", "!" },
    { "int", "99999999999999999999", "!" },
    { "real", "0.1", "0.1" },
    { "real", "1,234.50", "1234.5" },
    { "real", "-0", "0" },
    { "real", "1e3", "1000" },
    { "real", "0.30000000000000004", "0.30000000000000004" },
    { "real", "1e999", "!" },
    { "real", "nan", "!" },
    { "real", "inf", "!" },
    { "real", "0x10", "!" },
    { "real", "1e", "!" },
    { "real", ".", "!" },
    { "bool", "是", "1" },
    { "bool", "No", "0" },
    { "bool", "√", "1" },
    { "bool", "maybe", "!" },
    { "date", "2026年11月24日", "2026-11-24" },
    { "date", "2026/11/24", "2026-11-24" },
    { "date", "2026-02-30", "!" },
    { "time", "1970-01-01T00:00:10Z", "10" },
    { "time", "2026-11-24 14:05", "1795500300" },
    { "time", "1795500300", "1795500300" }, /* the canonical form is its own */
    { "time", "gestern", "!" },
    { "code", "one", "one" },
    { "code", "ONE", "one" },
    { "code", "first", "one" },
    { "code", "物业服务", "one" },
    { "code", "Old", "old" },
    { "code", "third", "!" },
    { "codes", "Second、one", "one,two" },
    { "codes", "two；two | one", "one,two" },
    { "codes", " , ", NULL },
    { "codes", "one,third", "!" },
    { "ref", "510903-DIS-2026-000001", "510903-DIS-2026-000001" },
    { "ref", "a'b", "!" },
    { "place", "12", "12" },
    { "files", HASH, HASH },
    { "files", HASH "," HASH, HASH "," HASH },
    { "files", "../../etc/passwd", "!" },
  };
  g_autoptr (GwTypeSpec) type = fixture_type ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GwFieldSpec *field = gw_type_spec_find_field (type, cases[i].field);
      g_autofree char *canonical = NULL;
      g_autoptr (GError) error = NULL;
      gboolean ok = gw_field_spec_check (field, type, cases[i].text, &canonical, &error);

      g_test_message ("%s, row %u", cases[i].field, i);
      if (g_strcmp0 (cases[i].canonical, "!") == 0)
        {
          g_assert_false (ok);
          g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
          g_assert_true (g_str_has_prefix (error->message, field->label));
          g_assert_null (canonical);
          continue;
        }
      g_assert_no_error (error);
      g_assert_true (ok);
      g_assert_cmpstr (canonical, ==, cases[i].canonical);
    }
}

/* Reading what was written changes nothing: the canonical form is a fixed point. */
static void
test_canonical_is_a_fixed_point (void)
{
  static const char *const texts[] = { "12",      "1",          "0.30000000000000004",
                                       "是",      "2026-11-24", "one",
                                       "two,one", HASH,         "1795500300",
                                       "a b",     "0" };
  g_autoptr (GwTypeSpec) type = fixture_type ();

  for (guint i = 0; i < type->fields->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
      {
        const GwFieldSpec *field = g_ptr_array_index (type->fields, i);
        g_autofree char *once = NULL;
        g_autofree char *twice = NULL;

        if (!gw_field_spec_check (field, type, texts[j], &once, NULL) || once == NULL)
          continue;
        g_assert_true (gw_field_spec_check (field, type, once, &twice, NULL));
        g_assert_cmpstr (once, ==, twice);
      }
}

static void
test_required (void)
{
  g_autoptr (GwTypeSpec) type = fixture_type ();

  for (guint i = 0; i < type->fields->len; i++)
    {
      GwFieldSpec *field = g_ptr_array_index (type->fields, i);
      g_autoptr (GError) error = NULL;

      g_assert_true (gw_field_spec_check (field, type, "  ", NULL, &error));
      field->flags = GW_FIELD_REQUIRED;
      g_assert_false (gw_field_spec_check (field, type, "  ", NULL, &error));
      g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, field->label));
    }
}

static void
test_range_and_length (void)
{
  g_autoptr (GwTypeSpec) type = fixture_type ();
  GwFieldSpec *number = (GwFieldSpec *)gw_type_spec_find_field (type, "int");
  GwFieldSpec *text = (GwFieldSpec *)gw_type_spec_find_field (type, "text");
  g_autoptr (GError) range = NULL;
  g_autoptr (GError) length = NULL;

  number->min = 1;
  number->max = 50;
  g_assert_true (gw_field_spec_check (number, type, "1", NULL, NULL));
  g_assert_true (gw_field_spec_check (number, type, "50", NULL, NULL));
  g_assert_false (gw_field_spec_check (number, type, "0", NULL, NULL));
  g_assert_false (gw_field_spec_check (number, type, "51", NULL, &range));
  g_assert_nonnull (strstr (range->message, "50"));

  text->max_len = 3;
  g_assert_true (gw_field_spec_check (text, type, "石桥村", NULL, NULL));
  g_assert_false (gw_field_spec_check (text, type, "石桥村委", NULL, &length));
  g_assert_nonnull (strstr (length->message, "4"));
  g_assert_nonnull (strstr (length->message, "3"));
}

/* What was refused for being personal must not come back out of the message. */
static void
test_messages_keep_secrets (void)
{
  g_autoptr (GwTypeSpec) type = fixture_type ();

  for (guint i = 0; i < type->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (type->fields, i);
      g_autoptr (GError) error = NULL;

      if (gw_field_spec_check (field, type, "电话13800138000", NULL, &error))
        continue;
      g_assert_null (strstr (error->message, "13800138000"));
    }
}

static void
test_vault_takes_contacts (void)
{
  g_autoptr (GwTypeSpec) type = fixture_type ();
  GwFieldSpec *field = (GwFieldSpec *)gw_type_spec_find_field (type, "text");

  field->privacy = GW_CLASS_VAULT;
  g_assert_true (gw_field_spec_check (field, type, "13800138000", NULL, NULL));
}

static void
test_display (void)
{
  static const struct
  {
    const char *field;
    const char *canonical;
    const char *shown;
  } cases[] = {
    { "code", "one", "First" },
    { "code", "gone", "gone" },
    { "codes", "one,two", "First, Second" },
    { "bool", "1", "Yes" },
    { "bool", "0", "No" },
    { "date", "2026-03-17", "17 Mar 2026" },
    { "date", "odd", "odd" },
    { "time", "1795500300", "2026-11-24 14:05" },
    { "files", HASH "," HASH, "2 files" },
    { "files", HASH, "1 file" },
    { "int", "12", "12" },
    { "text", NULL, "" },
  };
  g_autoptr (GwTypeSpec) type = fixture_type ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GwFieldSpec *field = gw_type_spec_find_field (type, cases[i].field);
      g_autofree char *shown = gw_field_spec_display (field, type, cases[i].canonical);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

static void
test_missing_list (void)
{
  g_autoptr (GwTypeSpec) type = fixture_type ();
  const GwFieldSpec *field = gw_type_spec_find_field (type, "code");
  g_autoptr (GError) error = NULL;

  g_ptr_array_set_size (type->lists, 0);
  g_assert_false (gw_field_spec_check (field, type, "one", NULL, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
}

/* Nothing that comes in crashes or comes back as something that is refused. */
static void
test_random_text (void)
{
  static const char alphabet[] = "0123456789-+.,eE:/ Tz年月日一二,;|\"'\\\n\t";
  g_autoptr (GwTypeSpec) type = fixture_type ();

  for (guint round = 0; round < 20000; round++)
    {
      const GwFieldSpec *field = g_ptr_array_index (type->fields, round % type->fields->len);
      g_autofree char *text = NULL;
      g_autofree char *canonical = NULL;
      char bytes[16] = { 0 };

      for (guint i = 0; i < 15; i++)
        bytes[i] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      text = g_test_rand_int_range (0, 4) == 0 ? g_strdup (bytes) : g_utf8_make_valid (bytes, -1);
      if (gw_field_spec_check (field, type, text, &canonical, NULL) && canonical != NULL)
        g_assert_true (gw_field_spec_check (field, type, canonical, NULL, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/field/values", test_values);
  g_test_add_func ("/field/canonical-is-a-fixed-point", test_canonical_is_a_fixed_point);
  g_test_add_func ("/field/required", test_required);
  g_test_add_func ("/field/range-and-length", test_range_and_length);
  g_test_add_func ("/field/messages-keep-secrets", test_messages_keep_secrets);
  g_test_add_func ("/field/vault-takes-contacts", test_vault_takes_contacts);
  g_test_add_func ("/field/display", test_display);
  g_test_add_func ("/field/missing-list", test_missing_list);
  g_test_add_func ("/field/random-text", test_random_text);
  return g_test_run ();
}
