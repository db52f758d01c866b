import RehearsalCore
import TestSupport
import Testing

@Suite struct KinematicChainTests {
  struct Published: Sendable {
    var positions: [Double]
    var position: Vector3
    var orientation: Quaternion
  }

  static let published = [
    Published(
      positions: Array(repeating: 0, count: 7), position: Vector3(0.088, 0, 0.8226),
      orientation: Quaternion(x: 0.92388, y: 0.382683, z: 0, w: 0)),
    Published(
      positions: ExampleRobots.ready, position: Vector3(0.306891, 0, 0.486882),
      orientation: Quaternion(x: 1, y: 0, z: 0, w: 0)),
    Published(
      positions: [0.1, -0.2, 0.3, -1.4, 0.5, 1.6, -0.7], position: Vector3(0.417471, 0.306987, 0.7284),
      orientation: Quaternion(x: -0.527078, y: -0.800345, z: -0.271976, w: 0.087558)),
  ]

  @Test("The Panda's tool centre point is where the published vectors say", arguments: published)
  func forward(_ row: Published) {
    let pose = chain.baseFromEndEffector(row.positions)
    #expect((pose.position - row.position).length < 2e-6)
    #expect(angle(pose.orientation, row.orientation) < 5e-6)
  }

  @Test("The Jacobian is the derivative of the forward kinematics")
  func jacobian() {
    let positions = Self.published[2].positions
    var columns = Array(repeating: Twist.zero, count: 7)
    let pose = chain.jacobian(positions, into: &columns)
    #expect(pose == chain.baseFromEndEffector(positions))
    let step = 1e-6
    for joint in 0..<7 {
      var moved = positions
      moved[joint] += step
      let other = chain.baseFromEndEffector(moved)
      #expect(((other.position - pose.position) / step - columns[joint].linear).length < 1e-5)
      let turn = (other.orientation * pose.orientation.inverse).axisAngle / step
      #expect((turn - columns[joint].angular).length < 1e-5)
    }
  }

  @Test("The base frame may stand anywhere on its body")
  func baseFrame() {
    var arm = ExampleRobots.arm
    arm.base.bodyFromFrame = Pose(
      position: Vector3(0.1, 0.2, 0.3), orientation: Quaternion(roll: 0, pitch: 0, yaw: 1))
    let shifted = KinematicChain(scene: ExampleRobots.mobileManipulator(), arm: arm).baseFromEndEffector(
      ExampleRobots.ready)
    let inBody = arm.base.bodyFromFrame * shifted
    #expect((inBody.position - chain.baseFromEndEffector(ExampleRobots.ready).position).length < 1e-12)
  }

  @Test("A prismatic joint moves along its axis")
  func prismatic() {
    var scene = ExampleRobots.mobileManipulator()
    scene.joints[0].kind = .prismatic
    scene.joints[0].axis = .unitX
    let slider = KinematicChain(scene: scene, arm: ExampleRobots.arm)
    var columns = Array(repeating: Twist.zero, count: 7)
    let before = slider.jacobian(ExampleRobots.ready, into: &columns)
    #expect(columns[0] == Twist(linear: .unitX, angular: .zero))
    var moved = ExampleRobots.ready
    moved[0] = 0.25
    #expect((slider.baseFromEndEffector(moved).position - before.position - Vector3(0.25, 0, 0)).length < 1e-12)
  }
}

/// The Franka Panda's published kinematics.
let chain = KinematicChain(scene: ExampleRobots.mobileManipulator(), arm: ExampleRobots.arm)

/// The angle of the rotation between two orientations.
func angle(_ a: Quaternion, _ b: Quaternion) -> Double { (a * b.inverse).axisAngle.length }
