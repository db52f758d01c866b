import ArgumentParser

@main
struct Rehearse: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rehearse", abstract: "Robot policies rehearse before they meet the world.",
    subcommands: [Doctor.self])
}
