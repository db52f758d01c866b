import Foundation
import RehearsalCore
import TestSupport
import Testing

@testable import Learning

@Suite("What a camera on the hand says about where things are") struct HandEyeTests {
  private static let size = PictureSize(width: 96, height: 64)
  private static let mount = CameraMount(
    handFromCamera: Pose(
      position: Vector3(0.07, 0.01, -0.07),
      orientation: Quaternion(axis: .unitZ, angle: .pi) * Quaternion(axis: .unitY, angle: -1.22)), fovDegrees: 75)
  /// The hand looks down, a little tilted and turned.
  private static let robotFromHand =
    Quaternion(axis: .unitZ, angle: 0.7) * Quaternion(axis: .unitX, angle: .pi + 0.08)
    * Quaternion(axis: .unitY, angle: 0.05)
  private static let unit = 0.25

  /// Where the picture of a camera moved by `jolt`, in its own frame, shows what is at `offset` from the hand.
  private func place(of offset: Vector3, jolt: Vector3) -> [Float] {
    let camera = Self.mount.handFromCamera * Pose(position: jolt)
    let seen = camera.inverse * (Self.robotFromHand.inverse * offset)
    let half = tan(Self.mount.fovDegrees / 2 * .pi / 180)
    return [Float(-seen.y / (seen.x * half * 96 / 64)), Float(-seen.z / (seen.x * half))]
  }

  private func offsets(of things: [Vector3], jolt: Vector3) -> [Float] {
    let places = (things + [.zero]).flatMap { place(of: $0, jolt: jolt) }
    let axes = [Vector3.unitX, .unitY, .unitZ].map { Self.robotFromHand * $0 }
    let result = HandEye(Self.mount, size: Self.size, unit: Self.unit)(
      Tensor(places, shape: [1, things.count + 1, 2]),
      heights: Tensor(things.map { Float($0.z / Self.unit) }, shape: [1, things.count, 1]),
      hand: Tensor(axes.flatMap { [Float($0.x), Float($0.y), Float($0.z)] }, shape: [1, 3, 3]))
    return result.values.map { $0 * Float(Self.unit) }
  }

  @Test(
    "is where they are, also when its mount gave way by a centimetre across its line of sight",
    arguments: [Vector3.zero, Vector3(0, 0.01, -0.008)])
  func recovers(jolt: Vector3) {
    let things = [Vector3(0.06, -0.03, -0.14), Vector3(-0.1, 0.05, -0.05)]
    let found = offsets(of: things, jolt: jolt)
    let wanted = things.flatMap { [Float($0.x), Float($0.y)] }
    #expect(zip(found, wanted).allSatisfy { abs($0 - $1) < 0.001 }, "\(found) instead of \(wanted)")
  }

  @Test("is bounded for a thing as high as the camera, which no ray comes down to")
  func level() {
    let height = (Self.robotFromHand * Self.mount.handFromCamera.position).z
    let found = offsets(of: [Vector3(0.4, 0, height)], jolt: .zero)
    #expect(found.allSatisfy { abs($0) <= 1 })
  }

  @Test("begins with how the robot's description fixes the camera, and only where that is to the hand")
  func mounts() throws {
    let scene = ExampleRobots.mobileManipulator()
    let hand = try #require(scene.robot.arm?.endEffector)
    let pose = Pose(position: Vector3(0.1, 0.2, 0.3), orientation: Quaternion(axis: .unitX, angle: 0.4))
    var camera = CameraModel(
      name: "wrist", body: hand.body, parentFromCamera: hand.bodyFromFrame * pose, fovDegrees: 60, width: 8, height: 8)
    let mount = try #require(CameraMount(of: camera, in: scene))
    #expect((mount.handFromCamera.position - pose.position).length < 1e-9 && mount.fovDegrees == 60)
    camera.body = nil
    #expect(CameraMount(of: camera, in: scene) == nil)
  }
}

@Suite("Cameras on the hand of a policy") struct CameraMountTests {
  private static func interface(_ mount: CameraMount?) -> PolicyInterface {
    var interface = Synthetic.interface
    interface.cameras[0].mount = mount
    return interface
  }

  @Test("another mount is a difference; one that is not known is none")
  func difference() {
    let mount = CameraMount(handFromCamera: Pose(position: Vector3(0.07, 0, -0.07)), fovDegrees: 75)
    var wider = mount
    wider.fovDegrees = 80
    #expect(Self.interface(mount).difference(from: Self.interface(mount)) == nil)
    #expect(
      Self.interface(wider).difference(from: Self.interface(mount)) == "camera front is mounted differently on the hand"
    )
    #expect(Self.interface(mount).difference(from: Self.interface(nil)) == nil)
  }
}
