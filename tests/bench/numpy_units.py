"""The unit equations of one muscle, month by month, as plain NumPy over (people, units): what a script would do."""

import time

import numpy as np

PEOPLE, UNITS, STEPS = 64, 200, 60
rng = np.random.default_rng(1)
shape = (PEOPLE, UNITS)
rank = np.broadcast_to((np.arange(UNITS) + 0.5) / UNITS, shape)
youth = np.exp(np.log(60.0) * rank) * 100.0
fibres = youth.copy()
stability = np.full(shape, 0.9)
area = np.ones(shape)
type2 = (rank > 0.5).astype(float)
left = rng.exponential(size=shape)
reached = np.array([0.64, 0.9, 1.2])
volume = np.array([1.0, 0.3, 0.1])
dt = 1.0 / 12.0
pool = np.zeros(PEOPLE)

begin = time.perf_counter()
for step in range(STEPS):
    drive = np.zeros(shape)
    for r, v in zip(reached, volume):
        drive += v / (1.0 + np.exp((rank - r) / 0.1))
    rate_up = 2.0 * (0.4 + 0.6 * np.minimum(drive, 1.0))
    rate = rate_up + 0.2
    stability += (rate_up / rate - stability) * -np.expm1(-rate * dt)
    gone = fibres * 0.01 * (1.0 - stability) * dt
    fibres -= gone
    left -= 0.005 * dt * (1.0 + 0.5 * (rank - 0.5)) * (0.9 / np.maximum(stability, 0.02))
    lost = np.where(left <= 0.0, fibres, 0.0)
    fibres -= lost
    pool += (gone + lost).sum(axis=1)
    weight = np.where(fibres > 0.0, stability * np.maximum(5.0 * youth - fibres, 0.0), 0.0)
    total = np.maximum(weight.sum(axis=1), 1e-6)
    captured = pool * -np.expm1(-3.0 * dt)
    caught = weight * (captured / total)[:, None]
    pool -= captured
    now = fibres + caught
    share = caught / np.maximum(now, 1e-6)
    area += (0.8 - area) * share
    type2 += (0.5 - type2) * share
    fibres = now
    made = 1.0 + 0.13 * np.log1p(drive / 0.11)
    change = made * (1.0 - 0.3 * type2) - area
    area += change * np.where(change < 0.0, 0.2, 0.3) * dt
    force = (fibres * area * (1.0 + 0.3 * type2)).sum(axis=1)
seconds = time.perf_counter() - begin
print(f"{'numpy, arrays of people by units, double':44s} {seconds * 1e9 / (PEOPLE * UNITS * STEPS):8.2f} ns a motor-unit step")
