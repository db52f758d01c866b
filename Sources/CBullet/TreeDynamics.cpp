#include "TreeDynamics.hpp"

#include <algorithm>
#include <cmath>

namespace rehearsal {
namespace {
using Vector = std::array<double, 3>;

Vector wide(const btVector3 &v) { return {v.x(), v.y(), v.z()}; }
Vector operator+(const Vector &a, const Vector &b) { return {a[0] + b[0], a[1] + b[1], a[2] + b[2]}; }
Vector operator-(const Vector &a, const Vector &b) { return {a[0] - b[0], a[1] - b[1], a[2] - b[2]}; }
Vector operator*(double s, const Vector &a) { return {s * a[0], s * a[1], s * a[2]}; }
double dot(const Vector &a, const Vector &b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
Vector cross(const Vector &a, const Vector &b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}
}  // namespace

TreeDynamics::TreeDynamics(const btMultiBody &body, const std::vector<int> &leaders, const std::vector<double> &ratios)
    : baseCoordinates_(body.hasFixedBase() ? 0 : 6), links_(body.getNumLinks()) {
  int count = baseCoordinates_;
  for (int i = 0; i < links_; ++i) {
    linkParents_.push_back(body.getParent(i) + 1);
    shares_.push_back({leaders[size_t(i)] < 0 ? count++ : -1, 1});
  }
  bool isSparse = true;
  for (size_t i = 0; i < size_t(links_); ++i) {
    const int leader = leaders[i];
    if (leader < 0) continue;
    shares_[i] = {shares_[size_t(leader)].coordinate, ratios[i]};
    // Followers beside their leaders, without links of their own to carry, leave the tree's pattern of zeros as it is.
    const bool isCarrier = std::count(linkParents_.begin(), linkParents_.end(), int(i) + 1) > 0;
    isSparse = isSparse && linkParents_[i] == linkParents_[size_t(leader)] && !isCarrier;
  }
  for (int i = 0; i < count; ++i) parents_.push_back(i - 1);
  for (size_t i = 0; i < size_t(links_) && isSparse; ++i) {
    if (leaders[i] >= 0) continue;
    const int parent = linkParents_[i] - 1;
    parents_[size_t(shares_[i].coordinate)] = parent < 0 ? baseCoordinates_ - 1 : shares_[size_t(parent)].coordinate;
  }
  const size_t links = size_t(links_) + 1;
  const size_t coordinates = parents_.size();
  axes_.resize(size_t(links_));
  pivots_.resize(size_t(links_));
  subspaces_.resize(links);
  velocities_.resize(links);
  biases_.resize(links);
  forces_.resize(links);
  inertias_.resize(links);
  mass_.assign(coordinates * coordinates, 0);
  inverseFactor_.assign(coordinates * coordinates, 0);
  bias_.resize(coordinates);
  accelerations_.resize(coordinates);
}

void TreeDynamics::Inertia::add(const Inertia &other) {
  mass += other.mass;
  moment = moment + other.moment;
  for (size_t i = 0; i < 6; ++i) rotational[i] += other.rotational[i];
}

TreeDynamics::Spatial TreeDynamics::Inertia::times(const Spatial &motion) const {
  const Vector &w = motion.angular;
  const Vector turned = {rotational[0] * w[0] + rotational[3] * w[1] + rotational[4] * w[2],
                         rotational[3] * w[0] + rotational[1] * w[1] + rotational[5] * w[2],
                         rotational[4] * w[0] + rotational[5] * w[1] + rotational[2] * w[2]};
  return {turned + cross(moment, motion.linear), mass * motion.linear - cross(moment, w)};
}

TreeDynamics::Inertia TreeDynamics::inertia(double mass, const btVector3 &principal, const btTransform &pose,
                                            const btVector3 &origin) {
  const Vector c = wide(pose.getOrigin() - origin);
  const btMatrix3x3 &r = pose.getBasis();
  const double square = dot(c, c);
  const auto element = [&](int i, int j) {
    double sum = mass * ((i == j ? square : 0) - c[size_t(i)] * c[size_t(j)]);
    for (int k = 0; k < 3; ++k) sum += double(r[i][k]) * double(principal[k]) * double(r[j][k]);
    return sum;
  };
  return {mass,
          mass * c,
          {element(0, 0), element(1, 1), element(2, 2), element(0, 1), element(0, 2), element(1, 2)}};
}

void TreeDynamics::update(const btMultiBody &body, const btVector3 &gravity) {
  updateKinematics(body, gravity);
  fillMass();
  factorize();
  const int n = count();
  // M⁻¹ = Y Yᵀ with Y = L⁻¹, lower triangular along the tree.
  std::vector<double> &a = accelerations_;
  std::fill(a.begin(), a.end(), 0.0);
  const auto factor = [this, n](int row, int column) { return inverseFactor_[size_t(row * n + column)]; };
  for (int i = 0; i < n; ++i) {
    for (int k = i; k >= 0; k = parents_[size_t(k)]) a[size_t(k)] -= factor(i, k) * bias_[size_t(i)];
  }
  for (int i = n - 1; i >= 0; --i) {
    double sum = 0;
    for (int k = i; k >= 0; k = parents_[size_t(k)]) sum += factor(i, k) * a[size_t(k)];
    a[size_t(i)] = sum;
  }
}

void TreeDynamics::updateKinematics(const btMultiBody &body, const btVector3 &gravity) {
  const btVector3 origin = body.getBasePos();
  origin_ = origin;
  gravity_ = gravity;
  const bool isFixed = baseCoordinates_ == 0;
  const Vector spin = isFixed ? Vector{0, 0, 0} : wide(body.getBaseOmega());
  const Vector speed = isFixed ? Vector{0, 0, 0} : wide(body.getBaseVel());
  inertias_[0] = inertia(body.getBaseMass(), body.getBaseInertia(), body.getBaseWorldTransform(), origin);
  velocities_[0] = {spin, speed};
  // Gravity is an upward acceleration of the root; the cross term makes its velocity that of a material point.
  biases_[0] = {{0, 0, 0}, Vector{0, 0, 0} - cross(spin, speed) - wide(gravity)};
  for (int i = 0; i < links_; ++i) {
    const btMultibodyLink &link = body.getLink(i);
    const btTransform &pose = link.m_cachedWorldTransform;
    const size_t self = size_t(i) + 1;
    const size_t parent = size_t(linkParents_[size_t(i)]);
    const bool isRevolute = link.m_jointType == btMultibodyLink::eRevolute;
    axes_[size_t(i)] = pose.getBasis() * (isRevolute ? link.getAxisTop(0) : link.getAxisBottom(0));
    pivots_[size_t(i)] = pose * -link.m_dVector;
    const Vector axis = wide(axes_[size_t(i)]);
    subspaces_[self] = isRevolute ? Spatial{axis, cross(wide(pivots_[size_t(i)] - origin), axis)}
                                  : Spatial{{0, 0, 0}, axis};
    const double rate = body.getJointVel(i);
    const Spatial motion = {rate * subspaces_[self].angular, rate * subspaces_[self].linear};
    const Spatial &carried = velocities_[parent];
    velocities_[self] = {carried.angular + motion.angular, carried.linear + motion.linear};
    biases_[self] = {biases_[parent].angular + cross(carried.angular, motion.angular),
                     biases_[parent].linear + cross(carried.linear, motion.angular) +
                         cross(carried.angular, motion.linear)};
    inertias_[self] = inertia(link.m_mass, link.m_inertiaLocal, pose, origin);
  }
  for (size_t i = 0; i <= size_t(links_); ++i) {
    const Spatial momentum = inertias_[i].times(velocities_[i]);
    const Spatial inertial = inertias_[i].times(biases_[i]);
    const Vector &w = velocities_[i].angular;
    forces_[i] = {inertial.angular + cross(w, momentum.angular) + cross(velocities_[i].linear, momentum.linear),
                  inertial.linear + cross(w, momentum.linear)};
  }
}

void TreeDynamics::addMass(int joint, int ancestor, double value) {
  const Share &a = shares_[size_t(joint)];
  const Share &b = shares_[size_t(ancestor)];
  const bool isFolded = joint != ancestor && a.coordinate == b.coordinate;
  mass(std::max(a.coordinate, b.coordinate), std::min(a.coordinate, b.coordinate)) +=
      a.weight * b.weight * value * (isFolded ? 2 : 1);
}

void TreeDynamics::fillMass() {
  std::fill(mass_.begin(), mass_.end(), 0.0);
  std::fill(bias_.begin(), bias_.end(), 0.0);
  for (int i = links_; i >= 1; --i) {
    const size_t self = size_t(i);
    const size_t parent = size_t(linkParents_[self - 1]);
    const Share &share = shares_[self - 1];
    const Spatial &axis = subspaces_[self];
    bias_[size_t(share.coordinate)] +=
        share.weight * (dot(axis.angular, forces_[self].angular) + dot(axis.linear, forces_[self].linear));
    const Spatial push = inertias_[self].times(axis);
    for (size_t j = self; j != 0; j = size_t(linkParents_[j - 1])) {
      addMass(i - 1, int(j) - 1, dot(push.angular, subspaces_[j].angular) + dot(push.linear, subspaces_[j].linear));
    }
    for (int j = 0; j < baseCoordinates_; ++j) {
      mass(share.coordinate, j) += share.weight * (j < 3 ? push.angular[size_t(j)] : push.linear[size_t(j - 3)]);
    }
    inertias_[parent].add(inertias_[self]);
    forces_[parent] = {forces_[parent].angular + forces_[self].angular,
                       forces_[parent].linear + forces_[self].linear};
  }
  addBase();
}

void TreeDynamics::addBase() {
  for (int i = 0; i < baseCoordinates_; ++i) {
    Spatial unit = {{0, 0, 0}, {0, 0, 0}};
    (i < 3 ? unit.angular[size_t(i)] : unit.linear[size_t(i - 3)]) = 1;
    const Spatial push = inertias_[0].times(unit);
    for (int j = 0; j <= i; ++j) mass(i, j) = j < 3 ? push.angular[size_t(j)] : push.linear[size_t(j - 3)];
    bias_[size_t(i)] = i < 3 ? forces_[0].angular[size_t(i)] : forces_[0].linear[size_t(i - 3)];
  }
}

btVector3 TreeDynamics::pointAcceleration(int link, const btVector3 &point) const {
  const Spatial &velocity = velocities_[size_t(link + 1)];
  const Spatial &bias = biases_[size_t(link + 1)];
  const Vector arm = wide(point - origin_);
  const Vector a = bias.linear + wide(gravity_) + cross(bias.angular, arm) +
                   cross(velocity.angular, velocity.linear + cross(velocity.angular, arm));
  return btVector3(btScalar(a[0]), btScalar(a[1]), btScalar(a[2]));
}

void TreeDynamics::factorize() {
  const int n = count();
  for (int k = n - 1; k >= 0; --k) {
    const double diagonal = std::sqrt(mass(k, k));
    mass(k, k) = diagonal;
    for (int i = parents_[size_t(k)]; i >= 0; i = parents_[size_t(i)]) mass(k, i) /= diagonal;
    for (int i = parents_[size_t(k)]; i >= 0; i = parents_[size_t(i)]) {
      for (int j = i; j >= 0; j = parents_[size_t(j)]) mass(i, j) -= mass(k, i) * mass(k, j);
    }
  }
  for (int i = 0; i < n; ++i) {
    double *row = &inverseFactor_[size_t(i * n)];
    const double inverse = 1 / mass(i, i);
    row[i] = inverse;
    for (int j = parents_[size_t(i)]; j >= 0; j = parents_[size_t(j)]) {
      double sum = 0;
      for (int k = parents_[size_t(i)]; k >= j; k = parents_[size_t(k)]) {
        sum += mass(i, k) * inverseFactor_[size_t(k * n + j)];
      }
      row[j] = -inverse * sum;
    }
  }
}

void TreeDynamics::storeInverseMass(float *rows, int width) const {
  const int n = count();
  for (int i = 0; i < n; ++i) {
    const double *left = &inverseFactor_[size_t(i * n)];
    for (int j = 0; j <= i; ++j) {
      const double *right = &inverseFactor_[size_t(j * n)];
      double sum = 0;
      for (int k = 0; k <= j; ++k) sum += left[k] * right[k];
      rows[i * width + j] = rows[j * width + i] = float(sum);
    }
  }
}

}  // namespace rehearsal
