import Testing

@Suite("Physics") struct PhysicsTests {}
