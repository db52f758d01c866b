import ArgumentParser
import Foundation
import Learning
import RehearsalCore

@main
struct Rehearse: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rehearse",
    abstract: "Robot policies rehearse before they meet the world.",
    discussion: """
      Exit codes: 0 done · 64 wrong usage · 65 bad input file · 70 something else failed · \
      75 finished, but some episodes were invalid.
      """,
    version: "0.1.0",
    subcommands: [
      RunCommand.self, LanguageCommand.self, DemosCommand.self, TrainCommand.self, ScoreCommand.self,
      ReplayCommand.self, ViewCommand.self,
      VerifyCommand.self, ReportCommand.self,
      ValidateCommand.self, BenchCommand.self, Doctor.self,
    ])

  static func main() {
    Compute.restartForBetterKernels()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as AuthoringError {
      fail("\(error)", code: 65)
    } catch let error as RehearsalError {
      fail("error: \(error)", code: error.code == .malformed ? 65 : 70)
    } catch {
      exit(withError: error)
    }
  }

  private static func fail(_ message: String, code: Int32) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    Foundation.exit(code)
  }
}

extension ExitCode {
  /// Finished, but some episodes were invalid.
  static let someInvalid = ExitCode(75)
  /// Verification found other bits.
  static let internalError = ExitCode(70)
}
