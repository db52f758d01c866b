import Testing

/// Serialized, so that native handles can be counted.
@Suite("Rendering", .serialized) struct RenderingTests {}
