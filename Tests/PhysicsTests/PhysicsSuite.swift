import Testing

/// All tests of the target, one after the other: some count the process's native handles.
@Suite("Physics", .serialized) enum PhysicsSuite {}
