import RehearsalCore
import Testing

@testable import Authoring

@Suite("Inertia of merged links") struct InertiaTests {
  @Test("two cubes on a rod have the parallel-axis theorem's inertia")
  func dumbbell() {
    // Cubes of 2 kg and edge 0.1 m at x = ±0.5: about their own centre each has m a² / 6.
    let own = 2 * 0.01 / 6
    let cube = SymmetricMatrix3(xx: own, yy: own, zz: own, xy: 0, xz: 0, yz: 0)
    var sum = InertiaSum()
    for x in [-0.5, 0.5] { sum.add(mass: 2, bodyFromInertial: Pose(position: Vector3(x, 0, 1)), inertia: cube) }
    let whole = sum.properties
    #expect(whole.mass == 4)
    #expect(whole.bodyFromInertial.position.isNear(Vector3(0, 0, 1), within: 1e-15))
    #expect(whole.principalInertia.isNear(Vector3(2 * own, 2 * own + 1, 2 * own + 1), within: 1e-14))
  }

  @Test("a turned dumbbell has the same moments along its own axes")
  func turnedDumbbell() {
    let turn = Quaternion(axis: Vector3(1, 2, 3), angle: 0.7)
    let own = SymmetricMatrix3(xx: 0.001, yy: 0.002, zz: 0.0025, xy: 0, xz: 0, yz: 0)
    var sum = InertiaSum()
    for x in [-0.3, 0.3] {
      sum.add(
        mass: 1, bodyFromInertial: Pose(position: turn * Vector3(x, 0, 0), orientation: turn), inertia: own)
    }
    let whole = sum.properties
    let tensor = SymmetricMatrix3(
      xx: whole.principalInertia.x, yy: whole.principalInertia.y, zz: whole.principalInertia.z, xy: 0, xz: 0, yz: 0
    ).rotated(by: turn.inverse * whole.bodyFromInertial.orientation)
    #expect(Vector3(tensor.xx, tensor.yy, tensor.zz).isNear(Vector3(0.002, 0.184, 0.185), within: 1e-12))
    #expect(Vector3(tensor.xy, tensor.xz, tensor.yz).length < 1e-12)
  }

  @Test("diagonalizing and turning back gives the tensor again, for any tensor")
  func diagonalization() {
    var random = SeedStream(root: 7, factor: .dynamics, episode: 0)
    for _ in 0..<200 {
      let v = (0..<6).map { _ in random.uniform(-1, 1) }
      let tensor = SymmetricMatrix3(xx: v[0], yy: v[1], zz: v[2], xy: v[3], xz: v[4], yz: v[5])
      let (values, axes) = tensor.diagonalized()
      let back = SymmetricMatrix3(xx: values.x, yy: values.y, zz: values.z, xy: 0, xz: 0, yz: 0).rotated(by: axes)
      #expect(Vector3(back.xx, back.yy, back.zz).isNear(Vector3(v[0], v[1], v[2]), within: 1e-13))
      #expect(Vector3(back.xy, back.xz, back.yz).isNear(Vector3(v[3], v[4], v[5]), within: 1e-13))
    }
  }
}
