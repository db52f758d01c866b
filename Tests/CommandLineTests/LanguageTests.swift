import Foundation
import Testing

@Suite("rehearse language")
struct LanguageTests {
  @Test("the expert follows swapped words, and every run of the study verifies; it resumes, and never overwrites")
  func expert() throws {
    let folder = try TemporaryFolder()
    let arguments =
      ["language"] + quickRun + ["--set", "steps=300", "--policy", "scripted", "--out", folder.file("study")]
    let study = try Command(arguments + ["--episodes", "2"])
    #expect(study.status == 0, "\(study.errors)")
    let total = try folder.object("study/language.json")["total"] as? [String: Any]
    let swapped = try #require(total?["swapped"] as? [String: Any])
    #expect(swapped["followed"] as? Int == 2 && swapped["followed_rate"] as? Double == 1)
    #expect(study.output.contains("go_to"))
    #expect(FileManager.default.fileExists(atPath: folder.file("study/report.html")))
    for arm in ["swapped", "blank"] {
      #expect(
        try Command(["verify", folder.file("study/" + arm)]).output == "2 of 2 episodes are identical to the bit\n")
    }
    #expect(try Command(arguments + ["--episodes", "3"]).status == 70)
    #expect(try Command(arguments + ["--episodes", "3", "--resume"]).status == 0)
    #expect(try folder.object("study/language.json")["episodes"] as? Int == 3)
  }

  @Test("it does not write over a run")
  func occupied() throws {
    let folder = try TemporaryFolder()
    _ = try Command(["run"] + quickRun + ["--episodes", "1", "--policy", "zero", "--out", folder.file("run")])
    let study = try Command(["language"] + quickRun + ["--episodes", "1", "--out", folder.file("run")])
    #expect(study.status == 70)
    #expect(study.errors.contains("holds a run already"), "\(study.errors)")
  }
}
