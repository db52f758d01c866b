import RehearsalCore
import Testing

@testable import Authoring

@Suite("Faulty URDFs") struct URDFFaultTests {
  struct Fault: CustomTestStringConvertible, Sendable {
    var what: String
    var body: String
    var expected: String
    var testDescription: String { what }
  }

  private static let mass =
    "<inertial><mass value='1'/><inertia ixx='1' iyy='1' izz='1' ixy='0' ixz='0' iyz='0'/></inertial>"

  /// A moving joint from link `a` to `b` with the given insides.
  private static func joint(
    _ name: String = "j", type: String = "revolute", from parent: String = "a", to child: String = "b",
    inside: String = "<limit lower='-1' upper='1' effort='5' velocity='2'/>"
  ) -> String {
    "<joint name='\(name)' type='\(type)'><parent link='\(parent)'/><child link='\(child)'/>\(inside)</joint>"
  }

  private static let b = "<link name='b'>\(mass)</link>"

  static let faults = [
    Fault(
      what: "a cycle",
      body: "<link name='a'/>\n\(b)\n<link name='c'>\(mass)</link>\n"
        + joint("j1", from: "b", to: "c") + "\n" + joint("j2", from: "c", to: "b"),
      expected: "robot.urdf:3:1: error: links form a cycle: b → c → b"),
    Fault(
      what: "a second parent", body: "<link name='a'/>\n\(b)\n" + joint("j1") + "\n" + joint("j2"),
      expected:
        "robot.urdf:5:1: error: link \"b\" is already the child of joint \"j1\"; a robot is a tree, without cycles"),
    Fault(
      what: "two roots", body: "<link name='a'/>\n\(b)",
      expected: "robot.urdf:3:1: error: link \"b\" is a second root beside \"a\"; join it to a parent"),
    Fault(
      what: "no root", body: "<link name='a'>\(mass)</link>\n\(b)\n" + joint("j1") + joint("j2", from: "b", to: "a"),
      expected: "robot.urdf:2:1: error: links form a cycle: a → b → a"),
    Fault(
      what: "zero mass",
      body: "<link name='a'/>\n<link name='b'><inertial><mass value='0'/>"
        + "<inertia ixx='1' iyy='1' izz='1' ixy='0' ixz='0' iyz='0'/></inertial></link>\n" + joint(),
      expected: "robot.urdf:3:26: error: the mass of link \"b\" must be positive, not 0.0"),
    Fault(
      what: "negative mass",
      body: "<link name='a'>\n<inertial><mass value='-2'/>"
        + "<inertia ixx='1' iyy='1' izz='1' ixy='0' ixz='0' iyz='0'/></inertial></link>",
      expected: "robot.urdf:3:11: error: the mass of link \"a\" must be positive, not -2.0"),
    Fault(
      what: "a moving link without mass", body: "<link name='a'/>\n<link name='b'/>\n" + joint(),
      expected: "robot.urdf:3:1: error: link \"b\" moves but has no mass; give it an <inertial>"),
    Fault(
      what: "an inertia that is not positive",
      body: "<link name='a'>\n<inertial><mass value='1'/>"
        + "<inertia ixx='1' iyy='1' izz='1' ixy='2' ixz='0' iyz='0'/></inertial></link>",
      expected: "robot.urdf:3:28: error: the inertia of link \"a\" is not positive definite: "
        + "its principal moments are -1.0, 1.0, 3.0"),
    Fault(
      what: "an impossible inertia",
      body: "<link name='a'>\n<inertial><mass value='1'/>"
        + "<inertia ixx='1' iyy='1' izz='3' ixy='0' ixz='0' iyz='0'/></inertial></link>",
      expected: "robot.urdf:3:28: error: the inertia of link \"a\" is impossible: "
        + "of its principal moments 1.0, 1.0, 3.0 the last exceeds the sum of the others"),
    Fault(
      what: "NaN",
      body: "<link name='a'>\n<inertial><origin xyz='0 nan 0'/><mass value='1'/>"
        + "<inertia ixx='1' iyy='inf' izz='1' ixy='0' ixz='0' iyz='0'/></inertial></link>",
      expected: """
        robot.urdf:3:19: error: xyz of <origin>: not a finite number in "0 nan 0"
        robot.urdf:3:68: error: iyy of <inertia>: not a finite number in "inf"
        """),
    Fault(
      what: "a missing mesh",
      body: "<link name='a'>\n<visual><geometry><mesh filename='cup.stl'/></geometry></visual></link>",
      expected: "robot.urdf:3:25: error: there is no mesh file cup.stl"),
    Fault(
      what: "an unknown geometry", body: "<link name='a'>\n<visual><geometry><torus/></geometry></visual></link>",
      expected: "robot.urdf:3:19: error: unknown geometry <torus>; known are box, sphere, cylinder and mesh"),
    Fault(
      what: "a shape without extent",
      body: "<link name='a'>\n<visual><geometry><box size='1 0 1'/></geometry></visual></link>",
      expected: "robot.urdf:3:24: error: size of <box> must be positive"),
    Fault(
      what: "missing limits", body: "<link name='a'/>\n\(b)\n" + joint(inside: ""),
      expected: "robot.urdf:4:1: error: joint \"j\" lacks a <limit>"),
    Fault(
      what: "limits the wrong way round",
      body: "<link name='a'/>\n\(b)\n" + joint(inside: "<limit lower='1' upper='-1' effort='1' velocity='1'/>"),
      expected: "robot.urdf:4:68: error: joint \"j\": its lower limit 1.0 is not below its upper limit -1.0"),
    Fault(
      what: "duplicate names", body: "<link name='a'/>\n<link name='a'/>",
      expected: "robot.urdf:3:1: error: link \"a\" is already defined in line 2"),
    Fault(
      what: "an axis without length",
      body: "<link name='a'/>\n\(b)\n"
        + joint(inside: "<axis xyz='0 0 0'/><limit lower='-1' upper='1' effort='1' velocity='1'/>"),
      expected: "robot.urdf:4:68: error: the axis of joint \"j\" has no length"),
    Fault(
      what: "an unknown link", body: "<link name='a'/>\n\(b)\n" + joint(to: "c"),
      expected: """
        robot.urdf:3:1: error: link "b" is a second root beside "a"; join it to a parent
        robot.urdf:4:51: error: joint "j": there is no link "c"
        """),
    Fault(
      what: "an unknown joint type", body: "<link name='a'/>\n\(b)\n" + joint(type: "ball"),
      expected: "robot.urdf:4:1: error: joint \"j\" has the unknown type \"ball\"; "
        + "known are fixed, revolute, continuous and prismatic"),
    Fault(
      what: "an undefined material",
      body: "<link name='a'>\n<visual><geometry><sphere radius='1'/></geometry><material name='red'/></visual></link>",
      expected: "robot.urdf:3:50: error: material \"red\" is not defined in <robot>"),
    Fault(
      what: "mimicking a joint that is not there",
      body: "<link name='a'/>\n\(b)\n"
        + joint(inside: "<limit lower='-1' upper='1' effort='1' velocity='1'/><mimic joint='k'/>"),
      expected: "robot.urdf:4:121: error: joint \"j\" mimics \"k\", which does not exist"),
    Fault(
      what: "no link at all", body: "", expected: "robot.urdf:1:1: error: a robot needs at least one <link>"),
  ]

  @Test("are refused with the fault's place", arguments: faults)
  func message(fault: Fault) throws {
    let folder = try ScratchFolder()
    let path = try folder.write("<robot name='r'>\n\(fault.body)\n</robot>", to: "robot.urdf")
    #expect(reported(in: folder) { try URDFLoader.load(path: path) } == fault.expected)
  }

  @Test("that are no XML are refused with the place where it breaks")
  func malformed() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("<robot name='r'>\n  <link name='a'>\n</robot>", to: "robot.urdf")
    #expect(
      reported(in: folder) { try URDFLoader.load(path: path) }
        == "robot.urdf:3:1: error: malformed XML: Error reading end tag.")
  }

  @Test("report every fault at once, from top to bottom")
  func allAtOnce() throws {
    let folder = try ScratchFolder()
    let body = """
      <robot name='r'>
        <link name='a'><visual><geometry><torus/></geometry></visual></link>
        <link name='b'><visual><geometry><mesh filename='x.obj'/></geometry></visual></link>
        <joint name='j' type='revolute'><parent link='a'/><child link='b'/></joint>
      </robot>
      """
    let path = try folder.write(body, to: "robot.urdf")
    #expect(
      reported(in: folder) { try URDFLoader.load(path: path) } == """
        robot.urdf:2:36: error: unknown geometry <torus>; known are box, sphere, cylinder and mesh
        robot.urdf:3:42: error: there is no mesh file x.obj
        robot.urdf:4:3: error: joint "j" lacks a <limit>
        """)
  }

  @Test(
    "of hostile shape are refused, not crashed on",
    arguments: [
      String(repeating: "<a>", count: 200_000), "<robot name='r'>" + String(repeating: "<link>", count: 5000), "",
      "\u{FEFF}", "<", "<robot", "<!--", "<![CDATA[", "<robot name='r' name='r'/>", "\u{0}", "<robot>\u{0}</robot>",
      "<robot name=''><link/><joint/><material/></robot>", "<robot name='r'><link name='a'><inertial/></link></robot>",
      "<robot name='r'><link name='a'><visual/><collision/></link></robot>", "<urdf/>",
      "<robot name='r'><link name='a'/><joint name='j' type='fixed'><parent/><child link='a'/></joint></robot>",
      "<robot name='r'><link name='a'/><joint name='j' type='fixed'><parent link='a'/><child link='a'/></joint></robot>",
    ])
  func hostile(text: String) throws {
    let folder = try ScratchFolder()
    let path = try folder.write(text, to: "robot.urdf")
    #expect(throws: AuthoringError.self) { try URDFLoader.load(path: path) }
  }

  @Test("that are not there, are folders, or are no text are refused")
  func unreadable() throws {
    let folder = try ScratchFolder()
    #expect(
      reported(in: folder) { try URDFLoader.load(path: folder.path + "/none.urdf") }
        == "none.urdf: error: there is no URDF file none.urdf")
  }
}
