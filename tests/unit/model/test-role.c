/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-role.h"
#include "gw-state.h"

static void
test_ids_round_trip (void)
{
  GwRole role;

  for (guint i = 0; i < GW_N_ROLES; i++)
    {
      g_assert_true (gw_role_from_id (gw_role_id ((GwRole)i), &role));
      g_assert_cmpint (role, ==, i);
      g_assert_cmpstr (gw_role_label ((GwRole)i), !=, "");
    }
  g_assert_false (gw_role_from_id ("king", &role));
  g_assert_false (gw_role_from_id (NULL, &role));
}

static gboolean
is_handler (GwRole role)
{
  return (GW_UNIT_ROLES & (1u << role)) != 0;
}

static gboolean
sees_content (GwRole role)
{
  return (gw_role_may (role) & (GW_MAY_LIST | GW_MAY_READ | GW_MAY_RESTRICTED)) != 0;
}

/* Everything but looking: a verb, a right to change or to take in, or returns and assessments. */
static gboolean
writes (GwRole role)
{
  guint n;
  const GwMove *moves = gw_moves (&n);

  for (guint i = 0; i < n; i++)
    if (moves[i].roles & (1u << role))
      return TRUE;
  return (gw_role_may (role) & (GW_MAY_REPORT | GW_MAY_IMPORT | GW_MAY_ADMIN | GW_MAY_EDIT)) != 0 ||
         role == GW_ROLE_STATISTICIAN || role == GW_ROLE_ASSESSOR ||
         role == GW_ROLE_PRIVACY_OFFICER;
}

/* domain.md 4b.5 said once more, by what the roles may and not by their names. */
static gboolean
is_forbidden (GwRole a, GwRole b)
{
  if (a == b)
    return FALSE;
  return (is_handler (a) && b == GW_ROLE_VERIFIER) || (is_handler (a) && b == GW_ROLE_SUPERVISOR) ||
         (a == GW_ROLE_ASSESSOR && b == GW_ROLE_UNIT_LEAD) ||
         (a == GW_ROLE_SYSADMIN && sees_content (b)) || (a == GW_ROLE_AUDITOR && writes (b));
}

static void
test_every_pair (void)
{
  guint forbidden = 0;

  for (guint a = 0; a < GW_N_ROLES; a++)
    for (guint b = 0; b < GW_N_ROLES; b++)
      {
        g_autofree char *conflict = gw_roles_conflict ((1u << a) | (1u << b));
        gboolean expected =
            is_forbidden ((GwRole)a, (GwRole)b) || is_forbidden ((GwRole)b, (GwRole)a);

        if ((conflict != NULL) != expected)
          g_error ("%s with %s: %s", gw_role_id ((GwRole)a), gw_role_id ((GwRole)b),
                   conflict == NULL ? "allowed" : conflict);
        if (conflict != NULL)
          {
            forbidden++;
            g_assert_nonnull (g_strrstr (conflict, gw_role_label ((GwRole)a)));
            g_assert_nonnull (g_strrstr (conflict, gw_role_label ((GwRole)b)));
          }
      }
  g_assert_cmpuint (forbidden, >, 50);
}

static void
test_sets (void)
{
  g_autofree char *desk = gw_roles_conflict ((1u << GW_ROLE_INTAKE) | (1u << GW_ROLE_DISPATCHER) |
                                             (1u << GW_ROLE_DUTY_OFFICER));
  g_autofree char *unknown = gw_roles_conflict (1u << 30);

  g_assert_null (desk);
  g_assert_null (gw_roles_conflict (0));
  g_assert_nonnull (unknown);
}

static void
test_rights (void)
{
  /* No content for who keeps the machine or the journal. */
  g_assert_cmpuint (gw_role_may (GW_ROLE_SYSADMIN), ==, GW_MAY_ADMIN | GW_MAY_BACKUP);
  g_assert_cmpuint (gw_role_may (GW_ROLE_AUDITOR), ==, GW_MAY_AUDIT);
  g_assert_cmpuint (gw_role_may (GW_ROLE_LEADER_VIEW) & (GW_MAY_READ | GW_MAY_EXPORT), ==, 0);
  g_assert_cmpuint (gw_roles_may ((1u << GW_ROLE_AUDITOR) | (1u << GW_ROLE_LEADER_VIEW)), ==,
                    GW_MAY_AUDIT | GW_MAY_LIST | GW_MAY_FIGURES);
  for (guint i = 0; i < GW_N_ROLES; i++)
    {
      guint32 may = gw_role_may ((GwRole)i);

      g_assert_cmpuint (may, !=, 0);
      /* Who reads the text also sees the list; who sees restricted fields also reads. */
      g_assert_true ((may & GW_MAY_READ) == 0 || (may & GW_MAY_LIST) != 0);
      g_assert_true ((may & GW_MAY_RESTRICTED) == 0 || (may & GW_MAY_READ) != 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/role/ids-round-trip", test_ids_round_trip);
  g_test_add_func ("/role/every-pair", test_every_pair);
  g_test_add_func ("/role/sets", test_sets);
  g_test_add_func ("/role/rights", test_rights);
  return g_test_run ();
}
