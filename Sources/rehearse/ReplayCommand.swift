import ArgumentParser
import Rollout

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Draw a recorded episode again, at any size, from any camera, under any appearance.")

  @Argument(help: ArgumentHelp("The run's directory.", valueName: "run")) var directory: String
  @Option(help: "The episode's number.") var episode: Int
  @Option(help: "MP4 file, or a directory for PNG frames. Default: episode-N.mp4.") var out: String?
  @Option(help: "Width and height.") var size = "1280x720"
  @Option(help: "A camera of the scene, by name. Default: the reviewer's.") var camera: String?
  @Option(help: "A free camera's place in the world: x,y,z in metres.") var eye: String?
  @Option(help: "What the free camera looks at: x,y,z.") var target: String?
  @Option(help: "Vertical field of view of the free camera, degrees.") var fov = 45.0
  @Option(help: "Appearance: a randomization preset's name. Default: as recorded.") var randomize: String?
  @Option(help: "Root of the random streams of the appearance. Default: as recorded.") var appearanceSeed: UInt64?
  @Flag(inversion: .prefixedNo, help: "Draw instruction, status and the onboard cameras over the picture.")
  var overlay = true
  @OptionGroup var device: DeviceOptions

  func run() throws {
    var request = ReplayRequest(run: directory, episode: episode, output: out ?? "episode-\(episode).mp4")
    (request.width, request.height) = try parseSize()
    request.camera = try view()
    request.randomization = randomize
    request.appearanceSeed = appearanceSeed
    request.hasOverlay = overlay
    request.gpu = device.gpu
    var printer = ProgressPrinter()
    try request.write { printer.show($0) }
    printer.end()
    print(request.output)
  }

  private func parseSize() throws -> (Int, Int) {
    let parts = size.split(separator: "x").compactMap { Int($0) }
    guard parts.count == 2, parts.allSatisfy({ (16...8192).contains($0) }) else {
      throw ValidationError("--size must be like 1280x720, each from 16 to 8192, not \(size).")
    }
    return (parts[0], parts[1])
  }

  private func view() throws -> ReplayRequest.View {
    guard let eye else {
      if target != nil { throw ValidationError("--target needs --eye.") }
      return camera.map { .named($0) } ?? .reviewer
    }
    if camera != nil { throw ValidationError("--camera and --eye exclude each other.") }
    guard fov > 1, fov < 170 else { throw ValidationError("--fov must be between 1 and 170, not \(fov).") }
    return .free(eye: try point(eye, "--eye"), target: try point(target ?? "0,0,0", "--target"), fovDegrees: fov)
  }

  private func point(_ text: String, _ option: String) throws -> SIMD3<Double> {
    let parts = text.split(separator: ",").compactMap { Double($0) }
    guard parts.count == 3, parts.allSatisfy(\.isFinite) else {
      throw ValidationError("\(option) must be x,y,z in metres, not \(text).")
    }
    return SIMD3(parts[0], parts[1], parts[2])
  }
}
