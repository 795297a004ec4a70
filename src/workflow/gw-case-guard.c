/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-case-private.h"

#include <glib/gi18n-lib.h>

static char *
role_names (guint32 roles)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint role = 0; role < GW_N_ROLES; role++)
    if ((roles & (1u << role)) != 0)
      g_string_append_printf (names, "%s%s", names->len > 0 ? _ (", ") : "",
                              gw_role_label ((GwRole)role));
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static const char *
org_name (const GwCaseWorld *world, guint32 org)
{
  const GwOrg *found = org > 0 && world->orgs != NULL && org < world->orgs->len
                           ? g_ptr_array_index (world->orgs, org)
                           : NULL;

  return found != NULL ? found->name : _ ("no unit");
}

/* Every row of (state, verb) may be used by other roles: RECORD has two. */
static guint32
roles_of (GwMatterState state, GwVerb verb)
{
  guint n;
  const GwMove *moves = gw_moves (&n);
  guint32 roles = 0;

  for (guint i = 0; i < n; i++)
    if (moves[i].from == state && moves[i].verb == verb)
      roles |= moves[i].roles;
  return roles;
}

static gboolean
holds_lead (const GwCase *self, guint32 org)
{
  const GwAssignment *lead = gw_case_lead (self);

  return lead != NULL && lead->org == org;
}

static gboolean
has_part (const GwCase *self, guint32 org)
{
  for (guint i = 0; i < self->assignments->len; i++)
    {
      const GwAssignment *assignment = g_ptr_array_index (self->assignments, i);

      if (assignment->org == org && assignment->returned == 0 && assignment->part <= 2)
        return TRUE;
    }
  return self->matter->lead_org != 0 && self->matter->lead_org == org;
}

/* A co-handling unit may add notes and corrections; moving the matter on is the lead unit's. */
static char *
own_unit_refusal (const GwCase *self,
                  const GwCaseWorld *world,
                  const GwActor *actor,
                  gboolean moves)
{
  if (moves ? holds_lead (self, actor->org) : has_part (self, actor->org))
    return NULL;
  return g_strdup_printf (
      _ ("The matter is with %s, and you act for %s: only the unit that holds it "
         "may do this"),
      org_name (world, self->matter->lead_org), org_name (world, actor->org));
}

static char *
guard_refusal (const GwCase *self,
               const GwCaseWorld *world,
               const GwActor *actor,
               const GwMove *move,
               gint64 at)
{
  guint32 guards = gw_move_guards_for (move, actor->role);

  if ((guards & (GW_GUARD_OWN_UNIT | GW_GUARD_UNIT_OWN)) != 0)
    {
      char *refusal = own_unit_refusal (self, world, actor, move->from != move->to);

      if (refusal != NULL)
        return refusal;
    }
  if ((guards & GW_GUARD_OTHER_UNIT) != 0 && has_part (self, actor->org))
    return g_strdup_printf (
        _ ("%s has handled this matter: its verification belongs to another unit"),
        org_name (world, actor->org));
  if ((guards & GW_GUARD_TEN_DAYS) != 0 && self->matter->closed != 0 &&
      gw_day_of_time (at) > gw_day_of_time (self->matter->closed) + GW_REOPEN_DAYS)
    return g_strdup_printf (
        _ ("It was closed more than %d days ago: only the director of the centre "
           "may reopen it"),
        GW_REOPEN_DAYS);
  return NULL;
}

char *
gw_case_refusal (
    const GwCase *self, const GwCaseWorld *world, const GwActor *actor, GwVerb verb, gint64 at)
{
  const GwMove *move = gw_move_find (self->matter->state, verb);
  guint32 roles;

  if (move == NULL)
    return g_strdup_printf (_ ("“%s” is not possible in the state “%s”"), gw_verb_label (verb),
                            gw_state_label (self->matter->state));
  roles = roles_of (move->from, verb);
  if ((roles & (1u << actor->role)) == 0)
    {
      g_autofree char *names = role_names (roles);

      return g_strdup_printf (_ ("“%s” is not for the role “%s”, but for: %s"),
                              gw_verb_label (verb), gw_role_label (actor->role), names);
    }
  if (actor->scope_area != GW_AREA_NONE &&
      !gw_area_tree_contains (world->tree, actor->scope_area, self->matter->area))
    return g_strdup (_ ("The matter lies outside the area you work for"));
  return guard_refusal (self, world, actor, move, at);
}
