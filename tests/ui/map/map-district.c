/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map-district.h"

#include "gw-tx.h"

#define WEST 1055000000
#define SOUTH 305000000
#define WIDTH 300000 /* of a township: 3 km */
#define HEIGHT 400000

static GBytes *
borders (guint first, guint n)
{
  gint32 x0 = WEST + (gint32)first * WIDTH, x1 = x0 + (gint32)n * WIDTH;
  const GwPoint corners[] = {
    { x0, SOUTH }, { x1, SOUTH }, { x1, SOUTH + HEIGHT }, { x0, SOUTH + HEIGHT }
  };
  g_autoptr (GwRings) rings = gw_rings_new_polygon (corners, G_N_ELEMENTS (corners));

  return gw_rings_to_bytes (rings);
}

static GwArea *
new_area (const MapDistrict *self, guint32 id)
{
  GwArea *area = g_new0 (GwArea, 1);

  area->id = id;
  area->parent = id == 1 ? GW_AREA_NONE : 1;
  area->level = id == 1 ? GW_LEVEL_DISTRICT : GW_LEVEL_TOWNSHIP;
  area->kind = GW_AREA_URBAN;
  area->valid_to = G_MAXINT32;
  area->code = id == 1 ? g_strdup ("510903") : g_strdup_printf ("510903%03u", id);
  area->name = id == 1 ? g_strdup ("一区") : g_strdup_printf ("%u号镇", id);
  if (self->has_borders)
    area->geometry = id == 1 ? borders (0, MAX (self->n_areas, 1)) : borders (id - 2, 1);
  return area;
}

static gboolean
put_river (GwTx *tx, GError **error)
{
  const GwPoint points[] = { { WEST - WIDTH, SOUTH }, { WEST + 9 * WIDTH, SOUTH + HEIGHT } };
  const guint lengths[] = { G_N_ELEMENTS (points) };
  g_autoptr (GwLines) river = gw_lines_new (points, lengths, 1);
  g_autoptr (GBytes) bytes = gw_lines_to_bytes (river);
  gsize length = 0;
  gconstpointer data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_base64_encode (data, length);

  return gw_tx_put_meta (tx, "river", text, error);
}

/* Somebody who may look. */
static gboolean
put_account (GwTx *tx, GError **error)
{
  GwOrg org = { .id = 1,
                .code = (char *)"510903-U1",
                .name = (char *)"单位",
                .kind = (char *)"government",
                .valid_to = G_MAXINT32 };
  GwAccount account = { .id = 1,
                        .org = 1,
                        .login = (char *)"duty",
                        .label = (char *)"duty",
                        .roles = 1u << GW_ROLE_DUTY_OFFICER,
                        .active = TRUE };

  return gw_tx_put_org (tx, &org, error) && gw_tx_put_account (tx, &account, error);
}

static gboolean
fill_cb (GwTx *tx, gpointer data, GError **error)
{
  const MapDistrict *self = data;
  g_autoptr (GPtrArray) areas = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_area_free);

  for (guint32 id = 1; id <= self->n_areas + 1; id++)
    g_ptr_array_add (areas, new_area (self, id));
  return gw_tx_put_meta (tx, GW_META_CENTRE, "510903", error) &&
         gw_tx_put_areas (tx, areas, error) && put_account (tx, error) &&
         (!self->has_river || put_river (tx, error));
}

GwSession *
map_district_open (const MapDistrict *self, const char *folder)
{
  g_autofree char *name = g_strconcat (self->name, ".gridwork", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  const GwActor program = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GwClock) clock = gw_clock_new_system ();
  GwStore *store = gw_store_open (path, GW_OPEN_CREATE, clock, &error);
  GwSession *session = NULL;

  g_assert_no_error (error);
  (void)gw_store_write (store, GW_LANE_VERB, &program, fill_cb, (gpointer)self, NULL, &error);
  g_assert_no_error (error);
  gw_store_close (store);
  gw_store_unref (store);
  session = gw_session_open_sync (path, 0, clock, &error);
  g_assert_no_error (error);
  (void)gw_session_take_seat (session, 1, GW_ROLE_DUTY_OFFICER, &error);
  g_assert_no_error (error);
  return session;
}
