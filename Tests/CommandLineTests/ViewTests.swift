import Foundation
import TestSupport
import Testing

/// A viewer that runs on a screen, with a folder of its own for the pictures that it saves.
private final class Viewer {
  static let size = (width: 960, height: 540)

  let screen: Screen
  let folder: TemporaryFolder
  let process: Process
  private let window: String
  private var pictures = 0

  init(_ arguments: [String]) throws {
    screen = try Screen()
    folder = try TemporaryFolder()
    process = Process()
    process.executableURL = Command.executable
    process.arguments =
      ["view"]
      + arguments.map { $0.hasPrefix("Scenes/") || $0.hasPrefix("Experiments/") ? Command.root.path + "/" + $0 : $0 }
      + ["--size", "\(Self.size.width)x\(Self.size.height)"]
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.environment = ProcessInfo.processInfo.environment.merging(["DISPLAY": screen.display]) { $1 }
    process.standardInput = FileHandle.nullDevice
    for (stream, name) in [(\Process.standardOutput, "output"), (\Process.standardError, "errors")] {
      _ = FileManager.default.createFile(atPath: folder.file(name), contents: nil)
      process[keyPath: stream] = try FileHandle(forWritingTo: URL(filePath: folder.file(name)))
    }
    try process.run()
    window =
      try screen.act("search", "--sync", "--onlyvisible", "--name", "rehearse")
      .split(separator: "\n").first.map(String.init) ?? ""
    try screen.act("windowfocus", window)
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  func press(_ keys: String...) throws {
    for key in keys { try screen.act("key", key) }
  }

  /// The window's picture now; once it has been drawn well, where nothing moves.
  func picture() throws -> Picture {
    pictures += 1
    let path = folder.file(String(format: "rehearse-view-%03d.png", pictures))
    try press("F12")
    let end = Date() + 60
    while !FileManager.default.fileExists(atPath: path), Date() < end { usleep(20_000) }
    return try Picture(path, width: Self.size.width, height: Self.size.height)
  }

  /// The first picture, within a minute, that is as it should be; the last one if none is.
  func picture(where isRight: (Picture) throws -> Bool) throws -> Picture {
    let end = Date() + 60
    var last = try picture()
    while try !isRight(last), Date() < end {
      usleep(100_000)
      last = try picture()
    }
    return last
  }

  /// Returns once a whole episode is recorded in a run below the folder, or after a minute.
  func waitForEpisode(in run: String) {
    let journal = folder.file(run + "/episodes.jsonl")
    let end = Date() + 60
    while (try? String(contentsOfFile: journal, encoding: .utf8))?.contains("\n") != true, Date() < end {
      usleep(50_000)
    }
  }

  func waitUntilExit() -> Int32 {
    let end = Date() + 60
    while process.isRunning, Date() < end { usleep(20_000) }
    return process.isRunning ? -1 : process.terminationStatus
  }
}

@Suite("rehearse view", .serialized)
struct ViewTests {
  private static let missing = Screen.missing("Xvfb", "xdotool", "ffmpeg")
  private static let display: ConditionTrait = .enabled(
    if: missing == nil, "no \(missing ?? ""): apt-get install xvfb xauth xdotool ffmpeg")

  @Test("a scene opens; dragging turns it, 1 shows and hides the cameras, H the keys; Escape closes", display)
  func scene() throws {
    let viewer = try Viewer(["Scenes/tabletop.yaml", "--show", "task"])
    let first = try viewer.picture()
    #expect(Set(first.rgb).count > 100, "it shows something")
    try viewer.screen.act("mousemove", "450", "300", "mousedown", "1", "mousemove", "620", "330", "mouseup", "1")
    let turned = try viewer.picture()
    #expect(turned.difference(from: first) > 0.2)
    try viewer.press("1")
    let inset = try viewer.picture { $0.difference(from: turned, x: 0.78...1, y: 0...0.4) > 0.2 }
    #expect(inset.difference(from: turned, x: 0.78...1, y: 0...0.4) > 0.2, "insets on the right")
    #expect(inset.difference(from: turned, x: 0...0.5, y: 0.3...0.9) < 0.02, "and nothing else changes")
    try viewer.press("1", "h")
    let help = try viewer.picture { $0.difference(from: turned, x: 0.3...0.7, y: 0.3...0.7) > 0.5 }
    #expect(help.difference(from: turned, x: 0.3...0.7, y: 0.3...0.7) > 0.5)
    try viewer.press("Escape")
    #expect(viewer.waitUntilExit() == 0)
  }

  @Test("a policy drives in real time; the space bar freezes it, a full stop takes one step", display)
  func pausing() throws {
    let viewer = try Viewer([
      "Experiments/tabletop/experiment.yaml", "--policy", "scripted", "--show", "", "--set", "imageSize=32",
    ])
    let first = try viewer.picture()
    let later = try viewer.picture { $0.difference(from: first, y: 0.1...1) > 0.005 }
    #expect(later.difference(from: first, y: 0.1...1) > 0.005, "the arm moves")
    try viewer.press("space")
    let frozen = try viewer.picture()
    usleep(500_000)
    #expect(try viewer.picture() == frozen)
    for _ in 0..<5 { try viewer.press("period") }
    let stepped = try viewer.picture { $0 != frozen }
    #expect(stepped != frozen)
    try viewer.press("Escape")
    #expect(viewer.waitUntilExit() == 0)
  }

  @Test("P and R dress the scene anew, and going round all presets brings the first look back", display)
  func looks() throws {
    let viewer = try Viewer(["Scenes/arena.yaml", "--show", ""])
    let first = try viewer.picture()
    try viewer.press("p")
    let full = try viewer.picture()
    #expect(full.difference(from: first, y: 0.1...1) > 0.2)
    try viewer.press("r")
    let rolled = try viewer.picture()
    #expect(rolled.difference(from: full, y: 0.1...1) > 0.2)
    for _ in 0..<5 { try viewer.press("p") }
    let again = try viewer.picture()
    #expect(again.difference(from: first, y: 0.1...1) < 0.02)
  }

  @Test("a recording is paused at a step and drawn to a file; other steps look different", display)
  func recording() throws {
    let folder = try TemporaryFolder()
    #expect(
      try Command(
        "demos", "Experiments/arena_drive/experiment.yaml", "--episodes", "1", "--no-images", "--out",
        folder.file("run")
      ).status == 0)
    let screen = try Screen()
    let pictures = try ["0", "15"].map { step in
      let path = folder.file("step-\(step).png")
      let view = try Command(
        "view", folder.file("run"), "--step", step, "--screenshot", path, "--size", "960x540",
        environment: ["DISPLAY": screen.display])
      #expect(view.status == 0, "\(view.errors)")
      return try Picture(path, width: 960, height: 540)
    }
    #expect(pictures[0].difference(from: pictures[1]) > 0.002)
  }

  @Test(
    "what is driven by hand is recorded, verifies to the bit, and closing in mid-episode keeps the finished ones",
    display)
  func driving() throws {
    let viewer = try Viewer([
      "Experiments/arena_drive/experiment.yaml", "--record", "driven", "--set", "imageSize=64", "--set",
      "schedule={single: [move_forward]}", "--set", "steps=60", "--show", "task",
    ])
    _ = try viewer.picture()
    try viewer.screen.act("keydown", "w")
    try viewer.press("space")
    viewer.waitForEpisode(in: "driven")
    try viewer.screen.act("keyup", "w")
    try viewer.press("n", "space")
    usleep(400_000)
    try viewer.press("Escape")
    #expect(viewer.waitUntilExit() == 0)
    #expect(try viewer.folder.text("output").contains("policy teleop"))
    let lines = try viewer.folder.text("driven/episodes.jsonl").split(separator: "\n")
    #expect(lines.count == 1 && lines[0].contains("\"success\""), "\(lines)")
    let verified = try Command("verify", viewer.folder.file("driven"))
    #expect(verified.output == "1 of 1 episodes are identical to the bit\n", "\(verified.errors)")

    let training = viewer.folder.file("training.yaml")
    let text = """
      demonstrations: [driven]
      experiment: \(Command.root.path)/Experiments/arena_drive/experiment.yaml
      epochs: 1
      batchSize: 8
      validationShare: 0
      evaluation: {everyEpochs: 100, episodes: 1, overrides: [imageSize=64]}
      """
    try text.write(toFile: training, atomically: true, encoding: .utf8)
    let trained = try Command("train", training, "--out", viewer.folder.file("trained"))
    #expect(trained.status == 0, "\(trained.errors)")
    #expect((trained.output + trained.errors).contains("driven: 1 demonstrations"))
  }

  @Test("a recording is led by keys, wheel and drags: in time, by camera, in what it shows", display)
  func leading() throws {
    let folder = try TemporaryFolder()
    #expect(
      try Command(
        "demos", "Experiments/tabletop/experiment.yaml", "--episodes", "1", "--no-images", "--set",
        "schedule={single: [lift]}", "--out", folder.file("run")
      ).status == 0)
    let viewer = try Viewer([folder.file("run"), "--show", "", "--step", "0"])
    let first = try viewer.picture()
    func changes(_ what: String, by share: Double = 0.001, _ act: () throws -> Void) throws {
      let before = try viewer.picture()
      try act()
      let after = try viewer.picture { $0.difference(from: before) > share }
      #expect(after.difference(from: before) > share, "\(what)")
    }
    try changes("End") { try viewer.press("End") }
    try changes("one step back and one second") { try viewer.press("comma", "Left") }
    try changes("3: frames") { try viewer.press("3") }
    try changes("4: trajectory, a thin line", by: 0.0002) { try viewer.press("4") }
    try changes("5: the task", by: 0.01) { try viewer.press("5") }
    try viewer.press("3", "4", "5", "Home")
    let begin = try viewer.picture { $0.difference(from: first) < 0.0002 }
    #expect(begin.difference(from: first) < 0.0002, "Home, and nothing shown: as at first")
    try changes("wheel", by: 0.1) { try viewer.screen.act("mousemove", "450", "250", "click", "4", "click", "4") }
    try changes("right drag", by: 0.1) {
      try viewer.screen.act("mousedown", "3", "mousemove", "520", "280", "mouseup", "3")
    }
    try changes("V: a camera of the scene", by: 0.1) { try viewer.press("v") }
    try changes("Z: the first view", by: 0.1) { try viewer.press("z") }
    try viewer.press("Escape")
    #expect(viewer.waitUntilExit() == 0)
  }

  @Test("the arm is driven by keys, Backspace begins the episode again, and what was driven verifies", display)
  func drivingTheArm() throws {
    let viewer = try Viewer([
      "Experiments/tabletop/experiment.yaml", "--record", "driven", "--set", "imageSize=64", "--set",
      "schedule={single: [lift]}", "--show", "", "--set", "steps=40",
    ])
    let first = try viewer.picture()
    try viewer.screen.act("keydown", "i")
    try viewer.press("g", "space")
    let moved = try viewer.picture { $0.difference(from: first) > 0.005 }
    #expect(moved.difference(from: first) > 0.005)
    try viewer.press("BackSpace")
    let again = try viewer.picture { $0.difference(from: first) < 0.002 }
    #expect(again.difference(from: first) < 0.002, "from its beginning")
    try viewer.press("space")
    viewer.waitForEpisode(in: "driven")
    try viewer.screen.act("keyup", "i")
    try viewer.press("Escape")
    #expect(viewer.waitUntilExit() == 0)
    let verified = try Command("verify", viewer.folder.file("driven"))
    #expect(verified.output == "1 of 1 episodes are identical to the bit\n", "\(verified.errors)")
  }

  @Test("without a display, or with too old an OpenGL, it says what to do and exits 70")
  func noDisplay() throws {
    let blind = try Command("view", "Scenes/arena.yaml", environment: ["DISPLAY": "", "WAYLAND_DISPLAY": ""])
    #expect(blind.status == 70)
    #expect(blind.errors.contains("cannot open a window") && blind.errors.contains("xvfb-run -a rehearse view"))
  }

  @Test("an OpenGL below 3.3 is refused with a remedy", display)
  func oldOpenGL() throws {
    let screen = try Screen()
    let old = try Command(
      "view", "Scenes/arena.yaml", environment: ["DISPLAY": screen.display, "MESA_GL_VERSION_OVERRIDE": "2.1"])
    #expect(old.status == 70)
    #expect(old.errors.contains("OpenGL 3.3") && old.errors.contains("LIBGL_ALWAYS_SOFTWARE=1"), "\(old.errors)")
  }

  @Test("faults of files and arguments are told before any window opens")
  func mistakes() throws {
    let none = ["DISPLAY": ""]
    let size = try Command("view", "Scenes/arena.yaml", "--size", "12", environment: none)
    #expect(size.status == 64 && size.errors.contains("--size must be like 1280x720"))
    let show = try Command("view", "Scenes/arena.yaml", "--show", "everything", environment: none)
    #expect(show.status == 64 && show.errors.contains("--show takes cameras,contacts"))
    let resume = try Command("view", "Scenes/arena.yaml", "--resume", environment: none)
    #expect(resume.status == 64 && resume.errors.contains("--resume needs --record"))
    let missing = try Command("view", "Scenes/nowhere.yaml", environment: none)
    #expect(missing.status == 65 && missing.errors.contains("no such file"), "\(missing.errors)")
  }
}
