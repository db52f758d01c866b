internal import Foundation
public import RehearsalCore

/// Goes to what the instruction names, by colour and shape, from camera pictures alone.
///
/// It sees the first camera's picture, the instruction and its own odometry; of the scene's description it uses only
/// where its own camera sits. It turns until it sees a patch of the colour, drives for the patch's middle, judges
/// the distance by where the patch meets the floor, and stops in front of it.
public final class VisualServo: Policy {
  private enum Phase {
    /// Turning to look around; how far, since when nothing was seen.
    case search(turned: Double)
    /// Driving ahead for so many metres more, to look again from elsewhere.
    case wander(metres: Double)
    case follow(Sight)
  }

  /// Gap between the robot's front and the target at which it stops, metres.
  private static let stopGap = 0.12

  private var eye: GroundEye?
  private var encoder: ActionSpace?
  private var drive: RobotModel.Drive?
  private var period = 0.1
  private var words = TargetWords("")
  private var phase = Phase.search(turned: 0)

  public init() {}

  public func mismatch(with context: PolicyContext) -> String? {
    guard context.actionSpace.channels.contains(.baseForward), context.scene.robot.drive != nil else {
      return "visual-servo drives a base, which action space \(context.actionSpace.name) does not move"
    }
    return context.cameras.isEmpty ? "visual-servo needs a camera" : nil
  }

  public func beginEpisode(_ context: PolicyContext) {
    let root = context.scene.bodies[context.scene.robot.root]
    eye = context.cameras.first.map { GroundEye($0, heightOfBase: root.worldFromBody.position.z) }
    encoder = context.actionSpace
    drive = context.scene.robot.drive
    period = 1 / Double(context.controlHz)
    phase = .search(turned: 0)
  }

  public func beginCommand(_ instruction: String) {
    words = TargetWords(instruction)
    phase = .search(turned: 0)
  }

  public func act(_ observation: Observation) throws -> ActionChunk {
    guard let eye, let encoder, let drive, let image = observation.images.first else {
      throw RehearsalError(
        .mismatch, "visual-servo was given no picture", remedy: "let the experiment render its first camera")
    }
    let motion = (linear: observation.proprioception[0], angular: observation.proprioception[1])
    let sight = words.color.flatMap { eye.find($0, words.silhouette, in: image) }
    update(sight, motion)
    let (forward, yawRate) = command(drive)
    return ActionChunk(
      encoder.channels.map { channel in
        switch channel {
        case .baseForward: min(max(forward / drive.maxLinearSpeed, -1), 1)
        case .baseYaw: min(max(yawRate / drive.maxAngularSpeed, -1), 1)
        default: 0
        }
      })
  }

  /// Decides anew what it is doing, from what it sees and how it moved.
  private func update(_ sight: Sight?, _ motion: (linear: Double, angular: Double)) {
    if let sight {
      phase = .follow(sight)
      return
    }
    switch phase {
    case .search(let turned):
      let sum = turned + abs(motion.angular) * period
      phase = sum > 2.2 * .pi ? .wander(metres: 0.5) : .search(turned: sum)
    case .wander(let metres):
      let rest = metres - abs(motion.linear) * period
      phase = rest < 0 ? .search(turned: 0) : .wander(metres: rest)
    case .follow(var last):
      // Too near to be seen whole, or hidden for a moment: goes on by odometry.
      last.distance -= motion.linear * period
      last.bearing -= motion.angular * period
      last.age += 1
      let isLost = Double(last.age) * period > 1 && last.distance > drive!.frontReach + 2 * Self.stopGap
      phase = isLost ? .search(turned: 0) : .follow(last)
    }
  }

  private func command(_ drive: RobotModel.Drive) -> (forward: Double, yawRate: Double) {
    switch phase {
    case .search: return (0, 0.45 * drive.maxAngularSpeed)
    case .wander: return (0.5 * drive.maxLinearSpeed, 0)
    case .follow(let sight):
      let gap = sight.distance - drive.frontReach - Self.stopGap
      let yawRate = drive.turnRate(correcting: sight.bearing) * 0.7
      guard gap > 0 else { return (0, abs(sight.bearing) > 0.06 ? yawRate : 0) }
      return (drive.speed(stoppingIn: gap) * max(0, 1 - abs(sight.bearing) / 0.5), yawRate)
    }
  }
}

/// Where something is, as seen from the base: metres to its foot from the base's origin, and the angle to its left.
struct Sight: Hashable {
  var distance: Double
  var bearing: Double
  /// Control steps since it was seen.
  var age = 0
}

/// Measures the ground in pictures of a camera whose place on the robot is known.
struct GroundEye {
  private let camera: CameraModel
  private let focal: Double
  private let heightOfBase: Double

  /// A camera fixed to the base, whose origin is `heightOfBase` above the floor.
  init(_ camera: CameraModel, heightOfBase: Double) {
    self.camera = camera
    self.heightOfBase = heightOfBase
    focal = Double(camera.height) / 2 / tan(camera.fovDegrees * .pi / 360)
  }

  /// The patch of `color` that looks most like `silhouette`, or the largest.
  func find(_ color: NamedColor, _ silhouette: TargetWords.Silhouette?, in image: CameraImage) -> Sight? {
    let classifier = ColorClassifier(color: color)
    let mask = classifier.mask(of: image)
    let blobs = Blob.find(in: mask, width: image.width, height: image.height, minimumArea: 12)
      .filter(standsOnFloor)
    guard let largest = blobs.first else { return nil }
    let best = blobs.filter { $0.area * 8 >= largest.area }.max { a, b in
      let (one, two) = (score(a, silhouette), score(b, silhouette))
      return one != two ? one < two : a.area < b.area
    }
    return best.map(sight)
  }

  /// Whether a blob's foot is below the horizon: the sky's and the walls' are not.
  private func standsOnFloor(_ blob: Blob) -> Bool { ray(blob).z < -0.02 }

  /// The direction, along the base's axes, of the ray through the middle of a blob's foot.
  private func ray(_ blob: Blob) -> Vector3 {
    let left = (Double(camera.width) / 2 - blob.centerX) / focal
    let up = (Double(camera.height) / 2 - Double(blob.maxY) - 1) / focal
    return camera.parentFromCamera.orientation * Vector3(1, left, up)
  }

  private func score(_ blob: Blob, _ silhouette: TargetWords.Silhouette?) -> Double {
    silhouette.map { blob.likeness(to: $0) } ?? 0
  }

  /// The ray through a blob's foot, met with the floor.
  private func sight(_ blob: Blob) -> Sight {
    let ray = ray(blob)
    let eye = camera.parentFromCamera.position
    // A foot below the picture's edge is nearer than it looks, one on the horizon is far.
    let reach = min((eye.z + heightOfBase) / max(-ray.z, 0.01), 6)
    let foot = eye + ray * reach
    return Sight(distance: foot.planarLength, bearing: atan2(foot.y, foot.x))
  }
}
