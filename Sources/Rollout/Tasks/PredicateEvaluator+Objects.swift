import RehearsalCore

extension PredicateEvaluator {
  func handValue(of predicate: Predicate, in state: SceneState) -> PredicateValue {
    switch predicate {
    case .reached(let slot, let limit):
      let (distance, first) = (handGap(to: slot, in: state), handGap(to: slot, in: start))
      return PredicateValue(
        isSatisfied: distance <= limit, progress: Self.share(from: first, to: limit, now: distance))
    case .handEmpty:
      let fingers = Set((scene.robot.gripper?.joints ?? []).map { scene.joints[$0].child })
      let touching = fingers.reduce(into: Set<BodyID>()) { $0.formUnion(Self.touching($1, in: state)) }
      let isEmpty = touching.subtracting(robotBodies).isEmpty
      return PredicateValue(isSatisfied: isEmpty, progress: 0)
    default: preconditionFailure("\(predicate) is not about the hand")
    }
  }

  func objectValue(of predicate: Predicate, in state: SceneState) -> PredicateValue {
    switch predicate {
    case .pushed(let slot, let direction, let distance):
      let armBase = scene.robot.arm?.base.body ?? scene.robot.root
      let heading = Quaternion(axis: .unitZ, angle: start.worldFromBody[armBase].orientation.yaw)
      let way = state.worldFromBody[body(slot)].position - start.worldFromBody[body(slot)].position
      let along = way.dot(heading * direction)
      return PredicateValue(isSatisfied: along >= distance, progress: along / distance)
    case .keptSupport(let slot):
      let touching = Self.touching(body(slot), in: state)
      let holds = supportsAtStart(of: body(slot)).isSubset(of: touching)
      return PredicateValue(isSatisfied: holds, progress: 0)
    case .lifted(let slot, let height):
      let rise = state.worldFromBody[body(slot)].position.z - start.worldFromBody[body(slot)].position.z
      let touching = Self.touching(body(slot), in: state)
      let isHeld = !touching.isEmpty && touching.isSubset(of: robotBodies)
      return PredicateValue(isSatisfied: rise >= height && isHeld, progress: min(rise / height, 0.99))
    case .placedOn(let slot, let support):
      let isOn = state.touches(body(slot), body(support)) && isAbove(body(slot), body(support), in: state)
      return released(slot, isThere: isOn, destination: support, in: state)
    case .placedIn(let slot, let container):
      let isIn = isInside(body(slot), body(container), in: state) && !Self.touching(body(slot), in: state).isEmpty
      return released(slot, isThere: isIn, destination: container, in: state)
    default: preconditionFailure("\(predicate) is not about an object")
    }
  }

  func jointValue(of predicate: Predicate, in state: SceneState) -> PredicateValue {
    switch predicate {
    case .openedBeyond(let slot, let limit):
      let (now, first) = (position(of: slot, in: state), position(of: slot, in: start))
      return PredicateValue(isSatisfied: now >= limit, progress: Self.share(from: first, to: limit, now: now))
    case .closedWithin(let slot, let limit):
      let (now, first) = (position(of: slot, in: state), position(of: slot, in: start))
      return PredicateValue(isSatisfied: now <= limit, progress: Self.share(from: first, to: limit, now: now))
    case .pressed(let slot, let travel):
      let pushed = abs(position(of: slot, in: state) - position(of: slot, in: start))
      return PredicateValue(isSatisfied: pushed >= travel, progress: pushed / travel)
    default: preconditionFailure("\(predicate) is not about a joint")
    }
  }

  private func handGap(to slot: String, in state: SceneState) -> Double {
    guard let hand = scene.robot.arm?.endEffector else { return .infinity }
    let tip = state.worldFromBody[hand.body] * hand.bodyFromFrame.position
    return scene.surfaceDistance(from: tip, to: body(slot), in: state)
  }

  private func position(of slot: String, in state: SceneState) -> Double {
    guard let joint = scene.joint(above: body(slot)) else {
      preconditionFailure("\(scene.bodies[body(slot)].name), bound to \(slot), hangs on no joint")
    }
    return state.jointPositions[joint.rawValue]
  }

  private func isAbove(_ upper: BodyID, _ lower: BodyID, in state: SceneState) -> Bool {
    center(of: upper, in: state).z > center(of: lower, in: state).z
  }

  private func isInside(_ inner: BodyID, _ container: BodyID, in state: SceneState) -> Bool {
    let center = center(of: inner, in: state)
    return scene.bounds(of: container).contains(state.worldFromBody[container].inverse * center)
  }

  private func center(of body: BodyID, in state: SceneState) -> Vector3 {
    state.worldFromBody[body] * scene.bodies[body].mass.bodyFromInertial.position
  }

  /// Half the progress for the way to the destination, the other half for being there with the robot's hands off.
  private func released(
    _ slot: String, isThere: Bool, destination: String, in state: SceneState
  ) -> PredicateValue {
    let isHeld = !Self.touching(body(slot), in: state).isDisjoint(with: robotBodies)
    let target = body(destination)
    let way = { (s: SceneState) in (s.worldFromBody[self.body(slot)].position - s.worldFromBody[target].position).length
    }
    let approach = min(max(Self.share(from: way(start), to: 0, now: way(state)), 0), 1)
    return PredicateValue(isSatisfied: isThere && !isHeld, progress: approach / 2 + (isThere ? 0.4 : 0))
  }
}
