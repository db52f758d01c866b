"""Our mobile manipulator, read from its own files in Assets/robots: one URDF for both peers, its camera, its joints."""

import pathlib
import xml.etree.ElementTree as ElementTree

import numpy
import yaml

FOLDER = pathlib.Path(__file__).parents[3] / "Assets" / "robots" / "mobile_manipulator"
DESCRIPTION = yaml.safe_load((FOLDER / "robot.yaml").read_text())

WHEEL_JOINTS = DESCRIPTION["drive"]["leftWheels"] + DESCRIPTION["drive"]["rightWheels"]
WHEEL_EFFORT = DESCRIPTION["drive"]["maxEffort"]
ARM_JOINTS = DESCRIPTION["arm"]["joints"]
ARM_HOME = DESCRIPTION["arm"]["home"]
FINGER_JOINTS = DESCRIPTION["gripper"]["joints"]
FINGER_OPEN = DESCRIPTION["gripper"]["open"]
FINGER_EFFORT = DESCRIPTION["gripper"]["maxEffort"]
ROOT = "base_link"


def numbers(text):
    return numpy.array([float(word) for word in text.split()])


def composed():
    """The URDF with its parts attached."""
    root = ElementTree.parse(FOLDER / DESCRIPTION["urdf"]).getroot()
    materials = {element.get("name"): element.find("color").get("rgba") for element in root.findall("material")}
    for part in DESCRIPTION["parts"]:
        elements = list(ElementTree.parse(FOLDER / part["urdf"]).getroot())
        for element in elements:
            name = element.get("name")
            if element.tag == "material" and name in materials:
                assert materials[name] == element.find("color").get("rgba"), f"two colours named {name}"
            else:
                root.append(element)
        children = {joint.find("child").get("link") for joint in elements if joint.tag == "joint"}
        foot = next(link.get("name") for link in elements if link.tag == "link" and link.get("name") not in children)
        joint = ElementTree.SubElement(root, "joint", name=f"{foot}_attachment", type="fixed")
        ElementTree.SubElement(joint, "parent", link=part["attachTo"])
        ElementTree.SubElement(joint, "child", link=foot)
    return root


def friction(link):
    """Links that no surface names have 0.8; the casters are part of the base."""
    name = ROOT if link.startswith("caster") else link
    return next((entry["friction"] for entry in DESCRIPTION["surfaces"] if name in entry["links"]), 0.8)


def urdf():
    root = composed()
    for link in root.findall("link"):
        contact = ElementTree.SubElement(link, "contact")
        ElementTree.SubElement(contact, "lateral_friction", value=str(friction(link.get("name"))))
        if link.find("inertial") is None:  # a named frame; both peers want a mass
            inertial = ElementTree.SubElement(link, "inertial")
            ElementTree.SubElement(inertial, "mass", value="0.001")
            tensor = {"ixx": "1e-6", "iyy": "1e-6", "izz": "1e-6", "ixy": "0", "ixz": "0", "iyz": "0"}
            ElementTree.SubElement(inertial, "inertia", tensor)
        balance(link.find("inertial").find("inertia"))
    return root


def balance(inertia):
    """Adds to the diagonal what a real body's principal moments need (A + B >= C); both peers refuse one without."""
    value = {key: float(inertia.get(key)) for key in ("ixx", "iyy", "izz", "ixy", "ixz", "iyz")}
    moments = numpy.linalg.eigvalsh([
        [value["ixx"], value["ixy"], value["ixz"]], [value["ixy"], value["iyy"], value["iyz"]],
        [value["ixz"], value["iyz"], value["izz"]]])
    lacking = 1.1 * (moments[2] - moments[0] - moments[1])
    if lacking > 0:
        for key in ("ixx", "iyy", "izz"):
            inertia.set(key, str(value[key] + lacking))


def efforts(joints):
    found = {joint.get("name"): joint.find("limit") for joint in composed().findall("joint")}
    return [float(found[name].get("effort")) for name in joints]


class Camera:
    """The front camera: its place and axes in the root link's frame."""

    def __init__(self):
        entry = next(camera for camera in DESCRIPTION["cameras"] if camera["name"] == "front")
        self.fov_degrees, self.size = entry["fovDegrees"], entry["width"]
        self.near, self.far = entry["near"], entry["far"]
        joint = next(j for j in composed().findall("joint") if j.find("child").get("link") == entry["link"])
        origin = joint.find("origin")
        assert joint.find("parent").get("link") == ROOT and origin.get("rpy") is None and "position" not in entry
        self.position = numbers(origin.get("xyz"))
        roll, pitch, yaw = numpy.radians(entry["rollPitchYawDegrees"])
        assert roll == 0
        cp, sp, cy, sy = numpy.cos(pitch), numpy.sin(pitch), numpy.cos(yaw), numpy.sin(yaw)
        self.forward = numpy.array([cp * cy, cp * sy, -sp])
        self.right = numpy.array([sy, -cy, 0])
        self.up = numpy.array([sp * cy, sp * sy, cp])
