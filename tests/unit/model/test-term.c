/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-matter.h"

static void
assert_labelled (const char *const *ids)
{
  g_assert_nonnull (ids);
  g_assert_nonnull (ids[0]);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      if (gw_term_label (ids[i]) == NULL)
        g_error ("no label for %s", ids[i]);
      g_assert_true (gw_term_is_in (ids, ids[i]));
    }
  g_assert_false (gw_term_is_in (ids, "nonsense"));
  g_assert_false (gw_term_is_in (ids, NULL));
}

static void
test_every_id_has_a_label (void)
{
  assert_labelled (gw_reason_codes (GW_VERB_PAUSE));
  assert_labelled (gw_reason_codes (GW_VERB_RETURN));
  assert_labelled (gw_reason_codes (GW_VERB_REJECT));
  assert_labelled (gw_other_ways ());
  assert_labelled (gw_answers ());
  assert_labelled (gw_solved ());
  assert_labelled (gw_channels ());
  assert_labelled (gw_sources ());
  g_assert_null (gw_reason_codes (GW_VERB_SIGN));
  g_assert_null (gw_term_label ("nonsense"));
  g_assert_null (gw_term_label (NULL));
  for (guint i = GW_URGENCY_NORMAL; i <= GW_URGENCY_EMERGENCY; i++)
    g_assert_nonnull (gw_term_label (gw_urgency_id ((GwUrgency)i)));
  for (guint i = 0; i < GW_N_LEVELS; i++)
    g_assert_nonnull (gw_area_level_label ((GwAreaLevel)i));
}

static void
test_sources_are_recognised (void)
{
  static const struct
  {
    const char *text;
    const char *id;
  } cases[] = {
    { "hotline", "hotline" },
    { "12345热线", "hotline" },
    { " １２３４５ ", "hotline" },
    { "来访", "visit" },
    { "In person", "visit" },
    { "网格员上报", "grid" },
    { "TELEPHONE", "phone" },
    { "信访", "petition" },
    { "其它", "other" },
    { "Department", "dept" },
    { "电话", "phone" },
    { "巡查", "patrol" },
    { "小道消息", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *id = NULL;

      g_assert_cmpint (gw_source_match (cases[i].text, &id), ==, cases[i].id != NULL);
      g_assert_cmpstr (id, ==, cases[i].id);
    }
  for (guint i = 0; gw_sources ()[i] != NULL; i++)
    {
      const char *id = NULL;

      g_assert_true (gw_source_match (gw_term_label (gw_sources ()[i]), &id));
      g_assert_cmpstr (id, ==, gw_sources ()[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/term/every-id-has-a-label", test_every_id_has_a_label);
  g_test_add_func ("/term/sources-are-recognised", test_sources_are_recognised);
  return g_test_run ();
}
