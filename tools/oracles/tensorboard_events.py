"""Writes with TensorBoard's own messages and records what the test of its scalars expects, or prints what TensorBoard
reads from a folder that hash-runner has written.

    python tools/oracles/tensorboard_events.py apps/runner/fixtures
    python tools/oracles/tensorboard_events.py --read runs/mine/tensorboard

Needs tensorboard (tried with 2.21).
"""

import sys
from pathlib import Path

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto.event_pb2 import Event, SessionLog
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter


def scalars(values):
    return Summary(value=[Summary.Value(tag=tag, simple_value=value) for tag, value in values.items()])


def write(folder):
    """Four steps in two epochs, a quarter of a second apart, and an evaluation."""
    times = iter(1_700_000_000 + 0.25 * (i + 1) for i in range(100))
    events = [
        Event(wall_time=next(times), file_version="brain.Event:2"),
        Event(wall_time=next(times), session_log=SessionLog(status=SessionLog.START)),
    ]
    for step in range(4):
        values = {"loss": 2 / (step + 1), "loss/pull": 1 / (step + 1), "learning rate": 0.5**step}
        events.append(Event(wall_time=next(times), step=step, summary=scalars(values)))
    events.append(Event(wall_time=next(times), step=4, summary=scalars({"image→text mAP@all": 0.75})))
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "scalars.tfevents", "wb") as file:
        writer = RecordWriter(file)
        for event in events:
            writer.write(event.SerializeToString(deterministic=True))


def read(folder):
    for part in sorted({path.parent for path in folder.rglob("events.out.tfevents.*")}):
        print(part)
        accumulator = EventAccumulator(str(part), size_guidance={"scalars": 0})
        accumulator.Reload()
        for tag in accumulator.Tags()["scalars"]:
            points = accumulator.Scalars(tag)
            steps = [point.step for point in points]
            print(f"  {tag}: {len(points)} points, steps {steps[0]} to {steps[-1]}, last {points[-1].value:.6g}")
            assert steps == sorted(set(steps)), f"{tag}: steps come twice"


if __name__ == "__main__":
    if sys.argv[1] == "--read":
        read(Path(sys.argv[2]))
    else:
        write(Path(sys.argv[1]))
