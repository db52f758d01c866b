import Testing

@Suite("Recording") struct RecordingTests {}
