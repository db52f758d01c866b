"""The tabletop scene around the robot, and the random targets that drive it: the same numbers for every peer."""

import random

import robot

PHYSICS_HZ, SUBSTEPS = 240, 12
TABLE_TOP, TABLE_CENTER, TABLE_LEG = (0.6, 1.0, 0.04), (0.85, 0, 0.43), 0.05
TABLE_SURFACE = TABLE_CENTER[2] + TABLE_TOP[2] / 2
TABLE_RGBA, FLOOR_RGBA = (0.72, 0.55, 0.38, 1), (0.62, 0.64, 0.66, 1)
LIGHT_FROM = (-0.4, -0.6, 1.0)  # towards the light
BOX_RGBA = [(0.85, 0.16, 0.14, 1), (0.15, 0.55, 0.22, 1), (0.14, 0.3, 0.8, 1), (0.93, 0.76, 0.12, 1),
            (0.55, 0.22, 0.62, 1)]
EPISODE_STEPS = 100


def boxes():
    """Edge, centre and colour of ten boxes of 4 to 6 cm standing on the table."""
    result = []
    for index in range(10):
        edge = 0.04 + 0.02 * (index % 5) / 4
        row, column = index % 2, index // 2
        center = (0.68 + 0.16 * row, -0.3 + 0.15 * column + 0.03 * row, TABLE_SURFACE + edge / 2)
        result.append((edge, center, BOX_RGBA[index % len(BOX_RGBA)]))
    return result


def box_mass(edge):
    return 800 * edge**3


def table_legs():
    """Full extents and centre of the table's four legs."""
    height = TABLE_CENTER[2] - TABLE_TOP[2] / 2
    for x in (-1, 1):
        for y in (-1, 1):
            yield (TABLE_LEG, TABLE_LEG, height), (
                TABLE_CENTER[0] + x * (TABLE_TOP[0] - TABLE_LEG) / 2,
                TABLE_CENTER[1] + y * (TABLE_TOP[1] - TABLE_LEG) / 2, height / 2)


def targets(rng: random.Random):
    """One step's random targets: wheel speeds in rad/s, arm joint positions, finger openings."""
    wheels = [rng.uniform(-2, 2), rng.uniform(-2, 2)]
    arm = [home + rng.uniform(-0.3, 0.3) for home in robot.ARM_HOME]
    opening = rng.uniform(0, robot.FINGER_OPEN)
    return wheels, arm, [opening, opening]
