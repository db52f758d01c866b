import Testing

@Suite("RehearsalCore") struct RehearsalCoreTests {}
