"""The scene in PyBullet at its default solver settings; EGL or TinyRenderer."""

import importlib.util
import tempfile
import xml.etree.ElementTree as ElementTree

import numpy
import pybullet as p

import robot
import scene


def fixed_box(size, center, rgba):
    half = [extent / 2 for extent in size]
    shape = p.createCollisionShape(p.GEOM_BOX, halfExtents=half)
    visual = p.createVisualShape(p.GEOM_BOX, halfExtents=half, rgbaColor=rgba)
    return p.createMultiBody(0, shape, visual, center)


class Simulation:
    def __init__(self, egl):
        p.connect(p.DIRECT)
        self.renderer = p.ER_TINY_RENDERER
        if egl:
            plugin = p.loadPlugin(importlib.util.find_spec("eglRenderer").origin, "_eglRendererPlugin")
            assert plugin >= 0, "PyBullet's EGL plugin did not load"
            self.renderer = p.ER_BULLET_HARDWARE_OPENGL
        p.setGravity(0, 0, -9.81)
        p.setTimeStep(1 / scene.PHYSICS_HZ)
        floor = fixed_box((20, 20, 1), (0, 0, -0.5), scene.FLOOR_RGBA)
        p.changeDynamics(floor, -1, lateralFriction=1)
        fixed_box(scene.TABLE_TOP, scene.TABLE_CENTER, scene.TABLE_RGBA)
        for size, center in scene.table_legs():
            fixed_box(size, center, scene.TABLE_RGBA)
        for edge, center, rgba in scene.boxes():
            box = fixed_box((edge, edge, edge), center, rgba)
            mass = scene.box_mass(edge)
            p.changeDynamics(box, -1, mass=mass, localInertiaDiagonal=[mass * edge * edge / 6] * 3, lateralFriction=0.8)
        with tempfile.NamedTemporaryFile("w", suffix=".urdf") as file:
            file.write(ElementTree.tostring(robot.urdf(), encoding="unicode"))
            file.flush()
            self.robot = p.loadURDF(file.name, [0, 0, 0], flags=p.URDF_USE_INERTIA_FROM_FILE)
        info = [p.getJointInfo(self.robot, index) for index in range(p.getNumJoints(self.robot))]
        index = {entry[1].decode(): entry[0] for entry in info}
        self.wheels = [index[name] for name in robot.WHEEL_JOINTS]
        self.arm = [index[name] for name in robot.ARM_JOINTS]
        self.fingers = [index[name] for name in robot.FINGER_JOINTS]
        self.arm_forces = [info[joint][10] for joint in self.arm]
        for joint, home in zip(self.arm, robot.ARM_HOME):
            p.resetJointState(self.robot, joint, home)
        self.camera = robot.Camera()
        self.projection = p.computeProjectionMatrixFOV(
            self.camera.fov_degrees, 1, self.camera.near, self.camera.far)
        self.start = p.saveState()

    def reset(self):
        p.restoreState(self.start)

    def advance(self, wheels, arm, fingers):
        p.setJointMotorControlArray(self.robot, self.wheels, p.VELOCITY_CONTROL, targetVelocities=wheels,
                                    forces=[robot.WHEEL_EFFORT] * 2)
        p.setJointMotorControlArray(self.robot, self.arm, p.POSITION_CONTROL, targetPositions=arm,
                                    forces=self.arm_forces)
        p.setJointMotorControlArray(self.robot, self.fingers, p.POSITION_CONTROL, targetPositions=fingers,
                                    forces=[robot.FINGER_EFFORT] * 2)
        for _ in range(scene.SUBSTEPS):
            p.stepSimulation()

    def picture(self):
        # PyBullet reports the base's centre of mass; the camera's place is told from the link's origin.
        position, orientation = p.getBasePositionAndOrientation(self.robot)
        center_of_mass = numpy.array(p.getDynamicsInfo(self.robot, -1)[3])
        rotation = numpy.array(p.getMatrixFromQuaternion(orientation)).reshape(3, 3)
        camera = self.camera
        eye = numpy.array(position) + rotation @ (camera.position - center_of_mass)
        view = p.computeViewMatrix(eye, eye + rotation @ camera.forward, rotation @ camera.up)
        pixels = p.getCameraImage(camera.size, camera.size, view, self.projection, lightDirection=scene.LIGHT_FROM,
                                  shadow=1, renderer=self.renderer)[2]
        return numpy.reshape(pixels, (camera.size, camera.size, 4))[:, :, :3].astype(numpy.uint8)
