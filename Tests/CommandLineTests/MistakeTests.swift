import Foundation
import Testing

@Suite("What people get wrong")
struct MistakeTests {
  @Test("wrong usage exits 64 and says what is expected")
  func usage() throws {
    let size = try Command(["replay", "nowhere", "--episode", "0", "--size", "12"])
    #expect(size.status == 64)
    #expect(size.errors.contains("--size must be like 1280x720, each from 16 to 8192, not 12."))
    #expect(try Command(["run", "x.yaml"]).status == 64)
    #expect(try Command(["dance"]).status == 64)
    let workers = try Command(["run", "x.yaml", "--out", "y", "--workers", "0"])
    #expect(workers.status == 64 && workers.errors.contains("--workers must be at least 1, not 0."))
    for change in ["randomization=none", "randomization.preset=none"] {
      let twice = try Command(["validate"] + quickRun + ["--randomize", "full", "--set", change])
      #expect(twice.status == 64 && twice.errors.contains("--randomize and --set \(change) both say what is random"))
    }
  }

  @Test("faults of an experiment exit 65, all at once, each with its place")
  func badExperiment() throws {
    let folder = try TemporaryFolder()
    try """
    scene: missing.yaml
    commands: []
    schedule: {single: all}
    actionSpaces: baseTwist
    controlHz: fast
    """.write(toFile: folder.file("bad.yaml"), atomically: true, encoding: .utf8)
    let run = try Command(["run", folder.file("bad.yaml"), "--out", folder.file("run")])
    #expect(run.status == 65)
    #expect(run.errors.contains("bad.yaml:4:1: error: "))
    #expect(run.errors.contains("did you mean \"actionSpace\"?"))
    #expect(run.errors.contains("bad.yaml:5:12: error: controlHz: "))
    #expect(run.errors.contains("missing.yaml"))
    #expect(!FileManager.default.fileExists(atPath: folder.file("run")), "nothing runs")
  }

  @Test("an unknown policy, and one that does not fit the robot, are errors before episode 0")
  func mismatch() throws {
    let folder = try TemporaryFolder()
    let unknown = try Command(["run"] + quickRun + ["--policy", "clever", "--out", folder.file("run")])
    #expect(unknown.status == 70)
    #expect(unknown.errors.contains("there is no policy called `clever`"))
    let servo = try Command([
      "run", "Experiments/tabletop/experiment.yaml", "--policy", "visual-servo", "--out", folder.file("run"),
    ])
    #expect(servo.status == 70)
    #expect(servo.errors.contains("policy visual-servo does not fit experiment tabletop"))
    let space = try Command(["run"] + quickRun + ["--set", "actionSpace=jointPosition", "--out", folder.file("run")])
    #expect(
      space.status == 65 && space.errors.contains("a gripper, which the robot \"turtlebot\" lacks"), "\(space.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.file("run")))
  }

  @Test("a directory of another run, or of something else, is not written into")
  func foreignDirectory() throws {
    let folder = try TemporaryFolder()
    let arguments = ["run"] + quickRun + ["--set", "steps=2", "--episodes", "1", "--out", folder.file("run")]
    #expect(try Command(arguments).status == 0)
    let again = try Command(arguments)
    #expect(again.status == 70)
    #expect(again.errors.contains("holds a run already"))
    let other = try Command(arguments + ["--seed", "99", "--resume"])
    #expect(other.status == 70)
    #expect(other.errors.contains("is the directory of another run"))
    try "mine".write(toFile: folder.file("notes.txt"), atomically: true, encoding: .utf8)
    let foreign = try Command(["run"] + quickRun + ["--out", folder.path])
    #expect(foreign.status == 70)
    #expect(foreign.errors.contains("remedy: "))
  }

  @Test("a read-only place and a directory that is no run say what to do")
  func unwritable() throws {
    let run = try Command(["run"] + quickRun + ["--episodes", "1", "--out", "/proc/rehearse"])
    #expect(run.status == 70)
    #expect(run.errors.contains("/proc/rehearse") && run.errors.contains("remedy: "))
    let verify = try Command(["verify", "/etc"])
    #expect(verify.status == 70)
    #expect(verify.errors.contains("/etc is not the directory of a run"))
  }

  @Test("a damaged journal or trajectory file is named, with a remedy, and nothing crashes")
  func damaged() throws {
    let folder = try TemporaryFolder()
    _ = try Command(["run"] + quickRun + ["--set", "steps=3", "--episodes", "2", "--out", folder.file("run")])
    let trajectories = URL(filePath: folder.file("run/trajectories.hdf5"))
    let whole = try Data(contentsOf: trajectories)
    try whole.prefix(whole.count / 2).write(to: trajectories)
    let verify = try Command(["verify", folder.file("run")])
    #expect(verify.status == 65 || verify.status == 70)
    #expect(verify.errors.contains("trajectories.hdf5") && verify.errors.contains("remedy: "))

    try whole.write(to: trajectories)
    let journal = try folder.text("run/episodes.jsonl")
    try ("{broken}\n" + journal).write(
      toFile: folder.file("run/episodes.jsonl"), atomically: true, encoding: .utf8)
    let report = try Command(["report", folder.file("run")])
    #expect(report.status == 65 || report.status == 70)
    #expect(report.errors.contains("episodes.jsonl:1"), "\(report.errors)")
  }
}
