import RehearsalCore

extension SceneFixture {
  /// A cabinet with its floor's centre at `place` and a drawer that opens towards -x by its handle bar; its joint.
  mutating func addDrawer(at place: Vector3) -> JointID {
    let wood = MassProperties(mass: 0, principalInertia: .zero)
    let sides = [0.11, -0.11].map {
      shape(.box(size: Vector3(0.2, 0.01, 0.12)), at: Pose(position: Vector3(0, $0, 0.06)))
    }
    let lid = shape(.box(size: Vector3(0.2, 0.23, 0.01)), at: Pose(position: Vector3(0, 0, 0.125)))
    let cabinet = addLink("drawer/cabinet", sides + [lid], mass: wood, at: Pose(position: place))
    let tray = [
      shape(.box(size: Vector3(0.18, 0.19, 0.008)), at: Pose(position: Vector3(0, 0, 0.014))),
      shape(.box(size: Vector3(0.01, 0.2, 0.09)), at: Pose(position: Vector3(-0.105, 0, 0.055))),
      shape(.box(size: Vector3(0.11, 0.012, 0.012)), at: Pose(position: Vector3(-0.165, 0.05, 0.05))),
      shape(.box(size: Vector3(0.11, 0.012, 0.012)), at: Pose(position: Vector3(-0.165, -0.05, 0.05))),
      shape(.box(size: Vector3(0.014, 0.12, 0.014)), at: Pose(position: Vector3(-0.22, 0, 0.05))),
    ]
    let drawer = addLink("drawer/tray", tray, mass: solidMass(0.6, of: .box(size: Vector3(0.2, 0.2, 0.08))))
    let joint = add(
      JointModel(
        name: "drawer/slide", kind: .prismatic, parent: cabinet, child: drawer, parentFromJoint: .identity,
        axis: Vector3(-1, 0, 0), limits: 0...0.16, maxVelocity: 1, damping: 4, friction: 1))
    addArticulation("drawer", rootIsFixed: true, links: [cabinet, drawer], joints: [joint])
    return joint
  }
}
