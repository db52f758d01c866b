/// What is randomized, factor by factor; nil leaves a factor as authored.
public struct RandomizationPlan: Hashable, Sendable {
  /// The preset it started from, such as `none` or `full`.
  public var preset: String
  public var lighting: Lighting?
  public var colour: Colour?
  public var texture: TextureChoice?
  public var background: BackgroundChoice?
  public var camera: CameraShift?
  /// How many distractors are present.
  public var distractors: ClosedRange<Int>?
  public var robot: RobotShift?
  public var dynamics: Dynamics?
  /// Factor on the size of free bodies.
  public var size: Distribution?
  public var image: ImageJitter?
  public var actuation: Actuation?

  public init(preset: String) { self.preset = preset }

  public struct Lighting: Hashable, Sendable {
    public var count: ClosedRange<Int>
    public var azimuthDegrees: Distribution
    public var elevationDegrees: Distribution
    public var temperatureKelvin: Distribution
    /// Factor on the authored lights' total.
    public var intensity: Distribution
    public var ambient: Distribution
    public init(
      count: ClosedRange<Int>, azimuthDegrees: Distribution, elevationDegrees: Distribution,
      temperatureKelvin: Distribution, intensity: Distribution, ambient: Distribution
    ) {
      self.count = count
      self.azimuthDegrees = azimuthDegrees
      self.elevationDegrees = elevationDegrees
      self.temperatureKelvin = temperatureKelvin
      self.intensity = intensity
      self.ambient = ambient
    }
  }

  /// Objects keep the colour of their name: hue shifts stay small. Scenery may take any colour.
  public struct Colour: Hashable, Sendable {
    public var objectHueDegrees: Distribution
    public var objectSaturation: Distribution
    public var objectValue: Distribution
    public var sceneryHueDegrees: Distribution
    public var scenerySaturation: Distribution
    public var sceneryValue: Distribution
    public init(
      objectHueDegrees: Distribution, objectSaturation: Distribution, objectValue: Distribution,
      sceneryHueDegrees: Distribution, scenerySaturation: Distribution, sceneryValue: Distribution
    ) {
      self.objectHueDegrees = objectHueDegrees
      self.objectSaturation = objectSaturation
      self.objectValue = objectValue
      self.sceneryHueDegrees = sceneryHueDegrees
      self.scenerySaturation = scenerySaturation
      self.sceneryValue = sceneryValue
    }
  }

  /// Procedural textures for scenery, and faint ones for objects.
  public struct TextureChoice: Hashable, Sendable {
    public var sceneryProbability: Double
    public var objectProbability: Double
    public var scale: Distribution
    public init(sceneryProbability: Double, objectProbability: Double, scale: Distribution) {
      self.sceneryProbability = sceneryProbability
      self.objectProbability = objectProbability
      self.scale = scale
    }
  }

  public struct BackgroundChoice: Hashable, Sendable {
    public var saturation: Distribution
    public var value: Distribution
    public init(saturation: Distribution, value: Distribution) {
      self.saturation = saturation
      self.value = value
    }
  }

  public struct CameraShift: Hashable, Sendable {
    /// A camera on the robot shifts by this share of what one in the room does: a mount gives way, it does not wander,
    /// and a wrist has no room for more.
    public static let onboardShare = 0.1

    /// Each of x, y, z.
    public var position: Distribution
    /// Each of roll, pitch, yaw.
    public var rotationDegrees: Distribution
    public var fovDegrees: Distribution
    public init(position: Distribution, rotationDegrees: Distribution, fovDegrees: Distribution) {
      self.position = position
      self.rotationDegrees = rotationDegrees
      self.fovDegrees = fovDegrees
    }
  }

  /// Added to the robot's authored start.
  public struct RobotShift: Hashable, Sendable {
    /// Each of x, y; only for robots that drive.
    public var position: Distribution
    public var yawDegrees: Distribution
    /// Each arm joint.
    public var armJoints: Distribution
    public init(position: Distribution, yawDegrees: Distribution, armJoints: Distribution) {
      self.position = position
      self.yawDegrees = yawDegrees
      self.armJoints = armJoints
    }
  }

  /// Factors on free bodies.
  public struct Dynamics: Hashable, Sendable {
    public var mass: Distribution
    public var friction: Distribution
    public init(mass: Distribution, friction: Distribution) {
      self.mass = mass
      self.friction = friction
    }
  }

  /// Changes to pictures after rendering; see `ImageAdjustment`.
  public struct ImageJitter: Hashable, Sendable {
    public var brightness: Distribution = .constant(1)
    /// Another factor on the same values, drawn apart and multiplied: exposure beside the colour jitter.
    public var gain: Distribution = .constant(1)
    public var contrast: Distribution = .constant(1)
    public var saturation: Distribution = .constant(1)
    public var hueTurns: Distribution = .constant(0)
    public var gamma: Distribution = .constant(1)
    public var grayscaleProbability: Double = 0
    public var rotationDegrees: Distribution = .constant(0)
    public var noise: Distribution = .constant(0)
    public var blurPixels: Distribution = .constant(0)
    public var shadowProbability: Double = 0
    public var shadowFactor: Distribution = .constant(1)
    public init() {}
  }

  /// Disturbs what is executed, in bursts that the policy is not told of; what is recorded stays its answer to what it
  /// saw. So demonstrations show how to come back from mistakes (DART: Laskey et al., CoRL 2017).
  public struct Actuation: Hashable, Sendable {
    /// That a burst begins at a tick, none being under way.
    public var burstProbability: Double
    public var burstTicks: ClosedRange<Int>
    /// In normalized units: a burst adds a constant to every channel that moves the base or the end effector, uniform
    /// in ±magnitude. Grippers and joint positions are left alone.
    public var magnitude: Double
    public init(burstProbability: Double, burstTicks: ClosedRange<Int>, magnitude: Double) {
      self.burstProbability = burstProbability
      self.burstTicks = burstTicks
      self.magnitude = magnitude
    }
  }
}
