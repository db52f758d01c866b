import RehearsalCore
import Rendering
import Testing

extension RenderingTests {
  @Suite("Geometry") struct GeometryTests {
    static let forward = Stage.camera(at: .zero, lookingAt: .unitX)

    @Test("what is left appears left, what is above appears above")
    func handedness() throws {
      var stage = Stage()
      stage.ambient = .white
      stage.add(.sphere(radius: 0.4), color: Color(0.6, 0, 0), at: Pose(position: Vector3(3, 1.5, 0)))
      stage.add(.sphere(radius: 0.4), color: Color(0, 0.6, 0), at: Pose(position: Vector3(3, 0, 1.5)))
      let image = try stage.picture(from: Self.forward, channels: [.rgb, .segmentation])
      #expect(image.segmentation[32 * 65 + 16] == 1)
      #expect(image.pixel(32, 16)[0] > 150 && image.pixel(32, 16)[1] == 0)
      #expect(image.segmentation[16 * 65 + 32] == 2)
      #expect(image.pixel(16, 32)[1] > 150)
      #expect(image.segmentation[48 * 65 + 32] == 0 && image.segmentation[32 * 65 + 48] == 0)
    }

    @Test("the depth of a facing wall is its distance along the axis, in every pixel, within 0.1 mm")
    func depthOfWall() throws {
      var stage = Stage()
      stage.add(.box(size: Vector3(0.2, 20, 20)), at: Pose(position: Vector3(2.6, 0, 0)))
      let image = try stage.picture(from: Self.forward, channels: .depth)
      #expect(image.depth.count == 65 * 65 && image.rgb.isEmpty && image.segmentation.isEmpty)
      #expect(image.depth.allSatisfy { abs($0 - 2.5) < 1e-4 })
    }

    @Test(
      "every primitive is met at its closed form",
      arguments: [
        (Geometry.box(size: Vector3(1, 2, 2)), 0.5), (.sphere(radius: 0.7), 0.7),
        (.cylinder(radius: 0.6, length: 2), 0.6), (.capsule(radius: 0.4, length: 1), 0.4),
        (.cone(radius: 1, length: 2), 0.5),
      ])
    func primitives(_ geometry: Geometry, _ reach: Double) throws {
      var stage = Stage()
      stage.add(geometry, at: Pose(position: Vector3(4, 0, 0)))
      let image = try stage.picture(from: Self.forward, channels: .depth)
      #expect(abs(Double(image.depth[32 * 65 + 32]) - (4 - reach)) < 1e-4)
      #expect(image.depth[0] == .infinity)
    }

    @Test("a beam that passes beside the camera, from behind it to before it, is seen where a ray meets it")
    func beamBeside() throws {
      var stage = Stage()
      stage.add(.box(size: Vector3(10, 0.2, 0.3)), at: Pose(position: Vector3(0.1, 0.513, -0.407)))
      let image = try stage.picture(from: Self.forward, channels: .segmentation)
      var seen = 0
      for row in 0..<65 {
        for column in 0..<65 {
          let (y, z) = (Double(32 - column) / 32.5, Double(row - 32) / 32.5)
          let isMet = y > 0 && z > 0 && max(0.413 / y, 0.257 / z) < min(0.613 / y, 0.557 / z, 5.1)
          #expect(image.segmentation[row * 65 + column] == (isMet ? 1 : 0))
          seen += isMet ? 1 : 0
        }
      }
      #expect(seen > 300)
    }

    @Test("nothing beyond the far plane or before the near plane is seen")
    func nearAndFar() throws {
      var stage = Stage()
      stage.add(.sphere(radius: 0.1), at: Pose(position: Vector3(1, 0, 0)))
      stage.add(.box(size: Vector3(0.2, 20, 20)), at: Pose(position: Vector3(10, 0, 0)))
      var camera = Self.forward
      camera.near = 1.2
      camera.far = 9
      let image = try stage.picture(from: camera, channels: [.depth, .segmentation])
      #expect(image.segmentation.allSatisfy { $0 == 0 })
      #expect(image.depth.allSatisfy { $0 == .infinity })
    }

    @Test("absent bodies and invisible shapes are not drawn")
    func absence() throws {
      var stage = Stage()
      let ball = stage.add(.sphere(radius: 0.5), at: Pose(position: Vector3(2, 0, 0)))
      let box = stage.add(.box(size: Vector3(1, 1, 1)), at: Pose(position: Vector3(4, 0, 0)))
      #expect(try stage.picture(from: Self.forward, channels: .segmentation).segmentation[32 * 65 + 32] == 1)
      stage.bodies[ball].isPresent = false
      #expect(try stage.picture(from: Self.forward, channels: .segmentation).segmentation[32 * 65 + 32] == 2)
      stage.bodies[box].shapes[0].isVisible = false
      #expect(try stage.picture(from: Self.forward, channels: .segmentation).segmentation[32 * 65 + 32] == 0)
    }

    @Test("a mesh of a cube is drawn where the box is, scaled and turned")
    func meshAgainstBox() throws {
      let pose = Pose(position: Vector3(3, 0.2, -0.1), orientation: Quaternion(roll: 0.3, pitch: 0.5, yaw: 0.7))
      var boxes = Stage()
      boxes.add(.box(size: Vector3(1, 0.5, 1.5)), at: pose)
      var meshes = Stage()
      meshes.meshes = [cube]
      meshes.add(.mesh(MeshID(0), scale: Vector3(1, 0.5, 1.5)), at: pose)
      let a = try boxes.picture(from: Self.forward, channels: [.depth, .segmentation])
      let b = try meshes.picture(from: Self.forward, channels: [.depth, .segmentation])
      #expect(zip(a.segmentation, b.segmentation).count { $0 != $1 } <= 4)
      for (left, right) in zip(a.depth, b.depth) where left.isFinite && right.isFinite {
        #expect(abs(left - right) < 1e-4)
      }
      #expect(a.segmentation.count { $0 == 1 } > 150)
    }

    @Test("a camera on a moving body goes with it")
    func mountedCamera() throws {
      var stage = Stage()
      let mount = stage.add(.sphere(radius: 0.1), at: Pose(position: Vector3(0, 0, 1)))
      stage.add(.box(size: Vector3(0.2, 20, 20)), at: Pose(position: Vector3(5.1, 0, 0)))
      var camera = Self.forward
      camera.body = mount
      var state = stage.state
      state.worldFromBody[mount].position = Vector3(2, 0, 1)
      let image = try stage.loaded().render(state, camera: camera, channels: .depth, quality: .fast)
      #expect(abs(image.depth[32 * 65 + 32] - 3) < 1e-4)
      #expect(camera.worldFromCamera(in: state).position == Vector3(2, 0, 1))
    }
  }
}

/// The unit cube about the origin.
let cube = TriangleMesh(
  vertices: (0..<8).map { SIMD3($0 & 1 == 0 ? -0.5 : 0.5, $0 & 2 == 0 ? -0.5 : 0.5, $0 & 4 == 0 ? -0.5 : 0.5) },
  triangles: [
    0, 2, 3, 0, 3, 1, 4, 5, 7, 4, 7, 6, 0, 1, 5, 0, 5, 4, 2, 6, 7, 2, 7, 3, 0, 4, 6, 0, 6, 2, 1, 3, 7, 1, 7, 5,
  ])
