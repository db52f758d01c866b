#pragma once
#include <BulletDynamics/Featherstone/btMultiBody.h>

#include <array>
#include <vector>

namespace rehearsal {

/// Mass matrix and bias forces of a tree of links, in world axes about the root's centre of mass.
///
/// Composite-rigid-body and recursive Newton-Euler algorithms, and the sparse factorization M = LᵀL along the tree
/// (Featherstone, Rigid Body Dynamics Algorithms, 2008, tables 5.1, 6.2 and 6.3). One factorization a substep gives the
/// inverse that all constraint rows share, where Bullet's solver walks the tree once for every row.
class TreeDynamics {
 public:
  /// How a joint's position follows from the coordinates: `weight` times coordinate `coordinate`.
  struct Share {
    int coordinate;
    double weight;
  };

  /// `leaders[i]` is the joint that joint i follows, `ratios[i]` times as far; -1: none. Following joints have no
  /// coordinate of their own, so that nothing can part them from their leaders.
  TreeDynamics(const btMultiBody &body, const std::vector<int> &leaders, const std::vector<double> &ratios);

  /// Coordinates: the root's angular and linear velocity where it is not fixed, then the joints that follow none.
  int count() const { return int(parents_.size()); }
  int baseCount() const { return baseCoordinates_; }
  const Share &share(int joint) const { return shares_[size_t(joint)]; }
  /// Takes positions and velocities from `body`, whose link transforms must be up to date.
  void update(const btMultiBody &body, const btVector3 &gravity);
  /// Row-major, rows of `width` numbers.
  void storeInverseMass(float *rows, int width) const;
  /// Of every coordinate when no constraint acts.
  const std::vector<double> &accelerations() const { return accelerations_; }
  /// Of a point of `link` (-1: the root) while all coordinates' velocities stay as they are.
  btVector3 pointAcceleration(int link, const btVector3 &point) const;
  const btVector3 &axis(int joint) const { return axes_[size_t(joint)]; }
  const btVector3 &pivot(int joint) const { return pivots_[size_t(joint)]; }

 private:
  using Vector = std::array<double, 3>;
  /// Angular part first: motion (ω, v) or force (n, f), at the root's centre of mass.
  struct Spatial {
    Vector angular, linear;
  };
  /// Mass, mass times centre, and rotational inertia (xx, yy, zz, xy, xz, yz).
  struct Inertia {
    double mass;
    Vector moment;
    std::array<double, 6> rotational;
    void add(const Inertia &other);
    Spatial times(const Spatial &motion) const;
  };

  static Inertia inertia(double mass, const btVector3 &principal, const btTransform &pose, const btVector3 &origin);
  void updateKinematics(const btMultiBody &body, const btVector3 &gravity);
  void fillMass();
  void addBase();
  /// Adds the mass matrix's entry of two joints, the second an ancestor of the first or the same.
  void addMass(int joint, int ancestor, double value);
  void factorize();
  double &mass(int row, int column) { return mass_[size_t(row) * parents_.size() + size_t(column)]; }

  int baseCoordinates_;
  int links_;
  btVector3 origin_, gravity_;
  /// By coordinate: the next one towards the root, or -1.
  std::vector<int> parents_;
  std::vector<int> linkParents_;
  std::vector<Share> shares_;
  std::vector<btVector3> axes_, pivots_;
  /// By link; the root is first.
  std::vector<Spatial> subspaces_, velocities_, biases_, forces_;
  std::vector<Inertia> inertias_;
  std::vector<double> mass_, inverseFactor_, bias_, accelerations_;
};

}  // namespace rehearsal
