/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random verbs by random roles: whatever is accepted leaves a file that verifies. */
#include "desk-rig.h"

#define MATTERS 12
#define STEPS 1500

static void
test_walk (Rig *rig, gconstpointer unused)
{
  gint64 ids[MATTERS];
  guint accepted = 0;

  for (guint i = 0; i < MATTERS; i++)
    {
      g_autoptr (GwMatter) matter = rig_submit (rig);

      ids[i] = matter->id;
    }
  for (guint i = 0; i < STEPS; i++)
    {
      gint64 id = ids[g_test_rand_int_range (0, MATTERS)];
      GwRole role = (GwRole)g_test_rand_int_range (0, GW_N_ROLES);
      guint32 org = (guint32)g_test_rand_int_range (RIG_CENTRE, RIG_VERIFY + 1);
      GwVerbRequest *request = rig_request (id, (GwVerb)g_test_rand_int_range (1, GW_N_VERBS));
      g_autoptr (GError) error = NULL;
      g_autoptr (GwMatter) before = rig_matter (rig, id);
      g_autoptr (GwMatter) after = NULL;

      if (request->verb == GW_VERB_MERGE)
        request->master = ids[g_test_rand_int_range (0, MATTERS)];
      gw_clock_advance (rig->fixture.clock, g_test_rand_int_range (0, 7200));
      after = rig_try (rig, role, org, request, &error);
      if (after == NULL)
        {
          g_assert_true (g_error_matches (error, GW_ERROR, GW_ERROR_REFUSED) ||
                         g_error_matches (error, GW_ERROR, GW_ERROR_INVALID));
          continue;
        }
      accepted++;
      g_assert_cmpuint (after->rev, >=, before->rev);
      g_assert_true (gw_state_is_open (after->state) || after->due == 0);
      g_assert_true ((after->closed != 0) ==
                     (after->state == GW_STATE_CLOSED || after->state == GW_STATE_ARCHIVED));
    }
  g_assert_cmpuint (accepted, >, STEPS / 100);
  fixture_assert_sound (rig->fixture.store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RIG_ADD ("/walk/random", test_walk);
  return g_test_run ();
}
