import Foundation
import Testing

@Suite("renderer: openGL")
struct OpenGLTests {
  @Test("a run names its device, is of another protocol than the ray tracer's, and verifies with any number of workers")
  func runAndVerify() throws {
    let folder = try TemporaryFolder()
    func run(_ renderer: String) throws -> [String: Any] {
      let command = try Command(
        ["run"] + quickRun
          + [
            "--set", "renderer=\(renderer)", "--episodes", "3", "--workers", "2", "--out", folder.file(renderer),
          ])
      #expect(command.status == 0, "\(command.errors)")
      return try folder.object("\(renderer)/run.json")
    }
    let (drawn, traced) = (try run("openGL"), try run("rayTracer"))
    #expect(drawn["protocolId"] as? String != traced["protocolId"] as? String)
    #expect(device(drawn)?.contains("OpenGL") == true)
    #expect(device(traced) == nil)

    let verified = try Command(["verify", folder.file("openGL"), "--workers", "1"])
    #expect(verified.output == "3 of 3 episodes are identical to the bit\n", "\(verified.errors)")
    for command in [["verify", folder.file("openGL")], ["replay", folder.file("openGL"), "--episode", "0"]] {
      let elsewhere = try Command(command + ["--gpu", "1000"])
      #expect(elsewhere.status != 0 && (elsewhere.errors + elsewhere.output).contains("GPU 1000 is not there"))
    }
  }

  private func device(_ manifest: [String: Any]) -> String? {
    let fingerprint = manifest["fingerprint"] as? [String: Any]
    return (fingerprint?["libraries"] as? [String: Any])?["openGL"] as? String
  }

  @Test("a GPU that is not there, and a renderer that is none, are errors before episode 0")
  func mistakes() throws {
    let folder = try TemporaryFolder()
    let gpu = try Command(
      ["run"] + quickRun + ["--set", "renderer=openGL", "--gpu", "1000", "--out", folder.file("run")])
    #expect(gpu.status == 70)
    #expect(gpu.errors.contains("GPU 1000 is not there"))
    #expect(gpu.errors.contains("renderer: rayTracer"))
    #expect(!FileManager.default.fileExists(atPath: folder.file("run")))

    let misspelt = try Command(["bench", quickRun[0], "--renderer", "openGl"])
    #expect(misspelt.status == 65)
    #expect(misspelt.errors.contains("did you mean \"openGL\"?"))
  }

  @Test(
    "no EGL device, or one whose OpenGL is too old, is told before episode 0, with the ray tracer as the remedy",
    arguments: [
      (["__EGL_VENDOR_LIBRARY_FILENAMES": "/nonexistent"], "EGL"),
      (["MESA_GL_VERSION_OVERRIDE": "2.1"], "OpenGL is older than 3.3"),
    ])
  func unusable(environment: [String: String], named: String) throws {
    let folder = try TemporaryFolder()
    let run = try Command(
      ["run"] + quickRun + ["--set", "renderer=openGL", "--out", folder.file("run")], environment: environment)
    #expect(run.status == 70)
    #expect(run.errors.contains(named) && run.errors.contains("use `renderer: rayTracer`"), "\(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.file("run")))
  }

  @Test("bench and doctor say what draws")
  func device() throws {
    let bench = try Command(
      ["bench"] + quickRun + ["--renderer", "openGL", "--policy", "zero", "--episodes", "2", "--workers", "1"])
    #expect(bench.status == 0, "\(bench.errors)")
    #expect(bench.output.contains("drawn by openGL, "))
    let report = try DoctorTests.Report(Command("doctor", "--json"))
    #expect(report.findings.contains { $0.name == "OpenGL" && $0.found?.contains("OpenGL") == true })
  }
}
