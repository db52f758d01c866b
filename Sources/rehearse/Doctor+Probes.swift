import Foundation
import Rollout

extension Checkup {
  /// Looks at headers, fonts, tools and the processor. Libraries that this program links are there, or it would not run.
  static func ofThisMachine() -> Checkup {
    Checkup(
      machine: machine(), findings: [processor(), swift()] + libraries() + [embree(), stb(), font()] + optionalTools())
  }

  private static func machine() -> String {
    let system = value(of: "PRETTY_NAME", in: "/etc/os-release", separator: "=")?.trimmingCharacters(in: ["\""])
    let model = value(of: "model name", in: "/proc/cpuinfo", separator: ":")
    let gibibytes = Double(ProcessInfo.processInfo.physicalMemory) / Double(1 << 30)
    let cores = ProcessInfo.processInfo.activeProcessorCount
    return "\(system ?? "unknown system"), \(model ?? "unknown processor"), \(cores) cores, "
      + "\(String(format: "%.0f", gibibytes)) GiB"
  }

  private static func processor() -> Finding {
    let flags = value(of: "flags", in: "/proc/cpuinfo", separator: ":")?.split(separator: " ") ?? []
    let known = ["avx2", "fma", "avx512f"].filter { flag in flags.contains { $0 == flag } }
    return Finding(
      name: "AVX2", need: .run, found: known.contains("avx2") ? known.joined(separator: " ") : nil,
      purpose: "instructions that the renderer is compiled for", remedy: "use an x86-64 machine of 2013 or later")
  }

  private static func swift() -> Finding {
    let version = output(of: "swift", ["--version"])?.firstMatch(of: /Swift version ([0-9.]+)/)?.output.1
    let parts = (version ?? "0").split(separator: ".").compactMap { Int($0) }
    let recent = !parts.lexicographicallyPrecedes([6, 2])
    return Finding(
      name: "Swift", need: .build, found: recent ? version.map(String.init) : nil, purpose: "compiler, 6.2 or later",
      remedy: "install it: https://www.swift.org/install/linux")
  }

  private static func libraries() -> [Finding] {
    let known: [(module: String, package: String, purpose: String)] = [
      ("bullet", "libbullet-dev", "physics"),
      ("hdf5", "libhdf5-dev", "trajectories"),
      ("libdeflate", "libdeflate-dev", "trajectories"),
      ("urdfdom", "liburdfdom-dev", "robots"),
      ("tinyxml", "libtinyxml-dev", "robots"),
      ("assimp", "libassimp-dev", "meshes"),
      ("libavformat", "libavformat-dev", "video"),
      ("libavcodec", "libavcodec-dev", "video"),
      ("libavutil", "libavutil-dev", "video"),
      ("libswscale", "libswscale-dev", "video"),
      ("freetype2", "libfreetype-dev", "text in videos and windows"),
      ("gl", "libgl-dev", "renderer: openGL, the window of `rehearse view`"),
      ("egl", "libegl-dev", "renderer: openGL"),
      ("glfw3", "libglfw3-dev", "the window of `rehearse view`"),
    ]
    return known.map { library in
      let version = output(of: "pkg-config", ["--modversion", library.module])
      return Finding(
        name: library.module, need: .build, found: version?.trimmingCharacters(in: .whitespacesAndNewlines),
        purpose: library.purpose, package: library.package)
    }
  }

  private static func embree() -> Finding {
    let version = ["embree4", "embree3"].lazy.compactMap { folder in
      value(of: "#define RTC_VERSION_STRING", in: "/usr/include/\(folder)/rtcore_config.h", separator: " ")
    }.first
    return Finding(
      name: "embree", need: .build, found: version?.trimmingCharacters(in: ["\""]), purpose: "the renderer",
      package: "libembree-dev")
  }

  private static func stb() -> Finding {
    file("stb", at: "/usr/include/stb/stb_image.h", need: .build, purpose: "image textures", package: "libstb-dev")
  }

  private static func font() -> Finding {
    file(
      "DejaVu Sans", at: "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", need: .run, purpose: "text in videos",
      package: "fonts-dejavu-core")
  }

  private static func optionalTools() -> [Finding] {
    let ffprobe = output(of: "ffprobe", ["-version"])?.split(separator: " ").dropFirst(2).first.map(String.init)
    let python = output(of: "python3", ["-c", "import venv, ensurepip, sys; print(sys.version.split()[0])"])
    return [
      Finding(
        name: "ffprobe", need: .optional, found: ffprobe, purpose: "tests read videos back with it", package: "ffmpeg"),
      Finding(
        name: "Xvfb", need: .optional, found: path(of: "Xvfb"), purpose: "`rehearse view` without a display",
        package: "xvfb"),
      Finding(
        name: "xdotool", need: .optional, found: path(of: "xdotool"), purpose: "tests press the viewer's keys with it",
        package: "xdotool"),
      Finding(
        name: "python3 venv", need: .optional, found: python?.trimmingCharacters(in: .whitespacesAndNewlines),
        purpose: "the peers of `make bench`", package: "python3-venv"),
      openGL(),
    ]
  }

  /// Draws nothing, but makes a context: what is installed may still not work.
  private static func openGL() -> Finding {
    var finding = Finding(
      name: "OpenGL", need: .optional, purpose: "renderer: openGL, and the peers of `make bench`",
      package: "libgl1-mesa-dri")
    do { finding.found = try OpenGLDevice.description() } catch { finding.purpose += " (\(error))" }
    return finding
  }

  private static func path(of program: String) -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.map { "\($0)/\(program)" }.first(where: FileManager.default.isExecutableFile)
  }

  private static func file(
    _ name: String, at path: String, need: Finding.Need, purpose: String, package: String
  ) -> Finding {
    let found = FileManager.default.fileExists(atPath: path) ? path : nil
    return Finding(name: name, need: need, found: found, purpose: purpose, package: package)
  }

  /// What follows the separator on the file's first line that begins with the key.
  private static func value(of key: String, in path: String, separator: Character) -> String? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix(key) }),
      let place = line.dropFirst(key.count).firstIndex(of: separator)
    else { return nil }
    return line[line.index(after: place)...].trimmingCharacters(in: .whitespaces)
  }

  /// What a program on PATH prints; nil where it is not there or fails.
  private static func output(of program: String, _ arguments: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
  }
}
