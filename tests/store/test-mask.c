/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sees what: decided in the store, for every answer. */
#include "store-fixture.h"

typedef struct
{
  Fixture base;
  gint64 plain, restricted;
} Mask;

static gboolean
insert_cb (GwTx *tx, gpointer data, GError **error)
{
  Mask *self = data;
  g_autoptr (GwMatter) plain = fixture_matter (&self->base, 0);
  g_autoptr (GwMatter) restricted = fixture_matter (&self->base, 1);
  GwAssignment assignment = { 0 };

  plain->lead_org = restricted->lead_org = 2;
  restricted->sensitivity = GW_SENSITIVITY_RESTRICTED;
  if (!fixture_insert_in (tx, plain, error) || !fixture_insert_in (tx, restricted, error))
    return FALSE;
  assignment.matter = restricted->id;
  assignment.org = 3;
  assignment.part = 2;
  assignment.sent = gw_tx_now (tx);
  self->plain = plain->id;
  self->restricted = restricted->id;
  return gw_tx_put_assignment (tx, &assignment, error);
}

static void
set_up (Mask *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture_set_up (&self->base, NULL);
  gw_store_write (self->base.store, GW_LANE_VERB, &self->base.program, insert_cb, self, NULL,
                  &error);
  g_assert_no_error (error);
}

static void
tear_down (Mask *self, gconstpointer unused)
{
  fixture_tear_down (&self->base, NULL);
}

/* One letter per thing that is seen: Title, Summary, Address, Point, open field, internal field,
 * restricted field. */
static char *
seen (Mask *self, const GwActor *actor, gint64 id)
{
  g_autoptr (GwMatter) matter = gw_store_get_matter (self->base.store, actor, id, NULL);
  GString *letters = g_string_new (NULL);

  if (matter == NULL)
    {
      g_string_assign (letters, "refused");
      return g_string_free (letters, FALSE);
    }
  if (g_str_has_prefix (matter->title, "物业纠纷"))
    g_string_append_c (letters, 'T');
  if (*matter->summary != '\0')
    g_string_append_c (letters, 'S');
  if (matter->address != NULL)
    g_string_append_c (letters, 'A');
  if (matter->has_point)
    g_string_append_c (letters, 'P');
  if (g_hash_table_contains (matter->values, "people"))
    g_string_append_c (letters, 'o');
  if (g_hash_table_contains (matter->values, "wish"))
    g_string_append_c (letters, 'i');
  if (g_hash_table_contains (matter->values, "signs"))
    g_string_append_c (letters, 'r');
  return g_string_free (letters, FALSE);
}

/* What a role sees is derived from what it may, so that a change of the table of roles does not
 * need a change here; the handling unit is 2 as lead, 3 as helper of the restricted one. */
static void
test_matrix (Mask *self, gconstpointer unused)
{
  guint handlers = 0, readers = 0, listers = 0, refused = 0;

  for (guint role = 0; role < GW_N_ROLES; ++role)
    for (guint32 org = 1; org <= 3; ++org)
      {
        GwActor actor = fixture_actor ((GwRole)role, org, 0);
        guint32 may = gw_role_may ((GwRole)role);
        gboolean reads = (may & GW_MAY_READ) != 0, secret = (may & GW_MAY_RESTRICTED) != 0;
        g_autofree char *plain = seen (self, &actor, self->plain);
        g_autofree char *restricted = seen (self, &actor, self->restricted);

        if ((may & (GW_MAY_LIST | GW_MAY_READ)) == 0)
          {
            g_assert_cmpstr (plain, ==, "refused");
            g_assert_cmpstr (restricted, ==, "refused");
            ++refused;
            continue;
          }
        if (reads && secret && org == 2)
          g_assert_cmpstr (plain, ==, "TSAPoir");
        else if (reads)
          g_assert_cmpstr (plain, ==, "TSAPoi");
        else if (!secret)
          g_assert_cmpstr (plain, ==, "TPo");
        if (secret && org != 1)
          {
            g_assert_cmpstr (restricted, ==, reads ? "TSAPoir" : "TPor");
            ++handlers;
          }
        else
          g_assert_cmpstr (restricted, ==, "");
        readers += reads;
        ++listers;
      }
  g_assert_cmpuint (handlers, >, 0);
  g_assert_cmpuint (readers, >, 0);
  g_assert_cmpuint (readers, <, listers + refused);
}

static void
test_scope (Mask *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL, events = NULL;
  GwActor inside = fixture_actor (GW_ROLE_DISPATCHER, 1, 2);
  GwActor outside = fixture_actor (GW_ROLE_DISPATCHER, 1, 3);
  g_autofree char *seen_inside = seen (self, &inside, self->plain);

  g_assert_cmpstr (seen_inside, !=, "refused");
  g_assert_null (gw_store_get_matter (self->base.store, &outside, self->plain, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_REFUSED);
  g_clear_error (&error);
  events = gw_store_list_events (self->base.store, &outside, self->plain, &error);
  g_assert_null (events);
  g_assert_error (error, GW_ERROR, GW_ERROR_REFUSED);
  g_clear_error (&error);
  rows = gw_store_get_rows (self->base.store, &outside, &self->plain, 1, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (g_ptr_array_index (rows, 0));
}

static void
test_reasons (Mask *self, gconstpointer unused)
{
  GwActor handler = fixture_actor (GW_ROLE_UNIT_HANDLER, 2, 0);
  GwActor stranger = fixture_actor (GW_ROLE_UNIT_HANDLER, 1, 0);
  g_autoptr (GPtrArray) shown = NULL, hidden = NULL;

  fixture_move (&self->base, self->restricted, GW_VERB_FILE, GW_STATE_FILED, "经核实予以登记");
  shown = gw_store_list_events (self->base.store, &handler, self->restricted, NULL);
  hidden = gw_store_list_events (self->base.store, &stranger, self->restricted, NULL);
  g_assert_cmpuint (shown->len, ==, 2);
  g_assert_cmpuint (hidden->len, ==, 2);
  g_assert_cmpstr (((GwEvent *)g_ptr_array_index (shown, 1))->reason, ==, "经核实予以登记");
  g_assert_null (((GwEvent *)g_ptr_array_index (hidden, 1))->reason);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/mask/matrix", Mask, NULL, set_up, test_matrix, tear_down);
  g_test_add ("/store/mask/scope", Mask, NULL, set_up, test_scope, tear_down);
  g_test_add ("/store/mask/reasons", Mask, NULL, set_up, test_reasons, tear_down);
  return g_test_run ();
}
