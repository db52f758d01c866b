import Foundation
import Learning
import RehearsalCore
import Rendering

/// Finds, in recorded states, where the bodies are that a command names, and where the hand is.
struct GroundingReader {
  let scene: SceneModel
  /// As they were in the episode, in the order of the pictures.
  let cameras: [CameraModel]
  let slots: Int
  /// Labelled bodies that the episode has.
  let things: [BodyID]

  /// `bodies` by slot; places in pictures, and positions relative to the tool in the arm's base frame, or to the base
  /// of a robot without an arm.
  func read(_ trajectory: Trajectory, _ steps: Range<Int>, bodies: [BodyID]) -> Demonstration.Grounding {
    var pixels = [[Float]](repeating: [], count: cameras.count)
    var offsets: [Float] = []
    let filled = min(bodies.count, slots)
    for step in steps {
      let state = state(of: trajectory, at: step)
      let frame = robotFrame(in: state)
      for slot in 0..<slots {
        let point = slot < filled ? state.worldFromBody[bodies[slot]].position : nil
        for (camera, model) in cameras.enumerated() {
          let place = point.map { model.place(of: $0, in: state) } ?? SIMD2(9, 9)
          pixels[camera] += [Float(place.x), Float(place.y)]
        }
        let offset = point.map { frame.inverse * $0 } ?? .zero
        offsets += [Float(offset.x), Float(offset.y), Float(offset.z)]
      }
      // Where a camera is jolted, hand and target in one picture still say how far apart they are.
      let hand = scene.robot.arm?.worldFromEndEffector(in: state).position
      for (camera, model) in cameras.enumerated() {
        let place = hand.map { model.place(of: $0, in: state) } ?? SIMD2(9, 9)
        pixels[camera] += [Float(place.x), Float(place.y)]
      }
    }
    return Demonstration.Grounding(
      slots: slots, filled: filled, pixels: pixels, offsets: offsets, things: read(things, trajectory, steps))
  }

  private func read(_ bodies: [BodyID], _ trajectory: Trajectory, _ steps: Range<Int>) -> [Demonstration.Thing] {
    var things = bodies.compactMap { body in
      scene.bodies[body].label.map {
        Demonstration.Thing(shape: $0.shape, color: $0.color, pixels: cameras.map { _ in [] })
      }
    }
    for step in steps {
      let state = state(of: trajectory, at: step)
      for (camera, model) in cameras.enumerated() {
        let cameraFromWorld = model.worldFromCamera(in: state).inverse
        for (index, body) in bodies.enumerated() {
          let place = model.place(of: cameraFromWorld * state.worldFromBody[body].position)
          things[index].pixels[camera] += [Float(place.x), Float(place.y)]
        }
      }
    }
    return things
  }

  private func state(of trajectory: Trajectory, at step: Int) -> SceneState {
    let row = trajectory.states[(step * trajectory.stateCount)..<((step + 1) * trajectory.stateCount)]
    guard let state = SceneState(flattened: row, bodies: scene.bodies.count, joints: scene.joints.count) else {
      preconditionFailure("a state of \(row.count) numbers")
    }
    return state
  }

  private func robotFrame(in state: SceneState) -> Pose {
    guard let arm = scene.robot.arm else { return state.worldFromBody[scene.robot.root] }
    let base = state.worldFromBody[arm.base.body] * arm.base.bodyFromFrame
    return Pose(position: arm.worldFromEndEffector(in: state).position, orientation: base.orientation)
  }
}

extension CameraModel {
  /// Where a point is in the picture, −1…1 from left to right and top to bottom; far outside if behind the camera.
  func place(of pointInWorld: Vector3, in state: SceneState) -> SIMD2<Double> {
    place(of: worldFromCamera(in: state).inverse * pointInWorld)
  }

  /// Likewise of a point in the camera's frame.
  fileprivate func place(of point: Vector3) -> SIMD2<Double> {
    guard point.x > near else { return SIMD2(9, 9) }
    let half = tan(fovDegrees / 2 * .pi / 180)
    let aspect = Double(width) / Double(height)
    return SIMD2(-point.y / (point.x * half * aspect), -point.z / (point.x * half))
  }
}
