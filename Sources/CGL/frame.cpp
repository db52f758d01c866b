#include "frame.h"

#include <algorithm>

namespace graphics {

static Row row(Vector v, float w) { return {v.x, v.y, v.z, w}; }
static Row row(const float *v, float w) { return {v[0], v[1], v[2], w}; }

Frame::Frame(const cgl_job *jobs, size_t count, int samples, bool isSoft) {
  side = 1;
  while (side * side < samples) side++;
  mapSize = samples > 1 || isSoft ? 2048 : 1024;
  for (size_t i = 0; i < count; i++) add(jobs[i]);
  // The last scene's lights are bound as a whole block, too.
  rows.resize(std::max(rows.size(), size_t(firstLight + kMostLightRows)));
}

void Frame::add(const cgl_job &job) {
  scene = static_cast<const Scene *>(job.scene.opaque);
  placed = scene->placed(job.world_from_body);
  addShapes();
  addLights();
  // Depth and segmentation are those of the pixels' centres: with several samples a pixel they take a view of their own.
  std::vector<Picture> colors, measures;
  std::vector<size_t> ofColors, ofMeasures;
  size_t first = ofView.size();
  for (size_t i = 0; i < job.view_count; i++) {
    const cgl_view &view = job.views[i];
    channels |= view.channels;
    ofView.push_back({-1, -1});
    bool measuresApart = (view.channels & ~CGL_RGB) && (side > 1 || !(view.channels & CGL_RGB));
    if (view.channels & CGL_RGB) {
      colors.push_back({view.width, view.height, side, 0, measuresApart ? CGL_RGB : view.channels});
      ofColors.push_back(i);
    }
    if (measuresApart) {
      measures.push_back({view.width, view.height, 1, 0, view.channels & ~CGL_RGB});
      ofMeasures.push_back(i);
    }
  }
  for (size_t i = 0; i < ofColors.size(); i++) {
    int picture = int(pictures.size() + i);
    ofView[first + ofColors[i]] = {picture, colors[i].channels & ~CGL_RGB ? picture : -1};
  }
  addPictures(job, true, colors, ofColors);
  for (size_t i = 0; i < ofMeasures.size(); i++) ofView[first + ofMeasures[i]].second = int(pictures.size() + i);
  addPictures(job, false, measures, ofMeasures);
}

void Frame::addShapes() {
  int firstMaterial = int(rows.size());
  for (const cscene_material &m : scene->materials) {
    Image image = m.texture == CSCENE_IMAGE ? scene->assets.images.at(size_t(m.image)) : Image{0, 1, 1};
    rows.push_back(row(m.color, m.roughness));
    rows.push_back(row(m.second_color, m.specular));
    rows.push_back(
        {float(m.texture), m.texture == CSCENE_PLAIN ? 1 : m.texture_scale, float(m.texture_seed >> 16),
         float(m.texture_seed & 0xFFFF)});
    rows.push_back({float(image.first), float(image.width), float(image.height), 0});
  }
  firstShape = int(rows.size());
  for (const Placed &p : placed) {
    const cscene_shape &s = *p.shape;
    bool isMapped = p.mesh && p.mesh->hasCoordinates;
    rows.push_back(row(p.axes.x, p.size.x));
    rows.push_back(row(p.axes.y, p.size.y));
    rows.push_back(row(p.axes.z, p.size.z));
    int kind = isMapped ? CSCENE_MESH + 1 : s.kind;
    rows.push_back(row(p.axes.origin, float(kind << 20 | (firstMaterial + kRowsOfMaterial * s.material))));
    rows.push_back({float(s.size[0]), float(s.size[1]), float(s.size[2]), float(s.body + 1)});
  }
}

/// Five rows: a camera or a light's map; `step` is the width of a sample at distance 1, or anywhere on a parallel map.
void Frame::addView(
    const Axes &camera, float near, float far, float step, int width, int height, int layer, bool isParallel) {
  rows.push_back(row(camera.origin, near));
  rows.push_back(row(camera.x, far));
  rows.push_back(row(camera.y * -step, float(width)));
  rows.push_back(row(camera.z * -step, float(height)));
  rows.push_back({float(layer), isParallel ? 1.0f : 0.0f, 0, 0});
}

std::vector<Group> Frame::grouped(const std::vector<int> &shapes) {
  std::vector<int> order = shapes;
  auto key = [&](int i) {
    const cscene_shape &shape = *placed[size_t(i)].shape;
    return std::make_pair(shape.kind, shape.kind == CSCENE_MESH ? shape.mesh : 0);
  };
  std::sort(order.begin(), order.end(), [&](int a, int b) {
    return std::make_pair(key(a), a) < std::make_pair(key(b), b);
  });
  std::vector<Group> groups;
  for (size_t i = 0; i < order.size(); i++) {
    if (i == 0 || key(order[i]) != key(order[i - 1]))
      groups.push_back({key(order[i]).first, placed[size_t(order[i])].mesh, int(instances.size()), 0});
    instances.push_back(firstShape + kRowsOfShape * order[i]);
    groups.back().count++;
  }
  return groups;
}

/// Whether any of the sphere about a shape lies in the pyramid of a view.
static bool isSeen(const Placed &p, const Axes &camera, float near, float far, float tangentX, float tangentY) {
  Vector to = p.center - camera.origin;
  float depth = dot(to, camera.x);
  if (depth + p.radius < near || depth - p.radius > far) return false;
  float x = std::fabs(dot(to, camera.y)), y = std::fabs(dot(to, camera.z));
  return x - p.radius * std::sqrt(1 + tangentX * tangentX) <= tangentX * depth &&
         y - p.radius * std::sqrt(1 + tangentY * tangentY) <= tangentY * depth;
}

void Frame::addPictures(
    const cgl_job &job, bool shades, const std::vector<Picture> &wanted, const std::vector<size_t> &of) {
  if (wanted.empty()) return;
  lit.push_back({scene, int(rows.size()), int(wanted.size()), firstLight, shades, hasShadingPlanes});
  const cscene_surroundings &s = scene->surroundings;
  for (size_t i = 0; i < wanted.size(); i++) {
    Picture picture = wanted[i];
    const cgl_view &view = job.views[of[i]];
    Axes camera = axesOf(view.world_from_camera);
    float tangent = float(std::tan(view.fov_degrees * (M_PI / 360))), pixel = 2 * tangent / float(view.height);
    float near = float(view.near_depth), far = float(view.far_depth);
    picture.top = atlasHeight;
    atlasHeight += picture.height;
    atlasWidth = std::max(atlasWidth, picture.width);
    Pass pass = {int(rows.size()), int(views.size()), picture.width * picture.side, picture.height * picture.side, false, {}};
    samplesWidth = std::max(samplesWidth, pass.width);
    samplesHeight = std::max(samplesHeight, pass.height);
    addView(camera, near, far, pixel / float(picture.side), pass.width, pass.height, pass.layer, false);
    rows.push_back(row(s.horizon, pixel));
    rows.push_back(row(s.zenith, float(picture.side)));
    rows.push_back(row(s.nadir, float(picture.top)));
    rows.push_back(row(s.ambient, float(scene->lights.size())));
    rows.push_back({0, 0, float(picture.width), float(picture.height)});
    std::vector<int> seen;
    float tangentX = tangent * float(view.width) / float(view.height);
    for (size_t k = 0; k < placed.size(); k++)
      if (isSeen(placed[k], camera, near, far, tangentX, tangent)) seen.push_back(int(k));
    pass.groups = grouped(seen);
    views.push_back(std::move(pass));
    pictures.push_back(picture);
  }
}

}  // namespace graphics
