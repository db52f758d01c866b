#include <console_bridge/console.h>
#include <urdf_parser/urdf_parser.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "curdf.h"
#include "internal.h"

namespace {

struct Model {
  // Keeps the strings alive that the rows below point to.
  urdf::ModelInterfaceSharedPtr source;
  std::vector<curdf_link> links;
  std::vector<curdf_joint> joints;
  std::vector<curdf_shape> shapes;
  std::vector<curdf_material> materials;
  std::map<std::string, int32_t> link_index;
  std::map<std::string, int32_t> joint_index;
  std::map<std::string, int32_t> material_index;
};

// Collects what the library says instead of letting it reach the console.
class Log : public console_bridge::OutputHandler {
 public:
  std::string text;
  void log(const std::string &line, console_bridge::LogLevel level, const char *, int) override {
    if (level < console_bridge::CONSOLE_BRIDGE_LOG_ERROR) return;
    if (!text.empty()) text += "; ";
    text += line;
  }
};

// console_bridge has one handler a process, so one model is parsed at a time.
urdf::ModelInterfaceSharedPtr parse(const char *text) {
  static std::mutex mutex;
  const std::lock_guard<std::mutex> lock(mutex);
  Log log;
  console_bridge::OutputHandler *previous = console_bridge::getOutputHandler();
  console_bridge::useOutputHandler(&log);
  urdf::ModelInterfaceSharedPtr model;
  try {
    model = urdf::parseURDF(text);
  } catch (...) {
    console_bridge::useOutputHandler(previous);
    throw;
  }
  console_bridge::useOutputHandler(previous);
  if (!model) throw std::runtime_error(log.text.empty() ? "urdfdom rejects the model" : log.text);
  return model;
}

int32_t find(const std::map<std::string, int32_t> &index, const std::string &name) {
  const auto place = index.find(name);
  return place == index.end() ? -1 : place->second;
}

curdf_pose pose(const urdf::Pose &p) {
  return {{p.position.x, p.position.y, p.position.z}, {p.rotation.x, p.rotation.y, p.rotation.z, p.rotation.w}};
}

curdf_shape shape(int32_t link, bool is_visual, const urdf::Pose &origin, const urdf::GeometrySharedPtr &geometry) {
  curdf_shape row = {link, is_visual, CURDF_BOX, {0, 0, 0}, pose(origin), "", -1};
  if (!geometry) throw std::runtime_error("a shape has no geometry");
  switch (geometry->type) {
    case urdf::Geometry::BOX: {
      const auto &d = static_cast<const urdf::Box &>(*geometry).dim;
      row.size[0] = d.x, row.size[1] = d.y, row.size[2] = d.z;
      break;
    }
    case urdf::Geometry::SPHERE:
      row.kind = CURDF_SPHERE;
      row.size[0] = static_cast<const urdf::Sphere &>(*geometry).radius;
      break;
    case urdf::Geometry::CYLINDER: {
      const auto &cylinder = static_cast<const urdf::Cylinder &>(*geometry);
      row.kind = CURDF_CYLINDER;
      row.size[0] = cylinder.radius, row.size[1] = cylinder.length;
      break;
    }
    case urdf::Geometry::MESH: {
      const auto &mesh = static_cast<const urdf::Mesh &>(*geometry);
      row.kind = CURDF_MESH;
      row.mesh = mesh.filename.c_str();
      row.size[0] = mesh.scale.x, row.size[1] = mesh.scale.y, row.size[2] = mesh.scale.z;
      break;
    }
  }
  return row;
}

void add_link(Model &model, const urdf::Link &link) {
  const int32_t index = static_cast<int32_t>(model.links.size());
  curdf_link row = {};
  row.name = link.name.c_str();
  row.inertial_origin = {{0, 0, 0}, {0, 0, 0, 1}};
  if (link.inertial) {
    const urdf::Inertial &i = *link.inertial;
    row.has_inertial = true;
    row.inertial_origin = pose(i.origin);
    row.mass = i.mass;
    const double inertia[6] = {i.ixx, i.iyy, i.izz, i.ixy, i.ixz, i.iyz};
    std::copy(inertia, inertia + 6, row.inertia);
  }
  model.link_index[link.name] = index;
  model.links.push_back(row);
  for (const auto &visual : link.visual_array) {
    curdf_shape drawn = shape(index, true, visual->origin, visual->geometry);
    drawn.material = find(model.material_index, visual->material_name);
    model.shapes.push_back(drawn);
  }
  for (const auto &collision : link.collision_array) {
    model.shapes.push_back(shape(index, false, collision->origin, collision->geometry));
  }
}

void add_material(Model &model, const urdf::Material &m) {
  model.material_index[m.name] = static_cast<int32_t>(model.materials.size());
  model.materials.push_back(
      {m.name.c_str(), {m.color.r, m.color.g, m.color.b, m.color.a}, m.texture_filename.c_str()});
}

int32_t joint_kind(const urdf::Joint &joint) {
  switch (joint.type) {
    case urdf::Joint::FIXED: return CURDF_FIXED;
    case urdf::Joint::REVOLUTE: return CURDF_REVOLUTE;
    case urdf::Joint::CONTINUOUS: return CURDF_CONTINUOUS;
    case urdf::Joint::PRISMATIC: return CURDF_PRISMATIC;
    default: return CURDF_OTHER;
  }
}

void add_joint(Model &model, const urdf::Joint &joint) {
  curdf_joint row = {};
  row.name = joint.name.c_str();
  row.kind = joint_kind(joint);
  row.parent = find(model.link_index, joint.parent_link_name);
  row.child = find(model.link_index, joint.child_link_name);
  row.origin = pose(joint.parent_to_joint_origin_transform);
  row.axis[0] = joint.axis.x, row.axis[1] = joint.axis.y, row.axis[2] = joint.axis.z;
  if (joint.limits) {
    row.has_limits = true;
    row.lower = joint.limits->lower, row.upper = joint.limits->upper;
    row.effort = joint.limits->effort, row.velocity = joint.limits->velocity;
  }
  if (joint.dynamics) row.damping = joint.dynamics->damping, row.friction = joint.dynamics->friction;
  row.mimic = joint.mimic ? find(model.joint_index, joint.mimic->joint_name) : -1;
  if (joint.mimic) row.mimic_multiplier = joint.mimic->multiplier, row.mimic_offset = joint.mimic->offset;
  model.joints.push_back(row);
}

Model &get(curdf_model model) { return *static_cast<Model *>(model.opaque); }

}  // namespace

int curdf_model_parse(const char *text, curdf_model *result, char *error, size_t capacity) {
  return curdf::guarded(error, capacity, [&] {
    auto model = std::make_unique<Model>();
    model->source = parse(text);
    for (const auto &entry : model->source->materials_) add_material(*model, *entry.second);
    for (const auto &entry : model->source->links_) add_link(*model, *entry.second);
    int32_t count = 0;
    for (const auto &entry : model->source->joints_) model->joint_index[entry.first] = count++;
    for (const auto &entry : model->source->joints_) add_joint(*model, *entry.second);
    result->opaque = model.release();
    curdf::live_handles++;
    return 0;
  });
}

void curdf_model_free(curdf_model model) {
  if (model.opaque == nullptr) return;
  // In a graph with a cycle urdfdom's links own each other and would never be freed.
  for (const auto &entry : get(model).source->links_) entry.second->clear();
  delete static_cast<Model *>(model.opaque);
  curdf::live_handles--;
}

const char *curdf_model_name(curdf_model model) { return get(model).source->getName().c_str(); }

const curdf_link *curdf_model_links(curdf_model model, size_t *count) {
  *count = get(model).links.size();
  return get(model).links.data();
}

const curdf_joint *curdf_model_joints(curdf_model model, size_t *count) {
  *count = get(model).joints.size();
  return get(model).joints.data();
}

const curdf_shape *curdf_model_shapes(curdf_model model, size_t *count) {
  *count = get(model).shapes.size();
  return get(model).shapes.data();
}

const curdf_material *curdf_model_materials(curdf_model model, size_t *count) {
  *count = get(model).materials.size();
  return get(model).materials.data();
}
