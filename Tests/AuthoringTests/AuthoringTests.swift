import Testing

@Suite("Authoring") struct AuthoringTests {}
