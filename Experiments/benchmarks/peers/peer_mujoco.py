"""The scene in MuJoCo at its default solver settings; the picture at its default quality or cheaper."""

import os

os.environ.setdefault("MUJOCO_GL", "egl")

import mujoco

import robot
import scene

WORLD_MASK = 'contype="2" conaffinity="3"'  # hits everything; the robot, 1 and 2, does not hit itself


def box(size, center, rgba, extra=""):
    half = [extent / 2 for extent in size]
    return (f'<geom type="box" size="{robot.text(half)}" pos="{robot.text(center)}" rgba="{robot.text(rgba)}" '
            f'{WORLD_MASK} {extra}/>')


def free_box(edge, center, rgba):
    geom = box((edge, edge, edge), (0, 0, 0), rgba, f'mass="{scene.box_mass(edge)}" friction="0.8 0.005 0.0001"')
    return f'<body pos="{robot.text(center)}"><freejoint/>{geom}</body>'


# Default: 4 samples per pixel, a shadow map of 4096².
QUALITY = {
    "default": "",
    "offsamples0": '<quality offsamples="0"/>',
    "cheap": '<quality offsamples="0" shadowsize="1024"/>',
}


def document(quality):
    size = robot.CAMERA_SIZE
    camera = (f'<camera name="front" pos="{robot.text(robot.CAMERA_XYZ)}" fovy="{robot.CAMERA_FOV_DEGREES}" '
              f'xyaxes="{robot.text(robot.CAMERA_RIGHT)} {robot.text(robot.CAMERA_UP)}"/>')
    parts = [box(scene.TABLE_TOP, scene.TABLE_CENTER, scene.TABLE_RGBA)]
    parts += [box(leg, center, scene.TABLE_RGBA) for leg, center in scene.table_legs()]
    parts += [free_box(*entry) for entry in scene.boxes()]
    direction = [-value for value in scene.LIGHT_FROM]
    return f"""
<mujoco model="tabletop">
  <compiler angle="radian" eulerseq="XYZ" autolimits="true"/>
  <option timestep="{1 / scene.PHYSICS_HZ}"/>
  <visual>
    <global offwidth="{size}" offheight="{size}"/>
    {QUALITY[quality]}
    <headlight ambient="0.35 0.35 0.35" diffuse="0 0 0" specular="0 0 0"/>
  </visual>
  <worldbody>
    <light type="directional" pos="0 0 3" dir="{robot.text(direction)}" castshadow="true" diffuse="0.65 0.65 0.65"/>
    <geom type="plane" size="10 10 1" rgba="{robot.text(scene.FLOOR_RGBA)}" {WORLD_MASK}/>
    {"".join(parts)}
    {robot.mjcf_bodies(camera)}
  </worldbody>
  <actuator>{robot.mjcf_actuators()}</actuator>
</mujoco>"""


class Simulation:
    def __init__(self, quality):
        self.model = mujoco.MjModel.from_xml_string(document(quality))
        self.data = mujoco.MjData(self.model)
        self.renderer = mujoco.Renderer(self.model, robot.CAMERA_SIZE, robot.CAMERA_SIZE)
        self.reset()

    def reset(self):
        mujoco.mj_resetData(self.model, self.data)
        for name, value in zip(robot.ARM_JOINTS, robot.ARM_HOME):
            self.data.joint(name).qpos[0] = value
        mujoco.mj_forward(self.model, self.data)

    def advance(self, wheels, arm, fingers):
        self.data.ctrl[:] = [*wheels, *arm, *fingers]
        mujoco.mj_step(self.model, self.data, scene.SUBSTEPS)

    def picture(self):
        self.renderer.update_scene(self.data, camera="front")
        return self.renderer.render()
