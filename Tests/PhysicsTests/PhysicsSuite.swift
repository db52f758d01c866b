import Testing

@Suite("Physics") enum PhysicsSuite {}
