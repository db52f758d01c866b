internal import Foundation
public import RehearsalCore

/// How a camera is fixed to the robot's hand, as its robot describes it.
public struct CameraMount: Hashable, Sendable {
  /// From the end effector's frame; the camera looks along +x, y to its left, z up.
  public var handFromCamera: Pose
  /// Vertical field of view.
  public var fovDegrees: Double

  public init(handFromCamera: Pose, fovDegrees: Double) {
    self.handFromCamera = handFromCamera
    self.fovDegrees = fovDegrees
  }

  /// Of a camera of `scene`; nil if it is not on the robot's hand.
  public init?(of camera: CameraModel, in scene: SceneModel) {
    guard let hand = scene.robot.arm?.endEffector, camera.body == hand.body else { return nil }
    self.init(handFromCamera: hand.bodyFromFrame.inverse * camera.parentFromCamera, fovDegrees: camera.fovDegrees)
  }
}

/// Where things are that a camera on the hand sees, by geometry: a product of how the hand stands, how high it is and
/// where in the picture a thing is, which a small network learns only roughly.
///
/// The picture itself says where the hand is in it, and the mount how far before the camera that is: a camera whose mount
/// has given way by a centimetre still says right where things are relative to the hand.
struct HandEye {
  /// Of the rays of a picture's right, its bottom and its middle: places times `slopes` plus `middle`.
  private let slopes: Tensor
  private let middle: Tensor
  private let handFromCamera: Tensor
  /// How far the hand is before the camera, along its line of sight.
  private let depth: Double
  /// Nothing is said to be farther than this many units away, along either axis.
  private static let reach = 4.0
  /// Keeps rays that never come down from counting as infinitely far.
  private static let levelness = 1e-3

  /// For pictures of one `size`; lengths in units of `unit` metres.
  init(_ mount: CameraMount, size: PictureSize, unit: Double) {
    let half = tan(mount.fovDegrees / 2 * .pi / 180)
    let aspect = Double(size.width) / Double(size.height)
    // A picture's x grows to the right, a camera's y to the left; likewise down and up.
    slopes = Tensor([0, Float(-half * aspect), 0, 0, 0, Float(-half)], shape: [2, 3])
    middle = Tensor([1, 0, 0], shape: [3])
    let q = mount.handFromCamera.orientation
    let axes = [q * Vector3(1, 0, 0), q * Vector3(0, 1, 0), q * Vector3(0, 0, 1)]
    handFromCamera = Tensor(axes.flatMap { [Float($0.x), Float($0.y), Float($0.z)] }, shape: [3, 3])
    depth = mount.handFromCamera.inverse.position.x / unit
  }

  /// Offsets in the robot's frame of things at `heights` above the hand, B × things × 1: their x and y, B × things × 2.
  ///
  /// `places` are the things' in the picture, the hand's after them, −1…1 from left to right and top to bottom:
  /// B × (things + 1) × 2. `hand` has in rows the hand's axes in the robot's frame: B × 3 × 3.
  func callAsFunction(_ places: Tensor, heights: Tensor, hand: Tensor) -> Tensor {
    let things = places.shape[1] - 1
    let rays = (places.matmul(slopes) + middle).matmul(handFromCamera).matmul(hand)
    let toHand = rays.slice(1, from: things, count: 1) * depth
    let toThings = rays.slice(1, from: 0, count: things)
    let down = toThings.slice(2, from: 2, count: 1)
    let fall = heights + toHand.slice(2, from: 2, count: 1)
    let offsets = toThings * (fall * down / (down * down + Self.levelness)) - toHand
    return offsets.slice(2, from: 0, count: 2).clamped(to: -Self.reach...Self.reach)
  }
}
