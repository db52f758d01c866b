import Foundation
import RehearsalCore
import Testing

@Suite("Geometry")
struct GeometryTests {
  @Test("a quarter turn about z maps x to y, and yaw reads it back")
  func quarterTurn() {
    let turn = Quaternion(axis: .unitZ, angle: .pi / 2)
    #expect((turn * Vector3.unitX - .unitY).length < 1e-15)
    #expect(abs(turn.yaw - .pi / 2) < 1e-15)
  }

  @Test("roll, pitch and yaw turn about fixed axes in that order, as URDF says")
  func rollPitchYaw() {
    let q = Quaternion(roll: .pi / 2, pitch: 0, yaw: .pi / 2)
    #expect((q * Vector3.unitY - .unitZ).length < 1e-15)
    #expect((q * Vector3.unitX - .unitY).length < 1e-15)
  }

  @Test("an axis-angle vector survives the way through a quaternion, up to half a turn")
  func axisAngle() {
    for angle in [1e-9, 0.3, 2.0, 3.14] {
      let vector = Vector3(0.6, -0.8, 0) * angle
      #expect((Quaternion(axisAngle: vector).axisAngle - vector).length < 1e-12)
    }
  }

  @Test("a pose times its inverse is the identity")
  func inverse() {
    let pose = Pose(position: Vector3(1, 2, 3), orientation: Quaternion(roll: 0.3, pitch: -1, yaw: 2))
    let product = pose * pose.inverse
    #expect(product.position.length < 1e-12)
    #expect(product.orientation.axisAngle.length < 1e-12)
  }

  @Test("a camera that looks at a point has it on its x axis, with no roll")
  func lookAt() {
    let pose = Pose(eye: Vector3(1, 1, 2), lookingAt: Vector3(-2, 3, 0.5))
    let seen = pose.inverse * Vector3(-2, 3, 0.5)
    #expect(abs(seen.y) < 1e-12 && abs(seen.z) < 1e-12 && seen.x > 0)
    #expect(abs((pose.orientation * .unitY).z) < 1e-12)
  }

  @Test("columns of a rotation give the rotation back, whichever is largest")
  func columns() {
    for axis in [Vector3.unitX, .unitY, .unitZ, Vector3(1, 1, 1)] {
      for angle in [0.1, 1.7, 3.1] {
        let q = Quaternion(axis: axis, angle: angle)
        let again = Quaternion(columns: q * .unitX, q * .unitY, q * .unitZ)
        #expect((again.inverse * q).axisAngle.length < 1e-9)
      }
    }
  }

  @Test("angles wrap into one turn")
  func wrapping() {
    #expect(abs(wrappedAngle(3 * .pi / 2) + .pi / 2) < 1e-12)
    #expect(abs(wrappedAngle(-5 * .pi) - wrappedAngle(.pi)) < 1e-12 || abs(abs(wrappedAngle(-5 * .pi)) - .pi) < 1e-12)
  }

  @Test("colours survive the way through hue, saturation and value")
  func hueSaturationValue() {
    for named in NamedColor.allCases {
      let hsv = named.color.hsv
      let again = Color(hueDegrees: hsv.hueDegrees, saturation: hsv.saturation, value: hsv.value)
      #expect(abs(again.red - named.color.red) < 1e-9, "\(named)")
      #expect(abs(again.green - named.color.green) < 1e-9, "\(named)")
      #expect(abs(again.blue - named.color.blue) < 1e-9, "\(named)")
    }
  }

  @Test("daylight at 6500 K is nearly white, and a candle is red")
  func blackBody() {
    let day = Light.blackBody(kelvin: 6500)
    #expect(min(day.red, day.green, day.blue) > 0.9)
    let candle = Light.blackBody(kelvin: 1900)
    #expect(candle.red == 1 && candle.blue < 0.1 && candle.green < 0.6)
  }
}
