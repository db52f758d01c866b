import Testing

/// One test after the other: several count the C shims' live handles.
@Suite("Recording", .serialized) struct RecordingTests {}
