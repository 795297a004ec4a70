/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-error.h"
#include "model-fixtures.h"

#include <string.h>

/* Any valid UTF-8 without NUL, with a liking for what printers and parsers get wrong. */
static char *
random_text (void)
{
  static const char *const pieces[] = { "'",  "\"", "\\", "\n",   "\t", "<",      ">",   "}",
                                        "%s", "村", "𠮷", "\x7f", " ",  "@a{sv}", "\x01" };
  GString *text = g_string_new (NULL);
  int n = g_test_rand_int_range (0, 12);

  for (int i = 0; i < n; i++)
    if (g_test_rand_bit ())
      g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
    else
      g_string_append_unichar (text, (gunichar)g_test_rand_int_range (0x20, 0xd7ff));
  return g_string_free (text, FALSE);
}

static char *
maybe_text (void)
{
  return g_test_rand_int_range (0, 4) == 0 ? NULL : random_text ();
}

static GwIntake *
random_intake (void)
{
  GwIntake *intake = gw_intake_new (NULL);
  int n = g_test_rand_int_range (0, 6);

  intake->type = maybe_text ();
  intake->title = maybe_text ();
  intake->summary = maybe_text ();
  intake->source = maybe_text ();
  intake->address = maybe_text ();
  intake->level = g_test_rand_int ();
  intake->urgency = (GwUrgency)g_test_rand_int_range (1, 4);
  intake->severity = (GwSeverity)g_test_rand_int_range (1, 5);
  intake->sensitivity = (GwSensitivity)g_test_rand_int_range (1, 3);
  intake->precision = (GwPrecision)g_test_rand_int_range (1, 5);
  intake->area = (guint32)g_test_rand_int ();
  intake->occurred = (gint64)g_test_rand_int () * G_MAXINT32 + g_test_rand_int ();
  intake->has_point = g_test_rand_bit ();
  if (intake->has_point)
    {
      intake->x = g_test_rand_int ();
      intake->y = g_test_rand_int ();
    }
  for (int i = 0; i < n; i++)
    g_hash_table_insert (intake->values, random_text (), random_text ());
  return intake;
}

static void
assert_same_values (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer name, value;

  g_assert_cmpuint (g_hash_table_size (a), ==, g_hash_table_size (b));
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_assert_cmpstr (g_hash_table_lookup (b, name), ==, value);
}

static void
assert_same (const GwIntake *a, const GwIntake *b)
{
  g_assert_cmpstr (a->type, ==, b->type);
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpstr (a->summary, ==, b->summary);
  g_assert_cmpstr (a->source, ==, b->source);
  g_assert_cmpstr (a->address, ==, b->address);
  g_assert_cmpint (a->level, ==, b->level);
  g_assert_cmpint (a->urgency, ==, b->urgency);
  g_assert_cmpint (a->severity, ==, b->severity);
  g_assert_cmpint (a->sensitivity, ==, b->sensitivity);
  g_assert_cmpint (a->precision, ==, b->precision);
  g_assert_cmpuint (a->area, ==, b->area);
  g_assert_cmpint (a->occurred, ==, b->occurred);
  g_assert_cmpint (a->has_point, ==, b->has_point);
  g_assert_cmpint (a->x, ==, b->x);
  g_assert_cmpint (a->y, ==, b->y);
  assert_same_values (a->values, b->values);
}

static void
test_round_trip (void)
{
  for (guint round = 0; round < 1000; round++)
    {
      g_autoptr (GwIntake) intake = random_intake ();
      g_autoptr (GwIntake) copy = gw_intake_copy (intake);
      g_autofree char *text = gw_intake_serialise (intake);
      g_autoptr (GError) error = NULL;
      g_autoptr (GwIntake) back = gw_intake_parse (text, &error);

      g_assert_no_error (error);
      assert_same (intake, back);
      assert_same (intake, copy);
      g_assert_true (gw_intake_equal (intake, back));
      back->level ^= 1;
      g_assert_false (gw_intake_equal (intake, back));
    }
}

static void
test_hostile_text (void)
{
  static const char *const texts[] = { "",
                                       "{",
                                       "{'urgency': <uint32 0>}",
                                       "{'urgency': <uint32 4>}",
                                       "{'severity': <uint32 99>}",
                                       "{'sensitivity': <uint32 3>}",
                                       "{'precision': <uint32 5>}",
                                       "\xff" };
  g_autofree char *huge = g_strnfill ((1u << 20) + 1, ' ');
  g_autoptr (GError) too_long = NULL;
  g_autoptr (GwIntake) odd = gw_intake_parse ("{'level': <'three'>, 'title': <7>}", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (gw_intake_parse (texts[i], &error));
      g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
    }
  g_assert_null (gw_intake_parse (huge, &too_long));
  g_assert_error (too_long, GW_ERROR, GW_ERROR_INVALID);
  /* A value of another type is none. */
  g_assert_nonnull (odd);
  g_assert_cmpint (odd->level, ==, 1);
  g_assert_null (odd->title);
}

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static void
test_rules (void)
{
  static const struct
  {
    const char *what;
    gsize offset;
    const char *value;
    const char *named; /* NULL = accepted */
  } cases[] = {
    { "as it is", G_STRUCT_OFFSET (GwIntake, title), "漏水纠纷", NULL },
    { "no title", G_STRUCT_OFFSET (GwIntake, title), NULL, "Title" },
    { "blank title", G_STRUCT_OFFSET (GwIntake, title), " 　", "Title" },
    { "phone in title", G_STRUCT_OFFSET (GwIntake, title), "找13800138000", "Title" },
    { "no summary", G_STRUCT_OFFSET (GwIntake, summary), NULL, "Summary" },
    { "ID in summary", G_STRUCT_OFFSET (GwIntake, summary), "证 11010519491231002X", "Summary" },
    { "phone in address", G_STRUCT_OFFSET (GwIntake, address), "3楼 13912345678", "Address" },
    { "no address", G_STRUCT_OFFSET (GwIntake, address), NULL, NULL },
    { "no source", G_STRUCT_OFFSET (GwIntake, source), NULL, "Source" },
    { "odd source", G_STRUCT_OFFSET (GwIntake, source), "rumour", "Source" },
    { "other type", G_STRUCT_OFFSET (GwIntake, type), "risk.safety/hazard", "Dispute" },
  };
  g_autoptr (GwTypeSpec) type = fixture_type ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GwIntake) intake = fixture_intake ();
      g_autoptr (GError) error = NULL;
      gboolean ok;

      set_text ((char **)G_STRUCT_MEMBER_P (intake, cases[i].offset), cases[i].value);
      ok = gw_intake_check (intake, type, &error);
      g_test_message ("%s", cases[i].what);
      if (cases[i].named == NULL)
        {
          g_assert_no_error (error);
          g_assert_true (ok);
          continue;
        }
      g_assert_false (ok);
      g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].named));
      g_assert_null (strstr (error->message, "138001"));
    }
}

static void
test_numbers (void)
{
  g_autoptr (GwTypeSpec) type = fixture_type ();
  g_autoptr (GwIntake) intake = fixture_intake ();

  intake->level = 4;
  g_assert_false (gw_intake_check (intake, type, NULL));
  intake->level = 3;
  intake->area = GW_AREA_NONE;
  g_assert_false (gw_intake_check (intake, type, NULL));
  intake->area = 1;
  intake->has_point = TRUE;
  intake->x = 1055800000;
  intake->y = 305300000;
  g_assert_true (gw_intake_check (intake, type, NULL));
  intake->y = 900000001;
  g_assert_false (gw_intake_check (intake, type, NULL));
  intake->y = -900000000;
  g_assert_true (gw_intake_check (intake, type, NULL));
  intake->x = -1800000001;
  g_assert_false (gw_intake_check (intake, type, NULL));
  intake->x = 0;
  intake->y = G_MININT32;
  g_assert_false (gw_intake_check (intake, type, NULL));
}

static void
test_fields (void)
{
  g_autoptr (GwTypeSpec) type = fixture_type ();
  g_autoptr (GwIntake) intake = fixture_intake ();
  g_autoptr (GError) unknown = NULL;
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) missing = NULL;

  g_hash_table_insert (intake->values, g_strdup ("colour"), g_strdup ("red"));
  g_assert_false (gw_intake_check (intake, type, &unknown));
  g_assert_nonnull (strstr (unknown->message, "colour"));
  g_hash_table_remove (intake->values, "colour");

  g_hash_table_insert (intake->values, g_strdup ("int"), g_strdup ("viele"));
  g_assert_false (gw_intake_check (intake, type, &wrong));
  g_assert_nonnull (strstr (wrong->message, "The int"));
  g_hash_table_remove (intake->values, "int");

  ((GwFieldSpec *)gw_type_spec_find_field (type, "code"))->flags = GW_FIELD_REQUIRED;
  g_assert_false (gw_intake_check (intake, type, &missing));
  g_assert_nonnull (strstr (missing->message, "The code"));
  g_clear_pointer (&intake->values, g_hash_table_unref);
  g_assert_false (gw_intake_check (intake, type, NULL));
}

static void
test_canonicalise (void)
{
  g_autoptr (GwTypeSpec) type = fixture_type ();
  g_autoptr (GwIntake) intake = fixture_intake ();
  g_autoptr (GError) error = NULL;

  set_text (&intake->title, "  漏水   纠纷 ");
  set_text (&intake->summary, "一 \r\n二\r\n");
  set_text (&intake->address, "  ");
  g_hash_table_insert (intake->values, g_strdup ("codes"), g_strdup ("Second、物业"));
  g_hash_table_insert (intake->values, g_strdup ("text"), g_strdup (" "));
  g_assert_true (gw_intake_canonicalise (intake, type, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (intake->title, ==, "漏水 纠纷");
  g_assert_cmpstr (intake->summary, ==, "一\n二");
  g_assert_null (intake->address);
  g_assert_cmpuint (g_hash_table_size (intake->values), ==, 1);
  g_assert_cmpstr (g_hash_table_lookup (intake->values, "codes"), ==, "one,two");

  set_text (&intake->title, " x ");
  g_hash_table_insert (intake->values, g_strdup ("int"), g_strdup ("x"));
  g_assert_false (gw_intake_canonicalise (intake, type, NULL));
  g_assert_cmpstr (intake->title, ==, " x "); /* all or nothing */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/intake/round-trip", test_round_trip);
  g_test_add_func ("/intake/hostile-text", test_hostile_text);
  g_test_add_func ("/intake/rules", test_rules);
  g_test_add_func ("/intake/numbers", test_numbers);
  g_test_add_func ("/intake/fields", test_fields);
  g_test_add_func ("/intake/canonicalise", test_canonicalise);
  return g_test_run ();
}
