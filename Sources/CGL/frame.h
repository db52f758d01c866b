// What a frame draws, as numbers: made on the CPU, then carried out by `Painter`.
#pragma once
#include <cstdint>
#include <vector>

#include "scene.h"

namespace graphics {

struct Row {
  float x, y, z, w;
};

/// Shapes of one kind, or of one mesh: a stretch of `Frame::instances`.
struct Group {
  int kind;
  const Mesh *mesh;
  int first, count;
};

/// What one camera, or one face of a light's map, sees.
struct Pass {
  int viewRow, layer, width, height;
  bool isParallel;
  std::vector<Group> groups;
};

/// A picture under way: samples a pixel's edge, and where its pixels lie in the atlas.
struct Picture {
  int width, height, side, top;
  int channels;
};

/// Pictures of one job, lit together. Their view records are `kRowsOfPicture` apart.
struct Lit {
  const Scene *scene;
  int firstRow, count, firstLight;
  bool shades, hasShadingPlanes;
};

constexpr int kRowsOfShape = 5, kRowsOfMaterial = 4, kRowsOfLight = 5, kRowsOfView = 5, kRowsOfPicture = 10;
/// Of a scene's lights and their maps, in the shaders' block.
constexpr int kMostLightRows = 1024;

class Frame {
 public:
  std::vector<Row> rows;
  std::vector<int32_t> instances;
  std::vector<Pass> maps, views;
  std::vector<Lit> lit;
  std::vector<Picture> pictures;
  /// By view of the jobs, in order: its picture of colours, and that of depth and segmentation; -1 for none.
  std::vector<std::pair<int, int>> ofView;
  int atlasWidth = 1, atlasHeight = 0, mapSize, mapLayers = 0;
  /// Of the largest view, in samples.
  int samplesWidth = 1, samplesHeight = 1;
  int channels = 0;

  Frame(const cgl_job *jobs, size_t count, int samples, bool isSoft);

 private:
  const Scene *scene = nullptr;
  std::vector<Placed> placed;
  int side, firstShape = 0, firstLight = 0;
  bool hasShadingPlanes = false;

  void add(const cgl_job &job);
  void addShapes();
  void addLights();
  void addLight(const Light &light);
  int addParallelMap(const Light &light, const std::vector<int> &casters);
  int addMap(const Light &light, const std::vector<int> &casters, Vector forward, Vector right, float tangent, int size);
  void addPictures(const cgl_job &job, bool shades, const std::vector<Picture> &wanted, const std::vector<size_t> &of);
  void addView(const Axes &camera, float near, float far, float step, int width, int height, int layer, bool isParallel);
  std::vector<Group> grouped(const std::vector<int> &shapes);
  bool casts(const Light &light, int shape) const;
};

}  // namespace graphics
