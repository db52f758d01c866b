"""The scene in MuJoCo at its default solver settings; the picture at its default quality or cheaper."""

import os

os.environ.setdefault("MUJOCO_GL", "egl")

import xml.etree.ElementTree as ElementTree

import mujoco
import numpy
from OpenGL import GL

import robot
import scene

# Default: 4 samples per pixel, a shadow map of 4096².
QUALITY = {
    "default": "",
    "offsamples0": '<quality offsamples="0"/>',
    "cheap": '<quality offsamples="0" shadowsize="1024"/>',
}
# The world hits everything; the robot does not hit itself.
WORLD_MASK, ROBOT_MASK = (2, 3), (1, 2)
WORLD = f'contype="{WORLD_MASK[0]}" conaffinity="{WORLD_MASK[1]}"'
COLLISION_GROUP = 3  # not drawn
PREFIX, CAMERA = "robot/", "front"
ARM_GAIN, ARM_DAMPING, ARMATURE = 600, 60, 0.1


def words(values):
    return " ".join(f"{value:.9g}" for value in values)


def box(size, center, rgba, extra=""):
    half = [extent / 2 for extent in size]
    return f'<geom type="box" size="{words(half)}" pos="{words(center)}" rgba="{words(rgba)}" {WORLD} {extra}/>'


def free_box(edge, center, rgba):
    geom = box((edge, edge, edge), (0, 0, 0), rgba, f'mass="{scene.box_mass(edge)}" friction="0.8 0.005 0.0001"')
    return f'<body pos="{words(center)}"><freejoint/>{geom}</body>'


def surroundings(quality, size):
    parts = [box(scene.TABLE_TOP, scene.TABLE_CENTER, scene.TABLE_RGBA)]
    parts += [box(leg, center, scene.TABLE_RGBA) for leg, center in scene.table_legs()]
    parts += [free_box(*entry) for entry in scene.boxes()]
    direction = [-value for value in scene.LIGHT_FROM]
    return f"""
<mujoco model="tabletop">
  <option timestep="{1 / scene.PHYSICS_HZ}"/>
  <visual>
    <global offwidth="{size}" offheight="{size}"/>
    {QUALITY[quality]}
    <headlight ambient="0.35 0.35 0.35" diffuse="0 0 0" specular="0 0 0"/>
  </visual>
  <worldbody>
    <light type="directional" pos="0 0 3" dir="{words(direction)}" castshadow="true" diffuse="0.65 0.65 0.65"/>
    <geom type="plane" size="10 10 1" rgba="{words(scene.FLOOR_RGBA)}" {WORLD}/>
    {"".join(parts)}
  </worldbody>
</mujoco>"""


def add_robot(spec, camera):
    document = robot.urdf()
    extension = ElementTree.SubElement(document, "mujoco")
    ElementTree.SubElement(extension, "compiler", discardvisual="false", fusestatic="false")
    loaded = mujoco.MjSpec.from_string(ElementTree.tostring(document, encoding="unicode"))
    base = spec.worldbody.add_frame().attach_body(loaded.body(robot.ROOT), PREFIX, "")
    base.add_freejoint()
    rotation = numpy.column_stack([camera.right, camera.up, -camera.forward])
    quaternion = numpy.zeros(4)
    mujoco.mju_mat2Quat(quaternion, rotation.flatten())
    base.add_camera(name=CAMERA, pos=camera.position, quat=quaternion, fovy=camera.fov_degrees)
    for body in [base] + base.find_all("body"):
        for geom in body.geoms:
            if geom.contype == 0:
                continue
            geom.group = COLLISION_GROUP
            geom.contype, geom.conaffinity = ROBOT_MASK
            # MuJoCo takes the larger friction of a pair, so a frictionless caster needs priority.
            geom.friction[0] = robot.friction(body.name.removeprefix(PREFIX))
            if geom.friction[0] == 0:
                geom.condim, geom.priority = 1, 1


def joints(spec, names):
    return [spec.joint(PREFIX + name) for name in names]


def add_motors(spec):
    def motor(joint, effort, gain, bias):
        spec.add_actuator(
            name=joint.name, target=joint.name, trntype=mujoco.mjtTrn.mjTRN_JOINT,
            biastype=mujoco.mjtBias.mjBIAS_AFFINE, gainprm=[gain] + [0] * 9, biasprm=[0, *bias] + [0] * 7,
            forcelimited=1, forcerange=[-effort, effort])

    for joint in joints(spec, robot.WHEEL_JOINTS):
        joint.armature = 0.01
        motor(joint, robot.WHEEL_EFFORT, 5, (0, -5))
    for joint, effort in zip(joints(spec, robot.ARM_JOINTS), robot.efforts(robot.ARM_JOINTS)):
        joint.armature, joint.damping[0] = ARMATURE, ARM_DAMPING
        motor(joint, effort, ARM_GAIN, (-ARM_GAIN, 0))
    for joint in joints(spec, robot.FINGER_JOINTS):
        joint.damping[0] = 20
        motor(joint, robot.FINGER_EFFORT, 1000, (-1000, 0))


class Simulation:
    def __init__(self, quality):
        camera = robot.Camera()
        spec = mujoco.MjSpec.from_string(surroundings(quality, camera.size))
        add_robot(spec, camera)
        add_motors(spec)
        self.model = spec.compile()
        self.data = mujoco.MjData(self.model)
        self.renderer = mujoco.Renderer(self.model, camera.size, camera.size)
        # The line that PyBullet's EGL plugin prints of itself.
        print(f"GL_RENDERER={GL.glGetString(GL.GL_RENDERER).decode()}")
        self.reset()

    def reset(self):
        mujoco.mj_resetData(self.model, self.data)
        for name, value in zip(robot.ARM_JOINTS, robot.ARM_HOME):
            self.data.joint(PREFIX + name).qpos[0] = value
        mujoco.mj_forward(self.model, self.data)

    def advance(self, wheels, arm, fingers):
        self.data.ctrl[:] = [*wheels, *arm, *fingers]
        mujoco.mj_step(self.model, self.data, scene.SUBSTEPS)

    def picture(self):
        self.renderer.update_scene(self.data, camera=CAMERA)
        return self.renderer.render()
