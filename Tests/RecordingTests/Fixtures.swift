import Foundation
import RehearsalCore
import Testing

@testable import Recording

/// A new directory, removed when the value goes.
final class TemporaryDirectory {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.path + "/rehearsal-" + UUID().uuidString
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func callAsFunction(_ name: String) -> String { path + "/" + name }
}

func contents(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

func files(in path: String) -> [String] {
  ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
}

func put(_ text: String, at path: String) throws {
  try Data(text.utf8).write(to: URL(fileURLWithPath: path))
}

/// Runs a program found on the PATH; nil if there is none of that name.
func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String)? {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [program] + arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = FileHandle.nullDevice
  try process.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return process.terminationStatus == 127 ? nil : (process.terminationStatus, String(decoding: data, as: UTF8.self))
}

func isInstalled(_ program: String) -> Bool { (try? run("which", [program]))??.status == 0 }

/// A Python with h5py: `REHEARSAL_PYTHON`, or python3.
let pythonWithH5py: String? = [ProcessInfo.processInfo.environment["REHEARSAL_PYTHON"], "python3"].compactMap { $0 }
  .first { (try? run($0, ["-c", "import h5py"]))??.status == 0 }

func sampleManifest(seed: UInt64 = 7, policy: String = "scripted") -> RunManifest {
  RunManifest(
    name: "quickstart", experiment: "experiment.yaml", overrides: ["episodes=3"], seed: seed, episodes: 3,
    policy: policy, protocolID: "00112233aabbccdd", drawsFrames: true, resolvedExperiment: ["z": 1, "a": [0.1, 2.0]],
    commandLine: ["rehearse", "run"], createdAt: "2026-01-01T00:00:00Z", gitCommit: nil,
    fingerprint: Fingerprint(
      cpu: "test", operatingSystem: "Debian 12", instructionSet: "avx2", swift: "6.3",
      libraries: Fingerprint.recordingLibraries))
}

/// Every count another number, so that none can be taken for another.
func sampleSafety(_ index: Int) -> SafetyCounts {
  var safety = SafetyCounts()
  (safety.faults.badInput, safety.faults.threw, safety.faults.wrongShape) = (index, index + 1, index + 2)
  (safety.faults.nonFinite, safety.faults.oversize, safety.fallbacks) = (index + 3, index + 4, index + 5)
  (safety.clamps.magnitude, safety.clamps.velocity, safety.clamps.workspace) = (index + 6, index + 7, index + 8)
  safety.anomalies.steps = index + 9
  safety.anomalies.perElement = [index, 0, index + 10]
  return safety
}

func sampleRecord(_ index: Int, outcome: EpisodeOutcome = .success, steps: Int = 5) -> EpisodeRecord {
  var degraded = DegradedSteps()
  degraded.actionClamped = index
  var timing = EpisodeTiming()
  timing.total = 0.1 + Double(index)
  timing.decisions = (0..<steps).map { 0.02 + 0.03 * Double($0) }
  timing.deadline = 0.1
  timing.slowdowns = index
  return EpisodeRecord(
    index: index, outcome: outcome,
    commands: [
      CommandResult(
        command: "go_to", instruction: "go to the “red” box\n", isHeldOut: index % 2 == 1, outcome: outcome.kind,
        startTick: 0, endTick: steps, progress: 1.0 / 3)
    ], steps: steps, stateHash: UInt64.max - UInt64(index) * 0x1234_5678_9abc,
    sampled: [
      Sample("z.first", .number(0.1 + 0.2)), Sample("a.second", .numbers([1, -0.0, Double.leastNonzeroMagnitude])),
      Sample("m", .text("wood")),
    ], degradedSteps: degraded, safety: sampleSafety(index), timing: timing)
}

let sampleDataset = DatasetDescription(
  environmentName: "quickstart", environment: ["robot": "turtlebot"], stateLayout: ["box.x", "box.y", "wheel"],
  proprioception: ProprioceptionLayout(fields: [
    .init(name: "robot0_base_twist", count: 2), .init(name: "robot0_gripper_qpos", count: 1),
  ]), actionLayout: ["baseForward", "baseYaw"],
  cameras: [.init(name: "front", width: 6, height: 4), .init(name: "wrist", width: 3, height: 2)], controlHz: 20)

func sampleTrajectory(_ index: Int, steps: Int = 5, images: Bool = false) -> Trajectory {
  var stream = SeedStream(root: 1, factor: .policy, episode: index)
  var trajectory = Trajectory(actionCount: 2, stateCount: 3, proprioceptionCount: 3)
  for step in 0..<steps {
    trajectory.actions += [stream.uniform(-1, 1), stream.uniform(-1, 1)]
    trajectory.states += [stream.uniform(-1e9, 1e9), Double(bitPattern: 0x1234), -0.0]
    trajectory.proprioception += [stream.unit(), stream.unit(), .infinity]
    trajectory.rewards.append(Double(step) / 3)
    trajectory.hashes.append(stream.next())
    trajectory.commandIndices.append(step / 2)
  }
  trajectory.finalState = [1, 2, 3]
  if images {
    trajectory.images = sampleDataset.cameras.map { camera in
      (0..<steps).map { _ in
        (0..<(camera.width * camera.height * 3)).map { _ in UInt8(truncatingIfNeeded: stream.next()) }
      }
    }
  }
  return trajectory
}

extension Trajectory {
  /// All numbers by their bits.
  var bits: [[UInt64]] {
    [actions, states, proprioception, rewards, finalState].map { $0.map(\.bitPattern) }
      + [hashes, commandIndices.map { UInt64($0) }, [UInt64(actionCount), UInt64(stateCount)]]
  }
}

/// A run directory ready for episodes.
func sampleRun(in temporary: TemporaryDirectory) throws -> RunDirectory {
  try put("name: quickstart\n", at: temporary("experiment.yaml"))
  let sources = SourceSnapshot(files: [], main: temporary("experiment.yaml"))
  return try RunDirectory.create(at: temporary("run"), manifest: sampleManifest(), sources: sources)
}

/// The error that `body` throws.
func thrown(_ body: () throws -> Void) -> RehearsalError? {
  do {
    try body()
    return nil
  } catch { return error as? RehearsalError }
}
