import ArgumentParser
import Rollout

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write summary.json, videos and report.html of a run again from its records.")

  @Argument(help: ArgumentHelp("The run's directory.", valueName: "run")) var directory: String
  @OptionGroup var workers: WorkerOptions

  func run() throws {
    var printer = ProgressPrinter()
    let path = try RunPresentation.rewrite(runAt: directory, workers: workers.workers) { printer.show($0) }
    printer.end()
    print(path)
  }
}
