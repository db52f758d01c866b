internal import CBullet
import RehearsalCore

/// Owns a native world.
final class WorldHandle {
  private let world: cbullet_world
  private var contacts: [cbullet_contact]

  init(scene: SceneModel, settings: PhysicsSettings) throws {
    var description = cbullet_settings()
    let gravity = scene.gravity
    description.gravity = (gravity.x, gravity.y, gravity.z)
    description.time_step = 1 / Double(settings.physicsHz)
    description.solver_iterations = Int32(settings.solverIterations)
    description.body_count = Int32(scene.bodies.count)
    description.joint_count = Int32(scene.joints.count)
    var created = cbullet_world()
    try Self.check("the physics world") { cbullet_world_create(&description, &created, $0, $1) }
    world = created
    contacts = Array(repeating: cbullet_contact(), count: 64)
  }

  deinit { cbullet_world_destroy(world) }

  static var liveCount: Int { Int(cbullet_live_handle_count()) }

  static var libraryVersion: String {
    let version = Int(cbullet_library_version())
    return "\(version / 100).\(version % 100)"
  }

  func addFixed(_ body: NativeBody, at pose: Pose, name: String) throws {
    try body.withNative { native in
      try withUnsafePointer(to: native) { pointer in
        try pose.withNative { pose in
          try Self.check(name) { cbullet_add_fixed(world, pointer, pose, $0, $1) }
        }
      }
    }
  }

  func addFree(_ body: NativeBody, at pose: Pose, name: String) throws {
    try body.withNative { native in
      try withUnsafePointer(to: native) { pointer in
        try pose.withNative { pose in
          try Self.check(name) { cbullet_add_free(world, pointer, pose, $0, $1) }
        }
      }
    }
  }

  func addArticulation(
    _ articulation: ArticulationModel, links: [NativeBody], joints: [cbullet_joint], root: Pose
  ) throws {
    try Self.withNative(links[...], [cbullet_body]()) { links in
      try root.withNative { root in
        try Self.check(articulation.name) {
          cbullet_add_articulation(
            world, links, joints, Int32(links.count), root, articulation.rootIsFixed, articulation.selfCollides, $0, $1)
        }
      }
    }
  }

  func advance(substeps: Int, targets: [Double], bodyName: (Int) -> String) throws {
    var failed: Int32 = -1
    do {
      try Self.check("the simulation") { cbullet_advance(world, Int32(substeps), targets, &failed, $0, $1) }
    } catch let error as RehearsalError {
      guard failed >= 0 else { throw error }
      throw RehearsalError(
        .nativeFailure, "the simulation of body \(bodyName(Int(failed))) blew up: its state is not finite",
        remedy: "check its mass and inertia and the efforts of the joints that act on it")
    }
  }

  func read(bodies: inout [Double], joints: inout [Double]) {
    let status = cbullet_read(world, &bodies, &joints, nil, 0)
    precondition(status == 0, "cbullet_read failed")
  }

  func readContacts(into result: inout [Contact]) {
    var count: Int32 = 0
    var status = cbullet_read_contacts(world, &contacts, Int32(contacts.count), &count, nil, 0)
    if Int(count) > contacts.count {
      contacts = Array(repeating: cbullet_contact(), count: Int(count) * 2)
      status = cbullet_read_contacts(world, &contacts, Int32(contacts.count), &count, nil, 0)
    }
    precondition(status == 0, "cbullet_read_contacts failed")
    result.removeAll(keepingCapacity: true)
    for contact in contacts.prefix(Int(count)) {
      result.append(
        Contact(
          first: BodyID(Int(contact.first)), second: BodyID(Int(contact.second)), normalForce: contact.normal_force,
          point: Vector3(contact.point.0, contact.point.1, contact.point.2)))
    }
  }

  /// Calls `body` with the native forms of `bodies`, whose shapes stay alive meanwhile.
  private static func withNative<Result>(
    _ bodies: ArraySlice<NativeBody>, _ done: [cbullet_body], _ body: ([cbullet_body]) throws -> Result
  ) rethrows -> Result {
    guard let first = bodies.first else { return try body(done) }
    return try first.withNative { try withNative(bodies.dropFirst(), done + [$0], body) }
  }

  private static func check(
    _ subject: String, _ call: (UnsafeMutablePointer<CChar>?, Int) -> Int32
  ) throws {
    var message = [CChar](repeating: 0, count: 256)
    let status = message.withUnsafeMutableBufferPointer { call($0.baseAddress, $0.count) }
    guard status != 0 else { return }
    let text = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    throw RehearsalError(.nativeFailure, "\(subject): \(text)", remedy: "check the scene's description of it")
  }
}
