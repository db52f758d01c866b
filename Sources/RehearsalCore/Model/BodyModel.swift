/// How a body moves.
public enum BodyMotion: Hashable, Sendable {
  /// Never.
  case fixed
  /// Freely, under gravity and contact.
  case free
  /// As a link of an articulation.
  case link
}

/// How language and tasks speak of a body.
public struct ObjectLabel: Hashable, Sendable {
  /// A colour name of `NamedColor`, such as `red`.
  public var color: String
  /// The noun, such as `box`, `cup` or `drawer`.
  public var shape: String

  public init(color: String, shape: String) {
    self.color = color
    self.shape = shape
  }
}

/// Mass (kg) and principal moments of inertia (kg·m²) about the centre of mass.
public struct MassProperties: Hashable, Sendable {
  public var mass: Double
  /// The frame of the centre of mass whose axes are the principal axes.
  public var bodyFromInertial: Pose
  public var principalInertia: Vector3

  public init(mass: Double, bodyFromInertial: Pose = .identity, principalInertia: Vector3) {
    self.mass = mass
    self.bodyFromInertial = bodyFromInertial
    self.principalInertia = principalInertia
  }
}

/// Coulomb friction and restitution; contacts combine the two bodies' values by multiplication.
public struct SurfaceProperties: Hashable, Sendable {
  public var friction: Double
  public var rollingFriction: Double
  public var spinningFriction: Double
  public var restitution: Double

  public init(
    friction: Double = 0.8, rollingFriction: Double = 0, spinningFriction: Double = 0, restitution: Double = 0
  ) {
    self.friction = friction
    self.rollingFriction = rollingFriction
    self.spinningFriction = spinningFriction
    self.restitution = restitution
  }
}

/// One rigid body of a scene.
public struct BodyModel: Hashable, Sendable {
  /// Unique in the scene; links are named `articulation/link`.
  public var name: String
  public var motion: BodyMotion
  /// Of no effect for fixed bodies.
  public var mass: MassProperties
  public var surface: SurfaceProperties
  public var shapes: [ShapeModel]
  /// For bodies that instructions can name.
  public var label: ObjectLabel?
  /// Where it is when nothing is randomized. For links: computed from the articulation's root and its joints.
  public var worldFromBody: Pose
  /// Absent bodies keep their index but are neither simulated nor drawn: objects that this episode does without.
  public var isPresent: Bool

  public init(
    name: String, motion: BodyMotion, mass: MassProperties = MassProperties(mass: 0, principalInertia: .zero),
    surface: SurfaceProperties = SurfaceProperties(), shapes: [ShapeModel], label: ObjectLabel? = nil,
    worldFromBody: Pose = .identity, isPresent: Bool = true
  ) {
    self.name = name
    self.motion = motion
    self.mass = mass
    self.surface = surface
    self.shapes = shapes
    self.label = label
    self.worldFromBody = worldFromBody
    self.isPresent = isPresent
  }
}
