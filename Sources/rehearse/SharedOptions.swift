import ArgumentParser
import Foundation
import Recording
import Rollout

/// How many episodes run side by side.
struct WorkerOptions: ParsableArguments {
  @Option(help: "Worker threads; results do not depend on it.")
  var workers = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    guard workers > 0 else { throw ValidationError("--workers must be at least 1, not \(workers).") }
  }
}

/// Which GPU draws.
struct DeviceOptions: ParsableArguments {
  @Option(help: "GPU that draws where the renderer is openGL, from 0. Default: the first that works, or software.")
  var gpu: Int?

  func validate() throws {
    if let gpu, gpu < 0 { throw ValidationError("--gpu must be at least 0, not \(gpu).") }
  }
}

/// What to change in an experiment.
struct ChangeOptions: ParsableArguments {
  @Option(
    name: .customLong("set"), help: ArgumentHelp("Change a value of the experiment's file.", valueName: "key=value"))
  var changes: [String] = []

  @Option(help: "Randomization: a preset's name, such as none, light or full. Default: as the experiment says.")
  var randomize: String?

  var overrides: [String] { changes + (randomize.map { ["randomization=\($0)"] } ?? []) }
  var isEmpty: Bool { overrides.isEmpty }

  func validate() throws {
    let key = "randomization"
    guard randomize != nil, let other = changes.first(where: { $0.hasPrefix(key + "=") || $0.hasPrefix(key + ".") })
    else { return }
    throw ValidationError("--randomize and --set \(other) both say what is random: give one of them.")
  }
}

/// Which experiment, and what to change in it.
struct ExperimentOptions: ParsableArguments {
  @Argument(help: "The experiment's YAML file.", completion: .file(extensions: ["yaml"]))
  var experiment: String

  @OptionGroup var changes: ChangeOptions

  var overrides: [String] { changes.overrides }
}

/// What `run` and `demos` have in common.
struct RunOptions: ParsableArguments {
  @OptionGroup var experiment: ExperimentOptions
  @OptionGroup var workers: WorkerOptions
  @OptionGroup var device: DeviceOptions
  @Option(help: "Root of all random streams. Default: as the experiment says.") var seed: UInt64?
  @Option(help: "New directory for what is written.") var out: String
  @Flag(help: "Continue in --out where it was interrupted.") var resume = false

  /// What to run: `episodes` episodes of `policy`.
  func request(episodes: Int?, policy: String?, kind: RunRequest.Kind) -> RunRequest {
    var request = RunRequest(
      experiment: experiment.experiment, workers: workers.workers, output: out, provenance: .current)
    request.overrides = experiment.overrides
    request.episodes = episodes
    request.seed = seed
    request.policy = policy
    request.resumes = resume
    request.kind = kind
    request.gpu = device.gpu
    return request
  }

  /// Runs `episodes` episodes of `policy` and shows how far it is.
  func execute(
    episodes: Int?, policy: String?, kind: RunRequest.Kind, labeller: String? = nil, expertShare: Double = 0
  ) throws -> RunSummary {
    var request = request(episodes: episodes, policy: policy, kind: kind)
    request.labeller = labeller
    request.expertShare = expertShare
    let run = try ExperimentRun(request)
    var printer = ProgressPrinter()
    defer { printer.end() }
    return try run.execute { printer.show($0) }
  }
}

extension RunRequest.Provenance {
  /// This process, now.
  static var current: RunRequest.Provenance {
    RunRequest.Provenance(
      commandLine: CommandLine.arguments, createdAt: Date().formatted(.iso8601), gitCommit: headCommit())
  }

  /// The commit checked out where the program runs; nil outside a git checkout.
  private static func headCommit() -> String? {
    let git = Process()
    git.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    git.arguments = ["git", "rev-parse", "HEAD"]
    let output = Pipe()
    git.standardOutput = output
    git.standardError = FileHandle.nullDevice
    guard (try? git.run()) != nil else { return nil }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    git.waitUntilExit()
    return git.terminationStatus == 0 ? text.trimmingCharacters(in: .whitespacesAndNewlines) : nil
  }
}

/// Prints what is under way on one line of standard error, with the time that is left.
struct ProgressPrinter {
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var phase: RunProgress.Phase?
  private var part = ""
  private var begin = ContinuousClock.now
  private var doneAtBegin = 0
  private var lastPercent = -1

  /// - Parameter part: of a command that has several with the same phases; comes before the phase's name.
  mutating func show(_ progress: RunProgress, of part: String = "") {
    if phase != progress.phase || self.part != part {
      if phase != nil { end() }
      phase = progress.phase
      self.part = part
      begin = .now
      doneAtBegin = progress.done
      lastPercent = -1
    }
    let percent = progress.total == 0 ? 100 : progress.done * 100 / progress.total
    // A log file gets a line every tenth, a terminal a line that is rewritten.
    guard isTerminal || percent / 10 != lastPercent / 10 || lastPercent < 0 else { return }
    lastPercent = percent
    let line = "\(part)\(name(progress.phase)): \(progress.done)/\(progress.total) (\(percent) %)\(remaining(progress))"
    write(isTerminal ? "\r\u{1B}[K" + line : line + "\n")
  }

  func end() { if isTerminal { write("\n") } }

  private func name(_ phase: RunProgress.Phase) -> String {
    switch phase {
    case .episodes(let policy): "episodes of \(policy)"
    case .videos: "videos"
    case .report: "report"
    }
  }

  private func remaining(_ progress: RunProgress) -> String {
    let (done, left) = (progress.done - doneAtBegin, progress.total - progress.done)
    guard done > 0, left > 0 else { return "" }
    let elapsed = ContinuousClock.now - begin
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    let estimate = Int((seconds / Double(done) * Double(left)).rounded(.up))
    return estimate >= 60 ? ", \(estimate / 60) min \(estimate % 60) s left" : ", \(estimate) s left"
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
