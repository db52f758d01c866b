"""The robot of the tabletop benchmark as numbers, and the same numbers as URDF (PyBullet) and MJCF (MuJoCo).

A floating box on two driven wheels and two frictionless casters carries an arm with the Franka Panda's kinematics,
joint limits and inertias, and two fingers. Every shape is a primitive.
"""

from dataclasses import dataclass, field
from math import cos, pi, sin


@dataclass
class Shape:
    kind: str  # box (full extents), cylinder (radius, length), sphere (radius)
    size: tuple
    xyz: tuple = (0, 0, 0)
    rpy: tuple = (0, 0, 0)
    rgba: tuple = (0.93, 0.93, 0.95, 1)


@dataclass
class Link:
    name: str
    parent: str
    joint: str  # free, fixed, continuous, revolute, prismatic
    xyz: tuple
    rpy: tuple
    mass: float
    center: tuple
    inertia: tuple  # ixx, iyy, izz, ixy, ixz, iyz
    shapes: list = field(default_factory=list)
    axis: tuple = (0, 0, 1)
    limits: tuple = (0, 0)
    effort: float = 0
    friction: float = 0.8


def solid_box(mass, x, y, z):
    return (mass * (y * y + z * z) / 12, mass * (x * x + z * z) / 12, mass * (x * x + y * y) / 12, 0, 0, 0)


def solid_cylinder(mass, radius, length):
    side = mass * (3 * radius * radius + length * length) / 12
    return (side, side, mass * radius * radius / 2, 0, 0, 0)


def solid_sphere(mass, radius):
    return (0.4 * mass * radius * radius,) * 3 + (0, 0, 0)


WHEEL_RADIUS, WHEEL_SEPARATION = 0.1, 0.5
BASE_SIZE, BASE_CLEARANCE = (0.5, 0.46, 0.3), 0.06
BASE_HEIGHT = BASE_CLEARANCE + BASE_SIZE[2] / 2  # of the base link's origin, its box's centre
DARK, BLUE = (0.18, 0.19, 0.21, 1), (0.16, 0.34, 0.62, 1)

# The Panda's chain: xyz, roll, limits, effort; mass, centre, inertia (franka_description's set); shapes of ours.
# Joint 4's published inertia is not that of a real body (its principal moments break A + B >= C, and both peers refuse
# it), so 0.0012 is added to its diagonal.
PANDA = [
    ((0, 0, 0.333), 0, (-2.8973, 2.8973), 87, 2.7907, (0.00033, -0.02204, -0.04762),
     (0.01564783, 0.01439884, 0.00500444, 0.00000531, -0.00003677, -0.00248481),
     [Shape("cylinder", (0.06, 0.24), (0, 0, -0.15))]),
    ((0, 0, 0), -pi / 2, (-1.7628, 1.7628), 87, 2.5420, (0.00038, -0.09211, 0.01908),
     (0.01662428, 0.00462501, 0.01545125, 0.00003086, 0.00000836, 0.003559),
     [Shape("cylinder", (0.06, 0.14)), Shape("cylinder", (0.058, 0.16), (0, -0.14, 0), (pi / 2, 0, 0))]),
    ((0, -0.316, 0), pi / 2, (-2.8973, 2.8973), 87, 2.2513, (0.05152, 0.01696, -0.02971),
     (0.00631742, 0.00866285, 0.00657804, 0.0009731, 0.00292526, 0.00093469),
     [Shape("cylinder", (0.055, 0.12), (0, 0, -0.06))]),
    ((0.0825, 0, 0), pi / 2, (-3.0718, -0.0698), 87, 2.2037, (-0.05113, 0.05825, 0.01698),
     (0.00904586, 0.00769543, 0.0112308, -0.00339592, 0.00158704, -0.00181478),
     [Shape("cylinder", (0.055, 0.13)), Shape("cylinder", (0.052, 0.1), (-0.0825, 0.1, 0), (pi / 2, 0, 0))]),
    ((-0.0825, 0.384, 0), -pi / 2, (-2.8973, 2.8973), 12, 2.2855, (-0.00005, 0.0373, -0.0928),
     (0.02297015, 0.02095061, 0.00430607, -0.00000949, -0.00002063, 0.00382346),
     [Shape("cylinder", (0.05, 0.2), (0, 0.03, -0.15)), Shape("cylinder", (0.045, 0.1))]),
    ((0, 0, 0), pi / 2, (-0.0175, 3.7525), 12, 1.353, (0.06572, -0.00371, 0.00153),
     (0.00087965, 0.00277797, 0.00286702, -0.00021488, -0.00011912, 0.00001274),
     [Shape("cylinder", (0.048, 0.11), (0.04, 0, 0))]),
    ((0.088, 0, 0), pi / 2, (-2.8973, 2.8973), 12, 0.35973, (0.00089, -0.00044, 0.05491),
     (0.00019541, 0.0001921, 0.00017936, 0.00000165, 0.00000149, -0.00000131),
     [Shape("cylinder", (0.045, 0.09), (0, 0, 0.055), rgba=DARK)]),
]
ARM_HOME = (0, -0.785, 0, -2.356, 0, 1.571, 0.785)
ARM_JOINTS = [f"arm{i}" for i in range(1, 8)]
FINGER_JOINTS = ["finger1", "finger2"]
WHEEL_JOINTS = ["wheel_left", "wheel_right"]
FINGER_OPEN = 0.04

# The front camera stands on a short mast beside the arm and looks ahead, down at the table and a little inwards.
CAMERA_XYZ, CAMERA_FOV_DEGREES, CAMERA_SIZE = (0.2, 0.17, 0.62), 60, 224
PITCH, YAW = 0.6, -0.22
CAMERA_FORWARD = (cos(PITCH) * cos(YAW), cos(PITCH) * sin(YAW), -sin(PITCH))
CAMERA_RIGHT = (sin(YAW), -cos(YAW), 0)
CAMERA_UP = (sin(PITCH) * cos(YAW), sin(PITCH) * sin(YAW), cos(PITCH))


def links():
    result = [
        Link("base", "", "free", (0, 0, BASE_HEIGHT), (0, 0, 0), 40, (0, 0, -0.05), solid_box(40, *BASE_SIZE),
             [Shape("box", BASE_SIZE, rgba=BLUE), Shape("cylinder", (0.015, 0.5), (0.2, 0.17, 0.37), rgba=DARK)])
    ]
    for name, side in (("wheel_left", 1), ("wheel_right", -1)):
        result.append(
            Link(name, "base", "continuous", (0, side * WHEEL_SEPARATION / 2, WHEEL_RADIUS - BASE_HEIGHT),
                 (-pi / 2, 0, 0), 1.5, (0, 0, 0), solid_cylinder(1.5, WHEEL_RADIUS, 0.04),
                 [Shape("cylinder", (WHEEL_RADIUS, 0.04), rgba=DARK)], effort=20, friction=1))
    for name, side in (("caster_front", 1), ("caster_rear", -1)):
        result.append(
            Link(name, "base", "fixed", (side * 0.2, 0, 0.03 - BASE_HEIGHT), (0, 0, 0), 0.2, (0, 0, 0),
                 solid_sphere(0.2, 0.03), [Shape("sphere", (0.03,), rgba=DARK)], friction=0))
    result.append(
        Link("pedestal", "base", "fixed", (0.08, 0, BASE_SIZE[2] / 2), (0, 0, 0), 2.3966, (-0.0172, 0.0004, 0.0745),
             (0.009, 0.0115, 0.0085, 0, 0.002, 0), [Shape("cylinder", (0.075, 0.14), (0, 0, 0.07))]))
    parent = "pedestal"
    for index, (xyz, roll, limits, effort, mass, center, inertia, shapes) in enumerate(PANDA):
        name = ARM_JOINTS[index]
        result.append(Link(name, parent, "revolute", xyz, (roll, 0, 0), mass, center, inertia, shapes,
                           limits=limits, effort=effort))
        parent = name
    result.append(
        Link("hand", parent, "fixed", (0, 0, 0.107), (0, 0, -pi / 4), 0.6544, (0, 0.0119, 0.0207),
             (0.00186, 0.0003, 0.00174, 0, 0, -0.00002), [Shape("box", (0.06, 0.2, 0.06), (0, 0, 0.03), rgba=DARK)]))
    for name, turn in (("finger1", 0), ("finger2", pi)):
        result.append(
            Link(name, "hand", "prismatic", (0, 0, 0.0584), (0, 0, turn), 0.0291, (0, 0.0153, 0.022),
                 (8.49e-6, 8.53e-6, 1.77e-6, 0, 0, -1.06e-6), [Shape("box", (0.02, 0.015, 0.05), (0, 0.0076, 0.025))],
                 axis=(0, 1, 0), limits=(0, FINGER_OPEN), effort=60, friction=1))
    return result


def text(values):
    return " ".join(f"{value:.9g}" for value in values)


def urdf():
    lines = ['<robot name="mobile_manipulator">']
    for link in links():
        ixx, iyy, izz, ixy, ixz, iyz = link.inertia
        lines += [
            f'<link name="{link.name}"><contact><lateral_friction value="{link.friction}"/></contact><inertial>',
            f'<origin xyz="{text(link.center)}"/><mass value="{link.mass}"/>',
            f'<inertia ixx="{ixx}" iyy="{iyy}" izz="{izz}" ixy="{ixy}" ixz="{ixz}" iyz="{iyz}"/></inertial>',
        ]
        for index, shape in enumerate(link.shapes):
            geometry = {
                "box": lambda s: f'<box size="{text(s.size)}"/>',
                "cylinder": lambda s: f'<cylinder radius="{s.size[0]}" length="{s.size[1]}"/>',
                "sphere": lambda s: f'<sphere radius="{s.size[0]}"/>',
            }[shape.kind](shape)
            place = f'<origin xyz="{text(shape.xyz)}" rpy="{text(shape.rpy)}"/><geometry>{geometry}</geometry>'
            color = f'<material name="{link.name}{index}"><color rgba="{text(shape.rgba)}"/></material>'
            lines += [f"<collision>{place}</collision>", f"<visual>{place}{color}</visual>"]
        lines.append("</link>")
        if link.parent:
            lower, upper = link.limits
            lines += [
                f'<joint name="{link.name}" type="{link.joint}"><parent link="{link.parent}"/>',
                f'<child link="{link.name}"/><origin xyz="{text(link.xyz)}" rpy="{text(link.rpy)}"/>',
                f'<axis xyz="{text(link.axis)}"/>',
                f'<limit lower="{lower}" upper="{upper}" effort="{link.effort}" velocity="10"/></joint>',
            ]
    return "\n".join(lines + ["</robot>"])


def mjcf_shape(shape, friction):
    size = {
        "box": lambda s: [extent / 2 for extent in s],
        "cylinder": lambda s: [s[0], s[1] / 2],
        "sphere": lambda s: s,
    }[shape.kind](shape.size)
    # MuJoCo takes the larger friction of a pair; a frictionless caster needs priority. The robot does not hit itself.
    contact = f'friction="{friction} 0.005 0.0001"' if friction > 0 else 'condim="1" priority="1"'
    return (f'<geom type="{shape.kind}" size="{text(size)}" pos="{text(shape.xyz)}" euler="{text(shape.rpy)}" '
            f'rgba="{text(shape.rgba)}" mass="0" contype="1" conaffinity="2" {contact}/>')


def mjcf_body(link, children, camera):
    joint = {
        "free": lambda: "<freejoint/>",
        "fixed": lambda: "",
        "continuous": lambda: f'<joint name="{link.name}" axis="{text(link.axis)}" armature="0.01"/>',
        "revolute": lambda: f'<joint name="{link.name}" axis="{text(link.axis)}" range="{text(link.limits)}" '
                            'armature="0.1" damping="60"/>',
        "prismatic": lambda: f'<joint name="{link.name}" type="slide" axis="{text(link.axis)}" '
                             f'range="{text(link.limits)}" damping="20"/>',
    }[link.joint]()
    body = [f'<body name="{link.name}" pos="{text(link.xyz)}" euler="{text(link.rpy)}">', joint,
            f'<inertial pos="{text(link.center)}" mass="{link.mass}" fullinertia="{text(link.inertia)}"/>']
    body += [mjcf_shape(shape, link.friction) for shape in link.shapes]
    body += [camera] if not link.parent else []
    for child in children.get(link.name, []):
        body += mjcf_body(child, children, camera)
    return body + ["</body>"]


def mjcf_bodies(camera):
    """The robot's body tree, with the camera element in its base."""
    children = {}
    for link in links():
        children.setdefault(link.parent, []).append(link)
    return "\n".join(mjcf_body(children[""][0], children, camera))


def mjcf_actuators():
    wheels = [f'<velocity joint="{name}" kv="5" forcerange="-20 20"/>' for name in WHEEL_JOINTS]
    arm = [f'<position joint="{link.name}" kp="600" forcerange="{-link.effort} {link.effort}"/>'
           for link in links() if link.joint == "revolute"]
    fingers = [f'<position joint="{name}" kp="1000" forcerange="-60 60"/>' for name in FINGER_JOINTS]
    return "\n".join(wheels + arm + fingers)
