/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-matcher.h"

typedef struct
{
  GwTypeSpec *type;
  GPtrArray *columns;
  GwMatcher *matcher;
} Fixture;

static void
add_column (Fixture *self, const char *field, const char *headers)
{
  GwImportColumnSpec *column = gw_import_column_spec_new ();

  column->field = g_strdup (field);
  column->headers = g_strdup (headers);
  g_ptr_array_add (self->columns, column);
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  GwFieldSpec *field = gw_field_spec_new ();

  field->id = g_strdup ("dtype");
  field->label = g_strdup ("Kind");
  field->kind = GW_FIELD_TEXT;
  self->type = gw_type_spec_new ();
  g_ptr_array_add (self->type->fields, field);
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_import_column_spec_free);
  add_column (self, "dtype", "纠纷类型|类型");
  add_column (self, "title", "标题|事件标题");
  add_column (self, "area_name", "所属社区|村(社区)");
  add_column (self, "lon", "经度|lon");
  add_column (self, "lat", "纬度|lat");
  add_column (self, "no_such", "别的");
  self->matcher = gw_matcher_new (self->type, self->columns);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  gw_matcher_free (self->matcher);
  g_ptr_array_unref (self->columns);
  gw_type_spec_free (self->type);
}

static void
test_words (Fixture *self, gconstpointer unused)
{
  static const struct
  {
    const char *header, *target; /* NULL: left out */
    gboolean guessed;
  } cases[] = {
    { "标题", "title", FALSE },
    { " 标 题 ", "title", FALSE },
    { "事件\n标题", "title", FALSE },
    { "*标题:", "title", FALSE },
    { "TITLE", "title", FALSE },
    { "ｔｉｔｌｅ", "title", FALSE },
    { "类型", "dtype", FALSE },
    { "DTYPE", "dtype", FALSE },
    { "Kind", "dtype", FALSE },
    { "经度(WGS84)", "lon", FALSE },
    { "经度（度）", "lon", FALSE },
    { "村（社区）", "area_name", FALSE },
    { "Longitude", "lon", FALSE },
    { "诉求标题", "title", TRUE },
    { "纠纷类型名称", "dtype", TRUE },
    { "别的", NULL, FALSE },
    { "处置部门", NULL, FALSE },
    { "lot", NULL, FALSE },
    { "", NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GwMatch match;

      gw_matcher_match (self->matcher, &cases[i].header, 1, &match);
      g_test_message ("%s", cases[i].header);
      g_assert_cmpstr (match.target != GW_TARGET_NONE
                           ? gw_matcher_get_id (self->matcher, match.target)
                           : NULL,
                       ==, cases[i].target);
      g_assert_cmpint (match.guessed, ==, cases[i].guessed);
    }
}

/* A word that fits wins over one that is like it, wherever it stands; twins are named. */
static void
test_once_each (Fixture *self, gconstpointer unused)
{
  static const char *const headers[] = { "诉求标题", "事件标题", "标题", "类型" };
  GwMatch matches[G_N_ELEMENTS (headers)];

  gw_matcher_match (self->matcher, headers, G_N_ELEMENTS (headers), matches);
  g_assert_cmpint (matches[0].target, ==, GW_TARGET_NONE);
  g_assert_cmpint (matches[1].target, ==, GW_TARGET_TITLE);
  g_assert_cmpint (matches[2].target, ==, GW_TARGET_NONE);
  g_assert_cmpint (matches[2].twin, ==, 1);
  g_assert_cmpint (matches[3].target, ==, GW_N_OWN_TARGETS);
}

static void
test_score (Fixture *self, gconstpointer unused)
{
  static const char *const header[] = { "标题", "类型", "经度", "流转状态" };
  static const char *const data[] = { "漏水", "邻里", "105.5", "" };

  g_assert_cmpuint (gw_matcher_score (self->matcher, header, 4), ==, 3);
  g_assert_cmpuint (gw_matcher_score (self->matcher, data, 4), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/matcher/words", Fixture, NULL, set_up, test_words, tear_down);
  g_test_add ("/matcher/once-each", Fixture, NULL, set_up, test_once_each, tear_down);
  g_test_add ("/matcher/score", Fixture, NULL, set_up, test_score, tear_down);
  return g_test_run ();
}
