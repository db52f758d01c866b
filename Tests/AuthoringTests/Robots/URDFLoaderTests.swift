import Foundation
import RehearsalCore
import Testing

@testable import Authoring

@Suite("A user's URDF") struct URDFLoaderTests {
  /// A cabinet whose door has a mesh, a knob on a fixed joint, and a latch that mimics it.
  static let cabinet = """
    <robot name="cabinet">
      <material name="oak"><color rgba="0.5 0.5 0.5 1"/></material>
      <link name="body">
        <visual><geometry><mesh filename="package://furniture/meshes/box.stl" scale="0.1 0.1 0.2"/></geometry>
          <material name="oak"/></visual>
        <collision><geometry><box size="0.2 0.4 0.6"/></geometry></collision>
      </link>
      <joint name="hinge" type="revolute">
        <origin xyz="0.1 0.2 0.3" rpy="0 0 1.5707963267948966"/>
        <parent link="body"/><child link="door"/><axis xyz="0 0 2"/>
        <limit lower="0.25" upper="1.5" effort="7" velocity="3"/><dynamics damping="0.4" friction="0.1"/>
      </joint>
      <link name="door">
        <inertial><origin xyz="0.1 0 0"/><mass value="2"/>
          <inertia ixx="0.02" iyy="0.03" izz="0.04" ixy="0" ixz="0" iyz="0"/></inertial>
        <visual><geometry><sphere radius="0.05"/></geometry></visual>
        <collision><geometry><sphere radius="0.05"/></geometry></collision>
      </link>
      <joint name="knob_joint" type="fixed">
        <origin xyz="0.2 0 0"/><parent link="door"/><child link="knob"/>
      </joint>
      <link name="knob">
        <inertial><mass value="2"/><inertia ixx="0.02" iyy="0.03" izz="0.04" ixy="0" ixz="0" iyz="0"/></inertial>
        <visual><geometry><mesh filename="../meshes/box.obj"/></geometry></visual>
      </link>
      <joint name="latch_joint" type="prismatic">
        <parent link="knob"/><child link="latch"/><limit lower="-1" upper="1" effort="1" velocity="0"/>
        <mimic joint="hinge" multiplier="-0.5"/>
      </joint>
      <link name="latch">
        <inertial><mass value="0.1"/><inertia ixx="1" iyy="1" izz="1" ixy="0" ixz="0" iyz="0"/></inertial>
      </link>
    </robot>
    """

  private func load() throws -> (ArticulationFragment, ScratchFolder) {
    let folder = try ScratchFolder()
    let path = try folder.write(Self.cabinet, to: "furniture/urdf/cabinet.urdf")
    try folder.write(MeshTests.text("stl"), to: "furniture/meshes/box.stl")
    try folder.write(MeshTests.text("obj"), to: "furniture/meshes/box.obj")
    return (try URDFLoader.load(path: path), folder)
  }

  @Test("keeps its joints: order, frames, unit axes, limits, dynamics and mimicry")
  func joints() throws {
    let (cabinet, _) = try load()
    #expect(cabinet.name == "cabinet" && cabinet.rootIsFixed)
    #expect(cabinet.joints.map(\.name) == ["hinge", "latch_joint"])
    let hinge = cabinet.joints[0]
    #expect(hinge.kind == .revolute && hinge.axis == .unitZ && hinge.limits == 0.25...1.5)
    #expect(hinge.maxVelocity == 3 && hinge.damping == 0.4 && hinge.friction == 0.1 && hinge.home == 0.25)
    #expect(hinge.parentFromJoint.position == Vector3(0.1, 0.2, 0.3))
    #expect((hinge.parentFromJoint.orientation * Vector3.unitX).isNear(.unitY, within: 1e-12))
    #expect(cabinet.jointEfforts == [7, 1])
    let latch = cabinet.joints[1]
    #expect(latch.mimic == .init(joint: JointID(0), multiplier: -0.5) && latch.maxVelocity == 10)
    #expect(latch.parent == BodyID(1) && latch.child == BodyID(2))
    #expect(latch.parentFromJoint.position == Vector3(0.2, 0, 0))
  }

  @Test("merges links on fixed joints into one body, and keeps their frames")
  func merging() throws {
    let (cabinet, _) = try load()
    #expect(cabinet.bodies.map(\.name) == ["body", "door", "latch"])
    #expect(cabinet.frames.map(\.name) == ["body", "door", "knob", "latch"])
    #expect(
      cabinet.frames[2] == FrameModel(name: "knob", body: BodyID(1), bodyFromFrame: Pose(position: Vector3(0.2, 0, 0))))
    let door = cabinet.bodies[1].mass
    #expect(door.mass == 4)
    #expect(door.bodyFromInertial.position.isNear(Vector3(0.15, 0, 0), within: 1e-15))
    // Both halves lie 0.05 m from the common centre: 2 · 2 kg · 0.05² = 0.01 about y and z.
    #expect(door.principalInertia.isNear(Vector3(0.04, 0.07, 0.09), within: 1e-15))
  }

  @Test("has its meshes, colours as linear light, and one shape where picture and collision coincide")
  func shapes() throws {
    let (cabinet, folder) = try load()
    let body = cabinet.bodies[0]
    #expect(body.shapes.map(\.isVisible) == [true, false] && body.shapes.map(\.collides) == [false, true])
    #expect(body.shapes[0].geometry == .mesh(MeshID(0), scale: Vector3(0.1, 0.1, 0.2)))
    let oak = cabinet.materials[body.shapes[0].material]
    #expect(oak.name == "oak" && abs(oak.color.red - 0.21404) < 1e-5)
    let door = cabinet.bodies[1]
    #expect(door.shapes.count == 2)
    #expect(door.shapes[0].isVisible && door.shapes[0].collides)
    #expect(door.shapes[1].bodyFromShape.position == Vector3(0.2, 0, 0))
    #expect(cabinet.meshes.count == 2)
    #expect(
      cabinet.sourceFiles.map { $0.replacingOccurrences(of: folder.path, with: "") }
        == ["/furniture/urdf/cabinet.urdf", "/furniture/meshes/box.stl", "/furniture/meshes/box.obj"])
  }

  @Test("enters a scene with all its indices moved behind what is there")
  func merge() throws {
    let (cabinet, _) = try load()
    var scene = SceneModel(
      name: "test", bodies: [BodyModel(name: "floor", motion: .fixed, shapes: [])],
      robot: RobotModel(name: "none", articulation: 0, root: BodyID(0)),
      materials: [Material(name: "m", color: .white)],
      meshes: [cabinet.meshes[0]])
    let first = scene.add(cabinet, worldFromRoot: Pose(position: Vector3(1, 0, 0)))
    let second = scene.add(cabinet, worldFromRoot: Pose(position: Vector3(2, 0, 0)), named: "other")
    #expect(first.firstBody == 1 && second.firstBody == 4 && second.firstJoint == 2 && second.firstMesh == 3)
    #expect(scene.bodies[4].name == "other/body" && scene.joints[3].name == "other/latch_joint")
    #expect(scene.joints[3].mimic?.joint == JointID(2) && scene.joints[3].parent == BodyID(5))
    #expect(scene.articulations[1].links == [BodyID(4), BodyID(5), BodyID(6)])
    #expect(scene.bodies[4].shapes[0].geometry == .mesh(MeshID(3), scale: Vector3(0.1, 0.1, 0.2)))
    #expect(scene.materials[scene.bodies[4].shapes[0].material].name == "other/oak")
    #expect(scene.bodies[5].worldFromBody.position.isNear(Vector3(2.1, 0.2, 0.3), within: 1e-12))
    let knob = second.scene(cabinet.frame(named: "knob")!)
    #expect(knob.body == BodyID(5))
  }

  @Test("a picture on a material becomes its texture")
  func texture() throws {
    let folder = try ScratchFolder()
    _ = try MeshTests.writePicture(in: folder)
    let path = try folder.write(
      """
      <robot name="r"><material name="wood"><texture filename="p.bmp"/></material>
        <link name="a"><visual><geometry><sphere radius="1"/></geometry><material name="wood"/></visual></link></robot>
      """, to: "r.urdf")
    let fragment = try URDFLoader.load(path: path)
    #expect(fragment.images.count == 1)
    #expect(fragment.materials.first?.texture?.kind == .image && fragment.materials.first?.color == .white)
  }

  @Test("leaves no native handle behind, whether it loads or fails")
  func handles() async throws {
    let (_, folder) = try load()
    for text in ["<robot", "<robot name='r'/>", "<robot name='r'><link name='a'/></robot>"] {
      _ = try? URDFLoader.load(path: folder.write(text, to: "r.urdf"))
    }
    // Other tests read files at the same time.
    for _ in 0..<500 where liveNativeHandles != 0 { try await Task.sleep(for: .milliseconds(10)) }
    #expect(liveNativeHandles == 0)
  }
}
