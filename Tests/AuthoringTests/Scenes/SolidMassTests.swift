import RehearsalCore
import Testing

@testable import Authoring

@Suite("Mass of solids") struct SolidMassTests {
  private func shape(_ geometry: Geometry, _ pose: Pose = .identity, collides: Bool = true) -> ShapeModel {
    ShapeModel(geometry: geometry, bodyFromShape: pose, material: MaterialID(0), collides: collides)
  }

  private func isClose(_ a: Vector3, _ b: Vector3, _ tolerance: Double = 1e-12) -> Bool { (a - b).length < tolerance }

  @Test("solids have their textbook moments")
  func closedForms() throws {
    let box = try #require(MassProperties(mass: 12, shapes: [shape(.box(size: Vector3(1, 2, 3)))]))
    #expect(isClose(box.principalInertia, Vector3(13, 10, 5)))
    let ball = try #require(MassProperties(mass: 5, shapes: [shape(.sphere(radius: 2))]))
    #expect(isClose(ball.principalInertia, Vector3(8, 8, 8)))
    let cylinder = try #require(MassProperties(mass: 12, shapes: [shape(.cylinder(radius: 1, length: 3))]))
    #expect(isClose(cylinder.principalInertia, Vector3(12, 12, 6)))
    let cone = try #require(MassProperties(mass: 80, shapes: [shape(.cone(radius: 1, length: 2))]))
    #expect(isClose(cone.bodyFromInertial.position, Vector3(0, 0, -0.5)))
    #expect(isClose(cone.principalInertia, Vector3(24, 24, 24)))
  }

  @Test("a capsule of no length is a ball")
  func capsule() throws {
    let capsule = try #require(MassProperties(mass: 5, shapes: [shape(.capsule(radius: 2, length: 1e-9))]))
    #expect(isClose(capsule.principalInertia, Vector3(8, 8, 8), 1e-7))
  }

  @Test("two halves of a box, put together, are the box")
  func composite() throws {
    let half = Geometry.box(size: Vector3(0.5, 2, 3))
    let halves = [
      shape(half, Pose(position: Vector3(0.25, 0, 1))),
      shape(half, Pose(position: Vector3(0.75, 0, 1), orientation: Quaternion(axis: .unitZ, angle: .pi))),
    ]
    let whole = try #require(MassProperties(mass: 12, shapes: halves))
    #expect(isClose(whole.bodyFromInertial.position, Vector3(0.5, 0, 1)))
    #expect(isClose(whole.principalInertia, Vector3(13, 10, 5), 1e-9))
  }

  @Test("what is only drawn weighs nothing")
  func drawnOnly() throws {
    let shapes = [
      shape(.sphere(radius: 2)), shape(.box(size: Vector3(9, 9, 9)), Pose(position: .unitX), collides: false),
    ]
    let mass = try #require(MassProperties(mass: 5, shapes: shapes))
    #expect(mass.bodyFromInertial.position == .zero)
    #expect(MassProperties(mass: 5, shapes: [shape(.plane(drawnSize: 3))]) == nil)
  }
}
