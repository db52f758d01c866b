public import RehearsalCore

/// What demonstrations and policies must agree on.
public struct PolicyInterface: Hashable, Sendable {
  public var robot: String
  public var actionSpace: String
  public var actionCount: Int
  public var controlHz: Int
  public var cameras: [Camera]
  public var proprioception: ProprioceptionLayout

  public struct Camera: Hashable, Sendable {
    public var name: String
    public var size: PictureSize
    /// Nil for a camera that is not on the robot's hand, or of which that is not known.
    public var mount: CameraMount?
    public init(name: String, size: PictureSize, mount: CameraMount? = nil) {
      self.name = name
      self.size = size
      self.mount = mount
    }

    /// As policies meet it in `scene`.
    public init(_ camera: CameraModel, in scene: SceneModel) {
      self.init(
        name: camera.name, size: PictureSize(width: camera.width, height: camera.height),
        mount: CameraMount(of: camera, in: scene))
    }
  }

  public init(
    robot: String, actionSpace: String, actionCount: Int, controlHz: Int, cameras: [Camera],
    proprioception: ProprioceptionLayout
  ) {
    self.robot = robot
    self.actionSpace = actionSpace
    self.actionCount = actionCount
    self.controlHz = controlHz
    self.cameras = cameras
    self.proprioception = proprioception
  }

  /// What is different in `other`, in words; nil if nothing is.
  public func difference(from other: PolicyInterface) -> String? {
    func names(_ cameras: [Camera]) -> String {
      cameras.map { "\($0.name) \($0.size.width)×\($0.size.height)" }.joined(separator: ", ")
    }
    if robot != other.robot { return "robot \(robot) instead of \(other.robot)" }
    if actionSpace != other.actionSpace || actionCount != other.actionCount {
      return "action space \(actionSpace) instead of \(other.actionSpace)"
    }
    if controlHz != other.controlHz { return "\(controlHz) Hz instead of \(other.controlHz) Hz" }
    if names(cameras) != names(other.cameras) {
      return "cameras \(names(cameras)) instead of \(names(other.cameras))"
    }
    for (mine, theirs) in zip(cameras, other.cameras) {
      if let mount = mine.mount, let known = theirs.mount, mount != known {
        return "camera \(mine.name) is mounted differently on the hand"
      }
    }
    if proprioception != other.proprioception {
      return "another proprioception of \(robot)"
    }
    return nil
  }
}

/// One command of one recorded episode: what was seen, what the expert did.
public struct Demonstration: Sendable {
  /// Names the episode; demonstrations of one episode are never split between training and validation.
  public var episode: String
  public var command: String
  public var instruction: String
  /// What the instruction means, however it is said: the same for instructions that ask for the same.
  public var meaning: String
  public var steps: Int
  /// Steps from one picture to the next; the first step has one.
  public var stride: Int
  /// By camera: pictures × height × width × 3 bytes of sRGB.
  public var pictures: [[UInt8]]
  /// Rows of `OwnMotion`.
  public var ownMotion: [Float]
  /// Rows of the action space, [−1, 1].
  public var actions: [Float]
  /// By step, how many of the actions from there on answer what a robot sees that carries them out blindly; empty where
  /// all of them do.
  public var lookahead: [Int]
  /// Where the named things were; nil where the recording does not tell.
  public var grounding: Grounding?

  /// Where the bodies are that fill a command's slots: supervises what the network looks at, never its input.
  public struct Grounding: Sendable {
    /// Slots that the network has; the command may fill fewer.
    public var slots: Int
    public var filled: Int
    /// By camera: steps × (slots, then the hand) × (x, y) in −1…1 from left to right and top to bottom; outside of that:
    /// not in view.
    public var pixels: [[Float]]
    /// Steps × slots × 3, metres, in the robot's frame (see `GroundingReader`).
    public var offsets: [Float]
    /// Everything in the scene that has a name, whatever the command.
    public var things: [Thing]

    public init(slots: Int, filled: Int, pixels: [[Float]], offsets: [Float], things: [Thing] = []) {
      self.slots = slots
      self.filled = filled
      self.pixels = pixels
      self.offsets = offsets
      self.things = things
    }
  }

  /// A thing as its scene labels it.
  public struct Thing: Sendable {
    public var shape: String
    public var color: String
    /// By camera: steps × (x, y), as in `Grounding.pixels`.
    public var pixels: [[Float]]

    public init(shape: String, color: String, pixels: [[Float]]) {
      self.shape = shape
      self.color = color
      self.pixels = pixels
    }
  }

  public init(
    episode: String, command: String, instruction: String, meaning: String, steps: Int, stride: Int = 1,
    pictures: [[UInt8]],
    ownMotion: [Float], actions: [Float], lookahead: [Int] = [], grounding: Grounding?
  ) {
    self.lookahead = lookahead
    self.episode = episode
    self.command = command
    self.instruction = instruction
    self.meaning = meaning
    self.steps = steps
    self.stride = stride
    self.pictures = pictures
    self.ownMotion = ownMotion
    self.actions = actions
    self.grounding = grounding
  }
}

extension Demonstration {
  /// Steps that have pictures.
  var looks: Int { (steps + stride - 1) / stride }
}

/// Mean and deviation of `OwnMotion` over the training demonstrations.
public struct Normalization: Hashable, Sendable {
  public var mean: [Float]
  public var deviation: [Float]

  public init(mean: [Float], deviation: [Float]) {
    self.mean = mean
    self.deviation = deviation
  }

  /// Of rows of `count` numbers; a number that hardly varies keeps a deviation that does not blow up its noise.
  public init(rowsOf demonstrations: [Demonstration], count: Int) {
    var (sum, squares, rows) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count), 0)
    for demonstration in demonstrations {
      for (index, value) in demonstration.ownMotion.enumerated() {
        sum[index % count] += Double(value)
        squares[index % count] += Double(value) * Double(value)
      }
      rows += demonstration.steps
    }
    let n = Double(max(rows, 1))
    mean = sum.map { Float($0 / n) }
    deviation = zip(sum, squares).map { sum, square in
      Float(max((square / n - (sum / n) * (sum / n)), 1e-4).squareRoot())
    }
  }

  public func applied(to values: [Float]) -> [Float] {
    values.enumerated().map { ($1 - mean[$0 % mean.count]) / deviation[$0 % mean.count] }
  }
}
