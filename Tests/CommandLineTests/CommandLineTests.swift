import Testing

@Suite("CommandLine") struct CommandLineTests {}
