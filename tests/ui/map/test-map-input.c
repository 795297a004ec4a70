/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a hand does at the map: pointer and keys change the filter, and the map follows. Events are
 * given to the controllers of the map, which is where GTK would bring them. */
#include "../frame/frame-harness.h"
#include "gw-map-view-private.h"
#include "gw-matter-list-model.h"
#include "map-harness.h"

#include <math.h>
#include <string.h>

typedef struct
{
  GwSession *session;
  MapScene scene;
  gint picked_x, picked_y;
  guint n_picked, n_cancelled;
} Fixture;

static void
picked_cb (Fixture *self, gint x, gint y)
{
  self->picked_x = x;
  self->picked_y = y;
  self->n_picked++;
}

static void
cancelled_cb (Fixture *self)
{
  self->n_cancelled++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->session = frame_harness_open ();
  map_scene_open (&self->scene, self->session, 900, 700);
  g_signal_connect_swapped (self->scene.view, "point-picked", G_CALLBACK (picked_cb), self);
  g_signal_connect_swapped (self->scene.view, "pick-cancelled", G_CALLBACK (cancelled_cb), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  map_scene_close (&self->scene);
  frame_harness_close (self->session);
}

/* ---- hands ---- */

static GtkEventController *
find_controller (gpointer widget, GType type, GtkPropagationPhase phase)
{
  g_autoptr (GListModel) all = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkEventController) one = g_list_model_get_item (all, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (one, type) &&
          gtk_event_controller_get_propagation_phase (one) == phase)
        return one; /* the widget keeps it */
    }
  g_assert_not_reached ();
}

static void
click (Fixture *self, double x, double y, int n_press)
{
  GtkEventController *gesture =
      find_controller (self->scene.view->map, GTK_TYPE_GESTURE_CLICK, GTK_PHASE_BUBBLE);

  g_signal_emit_by_name (gesture, "pressed", n_press, x, y);
  g_signal_emit_by_name (gesture, "released", n_press, x, y);
  g_assert_true (map_scene_settle (&self->scene));
}

/* To the cursor first, as the focus is there. */
static gboolean
press (Fixture *self, guint key, GdkModifierType state)
{
  GtkEventController *first =
      find_controller (self->scene.view->cursor, GTK_TYPE_EVENT_CONTROLLER_KEY, GTK_PHASE_CAPTURE);
  GtkEventController *keys =
      find_controller (self->scene.view, GTK_TYPE_EVENT_CONTROLLER_KEY, GTK_PHASE_BUBBLE);
  gboolean is_used = FALSE;

  g_signal_emit_by_name (first, "key-pressed", key, 0, state, &is_used);
  if (!is_used && key == GDK_KEY_Return)
    g_signal_emit_by_name (self->scene.view->cursor, "clicked");
  else if (!is_used)
    g_signal_emit_by_name (keys, "key-pressed", key, 0, state, &is_used);
  /* Going from stop to stop changes nothing that is waited for. */
  if (key != GDK_KEY_Tab)
    g_assert_true (map_scene_settle (&self->scene));
  return is_used;
}

static guint32
filter_area (Fixture *self)
{
  return gw_filter_model_get (self->scene.model)->area;
}

static const GwArea *
get_area (Fixture *self, guint32 id)
{
  return gw_area_tree_get (gw_session_get_areas (self->session), id);
}

static GwAreaLevel
shown_level (Fixture *self)
{
  return gw_map_areas_get_level (self->scene.view->areas);
}

/* A place of the screen inside of an area, away from circles. */
static gboolean
find_place (Fixture *self, guint32 area, double *x, double *y)
{
  GwMapView *view = self->scene.view;

  for (*y = 60; *y < gtk_widget_get_height (GTK_WIDGET (view->map)) - 60; *y += 5)
    for (*x = 20; *x < gtk_widget_get_width (GTK_WIDGET (view->map)) - 20; *x += 5)
      if (gw_map_view_find_area (view, *x, *y) == area &&
          gw_map_point_layer_find (view->point_layer, *x, *y) == NULL)
        return TRUE;
  return FALSE;
}

static guint32
shown_area (Fixture *self, guint i)
{
  return gw_map_areas_get_id (self->scene.view->areas, i);
}

static void
click_area (Fixture *self, guint32 area, int n_press)
{
  double x = 0, y = 0;

  g_assert_true (find_place (self, area, &x, &y));
  for (int n = 1; n <= n_press; n++)
    click (self, x, y, n);
}

static void
assert_same_look (GwMapFrame *before, GwMapView *view)
{
  GwMapFrame now = { 0 };

  g_assert_true (gw_map_camera_get_frame (view->camera, &now));
  g_assert_true (gw_map_frame_is_equal (before, &now));
}

/* ---- areas ---- */

/* The list, the figures and the map speak of the same matters. */
static void
assert_selected (Fixture *self, guint32 area)
{
  const GwSelection *selection = gw_filter_model_get_selection (self->scene.model);

  g_assert_cmpuint (filter_area (self), ==, area);
  g_assert_cmpuint (selection->n, ==, selection->by_area[area].total);
  g_assert_cmpuint (selection->sum.open, ==, selection->by_area[area].open);
  g_assert_cmpuint (self->scene.view->n_placed + self->scene.view->n_placeless, ==,
                    selection->sum.open);
}

static void
test_click_chooses (Fixture *self, gconstpointer data)
{
  GwMapFrame before = { 0 };
  guint32 area = shown_area (self, 2);

  g_assert_true (gw_map_camera_get_frame (self->scene.view->camera, &before));
  click_area (self, area, 1);
  assert_selected (self, area);
  assert_same_look (&before, self->scene.view);
  g_assert_cmpint (shown_level (self), ==, GW_LEVEL_TOWNSHIP);
  click_area (self, shown_area (self, 5), 1);
  assert_selected (self, shown_area (self, 5));
  /* Outside of the district a click changes nothing. */
  click (self, 4, 690, 1);
  assert_selected (self, shown_area (self, 5));
}

/* The focus cursor lies over the middle and is in nobody's way. */
static void
test_middle_is_free (Fixture *self, gconstpointer data)
{
  GtkWidget *map = GTK_WIDGET (self->scene.view->map);
  GtkWidget *hit = gtk_widget_pick (GTK_WIDGET (self->scene.view), gtk_widget_get_width (map) / 2.0,
                                    gtk_widget_get_height (map) / 2.0, GTK_PICK_DEFAULT);

  g_assert_true (hit == map || gtk_widget_is_ancestor (hit, map));
}

static void
test_drag_is_no_click (Fixture *self, gconstpointer data)
{
  GtkEventController *gesture =
      find_controller (self->scene.view->map, GTK_TYPE_GESTURE_CLICK, GTK_PHASE_BUBBLE);
  double x = 0, y = 0;

  g_assert_true (find_place (self, shown_area (self, 2), &x, &y));
  g_signal_emit_by_name (gesture, "pressed", 1, x - 30, y);
  g_signal_emit_by_name (gesture, "released", 1, x, y);
  g_assert_cmpuint (filter_area (self), ==, GW_AREA_NONE);
}

/* District, township, community, grid, micro-area, and all the way back. */
static void
test_goes_down_and_up (Fixture *self, gconstpointer data)
{
  guint32 way[GW_N_LEVELS] = { 0 };
  guint n = 0;

  for (;;)
    {
      const GwArea *base = get_area (self, self->scene.view->base);
      guint32 next = GW_AREA_NONE;
      double x = 0, y = 0;

      for (guint i = 0; next == GW_AREA_NONE && i < gw_map_areas_get_n (self->scene.view->areas);
           i++)
        if ((base == NULL || get_area (self, shown_area (self, i))->parent == base->id) &&
            find_place (self, shown_area (self, i), &x, &y))
          next = shown_area (self, i);
      if (next == GW_AREA_NONE)
        break;
      click_area (self, next, 2);
      assert_selected (self, next);
      g_assert_cmpuint (self->scene.view->base, ==, next);
      way[n++] = next;
      g_assert_cmpuint (n, <, GW_N_LEVELS);
    }
  g_assert_cmpuint (n, >=, 3);
  g_assert_cmpint (get_area (self, way[n - 1])->level, >=, GW_LEVEL_GRID);
  while (n-- > 0)
    {
      g_assert_cmpuint (filter_area (self), ==, way[n]);
      g_assert_true (press (self, n % 2 == 0 ? GDK_KEY_BackSpace : GDK_KEY_Escape, 0));
    }
  g_assert_cmpuint (filter_area (self), ==, GW_AREA_NONE);
  g_assert_cmpint (shown_level (self), ==, GW_LEVEL_TOWNSHIP);
  g_assert_false (press (self, GDK_KEY_BackSpace, 0));
}

static void
test_sums_agree (Fixture *self, gconstpointer data)
{
  static const char *const levels[] = { "township", "community", "grid", "micro" };
  const GwSelection *selection = gw_filter_model_get_selection (self->scene.model);

  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      guint sum = 0;

      (void)gtk_widget_activate_action (GTK_WIDGET (self->scene.view), "map.level", "s", levels[i]);
      g_assert_true (map_scene_settle (&self->scene));
      g_assert_cmpint (shown_level (self), ==, GW_LEVEL_TOWNSHIP + (int)i);
      for (guint k = 0; k < gw_map_areas_get_n (self->scene.view->areas); k++)
        sum += (guint)gw_map_view_get_value (self->scene.view, shown_area (self, k));
      g_assert_cmpuint (sum, ==, selection->sum.open);
    }
}

static void
test_level_follows_zoom (Fixture *self, gconstpointer data)
{
  GwAreaLevel last = shown_level (self);

  g_assert_cmpint (last, ==, GW_LEVEL_TOWNSHIP);
  for (guint i = 0; i < 6; i++)
    {
      (void)press (self, GDK_KEY_plus, 0);
      g_assert_cmpint (shown_level (self), >=, last);
      last = shown_level (self);
    }
  g_assert_cmpint (last, ==, GW_LEVEL_MICRO);
  (void)press (self, GDK_KEY_0, 0);
  g_assert_cmpint (shown_level (self), ==, GW_LEVEL_TOWNSHIP);
  g_assert_cmpuint (filter_area (self), ==, GW_AREA_NONE);
  /* What was entered is left by zooming out, and the filter stays. */
  click_area (self, shown_area (self, 2), 2);
  g_assert_cmpint (shown_level (self), >, GW_LEVEL_TOWNSHIP);
  for (guint i = 0; i < 5; i++)
    (void)press (self, GDK_KEY_minus, 0);
  g_assert_cmpint (shown_level (self), ==, GW_LEVEL_TOWNSHIP);
  g_assert_cmpuint (self->scene.view->base, ==, GW_AREA_NONE);
  g_assert_cmpuint (filter_area (self), !=, GW_AREA_NONE);
}

/* ---- keys ---- */

static const GwMapStop *
get_stop (Fixture *self)
{
  return &g_array_index (self->scene.view->stops, GwMapStop, (guint)self->scene.view->at);
}

static void
test_tab_and_enter (Fixture *self, gconstpointer data)
{
  guint32 first;

  g_assert_true (press (self, GDK_KEY_Tab, 0));
  first = get_stop (self)->area;
  /* The heaviest comes first. */
  for (guint i = 0; i < gw_map_areas_get_n (self->scene.view->areas); i++)
    g_assert_cmpfloat (gw_map_view_get_value (self->scene.view, first), >=,
                       gw_map_view_get_value (self->scene.view, shown_area (self, i)));
  g_assert_cmpuint (filter_area (self), ==, GW_AREA_NONE);
  (void)press (self, GDK_KEY_space, 0);
  assert_selected (self, first);
  g_assert_cmpuint (self->scene.view->base, ==, GW_AREA_NONE);
  (void)press (self, GDK_KEY_Tab, 0);
  (void)press (self, GDK_KEY_Return, 0);
  g_assert_cmpuint (self->scene.view->base, ==, filter_area (self));
  g_assert_cmpint (shown_level (self), >, GW_LEVEL_TOWNSHIP);
}

static void
test_tab_leaves_at_the_end (Fixture *self, gconstpointer data)
{
  guint n = 0;

  while (press (self, GDK_KEY_Tab, 0))
    g_assert_cmpuint (++n, <=, GW_MAP_MAX_STOPS);
  g_assert_cmpuint (n, >, gw_map_areas_get_n (self->scene.view->areas) / 2);
  g_assert_cmpint (self->scene.view->at, ==, -1);
}

static void
test_arrows_find_neighbours (Fixture *self, gconstpointer data)
{
  static const struct
  {
    guint key;
    int dx, dy;
  } arrows[] = {
    { GDK_KEY_Right, 1, 0 }, { GDK_KEY_Down, 0, 1 }, { GDK_KEY_Left, -1, 0 }, { GDK_KEY_Up, 0, -1 }
  };
  GwMapFrame frame = { 0 };

  g_assert_true (gw_map_camera_get_frame (self->scene.view->camera, &frame));
  for (gsize i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      double x0 = 450, y0 = 350, x1 = 0, y1 = 0;

      if (self->scene.view->at >= 0)
        gw_map_frame_to_px (&frame, get_stop (self)->place, &x0, &y0);
      g_assert_true (press (self, arrows[i].key, GDK_CONTROL_MASK));
      g_assert_cmpint (self->scene.view->at, >=, 0);
      gw_map_frame_to_px (&frame, get_stop (self)->place, &x1, &y1);
      g_assert_cmpfloat ((x1 - x0) * arrows[i].dx + (y1 - y0) * arrows[i].dy, >, 0);
    }
  assert_same_look (&frame, self->scene.view);
}

static void
test_arrows_pan (Fixture *self, gconstpointer data)
{
  GwMapFrame before = { 0 }, after = { 0 };

  g_assert_true (gw_map_camera_get_frame (self->scene.view->camera, &before));
  g_assert_true (press (self, GDK_KEY_Right, 0));
  g_assert_true (gw_map_camera_get_frame (self->scene.view->camera, &after));
  g_assert_cmpfloat_with_epsilon (after.origin_x - before.origin_x, before.width * 0.25, 2);
  g_assert_true (press (self, GDK_KEY_Left, 0));
  g_assert_true (gw_map_camera_get_frame (self->scene.view->camera, &after));
  g_assert_cmpfloat_with_epsilon (after.origin_x, before.origin_x, 2);
  /* A focus that is somewhere keeps its place while zooming. */
  g_assert_false (press (self, GDK_KEY_Right, GDK_ALT_MASK));
}

/* ---- circles and matters ---- */

static const GwMapFeature *
find_feature (Fixture *self, gboolean is_single)
{
  GwMapFrame frame = { 0 };
  guint n = 0;
  const GwMapFeature *features = NULL;

  g_assert_true (gw_map_camera_get_frame (self->scene.view->camera, &frame));
  features = gw_map_point_layer_get_features (self->scene.view->point_layer, &frame, &n);
  for (guint i = 0; i < n; i++)
    if ((features[i].n == 1) == is_single && features[i].x > 10 && features[i].y > 10 &&
        features[i].x < frame.width - 10 && features[i].y < frame.height - 10)
      return &features[i];
  return NULL;
}

static GtkWidget *
find_view (GtkWidget *within)
{
  if (GTK_IS_LIST_VIEW (within))
    return within;
  for (GtkWidget *child = gtk_widget_get_first_child (within); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_view (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_loaded (gpointer data)
{
  g_autoptr (GwMatterItem) item = g_list_model_get_item (data, 0);

  return gw_matter_item_get_row (item) != NULL;
}

/* All of them and no others, in the list of the circle. */
static void
test_circle_lists_its_matters (Fixture *self, gconstpointer data)
{
  const GwMapFeature *feature = find_feature (self, FALSE);
  const GwSelection *selection = gw_filter_model_get_selection (self->scene.model);
  g_autoptr (GArray) rows = gw_map_point_layer_dup_rows (self->scene.view->point_layer, feature, 0);
  GtkWidget *view = NULL;
  GListModel *model = NULL;
  gint64 chosen = 0;

  g_assert_cmpuint (rows->len, ==, feature->n);
  click (self, feature->x, feature->y, 1);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (self->scene.view->list)));
  view = find_view (gtk_popover_get_child (self->scene.view->list));
  model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view)));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, rows->len);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GwMatterItem) item = g_list_model_get_item (model, i);
      guint row = g_array_index (rows, guint32, i);

      g_assert_cmpint (gw_matter_item_get_id (item), ==, selection->ids[row]);
      g_assert_true (gw_map_count_has (GW_MAP_COUNT_OPEN, selection, row));
      chosen = selection->ids[row];
    }
  frame_harness_wait (is_loaded, model);
  g_signal_emit_by_name (view, "activate", rows->len - 1);
  g_assert_cmpint (gw_filter_model_get_matter (self->scene.model), ==, chosen);
  g_assert_cmpint (self->scene.view->pinned, ==, chosen);
  g_assert_true (map_scene_settle (&self->scene));
}

static void
test_single_is_selected (Fixture *self, gconstpointer data)
{
  const GwMapFeature *feature = NULL;
  const GwSelection *selection = gw_filter_model_get_selection (self->scene.model);

  for (guint i = 0; i < 8 && (feature = find_feature (self, TRUE)) == NULL; i++)
    (void)press (self, GDK_KEY_plus, 0);
  g_assert_nonnull (feature);
  {
    gint64 id = selection->ids[feature->row];

    click (self, feature->x, feature->y, 1);
    g_assert_cmpint (gw_filter_model_get_matter (self->scene.model), ==, id);
    /* Escape closes the detail before it leaves an area. */
    g_assert_true (press (self, GDK_KEY_Escape, 0));
    g_assert_cmpint (gw_filter_model_get_matter (self->scene.model), ==, 0);
  }
}

/* Circles sum up to what the areas and the figures say, whatever is counted, at any zoom. */
static void
test_circles_sum_up (Fixture *self, gconstpointer data)
{
  const GwSelection *selection = gw_filter_model_get_selection (self->scene.model);

  for (guint count = 0; count < GW_MAP_N_COUNTS; count++)
    {
      guint expected = gw_map_count_of ((GwMapCount)count, &selection->sum), n = 0, sum = 0;
      GwMapFrame frame = { 0 };
      const GwMapFeature *features = NULL;

      (void)gtk_widget_activate_action (GTK_WIDGET (self->scene.view), "map.count", "s",
                                        gw_map_count_id ((GwMapCount)count));
      (void)press (self, GDK_KEY_0, 0);
      g_assert_true (gw_map_camera_get_frame (self->scene.view->camera, &frame));
      features = gw_map_point_layer_get_features (self->scene.view->point_layer, &frame, &n);
      for (guint i = 0; i < n; i++)
        sum += features[i].n;
      g_assert_cmpuint (sum, ==, self->scene.view->n_placed);
      g_assert_cmpuint (sum + self->scene.view->n_placeless, ==, expected);
    }
}

static void
test_filter_of_states_is_counted_as_it_is (Fixture *self, gconstpointer data)
{
  g_autoptr (GwFilter) filter = gw_filter_copy (gw_filter_model_get (self->scene.model));
  const GwSelection *selection = NULL;

  filter->states = 1u << GW_STATE_CLOSED;
  gw_filter_model_set (self->scene.model, filter);
  g_assert_true (map_scene_settle (&self->scene));
  selection = gw_filter_model_get_selection (self->scene.model);
  g_assert_cmpuint (selection->sum.open, ==, 0);
  g_assert_cmpuint (selection->n, >, 0);
  g_assert_cmpuint (self->scene.view->n_placed + self->scene.view->n_placeless, ==, selection->n);
  g_assert_cmpuint ((guint)gw_map_view_get_value (self->scene.view, shown_area (self, 0)), ==,
                    selection->by_area[shown_area (self, 0)].total);
}

/* ---- picking ---- */

static void
test_pick_by_click (Fixture *self, gconstpointer data)
{
  guint32 area = shown_area (self, 4);
  double x = 0, y = 0;

  g_assert_true (find_place (self, area, &x, &y));
  gw_map_view_begin_pick (self->scene.view);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (self->scene.view->banner)));
  click (self, x, y, 1);
  g_assert_cmpuint (self->n_picked, ==, 1);
  g_assert_cmpuint (self->n_cancelled, ==, 0);
  g_assert_cmpuint (
      gw_map_areas_find_shown (self->scene.view->areas, gw_session_get_areas (self->session),
                               gw_session_locate (self->session, self->picked_x, self->picked_y)),
      ==, area);
  /* It was for the other one: the filter is as it was. */
  g_assert_cmpuint (filter_area (self), ==, GW_AREA_NONE);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (self->scene.view->banner)));
  click (self, x, y, 1);
  g_assert_cmpuint (self->n_picked, ==, 1);
  g_assert_cmpuint (filter_area (self), ==, area);
}

static void
test_pick_by_keys (Fixture *self, gconstpointer data)
{
  GwPoint middle;
  GwMapFrame frame = { 0 };

  gw_map_view_begin_pick (self->scene.view);
  g_assert_true (press (self, GDK_KEY_Escape, 0));
  g_assert_cmpuint (self->n_cancelled, ==, 1);
  gw_map_view_begin_pick (self->scene.view);
  (void)press (self, GDK_KEY_Left, 0);
  g_assert_true (gw_map_camera_get_frame (self->scene.view->camera, &frame));
  middle =
      gw_mercator_to_lattice (gw_map_frame_from_px (&frame, frame.width / 2.0, frame.height / 2.0));
  (void)press (self, GDK_KEY_Return, 0);
  g_assert_cmpuint (self->n_picked, ==, 1);
  g_assert_cmpint (self->picked_x, ==, middle.x);
  g_assert_cmpint (self->picked_y, ==, middle.y);
  g_assert_cmpuint (self->n_cancelled, ==, 1);
}

static void
test_pick_ends_with_the_map (Fixture *self, gconstpointer data)
{
  gw_map_view_begin_pick (self->scene.view);
  gtk_widget_set_visible (GTK_WIDGET (self->scene.view), FALSE);
  g_assert_cmpuint (self->n_cancelled, ==, 1);
  gtk_widget_set_visible (GTK_WIDGET (self->scene.view), TRUE);
}

/* ---- in words ---- */

static guint
count_rows (GtkWidget *contents, GtkWidget **list)
{
  guint n = 0;

  if (GTK_IS_LIST_BOX (contents))
    {
      *list = contents;
      while (gtk_list_box_get_row_at_index (GTK_LIST_BOX (contents), (int)n) != NULL)
        n++;
      return n;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (contents); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_rows (child, list);
  return n;
}

static gboolean
has_rows (gpointer data)
{
  GtkWidget *list = NULL;

  return count_rows (data, &list) > 0;
}

/* The list of what is on the map has a row for each stop, goes down and up as the map does. */
static void
test_contents (Fixture *self, gconstpointer data)
{
  GwMapView *view = self->scene.view;
  GtkWidget *contents = NULL, *list = NULL;
  g_autoptr (GArray) stops = gw_map_view_collect_stops (view);
  guint n;

  gtk_menu_button_popup (view->contents);
  contents = gtk_popover_get_child (gtk_menu_button_get_popover (view->contents));
  frame_harness_wait (has_rows, contents);
  n = count_rows (contents, &list);
  g_assert_cmpuint (n, ==, stops->len);
  g_signal_emit_by_name (list, "row-activated",
                         gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  g_assert_cmpuint (filter_area (self), ==, g_array_index (stops, GwMapStop, 0).area);
  g_assert_true (map_scene_settle (&self->scene));
  gw_map_view_fill_contents (view);
  /* Now the first row leads up again. */
  g_signal_emit_by_name (list, "row-activated",
                         gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  g_assert_cmpuint (filter_area (self), ==, GW_AREA_NONE);
  gtk_menu_button_popdown (view->contents);
  g_assert_true (map_scene_settle (&self->scene));
}

static void
test_layers (Fixture *self, gconstpointer data)
{
  GwMapView *view = self->scene.view;
  guint counted = (guint)gw_map_view_get_value (view, shown_area (self, 0));
  g_autofree char *before = gw_map_view_describe_area (view, shown_area (self, 0));
  g_autofree char *after = NULL;

  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (view), "map.layer-dis.success.area", NULL));
  g_assert_true (map_scene_settle (&self->scene));
  g_assert_cmpint (view->classes.figure, ==, GW_MAP_FIGURE_VALUE);
  g_assert_cmpfloat (gw_map_view_get_value (view, shown_area (self, 0)), >, 50);
  g_assert_cmpfloat (gw_map_view_get_value (view, shown_area (self, 0)), <=, 100);
  after = gw_map_view_describe_area (view, shown_area (self, 0));
  g_assert_cmpstr (before, !=, after);
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (view), "map.layer-dis.success.area", NULL));
  g_assert_true (map_scene_settle (&self->scene));
  g_assert_cmpuint ((guint)gw_map_view_get_value (view, shown_area (self, 0)), ==, counted);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (view), "map.points", NULL));
  g_assert_null (find_feature (self, FALSE));
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  int status;

  if (!frame_harness_init (&argc, &argv))
    return 77;
  add ("/map/area/click", test_click_chooses);
  add ("/map/area/middle", test_middle_is_free);
  add ("/map/area/drag", test_drag_is_no_click);
  add ("/map/area/down-and-up", test_goes_down_and_up);
  add ("/map/area/sums", test_sums_agree);
  add ("/map/area/level-by-zoom", test_level_follows_zoom);
  add ("/map/keys/tab-and-enter", test_tab_and_enter);
  add ("/map/keys/tab-leaves", test_tab_leaves_at_the_end);
  add ("/map/keys/neighbours", test_arrows_find_neighbours);
  add ("/map/keys/pan", test_arrows_pan);
  add ("/map/points/circle", test_circle_lists_its_matters);
  add ("/map/points/single", test_single_is_selected);
  add ("/map/points/sum", test_circles_sum_up);
  add ("/map/points/states", test_filter_of_states_is_counted_as_it_is);
  add ("/map/pick/click", test_pick_by_click);
  add ("/map/pick/keys", test_pick_by_keys);
  add ("/map/pick/leaves", test_pick_ends_with_the_map);
  add ("/map/words/contents", test_contents);
  add ("/map/words/layers", test_layers);
  status = g_test_run ();
  frame_harness_finish ();
  return status;
}
