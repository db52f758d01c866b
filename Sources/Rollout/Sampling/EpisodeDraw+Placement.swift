import Foundation
import RehearsalCore

extension EpisodeDraw {
  /// Chooses which optional bodies this episode has; those that a command means always.
  mutating func presence() {
    var choose = stream(.presence)
    var strangers = stream(.distractors)
    let needed = Set(setup.commands.flatMap(\.bindings.values))
    for group in plan.placements {
      let chosen: [BodyID]
      if group.isDistractor {
        let count = strangers.integer(in: plan.randomization.distractors ?? 0...0)
        chosen = Array(strangers.shuffled(group.bodies).prefix(count))
      } else {
        let count = choose.integer(in: group.count)
        chosen = pick(count, of: group, needed: needed, using: &choose)
      }
      let present = Set(chosen)
      for body in group.bodies { setup.scene.bodies[body].isPresent = present.contains(body) }
    }
    note("present", presentNames.joined(separator: " "))
  }

  private func pick(
    _ count: Int, of group: PlacementGroup, needed: Set<BodyID>, using stream: inout SeedStream
  ) -> [BodyID] {
    let order = stream.shuffled(group.bodies)
    var chosen = order.filter(needed.contains)
    var colors = Set(chosen.compactMap { plan.scene.bodies[$0].label?.color })
    for body in order where chosen.count < count && !needed.contains(body) {
      let color = plan.scene.bodies[body].label?.color
      if group.distinctColors, let color, !colors.insert(color).inserted { continue }
      chosen.append(body)
    }
    return chosen
  }

  private var presentNames: [String] {
    plan.placements.flatMap(\.bodies).filter { setup.scene.bodies[$0].isPresent }.map { setup.scene.bodies[$0].name }
  }

  /// Puts the robot and the present bodies into their regions, apart from each other.
  mutating func placement() throws {
    try setJoints()
    let robot = placeRobot()
    var choose = stream(.placement)
    var strangers = stream(.distractorPlacement)
    var taken = try placeNeeded(beside: robot, using: &choose)
    // Distractors last: they yield where there is no room.
    for group in plan.placements where group.isDistractor {
      for body in group.bodies where setup.scene.bodies[body].isPresent {
        if let circle = place(body, of: group, taken: taken, using: &strangers) {
          taken.append(circle)
        } else {
          setup.scene.bodies[body].isPresent = false
        }
      }
    }
  }

  /// Places all but distractors. Where the first ones leave no room for the last, all are placed anew.
  private mutating func placeNeeded(beside robot: [Circle], using stream: inout SeedStream) throws -> [Circle] {
    let noted = setup.sampled.count
    var misfit = ""
    for _ in 0..<50 {
      setup.sampled.removeSubrange(noted...)
      misfit = ""
      var taken = robot
      for group in plan.placements where !group.isDistractor && misfit.isEmpty {
        for body in group.bodies where setup.scene.bodies[body].isPresent && misfit.isEmpty {
          if let circle = place(body, of: group, taken: taken, using: &stream) {
            taken.append(circle)
          } else {
            misfit = "placement group \(group.name): no room for \(setup.scene.bodies[body].name) in 50 × 400 tries"
          }
        }
      }
      if misfit.isEmpty { return taken }
    }
    throw SamplingError(description: misfit)
  }

  private struct Circle {
    var center: Vector3
    var radius: Double
  }

  private mutating func place(
    _ body: BodyID, of group: PlacementGroup, taken: [Circle], using stream: inout SeedStream
  ) -> Circle? {
    let radius = setup.scene.planarRadius(of: body)
    for _ in 0..<400 {
      let region = group.regions[stream.index(below: group.regions.count)]
      let offset = Vector3(
        stream.uniform(-region.halfExtents.x, region.halfExtents.x),
        stream.uniform(-region.halfExtents.y, region.halfExtents.y), 0)
      let yaw = region.yaw.sample(&stream)
      let position = region.worldFromRegion * offset
      let isFree = taken.allSatisfy {
        ($0.center - position).planarLength >= $0.radius + radius + group.clearance
      }
      guard isFree else { continue }
      let orientation = Quaternion(axis: .unitZ, angle: region.worldFromRegion.orientation.yaw + yaw)
      let bottom = setup.scene.bounds(of: body).minimum.z
      // A hair above the surface: bodies that start in touch would be pushed apart by the solver.
      let pose = Pose(position: position + Vector3(0, 0, 0.0005 - bottom), orientation: orientation)
      setup.initialState.worldFromBody[body.rawValue] = pose
      note(
        "\(setup.scene.bodies[body].name).pose", [pose.position.x, pose.position.y, pose.position.z, orientation.yaw])
      return Circle(center: position, radius: radius)
    }
    return nil
  }

  /// The robot's start and the ground it needs.
  private mutating func placeRobot() -> [Circle] {
    let robot = plan.scene.robot
    var pose = setup.initialState.worldFromBody[robot.root.rawValue]
    var draw = stream(.robot)
    if let region = plan.robotRegion {
      let offset = Vector3(
        draw.uniform(-region.halfExtents.x, region.halfExtents.x),
        draw.uniform(-region.halfExtents.y, region.halfExtents.y), 0)
      let yaw = region.worldFromRegion.orientation.yaw + region.yaw.sample(&draw)
      let ground = region.worldFromRegion * offset
      pose = Pose(
        position: Vector3(ground.x, ground.y, pose.position.z), orientation: Quaternion(axis: .unitZ, angle: yaw))
    }
    if let shift = plan.randomization.robot {
      if robot.drive != nil {
        let moved = Vector3(shift.position.sample(&draw), shift.position.sample(&draw), 0)
        pose.position += moved
        let turn = shift.yawDegrees.sample(&draw) * .pi / 180
        pose.orientation = Quaternion(axis: .unitZ, angle: turn) * pose.orientation
      }
      for joint in robot.arm?.joints ?? [] {
        let model = plan.scene.joints[joint]
        let position = setup.initialState.jointPositions[joint.rawValue] + shift.armJoints.sample(&draw)
        setup.initialState.jointPositions[joint.rawValue] =
          model.limits.map { min(max(position, $0.lowerBound), $0.upperBound) } ?? position
      }
      note("robot.arm", (robot.arm?.joints ?? []).map { setup.initialState.jointPositions[$0.rawValue] })
    }
    setup.initialState.worldFromBody[robot.root.rawValue] = pose
    note("robot.pose", [pose.position.x, pose.position.y, pose.position.z, pose.orientation.yaw])
    guard robot.drive != nil else { return [] }
    return [Circle(center: pose.position, radius: setup.scene.planarRadius(of: robot.root))]
  }

  /// Fixture joints that the first command wants elsewhere than at home.
  private mutating func setJoints() throws {
    var draw = stream(.fixtures)
    guard let command = setup.commands.first else { return }
    for slot in command.model.setup.joints.keys.sorted() {
      guard let body = command.bindings[slot], let joint = plan.scene.joint(above: body) else {
        throw SamplingError(description: "command \(command.model.name): setup.joints.\(slot) names no jointed body")
      }
      let position = command.model.setup.joints[slot]!.sample(&draw)
      setup.initialState.jointPositions[joint.rawValue] = position
      note("\(plan.scene.joints[joint].name).position", position)
    }
  }
}
