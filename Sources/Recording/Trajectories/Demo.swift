internal import RehearsalCore

/// One episode's group in a trajectory file: `data/demo_<episode>`.
struct Demo {
  let file: HDF5File
  let path: String

  init(_ file: HDF5File, _ episode: Int) {
    self.file = file
    path = Self.path(episode)
  }

  static func path(_ episode: Int) -> String { "data/demo_\(episode)" }

  func observationNames() throws -> [String] {
    try file.exists(path + "/obs") ? file.names(in: path + "/obs") : []
  }
}

/// Writing.
extension Demo {
  func write(_ record: EpisodeRecord, _ trajectory: Trajectory, of dataset: DatasetDescription) throws {
    trajectory.requireConsistency(with: dataset)
    let count = trajectory.count
    try file.makeGroup(path)
    try writeAttributes(record, trajectory)
    try file.write(trajectory.actions, shape: [count, trajectory.actionCount], to: path + "/actions")
    if !trajectory.labels.isEmpty {
      try file.write(trajectory.labels, shape: [count, trajectory.actionCount], to: path + "/expert_actions")
    }
    try file.write(trajectory.states, shape: [count, trajectory.stateCount], to: path + "/states")
    try file.write(trajectory.rewards, shape: [count], to: path + "/rewards")
    try file.write((0..<count).map { $0 == count - 1 ? 1 : 0 }, shape: [count], to: path + "/dones")
    try file.write(trajectory.hashes, shape: [count], to: path + "/hashes")
    try file.write(trajectory.commandIndices, shape: [count], to: path + "/command_index")
    try file.write(trajectory.finalState, shape: [trajectory.finalState.count], to: path + "/final_state")
    try file.makeGroup(path + "/obs")
    try writeProprioception(trajectory, dataset.proprioception)
    try writeImages(trajectory, of: dataset)
  }

  private func writeAttributes(_ record: EpisodeRecord, _ trajectory: Trajectory) throws {
    let instructions = record.commands.map(\.instruction)
    try file.set("num_samples", of: path, to: trajectory.count)
    try file.set("episode", of: path, to: record.index)
    try file.set("success", of: path, to: record.outcome.isSuccess)
    try file.set("outcome", of: path, to: record.outcome.kind)
    try file.set("language_instruction", of: path, to: instructions.joined(separator: "; "))
    try file.set("instructions", of: path, to: JSON.array(instructions.map(JSON.text)).text)
    try file.set("stateHash", of: path, to: record.stateHash.hexadecimal)
    try file.set("checksum", of: path, to: trajectory.checksum.hexadecimal)
  }

  private func writeProprioception(_ trajectory: Trajectory, _ layout: ProprioceptionLayout) throws {
    let (rows, width) = (trajectory.count, trajectory.proprioceptionCount)
    var first = 0
    for field in layout.fields {
      let columns = (0..<rows).flatMap { row in
        trajectory.proprioception[(row * width + first)..<(row * width + first + field.count)]
      }
      try file.write(columns, shape: [rows, field.count], to: "\(path)/obs/\(field.name)")
      first += field.count
    }
    try file.set(
      "proprioception", of: path + "/obs", to: JSON.array(layout.fields.map { .text($0.name) }).text)
  }

  private func writeImages(_ trajectory: Trajectory, of dataset: DatasetDescription) throws {
    for (camera, pictures) in zip(dataset.cameras, trajectory.images) {
      try file.write(
        pictures: pictures, width: camera.width, height: camera.height, level: dataset.imageCompression,
        to: "\(path)/obs/\(camera.datasetName)")
    }
    let names = trajectory.images.isEmpty ? [] : dataset.cameras.map { JSON.text($0.name) }
    try file.set("cameras", of: path + "/obs", to: JSON.array(names).text)
  }
}

/// Reading.
extension Demo {
  func read(withImages: Bool) throws -> Trajectory {
    let actions = try table("actions")
    let states = try table("states")
    var trajectory = Trajectory(actionCount: actions.width, stateCount: states.width, proprioceptionCount: 0)
    trajectory.actions = actions.values
    if try file.exists(path + "/expert_actions") { trajectory.labels = try table("expert_actions").values }
    trajectory.states = states.values
    trajectory.rewards = try file.read(path + "/rewards", as: Double.self).values
    trajectory.hashes = try file.read(path + "/hashes", as: UInt64.self).values
    trajectory.commandIndices = try file.read(path + "/command_index", as: Int.self).values
    trajectory.finalState = try file.read(path + "/final_state", as: Double.self).values
    try readProprioception(into: &trajectory)
    if withImages {
      trajectory.images = try names("cameras").map { camera in
        try (0..<trajectory.count).map { try picture(camera, $0).values }
      }
    }
    try check(trajectory)
    return trajectory
  }

  func image(camera: String, step: Int) throws -> CameraImage {
    let (rgb, shape) = try picture(camera, step)
    guard shape.count == 4 else { throw NativeFailure(message: "\(camera) is not a series of pictures") }
    return CameraImage(width: shape[2], height: shape[1], rgb: rgb)
  }

  private func picture(_ camera: String, _ step: Int) throws -> (values: [UInt8], shape: [Int]) {
    try file.read("\(path)/obs/\(camera)_image", as: UInt8.self, rows: step..<(step + 1))
  }

  private func table(_ name: String) throws -> (values: [Double], width: Int) {
    let (values, shape) = try file.read("\(path)/\(name)", as: Double.self)
    guard shape.count == 2 else { throw NativeFailure(message: "\(path)/\(name) is not a table") }
    return (values, shape[1])
  }

  private func names(_ attribute: String) throws -> [String] {
    try JSON(parsing: file.text(attribute, of: path + "/obs")).asArray?.compactMap(\.asText) ?? []
  }

  /// Puts the fields side by side again, in the order they were written.
  private func readProprioception(into trajectory: inout Trajectory) throws {
    let fields = try names("proprioception").map { try table("obs/" + $0) }
    trajectory.proprioceptionCount = fields.reduce(0) { $0 + $1.width }
    for row in 0..<trajectory.count {
      for field in fields where field.values.count >= (row + 1) * field.width {
        trajectory.proprioception += field.values[(row * field.width)..<((row + 1) * field.width)]
      }
    }
  }

  /// Raw data carry no checksum of HDF5's own.
  private func check(_ trajectory: Trajectory) throws {
    guard try file.text("checksum", of: path) == trajectory.checksum.hexadecimal else {
      throw NativeFailure(message: "the numbers of \(path) do not match their checksum")
    }
  }
}

extension Trajectory {
  /// XXH64 over everything but the images.
  var checksum: UInt64 {
    var hash = XXHash64()
    for values in [actions, states, proprioception, rewards, finalState] {
      hash.update(UInt64(values.count))
      hash.update(values)
    }
    for value in hashes { hash.update(value) }
    for index in commandIndices { hash.update(UInt64(bitPattern: Int64(index))) }
    // Only where there are any: files without labels keep their checksums.
    if !labels.isEmpty { hash.update(labels) }
    return hash.digest
  }

  func requireConsistency(with dataset: DatasetDescription) {
    precondition(
      actions.count == count * actionCount && states.count == count * stateCount
        && proprioception.count == count * proprioceptionCount && rewards.count == count
        && commandIndices.count == count && (labels.isEmpty || labels.count == actions.count),
      "\(count) steps: \(actions.count)/\(actionCount) actions, \(states.count)/\(stateCount) states, "
        + "\(proprioception.count)/\(proprioceptionCount) proprioception, \(rewards.count) rewards, "
        + "\(commandIndices.count) command indices, \(labels.count)/\(actionCount) labels")
    precondition(
      proprioceptionCount == dataset.proprioception.count && stateCount == dataset.stateLayout.count
        && actionCount == dataset.actionLayout.count,
      "widths \(proprioceptionCount), \(stateCount), \(actionCount) are not those of the dataset")
    precondition(
      images.isEmpty || images.count == dataset.cameras.count && images.allSatisfy { $0.count == count },
      "images of \(images.map(\.count)) steps for \(dataset.cameras.count) cameras and \(count) steps")
  }
}
