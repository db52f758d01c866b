public import RehearsalCore
