import Foundation
import RehearsalCore
import Rendering
import Testing

extension RenderingTests {
  @Suite("Shading") struct ShadingTests {
    @Test("a matte floor shines with colour times irradiance times the cosine, plus ambient light")
    func lambert() throws {
      var stage = Stage()
      stage.add(.plane(drawnSize: 40), color: Color(0.8, 0.4, 0.1))
      stage.lights = [Light(kind: .directional(direction: Vector3(1, 0, -1)), color: Color(0.9, 0.8, 0.7))]
      stage.ambient = Color(0.1, 0.2, 0.3)
      let image = try stage.picture(from: Stage.above(2))
      let cosine = 0.5.squareRoot()
      let expected = Color(
        0.8 * (0.9 * cosine + 0.125), 0.4 * (0.8 * cosine + 0.25), 0.1 * (0.7 * cosine + 0.375))
      #expect(isDrawn(image.pixel(32, 32), as: expected))
      #expect(isDrawn(image.pixel(10, 50), as: expected))
    }

    @Test("irradiance of 1 on white is drawn as the tone curve says: 0.85")
    func exposure() throws {
      var stage = Stage()
      stage.add(.plane(drawnSize: 40), color: .white)
      stage.lights = [Light(kind: .directional(direction: -.unitZ), color: .white)]
      let pixel = try stage.picture(from: Stage.above(2)).pixel(32, 32)
      #expect(isDrawn(pixel, as: .white))
      #expect(abs(byte(1) - Int((1.055 * pow(0.85, 1 / 2.4) - 0.055) * 255)) <= 1)
    }

    @Test("a point light falls with the square of the distance", arguments: [1.0, 2.0, 4.0])
    func pointLight(height: Double) throws {
      var stage = Stage()
      stage.add(.plane(drawnSize: 40), color: Color(0.8, 0.8, 0.8))
      stage.lights = [Light(kind: .point(position: Vector3(0, 0, height)), color: Color(0.8, 0.4, 0.2))]
      let pixel = try stage.picture(from: Stage.above(2)).pixel(32, 32)
      #expect(isDrawn(pixel, as: Color(0.8, 0.4, 0.2) * (0.8 / (height * height))))
    }

    @Test("a spot is full inside its inner angle and gone outside its outer angle")
    func spot() throws {
      var stage = Stage()
      stage.add(.plane(drawnSize: 40), color: Color(0.8, 0.8, 0.8))
      stage.lights = [
        Light(
          kind: .spot(position: Vector3(0, 0, 2), direction: -.unitZ, innerAngle: atan(0.25), outerAngle: atan(0.5)),
          color: Color(2, 2, 2))
      ]
      let image = try stage.picture(from: Stage.above(2, size: 257))
      // At 0.4 m the ray is 2.04 m long and the cosine 2 / 2.04.
      let lit = 0.8 * 2 * 2 / pow(4 + 0.16, 1.5)
      #expect(isDrawn(image.ground(0.4, 0, height: 2), as: Color(lit, lit, lit)))
      #expect(image.ground(0, 1.05, height: 2) == [0, 0, 0])
      let edge = image.ground(0, 0.75, height: 2)[0]
      #expect(edge > 0 && Int(edge) < byte(lit))
    }

    @Test("a shadow lies on the side that the light travels to", arguments: [true, false])
    func shadowSide(isParallel: Bool) throws {
      var stage = Stage()
      stage.add(.plane(drawnSize: 40), color: Color(0.5, 0.5, 0.5))
      stage.add(.box(size: Vector3(0.4, 0.4, 1)), at: Pose(position: Vector3(0, 0, 0.5)))
      stage.lights = [
        Light(
          kind: isParallel ? .directional(direction: Vector3(0, 1, -1)) : .point(position: Vector3(0, -3, 4)),
          color: isParallel ? .white : Color(25, 25, 25))
      ]
      let image = try stage.picture(from: Stage.above(3, size: 129))
      #expect(image.ground(0, 0.6, height: 3) == [0, 0, 0])
      #expect(image.ground(0, -0.6, height: 3)[0] > 80)
      stage.lights[0].castsShadow = false
      #expect(try stage.picture(from: Stage.above(3, size: 129)).ground(0, 0.6, height: 3)[0] > 80)
    }

    @Test(
      "every solid and a mesh cast the same kind of shadow",
      arguments: [
        Geometry.box(size: Vector3(0.6, 0.6, 0.6)), .sphere(radius: 0.4), .cylinder(radius: 0.4, length: 0.6),
        .cone(radius: 0.5, length: 0.8), .capsule(radius: 0.3, length: 0.4),
        .mesh(MeshID(0), scale: Vector3(0.7, 0.7, 0.7)),
      ])
    func casters(_ geometry: Geometry) throws {
      var stage = Stage()
      stage.meshes = [cube]
      stage.add(.plane(drawnSize: 40))
      stage.add(geometry, at: Pose(position: Vector3(0, 0, 1.2)))
      stage.lights = [Light(kind: .directional(direction: Vector3(0, 1, -1)), color: .white)]
      let image = try stage.picture(from: Stage.above(4, size: 129))
      #expect(image.ground(0, 1.2, height: 4) == [0, 0, 0])
      #expect(image.ground(0, -1.2, height: 4)[0] > 100)
    }

    @Test(
      "normals follow radius and length: light along the view shades by the closed form",
      arguments: [
        Geometry.sphere(radius: 0.8), .cylinder(radius: 0.8, length: 3), .capsule(radius: 0.8, length: 0.2),
        .cone(radius: 1.2, length: 2.5),
      ])
    func normals(_ geometry: Geometry) throws {
      var stage = Stage()
      stage.add(geometry, color: Color(0.6, 0.6, 0.6), at: Pose(position: Vector3(3, 0, 0)))
      stage.lights = [Light(kind: .directional(direction: .unitX), color: .white)]
      let image = try stage.picture(from: GeometryTests.forward, channels: [.rgb, .depth])
      var seen = 0
      for row in stride(from: 8, to: 60, by: 6) {
        for column in stride(from: 8, to: 60, by: 6) where image.depth[row * 65 + column].isFinite {
          let depth = Double(image.depth[row * 65 + column])
          let p = Vector3(depth - 3, -Double(column - 32) / 32.5 * depth, -Double(row - 32) / 32.5 * depth)
          let expected = 0.6 * max(-outward(geometry, p).x, 0)
          #expect(abs(Int(image.pixel(row, column)[0]) - byte(expected)) <= 2)
          seen += 1
        }
      }
      #expect(seen > 5)
    }

    private func outward(_ geometry: Geometry, _ p: Vector3) -> Vector3 {
      switch geometry {
      case .cylinder: Vector3(p.x, p.y, 0).normalized
      case .capsule(_, let length): (p - Vector3(0, 0, min(max(p.z, -length / 2), length / 2))).normalized
      case .cone(let radius, let length):
        (Vector3(p.x, p.y, 0).normalized + Vector3(0, 0, radius / length)).normalized
      default: p.normalized
      }
    }

    @Test("a stretched mesh has the normals of its stretched faces")
    func stretchedMesh() throws {
      var stage = Stage()
      // A slope that rises by 1 over 1, stretched to 2 over 1: its normal is (-2, 0, 1)/√5.
      stage.meshes = [
        TriangleMesh(
          vertices: [SIMD3(0, -5, 0), SIMD3(0, 5, 0), SIMD3(4, 5, 4), SIMD3(4, -5, 4)], triangles: [0, 2, 1, 0, 3, 2])
      ]
      stage.add(
        .mesh(MeshID(0), scale: Vector3(1, 1, 2)), color: Color(0.6, 0.6, 0.6), at: Pose(position: Vector3(1, 0, -3)))
      stage.lights = [Light(kind: .directional(direction: .unitX), color: .white)]
      let pixel = try stage.picture(from: GeometryTests.forward).pixel(32, 32)
      let value = 0.6 * 2 / 5.0.squareRoot()
      #expect(isDrawn(pixel, as: Color(value, value, value)))
    }

    @Test("ambient light is less where a wall meets the floor, with more than one sample a pixel")
    func contactOcclusion() throws {
      var stage = Stage()
      stage.add(.plane(drawnSize: 40), color: Color(0.5, 0.5, 0.5))
      stage.add(.box(size: Vector3(1, 1, 1)), at: Pose(position: Vector3(0, 1, 0.5)))
      stage.ambient = Color(0.8, 0.8, 0.8)
      let image = try stage.picture(from: Stage.above(2, size: 257), quality: .reviewer)
      let open = image.ground(0, -0.5, height: 2)[0]
      #expect(abs(Int(open) - byte(0.5)) <= 1)
      #expect(image.ground(0, 0.48, height: 2)[0] < open - 30)
    }

    @Test("antialiasing gives an edge steps between its two colours")
    func antialiasing() throws {
      var stage = Stage()
      stage.ambient = Color(0.5, 0.5, 0.5)
      stage.add(
        .box(size: Vector3(1, 1, 1)),
        at: Pose(position: Vector3(3, 0, 0), orientation: Quaternion(axis: .unitX, angle: 0.2)))
      let fast = try stage.picture(from: GeometryTests.forward)
      let smooth = try stage.picture(
        from: GeometryTests.forward, quality: RenderQuality(samplesPerPixel: 16, shadowSamples: 1))
      #expect(Set(fast.rgb).count == 2)
      #expect(Set(smooth.rgb).count >= 5)
      #expect(smooth.pixel(32, 32) == fast.pixel(32, 32))
    }

    @Test("a soft light has a penumbra, a hard one has none")
    func softShadow() throws {
      var stage = Stage()
      stage.add(.plane(drawnSize: 40), color: Color(0.5, 0.5, 0.5))
      stage.add(.box(size: Vector3(2, 2, 0.1)), at: Pose(position: Vector3(0, 1, 1)))
      stage.lights = [Light(kind: .directional(direction: -.unitZ), color: .white, softness: 0.2)]
      let quality = RenderQuality(samplesPerPixel: 1, shadowSamples: 16)
      let camera = Stage.above(0.9)
      let soft = Set(try stage.picture(from: camera, quality: quality).rgb)
      let hard = Set(try stage.picture(from: camera).rgb)
      let shared = Set(
        try stage.picture(from: camera, quality: RenderQuality(samplesPerPixel: 16, shadowSamples: 1)).rgb)
      #expect(hard.count == 2)
      #expect(soft.count > 8)
      #expect(shared.count > 8)
      #expect(soft.min() == hard.min() && soft.max() == hard.max())
    }
  }
}
