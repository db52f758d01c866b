import ArgumentParser
import Foundation
import Rollout

struct ViewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "view", abstract: "Open a window to watch a scene, a policy or a recording, and to drive by hand.",
    discussion: """
      H in the window shows every key. What is driven under --record is a run like any other: `rehearse verify` checks \
      it, `rehearse train` learns from it. Without a display: `xvfb-run -a rehearse view …`.
      """)

  @Argument(
    help: ArgumentHelp("A run's directory, a scene's YAML file, or an experiment's.", valueName: "path"),
    completion: .file(extensions: ["yaml"]))
  var path: String

  @Option(help: "The recorded episode, or the first one to run. Default: the first there is.") var episode: Int?
  @OptionGroup var changes: ChangeOptions
  @OptionGroup var device: DeviceOptions
  @Option(help: "Root of all random streams. Default: as the experiment says.") var seed: UInt64?
  @Option(help: "Policy that drives. Default: as the experiment says; none with --drive.") var policy: String?
  @Flag(help: "Drive by hand from the start; a --policy waits for Tab.") var drive = false
  @Option(help: ArgumentHelp("New directory for what is driven by hand.", valueName: "dir")) var record: String?
  @Flag(help: "Continue in --record where it was left.") var resume = false
  @Option(help: "Pause at this control step, or at the episode's end if that comes first.") var step: Int?
  @Option(help: "Width and height of the window.") var size = "1280x720"
  @Option(help: "What to show at first: \(ViewRequest.overlayNames.joined(separator: ",")).")
  var show = "cameras,trajectory,task"
  @Option(help: ArgumentHelp("Write the window's picture as PNG, and end.", valueName: "file")) var screenshot: String?

  private var isFolder: Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  func validate() throws {
    _ = try pixels()
    for name in overlays where !ViewRequest.overlayNames.contains(name) {
      throw ValidationError("--show takes \(ViewRequest.overlayNames.joined(separator: ",")), not \(name).")
    }
    if let step, step < 0 { throw ValidationError("--step must be 0 or more, not \(step).") }
    if let episode, episode < 0 { throw ValidationError("--episode must be 0 or more, not \(episode).") }
    if resume, record == nil { throw ValidationError("--resume needs --record.") }
    if isFolder, drive || record != nil || policy != nil || seed != nil || !changes.isEmpty {
      throw ValidationError(
        "a recorded run is only watched: it takes --episode, --step, --size, --show, --screenshot, --gpu.")
    }
  }

  func run() throws {
    var request = ViewRequest(path: path, provenance: .current)
    request.overrides = changes.overrides
    (request.episode, request.seed, request.policy) = (episode, seed, policy)
    (request.isByHand, request.record, request.resumes) = (drive, record, resume)
    (request.step, request.screenshot) = (step, screenshot)
    (request.width, request.height) = try pixels()
    request.overlays = overlays
    request.gpu = device.gpu
    guard let summary = try request.show(isFolder: isFolder) else { return }
    print(summary.text(directory: record ?? path))
    if summary.total.invalid > 0 { throw ExitCode.someInvalid }
  }

  private var overlays: [String] { show.split(separator: ",").map(String.init) }

  private func pixels() throws -> (Int, Int) {
    let parts = size.split(separator: "x").compactMap { Int($0) }
    guard parts.count == 2, parts.allSatisfy({ (240...8192).contains($0) }) else {
      throw ValidationError("--size must be like 1280x720, each from 240 to 8192, not \(size).")
    }
    return (parts[0], parts[1])
  }
}
